"""
Figures kept for trends and league tables: a cache that may be dropped and is filled again.

A cell is one figure of one unit over one period, perhaps broken down. What a cell holds is what
``work_out`` gives, never anything else; siblings are worked out together in one grouped statement.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.db.models import Q

from juli.engines.indicator import catalogue
from juli.engines.indicator.declarations import AnyIndicator, Flow, Listed, Partition, Ratio, Stock
from juli.engines.indicator.figures import Amount, Figure, Part
from juli.engines.indicator.models import Rollup
from juli.engines.indicator.moves import Moves
from juli.engines.indicator.periods import PeriodKind, kind_of, month_ends, period_around
from juli.engines.indicator.sets import can_be_broken_down
from juli.engines.indicator.working import TOWN, work_out
from juli.engines.scope.models import OrgUnit
from juli.kernel.actor import Actor, PathRange
from juli.kernel.period import Month, Period

MONTHS_OF_A_TREND: Final = 12
FEWEST_SIBLINGS: Final = 3
"""From so many units of one parent on, one grouped statement is quicker than one for each."""

KEY: Final = ("org_unit", "indicator", "version", "period_kind", "period_start", "dimension", "part")
CONTENT: Final = ("path", "value", "numerator", "denominator", "worked_out_at")


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure to keep: of which unit, over which period, by which dimension if any (汇总单元)."""

    indicator: str
    unit_id: int
    period_kind: PeriodKind
    period_start: date
    dimension: str = ""

    @property
    def period(self) -> Period:
        """The days it covers."""
        return period_around(self.period_kind, self.period_start)


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a trend; a month that was not worked out yet has no value."""

    on: date
    value: Amount | None


@transaction.atomic
def refresh(cells: Iterable[Cell], *, actor: Actor, at: datetime) -> int:
    """
    Work cells out anew and keep them; return how many rows that made.

    What the actor does not reach as a whole is not kept: it would be too small for everybody else.
    """
    wanted = sorted(
        set(cells), key=lambda cell: (cell.period_start, cell.indicator, cell.dimension, cell.unit_id)
    )
    if not wanted:
        return 0
    moves = Moves.ever()
    units = OrgUnit.objects.in_bulk({cell.unit_id for cell in wanted})
    groups: dict[tuple[str, Period, str], list[OrgUnit]] = defaultdict(list)
    for cell in wanted:
        if cell.unit_id in units:
            groups[cell.indicator, cell.period, cell.dimension].append(units[cell.unit_id])
    rows = [
        row
        for (code, period, dimension), members in groups.items()
        for row in _rows(
            catalogue.indicator(code),
            members,
            period=period,
            dimension=dimension,
            moves=moves,
            actor=actor,
            at=at,
        )
    ]
    _forget_parts(groups)
    Rollup.objects.bulk_create(
        rows, batch_size=1000, update_conflicts=True, unique_fields=KEY, update_fields=CONTENT
    )
    return len(rows)


def trend_cells(unit: OrgUnit, *, through: date, codes: Iterable[str]) -> tuple[Cell, ...]:
    """Return the cells of twelve months, of a unit and of those directly below it."""
    units = [unit.pk, *OrgUnit.objects.filter(parent=unit).values_list("pk", flat=True)]
    return tuple(
        Cell(code, unit_id, kind, start)
        for code in codes
        if _has_trend(catalogue.indicator(code))
        for kind, start in _points(catalogue.indicator(code), through=through)
        for unit_id in units
    )


def trend(declared: AnyIndicator, *, unit: OrgUnit, through: date, actor: Actor) -> tuple[Point, ...]:
    """Return what is kept of the last twelve months, oldest first, to whoever reaches the whole unit."""
    return trends((declared,), unit=unit, through=through, actor=actor)[declared.code]


def trends(
    indicators: Sequence[AnyIndicator], *, unit: OrgUnit, through: date, actor: Actor
) -> Mapping[str, tuple[Point, ...]]:
    """Return the last twelve months of several figures, by code, in one statement."""
    whole = PathRange.under(unit.path)
    points = {each.code: list(_points(each, through=through)) for each in indicators}
    wanted = Q(pk__in=[])
    for each in indicators:
        if any(root.lo <= whole.lo and whole.hi <= root.hi for root in actor.roots_for(each.permission)):
            kinds, starts = zip(*points[each.code], strict=True)
            wanted |= Q(
                indicator=each.code, version=each.version, period_kind=kinds[0].value, period_start__in=starts
            )
    rows = Rollup.objects.filter(wanted, org_unit=unit, dimension="")
    kept = {
        (code, start): value for code, start, value in rows.values_list("indicator", "period_start", "value")
    }
    return {
        code: tuple(Point(_last_day(kind, start), kept.get((code, start))) for kind, start in each)
        for code, each in points.items()
    }


def touched_cells(
    unit: OrgUnit, *, kinds: Iterable[str], since: date, until: date | None = None
) -> tuple[Cell, ...]:
    """
    Return the kept cells that facts of these kinds may have changed.

    The facts happened at the unit or below it, between two days; they move the figures of the unit,
    of everything below it and of every unit that it stood under since.
    """
    changed = set(kinds)
    affected = [each.code for each in catalogue.every_indicator() if changed & facts_of(each)]
    flows = [code for code in affected if _is_flow(catalogue.indicator(code))]
    stocks = [code for code in affected if code not in flows]
    kept = Rollup.objects.filter(_related_to(unit)).filter(
        Q(indicator__in=flows, period_start__lte=until or date.max)
        | Q(indicator__in=stocks, period_start__gte=since)
    )
    cells = {
        Cell(row.indicator, row.org_unit_id, PeriodKind(row.period_kind), row.period_start, row.dimension)
        for row in kept
    }
    return tuple(cell for cell in cells if cell.period.last_day >= since)


def facts_of(declared: AnyIndicator) -> set[str]:
    """Return the kinds of fact that move a figure."""
    match declared:
        case Flow():
            return {*declared.kinds, *declared.unless_followed_by}
        case Stock():
            return set(declared.moved_by)
        case Ratio():
            return facts_of(declared.numerator) | facts_of(declared.denominator)
        case Partition():
            return facts_of(declared.whole).union(*map(facts_of, declared.parts))
        case Listed():
            return set()


def _rows(
    declared: AnyIndicator,
    units: list[OrgUnit],
    *,
    period: Period,
    dimension: str,
    moves: Moves,
    actor: Actor,
    at: datetime,
) -> Iterator[Rollup]:
    alone: list[OrgUnit] = []
    if dimension or declared.is_sensitive or not can_be_broken_down(declared, by=TOWN):
        alone = units
    else:
        families: dict[int | None, list[OrgUnit]] = defaultdict(list)
        for unit in units:
            families[unit.parent_id].append(unit)
        parents = OrgUnit.objects.in_bulk([each for each in families if each is not None])
        for number, siblings in families.items():
            if number not in parents or len(siblings) < FEWEST_SIBLINGS:
                alone += siblings
                continue
            figure = work_out(
                declared, unit=parents[number], period=period, actor=actor, at=at, by=TOWN, moves=moves
            )
            parts = {part.code: part for part in figure.parts}
            if not figure.is_partial:
                yield from (_row_of_part(figure, parts.get(str(unit.pk)), unit=unit) for unit in siblings)
    for unit in alone:
        figure = work_out(
            declared, unit=unit, period=period, actor=actor, at=at, by=dimension or None, moves=moves
        )
        if not figure.is_partial:
            yield from _rows_of(figure, dimension=dimension)


def _rows_of(figure: Figure, *, dimension: str) -> Iterator[Rollup]:
    if not dimension:
        yield _row(figure, figure.unit, figure.value, figure.numerator, figure.denominator)
    for part in figure.parts if dimension else ():
        row = _row(figure, figure.unit, part.value, part.numerator, part.denominator)
        row.dimension, row.part = dimension, part.code
        yield row


def _row_of_part(figure: Figure, part: Part | None, *, unit: OrgUnit) -> Rollup:
    if part is None:
        is_ratio = isinstance(figure.indicator, Ratio)
        return _row(figure, unit, None if is_ratio else 0, 0 if is_ratio else None, 0 if is_ratio else None)
    return _row(figure, unit, part.value, part.numerator, part.denominator)


def _row(
    figure: Figure, unit: OrgUnit, value: Amount | None, numerator: Amount | None, denominator: Amount | None
) -> Rollup:
    kind = kind_of(figure.period)
    assert kind is not None, "cells are made of periods of the calendar"  # noqa: S101
    return Rollup(
        org_unit=unit,
        path=unit.path,
        indicator=figure.indicator.code,
        version=figure.version,
        period_kind=kind.value,
        period_start=figure.period.start,
        value=value,
        numerator=numerator,
        denominator=denominator,
        worked_out_at=figure.worked_out_at,
    )


def _forget_parts(groups: Mapping[tuple[str, Period, str], list[OrgUnit]]) -> None:
    """Classes that have become empty would otherwise stay."""
    for (code, period, dimension), units in groups.items():
        kind = kind_of(period)
        if dimension and kind is not None:
            Rollup.objects.filter(
                org_unit__in=units,
                indicator=code,
                period_kind=kind.value,
                period_start=period.start,
                dimension=dimension,
            ).delete()


def _related_to(unit: OrgUnit) -> Q:
    paths = {unit.path, *Moves.ever().every_path(unit.path)}
    above = {int(number) for path in paths for number in path.strip("/").split("/")}
    return Q(org_unit__in=above) | Q(path__gte=unit.path, path__lt=unit.path + "~")


def _points(declared: AnyIndicator, *, through: date) -> Iterator[tuple[PeriodKind, date]]:
    for day in month_ends(through, count=MONTHS_OF_A_TREND):
        yield (PeriodKind.MONTH, Month.of(day).start) if _is_flow(declared) else (PeriodKind.DAY, day)


def _last_day(kind: PeriodKind, start: date) -> date:
    return period_around(kind, start).last_day


def _is_flow(declared: AnyIndicator) -> bool:
    match declared:
        case Ratio():
            return _is_flow(declared.numerator)
        case Partition():
            return _is_flow(declared.whole)
        case _:
            return isinstance(declared, Flow)


def _has_trend(declared: AnyIndicator) -> bool:
    is_alone = isinstance(declared, Stock) and declared.is_of_unit_alone
    return not (is_alone or isinstance(declared, Listed))
