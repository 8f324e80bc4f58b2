"""The lists of coverage, offices held, headcounts and hazardous posts."""

from collections.abc import Sequence
from typing import ClassVar, TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juli.domains.registry.forms.filters import (
    AttachedNarrowing,
    HazardNarrowing,
    HeadcountNarrowing,
    PostNarrowing,
)
from juli.domains.registry.models import Coverage, Post
from juli.domains.registry.selectors import attached
from juli.domains.registry.selectors.attached import Attached
from juli.domains.registry.selectors.labelling import Named
from juli.domains.registry.views.addresses import record
from juli.domains.registry.views.lists.placed import PlacedList, imports
from juli.domains.registry.views.showing import answer_of, linked, unless_empty, until
from juli.engines.desk.cells import Cell, Day, Name, Number, Quiet, Text, Words
from juli.engines.desk.lists import ListColumn
from juli.engines.desk.lists.totals import Total, exactly
from juli.engines.desk.pages import Action, Empty
from juli.engines.party.models import HazardousPost, Headcount
from juli.kernel.actor import Actor

Subject = TypeVar("Subject", bound=Model)
Asked = TypeVar("Asked", bound=AttachedNarrowing)
Column = ListColumn[Attached]
BEYOND = gettext_lazy("（不在您的管理范围内）")


def _named(kind: str, named: Named | None) -> Cell:
    return Name(named.name, record(kind, named.id)) if named else Quiet(BEYOND)


def _linked(kind: str, named: Named | None) -> Cell:
    return linked(named.name, record(kind, named.id)) if named else Quiet(BEYOND)


def _name_of(named: Named | None) -> str:
    return named.name if named else ""


_UNION = Column(
    "union", gettext_lazy("工会"), lambda row: _linked("union", row.union), lambda row: _name_of(row.union)
)
_EMPLOYER = Column(
    "employer",
    gettext_lazy("单位"),
    lambda row: _named("employer", row.employer),
    lambda row: _name_of(row.employer),
)
_FROM = Column("valid_from", gettext_lazy("起"), lambda row: Day(row.valid_from), keys=("valid_from",))
_UNTIL = Column(
    "valid_until", gettext_lazy("止"), lambda row: until(row.valid_until), lambda row: row.valid_until
)


class AttachedList(PlacedList[Subject, Attached, Asked]):
    """Rows that tie a union, an employer or a person for a time."""

    order: ClassVar[tuple[str, ...]] = ("path", "valid_from", "pk")
    usual: ClassVar[tuple[tuple[Words, str], ...]] = (
        (gettext_lazy("有效"), ""),
        (gettext_lazy("已终止"), "ended=yes"),
        (gettext_lazy("全部"), "ended=all"),
    )
    first_step: ClassVar[Words]

    def count(self, asked: Asked, *, actor: Actor) -> Total:
        """Return the exact number: they are tens of thousands at most."""
        return exactly(self.rows(asked, actor=actor))

    def counted(self, asked: Asked) -> str:
        return _("精确计数，截至 %(day)s。") % {"day": asked.day.isoformat()}

    def empty(self, *, actor: Actor, is_narrowed: bool) -> Empty:
        if is_narrowed:
            return super().empty(actor=actor, is_narrowed=True)
        return Empty(self.first_step, Action(_("导入台账"), imports(), icon="table-import"))

    def is_off(self, item: Attached) -> bool:
        return not item.is_in_force


class CoverageList(AttachedList[Coverage, AttachedNarrowing]):
    """Which union stands for the staff of which employer (覆盖)."""

    code, ledger, address = "coverages", "coverage", "registry:coverages"
    title, caption, unit = gettext_lazy("覆盖关系"), gettext_lazy("工会覆盖单位"), gettext_lazy("条")
    first_step = gettext_lazy("这里列出哪家工会覆盖哪些单位。可以在单位页面逐条登记，也可以导入台账。")
    narrowing = AttachedNarrowing
    columns = (_EMPLOYER, _UNION, _FROM, _UNTIL)

    def rows(self, asked: AttachedNarrowing, *, actor: Actor) -> "QuerySet[Coverage]":
        return attached.coverages_in_reach(actor=actor, chosen=asked.filter())

    def lines(
        self, rows: Sequence[Coverage], asked: AttachedNarrowing, *, actor: Actor
    ) -> Sequence[Attached]:
        return attached.coverage_lines(rows)


