"""The parts into which a record falls on its pages: overview, course, files, changes, looks (页签)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juli.domains.registry.permissions import Permission
from juli.domains.registry.rules.attaching import KEEPING
from juli.domains.registry.timeline import (
    Timeline,
    timeline_of_employer,
    timeline_of_person,
    timeline_of_union,
)
from juli.domains.registry.views import reached
from juli.domains.registry.views.addresses import address
from juli.engines.desk.cells import Link, Masked, Text, Words
from juli.engines.desk.pages import Crumb, Detail, Fact, Tab
from juli.engines.party import merged
from juli.engines.party.models import Subject
from juli.kernel.actor import Actor

MODULE: Final = gettext_lazy("组建")
OVERVIEW, COURSE, FILES, CHANGES, LOOKS = "", "timeline", "files", "changes", "looks"
LATEST: Final = 12
"""So many entries of its course stand on the overview of a record."""

TITLES: Final[dict[str, Words]] = {
    OVERVIEW: gettext_lazy("概况"),
    COURSE: gettext_lazy("履历"),
    FILES: gettext_lazy("附件"),
    CHANGES: gettext_lazy("变更记录"),
    LOOKS: gettext_lazy("查看记录"),
}


def _alone(number: int) -> tuple[int, ...]:
    return (number,)


def _of_persons(number: int) -> tuple[int, ...]:
    return tuple(merged.numbers_of(Subject.PERSON, number))


def _of_employers(number: int) -> tuple[int, ...]:
    return tuple(merged.numbers_of(Subject.EMPLOYER, number))


@dataclass(frozen=True)
class Folder:
    """
    A kind of record and where its parts are shown (记录夹).

    ``numbers`` gives the record with those that were merged into it.
    """

    noun: str
    name: str
    number: str
    kind: str
    label: Words
    register: str
    row: Callable[..., Any]  # Any: a row of one of three registers
    timeline: Callable[..., Timeline]
    line: Callable[[Any], Fact]
    numbers: Callable[[int], tuple[int, ...]] = _alone

    @property
    def keeping(self) -> Permission:
        """Who may put files with it."""
        return KEEPING[self.kind]

    def href(self, number: int, part: str = OVERVIEW) -> str:
        """Return where a part of a record is shown."""
        return address(f"{self.name}-{part}" if part else self.name, number)

    def seen(self, number: int, *, actor: Actor) -> Any:
        """
        Return the row of a record that the actor may see.

        :raises NotFound: it is out of reach.
        """
        return self.row(number, actor=actor, permission=Permission.SEE)

    def tabs(self, number: int, *, current: str) -> tuple[Tab, ...]:
        """Return the parts of a record as tabs."""
        return tuple(
            Tab(title, self.href(number, part), is_current=part == current) for part, title in TITLES.items()
        )

    def paper(self, number: int) -> Link:
        """Return the way to a record as it is printed."""
        return Link(_("打印页"), address(f"{self.name}-print", number))

    def crumbs(self, row: Any, *, last: Words = "") -> tuple[Crumb, ...]:
        """Return the way to a record, or to something of it."""
        to_record = Crumb(row.name, self.href(row.pk)) if last else Crumb(row.name)
        above = (Crumb(MODULE), Crumb(self.label, address(self.register)), to_record)
        return (*above, Crumb(last)) if last else above

    def head(self, row: Any, *, current: str) -> Detail:
        """Return the head of a part's page, to be filled."""
        return Detail(
            row.name,
            line=(self.line(row),),
            initial=row.name[:1] if self.name == "member" else "",
            tabs=self.tabs(row.pk, current=current),
            paper=self.paper(row.pk),
        )


def _of_member(row: Any) -> Fact:
    return Fact(row.get_document_kind_display(), Masked(row.document_shown))


def _of_union(row: Any) -> Fact:
    return Fact(_("编码"), Text(row.code))


def _of_employer(row: Any) -> Fact:
    return Fact(_("统一社会信用代码"), Text(row.uscc))


MEMBER: Final = Folder(
    "members", "member", "person_id", "party.person", gettext_lazy("会员"), "members", reached.person,
    timeline_of_person, _of_member, _of_persons,
)  # fmt: skip
UNION: Final = Folder(
    "unions", "union", "union_id", "registry.union", gettext_lazy("基层工会"), "unions", reached.union,
    timeline_of_union, _of_union,
)  # fmt: skip
EMPLOYER: Final = Folder(
    "employers", "employer", "employer_id", "party.employer", gettext_lazy("单位"), "employers",
    reached.employer, timeline_of_employer, _of_employer, _of_employers,
)  # fmt: skip
FOLDERS: Final = (MEMBER, UNION, EMPLOYER)
