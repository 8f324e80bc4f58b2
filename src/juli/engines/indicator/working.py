"""Working a figure out: its value with the number of its records, its parts, and the records themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from typing import Final, assert_never

from django.db.models import Q

from juli.engines.facts.watermark import Mark
from juli.engines.indicator import remembering
from juli.engines.indicator.declarations import (
    AnyIndicator,
    Counted,
    Flow,
    Listed,
    Partition,
    Ratio,
    Records,
    Stock,
    Term,
)
from juli.engines.indicator.figures import Amount, Evidence, Figure, Part
from juli.engines.indicator.measures import Count as CountRecords
from juli.engines.indicator.measures import CountDistinct
from juli.engines.indicator.moves import Moves
from juli.engines.indicator.records import Tree, View
from juli.engines.indicator.tallying import Cell, Tally, code_of, tallied
from juli.engines.indicator.withholding import is_small, withheld
from juli.engines.scope.models import OrgUnit
from juli.engines.scope.querysets import in_ranges
from juli.kernel.actor import Actor
from juli.kernel.period import Period
from juli.kernel.refusal import Refusal

TOWN: Final = "town"
"""The breakdown by the units directly below, which every counted figure has."""

OWN_LABEL: Final = "本级"
NO_CLASS_LABEL: Final = "未分类"
CENTI: Final = Decimal("0.01")


class NoSuchBreakdown(Refusal):
    """The figure is not declared to be broken down that way."""

    code = "indicator.no_such_breakdown"
    message = "“{label}”不能按这种方式分组，请换一种分组。"


def work_out(
    indicator: AnyIndicator,
    *,
    unit: OrgUnit,
    period: Period,
    actor: Actor,
    at: datetime,
    by: str | None = None,
    tree: Tree = Tree.OF_THE_DAY,
    moves: Moves | None = None,
    mark: Mark | None = None,
) -> Figure:
    """
    Work out a figure for a unit: over a period if it flows, as of its last day if it stands.

    ``by`` breaks it down: by ``TOWN`` or by a dimension of the indicator. Whoever asks for many
    figures hands in the ``moves`` since the first of the days, which are then asked for once, and the
    ``mark`` of the moment, under which what was counted before need not be counted again.

    :raises NoSuchBreakdown: the indicator has no such dimension.
    """
    bys = () if by is None else (by,)
    return break_down(
        indicator, unit=unit, period=period, actor=actor, at=at, bys=bys, tree=tree, moves=moves, mark=mark
    )[0]


def break_down(
    indicator: AnyIndicator,
    *,
    unit: OrgUnit,
    period: Period,
    actor: Actor,
    at: datetime,
    bys: Sequence[str],
    tree: Tree = Tree.OF_THE_DAY,
    moves: Moves | None = None,
    mark: Mark | None = None,
) -> tuple[Figure, ...]:
    """
    Work out a figure once and break it down in several ways: one figure for each, with its parts.

    Where no record counts twice, the whole takes one statement; without any way to break it down, the
    figure alone comes back.

    :raises NoSuchBreakdown: the indicator has no such dimension.
    """
    view = View.of(unit, period=period, actor=actor, tree=tree, moves=moves, mark=mark)
    if bys and isinstance(indicator, Listed | Partition):
        raise NoSuchBreakdown(label=indicator.label)
    match indicator:
        case Flow() | Stock():
            return _counted(indicator, view, bys=bys, at=at)
        case Listed():
            return (_listed(indicator, view, at=at),)
        case Ratio():
            return _ratio(indicator, view, bys=bys, at=at)
        case Partition():
            return (_partition(indicator, view, at=at),)
        case _:
            assert_never(indicator)


def evidence_of(
    indicator: AnyIndicator,
    *,
    unit: OrgUnit,
    period: Period,
    actor: Actor,
    by: str | None = None,
    part: str = "",
    tree: Tree = Tree.OF_THE_DAY,
    moves: Moves | None = None,
) -> Evidence:
    """
    Return the records behind a figure, or behind one part of it; of a ratio, those of its numerator.

    :raises NoSuchBreakdown: the indicator has no such dimension.
    """
    match indicator:
        case Listed():
            return indicator.entries()
        case Ratio():
            declared: Counted = indicator.numerator
        case Partition():
            declared = indicator.whole
        case Flow() | Stock():
            declared = indicator
        case _:
            assert_never(indicator)
    view = View.of(unit, period=period, actor=actor, tree=tree, moves=moves)
    records = view.records(declared)
    if by is None:
        return records
    if by == TOWN and (below := _unit_of(part)) is not None:
        return records.filter(in_ranges(replace(view, unit=below).ranges(declared)))  # which an index finds
    parted: Records = records.annotate(_part=code_of(_expression(declared, view, by=by)))
    return parted.filter(_part=part)


def label_of_part(indicator: AnyIndicator, *, by: str, part: str) -> str:
    """Return what a part of a figure is called."""
    if by == TOWN:
        unit = _unit_of(part)
        return unit.name if unit else OWN_LABEL
    dimension = indicator.dimension(by)
    return (dimension.labels().get(part) if dimension else None) or part or NO_CLASS_LABEL


def _unit_of(part: str) -> OrgUnit | None:
    is_number = part.isascii() and part.isdecimal() and len(part) < len(str(2**63))
    return OrgUnit.objects.filter(pk=int(part)).first() if is_number else None


def _counted(
    declared: Counted,
    view: View,
    *,
    bys: Sequence[str],
    at: datetime,
    known: dict[str, Tally] | None = None,
) -> tuple[Figure, ...]:
    groups = {by: _expression(declared, view, by=by) for by in bys}
    records = view.records(declared)
    tally = remembering.counted(
        (view.key(declared), tuple(groups)),
        view.mark,
        lambda: tallied(declared, view, records, groups=groups, known=known),
    )
    if known is not None:
        known[declared.code] = tally
    value, count = tally.total
    is_withheld = declared.is_sensitive and _is_small(declared, value, count)
    figure = Figure(
        indicator=declared,
        unit=view.unit,
        period=view.period,
        value=None if is_withheld else value,
        evidence=records.none() if is_withheld else records,
        evidence_count=0 if is_withheld else count,
        worked_out_at=at,
        late=tally.late,
        is_partial=view.is_partial(declared),
        is_withheld=is_withheld,
    )
    parts = {by: _parts(tally.cells[by], declared, view, by=by) for by in bys}
    return tuple(replace(figure, by=by, parts=parts[by]) for by in bys) or (figure,)


def _listed(declared: Listed, view: View, *, at: datetime) -> Figure:
    entries = tuple(declared.entries())
    return Figure(
        indicator=declared,
        unit=view.unit,
        period=view.period,
        value=len(entries),
        evidence=entries,
        evidence_count=len(entries),
        worked_out_at=at,
    )


def _ratio(declared: Ratio, view: View, *, bys: Sequence[str], at: datetime) -> tuple[Figure, ...]:
    known: dict[str, Tally] = {}
    below = _counted(declared.denominator, view, bys=bys, at=at, known=known)
    above = _counted(declared.numerator, view, bys=bys, at=at, known=known)
    return tuple(_shared(declared, *pair) for pair in zip(above, below, strict=True))


def _shared(declared: Ratio, above: Figure, below: Figure) -> Figure:
    is_withheld = declared.is_sensitive and is_small(above.value)
    return replace(
        above,
        indicator=declared,
        value=None if is_withheld else share(above.value, below.value),
        numerator=None if is_withheld else above.value,
        denominator=below.value,
        parts=_shares(above.parts, below.parts, is_sensitive=declared.is_sensitive),
        components=(above, below),
        is_partial=above.is_partial or below.is_partial,
        is_withheld=is_withheld,
    )


def _partition(declared: Partition, view: View, *, at: datetime) -> Figure:
    (whole,) = _counted(declared.whole, view, bys=(), at=at)
    components = tuple(figure for each in declared.parts for figure in _counted(each, view, bys=(), at=at))
    parts = tuple(
        Part(
            each.indicator.code,
            each.indicator.label,
            each.value,
            each.evidence_count,
            is_withheld=each.is_withheld,
        )
        for each in components
    )
    return replace(whole, indicator=declared, parts=parts, components=components)


def _parts(cells: Mapping[str, Cell], declared: Counted, view: View, *, by: str) -> tuple[Part, ...]:
    parts = _towns(cells, view) if by == TOWN else _classes(cells, declared, by=by)
    return withheld(parts, is_small=partial(_is_small, declared)) if declared.is_sensitive else parts


def _expression(declared: Counted, view: View, *, by: str) -> Term:
    if by == TOWN:
        if isinstance(declared, Stock) and declared.is_of_unit_alone:
            raise NoSuchBreakdown(label=declared.label)
        return view.child(declared)
    if (dimension := declared.dimension(by)) is None:
        raise NoSuchBreakdown(label=declared.label)
    return dimension.expression


def _towns(cells: Mapping[str, Cell], view: View) -> tuple[Part, ...]:
    """Every unit that stood directly below on the last day, the empty ones too, and those that have left."""
    day = view.period.last_day
    open_then = Q(opened_on__lte=day) & (Q(closed_on__isnull=True) | Q(closed_on__gt=day))
    counted = Q(pk__in=[int(code) for code in cells if code])
    units = OrgUnit.objects.filter((Q(parent=view.unit) & open_then) | counted).order_by("code", "pk")
    parts = [
        Part(str(unit.pk), unit.name, *cells.get(str(unit.pk), Cell(0, 0)), unit_code=unit.code)
        for unit in units
    ]
    if "" in cells:
        parts.append(Part("", OWN_LABEL, *cells[""], unit_code=view.unit.code))
    return tuple(parts)


def _classes(cells: Mapping[str, Cell], declared: Counted, *, by: str) -> tuple[Part, ...]:
    dimension = declared.dimension(by)
    labels = dict(dimension.labels()) if dimension else {}
    known = [Part(code, label, *cells[code]) for code, label in labels.items() if code in cells]
    strange = [
        Part(code, code or NO_CLASS_LABEL, *cell) for code, cell in cells.items() if code not in labels
    ]
    return (*known, *sorted(strange, key=lambda part: part.code))


def _shares(above: tuple[Part, ...], below: tuple[Part, ...], *, is_sensitive: bool) -> tuple[Part, ...]:
    numerators = {part.code: part.value for part in above}
    parts = tuple(
        replace(
            part,
            value=share(numerators.get(part.code, 0), part.value),
            numerator=numerators.get(part.code, 0),
            denominator=part.value,
        )
        for part in below
    )
    if not is_sensitive:
        return parts
    return tuple(
        replace(part, value=None, numerator=None, is_withheld=True) if is_small(part.numerator) else part
        for part in parts
    )


def share(numerator: Amount | None, denominator: Amount | None) -> Decimal | None:
    """Return the share in per cent with two places, rounded half up; None where nothing can be divided."""
    if numerator is None or not denominator:
        return None
    return (Decimal(numerator) * 100 / Decimal(denominator)).quantize(CENTI, ROUND_HALF_UP)


def _is_small(declared: Counted, value: Amount | None, records: int) -> bool:
    """A count is as small as itself; a sum of money is as small as the records behind it are few."""
    is_a_count = isinstance(declared.measure, (CountRecords, CountDistinct))
    return is_small(value if is_a_count else records)
