"""
What the database adds up: the total of the records behind a figure, and groups of them.

Distinct values are dear: each needs sorting. Where as many values as records stand there, no record
counts twice in any group, and a plain count is exact and several times quicker.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import reduce
from typing import Any, NamedTuple, TypeAlias

from django.db.models import CharField, Count, Expression, Q, Value
from django.db.models.functions import Coalesce

from juli.engines.indicator.declarations import AllBut, Counted, Flow, Records, Stock, Term
from juli.engines.indicator.figures import Amount
from juli.engines.indicator.measures import Count as CountRecords
from juli.engines.indicator.measures import CountDistinct, Measure
from juli.engines.indicator.records import View, recorded_late
from juli.engines.indicator.units import Unit
from juli.engines.scope.querysets import in_ranges

Row: TypeAlias = "dict[str, Any]"  # Any: whatever the database aggregated
Groups: TypeAlias = "Mapping[str, Term]"
"""By what records are grouped: for each way, what yields the code of the part."""


class Cell(NamedTuple):
    """Some records added up: their value, and how many they are."""

    value: Amount | None
    evidence_count: int

    def and_(self, other: "Cell") -> "Cell":
        """Return the two together."""
        return Cell((self.value or 0) + (other.value or 0), self.evidence_count + other.evidence_count)

    def less(self, other: "Cell | None") -> "Cell | None":
        """Return what remains without the other; None where nothing does."""
        if other is None:
            return self
        rest = Cell((self.value or 0) - (other.value or 0), self.evidence_count - other.evidence_count)
        return rest if rest.evidence_count else None


@dataclass(frozen=True, slots=True)
class Tally:
    """The total of a figure, how many of its records are late, and its cells for each way of grouping."""

    total: Cell
    late: int
    cells: Mapping[str, Mapping[str, Cell]]


def tallied(
    declared: Counted,
    view: View,
    records: Records,
    *,
    groups: Groups,
    known: "Mapping[str, Tally] | None" = None,
) -> Tally:
    """
    Add the records of a figure up, in one statement where they may simply be counted.

    What is ``known`` of the whole that a figure is all but few of, by its code, is not counted again.
    """
    match declared:
        case Stock(all_but=AllBut(whole=whole, others=others)):
            few = replace(declared, records=others, all_but=None)
            of_whole = (known or {}).get(whole.code)
            if of_whole is None:
                of_whole = tallied(whole, view, view.records(whole), groups=groups)
            return _without(of_whole, tallied(few, view, view.records(few), groups=groups))
        case _:
            return _added_up(declared, view, records, groups=groups)


def _without(whole: Tally, few: Tally) -> Tally:
    """Return what remains of a tally when another is taken from it."""
    cells = {
        by: {code: rest for code, cell in each.items() if (rest := cell.less(few.cells[by].get(code)))}
        for by, each in whole.cells.items()
    }
    return Tally(whole.total.less(few.total) or Cell(0, 0), whole.late - few.late, cells)


def _added_up(declared: Counted, view: View, records: Records, *, groups: Groups) -> Tally:
    measure = declared.measure
    if not groups:
        return _ungrouped(declared, view, records)
    may_be_counted = measure.is_additive or (isinstance(measure, CountDistinct) and measure.once is not None)
    if not may_be_counted:
        whole = _ungrouped(declared, view, records)
        is_single = whole.total.value == whole.total.evidence_count
        quick = CountRecords() if is_single else measure
        cells = _apart(declared, view, records, groups, measure=quick, is_together=is_single)
        return Tally(whole.total, whole.late, cells)
    rows = _grouped(declared, view, records, groups, measure=_counting(measure))
    value = _total_of(rows, declared, records)
    count, late = sum(row["_records"] for row in rows), sum(row.get("_late", 0) for row in rows)
    total = Cell(_exact(value, declared), count)
    if measure.is_additive or value == count:
        return Tally(total, late, _folded(rows, groups, declared))
    return Tally(total, late, _apart(declared, view, records, groups, measure=measure, is_together=False))


def code_of(term: Term) -> Coalesce:
    """Return what yields the code of the part that a record belongs to; empty for none."""
    return Coalesce(term, Value(""), output_field=CharField())


def _ungrouped(declared: Counted, view: View, records: Records) -> Tally:
    found = _found(declared, view, records)
    value = _exact(_total_of([found], declared, records), declared)
    return Tally(Cell(value, found["_records"]), found.get("_late", 0), {})


def _found(declared: Counted, view: View, records: Records) -> Row:
    match declared:
        case Stock(counted=counted) if counted is not None:
            count, others = counted(in_ranges(view.ranges(declared)), view.period.last_day)
            return {"_records": count, "_value": count, "_others": others}
        case _:
            wanted = _aggregates(declared, view, measure=_counting(declared.measure))
            return dict(records.aggregate(**wanted))


def _apart(
    declared: Counted, view: View, records: Records, groups: Groups, *, measure: Measure, is_together: bool
) -> dict[str, dict[str, Cell]]:
    """Group again by a measure: all ways at once if parts add up, else each way by itself."""
    if is_together:
        return _folded(_grouped(declared, view, records, groups, measure=measure), groups, declared)
    cells: dict[str, dict[str, Cell]] = {}
    for by, term in groups.items():
        alone = {by: term}
        cells |= _folded(_grouped(declared, view, records, alone, measure=measure), alone, declared)
    return cells


def _grouped(
    declared: Counted, view: View, records: Records, groups: Groups, *, measure: Measure
) -> list[Row]:
    codes = {f"_part{number}": code_of(term) for number, term in enumerate(groups.values())}
    rows = records.annotate(**codes).order_by().values(*codes)
    return list(rows.annotate(**_aggregates(declared, view, measure=measure)))


def _folded(rows: Sequence[Row], groups: Groups, declared: Counted) -> dict[str, dict[str, Cell]]:
    folded: dict[str, dict[str, Cell]] = {by: {} for by in groups}
    for row in rows:
        cell = Cell(_exact(row["_value"], declared), row["_records"])
        for number, by in enumerate(groups):
            code = row[f"_part{number}"]
            folded[by][code] = cell.and_(folded[by][code]) if code in folded[by] else cell
    return folded


def _counting(measure: Measure) -> Measure:
    """Return the quicker measure where a constraint keeps most values single."""
    is_single = isinstance(measure, CountDistinct) and measure.once is not None
    return CountRecords() if is_single else measure


def _aggregates(declared: Counted, view: View, *, measure: Measure) -> dict[str, Expression]:
    wanted: dict[str, Expression] = {"_records": Count("*"), "_value": measure.expression()}
    match declared.measure:
        case CountDistinct(once=Q() as once) if isinstance(measure, CountRecords):
            wanted["_others"] = Count(Value(1), filter=~once)  # not the field: an index alone may answer
    if isinstance(declared, Flow):
        wanted["_late"] = Count("id", filter=recorded_late(view.period))
    return wanted


def _total_of(
    rows: Sequence[Row], declared: Counted, records: Records
) -> Any:  # Any: as the database gives it
    """
    Return the value of all rows; where records were counted, take the doubles off.

    A double needs a record outside those that are single by constraint: without any there is none.
    """
    values = [row["_value"] for row in rows]
    total = values[0] if len(values) == 1 else reduce(lambda one, other: one + other, values, 0)
    match declared.measure:
        case CountDistinct(field=field, once=Q() as once) if sum(row["_others"] for row in rows):
            others = records.filter(~once).order_by().values(field)
            doubtful = records.filter(**{f"{field}__in": others}).aggregate(
                records=Count("*"), values=Count(field, distinct=True)
            )
            return total - doubtful["records"] + doubtful["values"]
        case _:
            return total


def _exact(value: Any, declared: Counted) -> Amount | None:  # Any: as the database gives it
    """Return what is not money as a whole number where it is one."""
    if isinstance(value, Decimal) and declared.unit is not Unit.YUAN and value == value.to_integral_value():
        return int(value)
    return value  # type: ignore[no-any-return]  # a number or nothing
