"""Which figure of which unit somebody asks for, as of which day; read from the address, written into it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from juli.engines.indicator import asking, sets
from juli.engines.indicator.records import Tree
from juli.engines.scope.models import OrgUnit
from juli.engines.scope.requests import JuliRequest
from juli.kernel.actor import Actor
from juli.kernel.period import Period
from juli.kernel.refusal import NotFound, Refusal

REPORT = "annual-work"
PARTS = ("by", "part", "after", "before")


class DayUnreadable(Refusal):
    """What should be a day or a year is none."""

    code = "reporting.day_unreadable"
    message = "“{text}”不是日期或年份，请写成 2018-12-31 或 2018。"
    status = 400


@dataclass(frozen=True, slots=True)
class Asked:
    """
    What a page of figures is asked for (查询条件).

    Without a day it is the end of the year, or today while the year lasts; without a year, the last of
    which there is anything to report.
    """

    unit: OrgUnit
    period: Period
    at: datetime
    actor: Actor
    tree: Tree = Tree.OF_THE_DAY
    is_unit_named: bool = False
    is_day_named: bool = False

    @property
    def today(self) -> date:
        """The day on which it is asked."""
        return timezone.localdate(self.at)

    @property
    def on(self) -> date:
        """The cut-off day."""
        return self.period.last_day

    def figure(self, code: str, *, unit_code: str = "") -> str:
        """Return the address of a figure, of the unit asked about or of another."""
        return f"{reverse('reporting:figure', args=[code])}?{urlencode(self._query(unit_code))}"

    def evidence(self, code: str, *, by: str = "", part: str = "") -> str:
        """Return the address of the records behind a figure, or behind one part of it."""
        query = self._query("") | ({"by": by, "part": part} if by else {})
        return f"{reverse('reporting:evidence', args=[code])}?{urlencode(query)}"

    def by_tree(self, tree: Tree) -> "Asked":
        """Return the same, cut by another tree."""
        return replace(self, tree=tree)

    def _query(self, unit_code: str) -> dict[str, str]:
        query = {"unit": unit_code or self.unit.code, "on": self.on.isoformat()}
        return query | ({"tree": self.tree.value} if self.tree is not Tree.OF_THE_DAY else {})


def asked_by(request: JuliRequest) -> Asked:
    """
    Read what is asked for; the unit is the topmost within reach unless one is named.

    :raises UnknownUnit: no such unit within reach.
    :raises NotFound: the reader reaches no unit at all.
    :raises DayUnreadable: the day or the year is none.
    :raises YearNotCome: the year has not begun.
    :raises YearTooEarly: there was nothing to count.
    :raises DayOutsideYear: the day has not come.
    """
    at = timezone.now()
    today = timezone.localdate(at)
    code, said = request.GET.get("unit", ""), request.GET.get("on", "")
    unit = asking.unit_of(code) if code else OrgUnit.objects.order_by("depth", "path").first()
    if unit is None:
        raise NotFound
    day = _day(said) if said else None
    year = day.year if day else _year(request.GET.get("year", ""))
    if year is None:
        year = asking.latest_year(sets.figure_set(REPORT), unit=unit, today=today)
    return Asked(
        unit=unit,
        period=asking.period_of(year, as_of=day, today=today),
        at=at,
        actor=request.actor,
        tree=Tree.TODAY if request.GET.get("tree") == Tree.TODAY else Tree.OF_THE_DAY,
        is_unit_named=bool(code),
        is_day_named=bool(said),
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise DayUnreadable(text=text[:20]) from None


def _year(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) == len("2018")):
        raise DayUnreadable(text=text[:20])
    return int(text)
