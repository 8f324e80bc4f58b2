"""
The figures of data quality of one unit: as kept by the last survey, or counted on the spot.

What was kept counts the whole of a unit, so it is shown only to whoever reaches all of it. A unit
that no survey keeps, such as a base union, is small and is counted when asked for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from juli.domains.registry.models import Union
from juli.domains.registry.permissions import Permission
from juli.domains.registry.quality import topics
from juli.engines.indicator import keeping
from juli.engines.indicator.declarations import AnyIndicator, Ratio, Stock
from juli.engines.indicator.figures import Amount
from juli.engines.indicator.keeping import Found, Kept, Week
from juli.engines.indicator.surveying import Survey, survey
from juli.engines.indicator.working import share
from juli.engines.scope.models import OrgUnit
from juli.kernel.actor import Actor
from juli.kernel.refusal import NotFound

PLACES: Final = (
    Union.Level.FEDERATION,
    Union.Level.TOWN,
    Union.Level.VILLAGE,
    Union.Level.PARK,
    Union.Level.SECTOR,
)
"""Units that have others below them: what a survey keeps."""

OF_WEEKS: Final = (Union.Level.FEDERATION, Union.Level.TOWN)
"""Units of which every week is kept."""


@dataclass(frozen=True, slots=True)
class Board:
    """
    The figures of a unit and of those directly below; ``others`` may be looked at as well (看板).

    Where nothing ``is_surveyed`` yet, no week is kept either.
    """

    unit: OrgUnit
    below: tuple[OrgUnit, ...]
    others: tuple[OrgUnit, ...]
    kept: Kept
    is_live: bool
    is_partial: bool
    is_surveyed: bool

    def of(self, declared: AnyIndicator, unit: OrgUnit | None = None) -> Found:
        """Return a figure of the unit, or of one below it."""
        return self.kept.of((unit or self.unit).pk, declared.code)

    def outside(self, declared: Stock | Ratio) -> Found:
        """Return what of a figure that adds up lies in none of the units below."""
        if isinstance(declared, Ratio):
            above = _rest(
                self.of(declared).numerator, [self.of(declared, each).numerator for each in self.below]
            )
            below = _rest(
                self.of(declared).denominator, [self.of(declared, each).denominator for each in self.below]
            )
            return Found(share(above, below), above, below)
        return Found(_rest(self.of(declared).value, [self.of(declared, each).value for each in self.below]))


def board(
    *,
    unit_code: str,
    declared: Sequence[Stock | Ratio],
    compared: Sequence[Stock | Ratio],
    is_live: bool,
    actor: Actor,
    on: date,
    at: datetime,
) -> Board:
    """
    Return the figures of a unit, the topmost within reach unless one is named.

    ``compared`` are those of them that are wanted of the units below as well.

    :raises NotFound: no such unit within reach.
    """
    units = OrgUnit.objects.within_reach_of(actor, Permission.SEE)
    places = list(units.filter(closed_on__isnull=True, kind__in=PLACES).order_by("depth", "code", "pk"))
    fitting = (each for each in places if unit_code in ("", each.code))
    named = units.filter(code=unit_code) if unit_code else units.order_by("depth", "path")
    unit = next(fitting, None) or named.first()
    if unit is None:
        raise NotFound
    below = tuple(each for each in places if each.parent_id == unit.pk)
    is_whole = keeping.reaches_whole(unit, actor=actor, permission=Permission.SEE)
    kept = None
    if is_whole and not is_live and unit.kind in PLACES:
        kept = keeping.latest(unit, declared, below=below, compared=compared, marker=topics.MARKER)
    return Board(
        unit,
        below,
        tuple(each for each in places if each.kind in OF_WEEKS),
        kept or _counted(declared, unit, below, actor=actor, on=on, at=at),
        is_live=kept is None,
        is_partial=not is_whole,
        is_surveyed=is_live or kept is not None,
    )


def past_weeks(shown: Board, *, actor: Actor, on: date) -> Mapping[str, tuple[Week, ...]]:
    """Return the weeks that are kept of a board's unit, by figure."""
    if shown.unit.kind not in OF_WEEKS or not shown.is_surveyed:
        return {}
    return keeping.weeks(shown.unit, topics.OF_WEEKS, through=on, actor=actor, permission=Permission.SEE)


def refresh(root: OrgUnit, *, actor: Actor, on: date, at: datetime) -> int:
    """Survey a federation and keep what was found of all its places; return how many figures."""
    found = survey(topics.SURVEYED, unit=root, day=on, actor=actor)
    return keeping.keep_latest(found, topics.KEPT, units=_places(root, PLACES), at=at)


def keep_week(root: OrgUnit, *, actor: Actor, on: date, at: datetime) -> int:
    """Survey a federation and keep its week, and that of its towns; return how many figures."""
    found = survey(topics.SURVEYED, unit=root, day=on, actor=actor)
    return keeping.keep_week(found, topics.KEPT, units=_places(root, OF_WEEKS), at=at)


def _places(root: OrgUnit, kinds: Sequence[Union.Level]) -> list[OrgUnit]:
    below = OrgUnit.objects.filter(root_id=root.root_id, closed_on__isnull=True, kind__in=kinds)
    return list(below.order_by("path"))


def _counted(
    declared: Sequence[Stock | Ratio],
    unit: OrgUnit,
    below: Sequence[OrgUnit],
    *,
    actor: Actor,
    on: date,
    at: datetime,
) -> Kept:
    stocks = {stock.code: stock for each in declared for stock in _stocks_of(each)}
    found = survey(stocks.values(), unit=unit, day=on, actor=actor)
    return Kept(on, at, dict(_each(found, declared, (unit, *below))))


def _stocks_of(declared: Stock | Ratio) -> tuple[Stock, ...]:
    if isinstance(declared, Stock):
        return (declared,)
    pair = (declared.numerator, declared.denominator)
    return tuple(each for each in pair if isinstance(each, Stock))


def _each(
    found: Survey, declared: Sequence[Stock | Ratio], units: Sequence[OrgUnit]
) -> list[tuple[tuple[int, str], Found]]:
    return [
        ((unit.pk, each.code), keeping.found_in(found, each, place))
        for unit in units
        if (place := found.place_of(unit)) is not None
        for each in declared
    ]


def _rest(whole: Amount | None, parts: Sequence[Amount | None]) -> Amount:
    return (whole or 0) - sum(part or 0 for part in parts)
