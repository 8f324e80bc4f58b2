"""
The four figures at the top of the home page.

They are counted from the records, and kept in memory for as long as nothing has happened: what was
counted under a settled mark is still true while the mark is the same (docs/adr/0020). A page
opened while somebody writes counts anew.
"""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext as _

from juli.domains.registry import indicators
from juli.domains.registry.permissions import Permission
from juli.domains.registry.views.addresses import figure
from juli.engines.desk.cells import Number
from juli.engines.desk.figures import Headline
from juli.engines.facts import watermark
from juli.engines.indicator import rollups
from juli.engines.indicator.declarations import AnyIndicator
from juli.engines.indicator.figures import Amount
from juli.engines.indicator.moves import Moves
from juli.engines.indicator.rollups import Point
from juli.engines.indicator.working import work_out
from juli.engines.scope.models import OrgUnit
from juli.kernel.actor import Actor, PathRange
from juli.kernel.period import Day, Period, Year

SHOWN: Final[tuple[AnyIndicator, ...]] = (
    indicators.MEMBERS, indicators.BASE_UNIONS, indicators.COVERED_EMPLOYERS, indicators.NEW_UNIONS,
)  # fmt: skip
MOST_REMEMBERED: Final = 512

_Key = tuple[int, str, tuple[PathRange, ...], tuple[PathRange, ...], date, int]
_remembered: "OrderedDict[_Key, tuple[Amount | None, ...]]" = OrderedDict()


@dataclass(frozen=True, slots=True)
class Values:
    """What the figures are worth today, in the order of ``SHOWN``."""

    values: tuple[Amount | None, ...]

    @property
    def are_nothing(self) -> bool:
        """Whether nothing at all is registered yet."""
        return all(not value for value in self.values)


def values_of(unit: OrgUnit, *, actor: Actor, at: datetime, today: date) -> Values:
    """Return the figures of a unit as they stand at this moment."""
    mark = watermark.mark()
    key = (unit.pk, unit.path, actor.roots_for(Permission.SEE), actor.ranges, today, mark.number)
    if (known := _remembered.get(key)) is not None:
        return Values(known)
    values = _counted(unit, actor=actor, at=at, today=today)
    if mark.is_settled:
        _remembered[key] = values
        while len(_remembered) > MOST_REMEMBERED:
            _remembered.popitem(last=False)
    return Values(values)


def headlines(values: Values, *, unit: OrgUnit, actor: Actor, today: date) -> tuple[Headline, ...]:
    """Return the figures with their last twelve months."""
    trends = rollups.trends(SHOWN, unit=unit, through=today, actor=actor)
    return tuple(
        _headline(declared, value, trends[declared.code], unit=unit, today=today)
        for declared, value in zip(SHOWN, values.values, strict=True)
    )


def _counted(unit: OrgUnit, *, actor: Actor, at: datetime, today: date) -> tuple[Amount | None, ...]:
    moves = Moves.ever()
    return tuple(
        work_out(each, unit=unit, period=_period(each, today), actor=actor, at=at, moves=moves).value
        for each in SHOWN
    )


def _period(declared: AnyIndicator, today: date) -> Period:
    return Year(today.year) if declared is indicators.NEW_UNIONS else Day(today)


def _headline(
    declared: AnyIndicator, value: Amount | None, points: tuple[Point, ...], *, unit: OrgUnit, today: date
) -> Headline:
    trend = tuple(float(point.value) for point in points if point.value is not None)
    is_flow = declared is indicators.NEW_UNIONS
    return Headline(
        str(declared.label),
        Number(value, declared.unit.value, figure(declared.code, unit_code=unit.code, on=today)),
        today,
        line=_("%(year)s 年以来") % {"year": today.year} if is_flow else _("含全部下级"),
        gap=_moved(trend),
        trend=trend if len(trend) > 1 else (),
    )


def _moved(trend: tuple[float, ...]) -> str:
    """Say how the figure moved over the months that are kept."""
    if len(trend) < 2:
        return ""
    moved = int(trend[-1] - trend[0])
    if not moved:
        return _("近 %(months)s 个月持平") % {"months": len(trend)}
    way = _("增") if moved > 0 else _("减")
    return _("近 %(months)s 个月%(way)s %(number)s") % {
        "months": len(trend), "way": way, "number": f"{abs(moved):,}",
    }  # fmt: skip