class PostList(AttachedList[Post, PostNarrowing]):
    """Who holds which office in which union (任职)."""

    code, ledger, address = "posts", "posts", "registry:posts"
    title, caption, unit = gettext_lazy("任职"), gettext_lazy("工会干部任职"), gettext_lazy("条")
    first_step = gettext_lazy("这里列出各工会的任职。可以在工会页面逐条登记，也可以导入台账。")
    narrowing = PostNarrowing
    columns = (
        Column(
            "person",
            gettext_lazy("姓名"),
            lambda row: _named("member", row.person),
            lambda row: _name_of(row.person),
        ),
        Column("office", gettext_lazy("职务"), lambda row: Text(row.kind_label)),
        _UNION,
        Column("is_full_time", gettext_lazy("专职"), lambda row: Quiet(answer_of(row.yes_or_no))),
        _FROM,
        _UNTIL,
    )

    def rows(self, asked: PostNarrowing, *, actor: Actor) -> "QuerySet[Post]":
        return attached.posts_in_reach(actor=actor, chosen=asked.filter())

    def lines(self, rows: Sequence[Post], asked: PostNarrowing, *, actor: Actor) -> Sequence[Attached]:
        return attached.post_lines(rows)


class HeadcountList(AttachedList[Headcount, HeadcountNarrowing]):
    """How many people worked where on which day (职工人数)."""

    code, ledger, address = "headcounts", "headcounts", "registry:headcounts"
    title, caption, unit = gettext_lazy("职工人数"), gettext_lazy("单位职工人数填报"), gettext_lazy("条")
    first_step = gettext_lazy("这里列出各单位填报的职工人数。可以在单位页面登记，也可以导入台账。")
    narrowing = HeadcountNarrowing
    order = ("path", "counted_on", "pk")
    usual = ()
    columns = (
        _EMPLOYER,
        Column(
            "counted_on", gettext_lazy("统计日期"), lambda row: Day(row.valid_from), keys=("counted_on",)
        ),
        Column(
            "employees",
            gettext_lazy("职工人数"),
            lambda row: Number(row.number, _("人")),
            keys=("employees",),
            is_numeric=True,
        ),
        Column(
            "migrants", gettext_lazy("农民工"), lambda row: _people(row.migrant_workers), is_numeric=True
        ),
        Column("women", gettext_lazy("女职工"), lambda row: _people(row.women), is_numeric=True),
        Column("source", gettext_lazy("来源"), lambda row: unless_empty(row.source)),
    )  # fmt: skip

    def rows(self, asked: HeadcountNarrowing, *, actor: Actor) -> "QuerySet[Headcount]":
        return attached.headcounts_in_reach(actor=actor, chosen=asked.filter())

    def lines(
        self, rows: Sequence[Headcount], asked: HeadcountNarrowing, *, actor: Actor
    ) -> Sequence[Attached]:
        return attached.headcount_lines(rows)


class HazardList(AttachedList[HazardousPost, HazardNarrowing]):
    """Which posts expose how many workers to which hazard (有害岗位)."""

    code, ledger, address = "hazards", "hazards", "registry:hazards"
    title, caption, unit = gettext_lazy("有害岗位"), gettext_lazy("接触职业危害的岗位"), gettext_lazy("个")
    first_step = gettext_lazy("这里列出接触职业危害的岗位。可以在单位页面登记，也可以导入台账。")
    narrowing = HazardNarrowing
    columns = (
        _EMPLOYER,
        Column("title", gettext_lazy("岗位名称"), lambda row: Text(row.title)),
        Column("hazard", gettext_lazy("危害类别"), lambda row: Text(row.kind_label)),
        Column(
            "workers",
            gettext_lazy("接触人数"),
            lambda row: Number(row.number, _("人")),
            keys=("workers",),
            is_numeric=True,
        ),
        Column("is_checked", gettext_lazy("已体检"), lambda row: unless_empty(answer_of(row.yes_or_no))),
        _FROM,
        _UNTIL,
    )

    def rows(self, asked: HazardNarrowing, *, actor: Actor) -> "QuerySet[HazardousPost]":
        return attached.hazards_in_reach(actor=actor, chosen=asked.filter())

    def lines(
        self, rows: Sequence[HazardousPost], asked: HazardNarrowing, *, actor: Actor
    ) -> Sequence[Attached]:
        return attached.hazard_lines(rows)


def _people(number: int | None) -> Cell:
    return Number(number, _("人")) if number is not None else Quiet("—")
