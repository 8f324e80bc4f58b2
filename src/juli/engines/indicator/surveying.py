"""
Many stocks counted at once: what a register holds and lacks, in one statement for all questions.

Stocks that are declared as the records ``Among`` another stock are counted together with it, for a
unit, for those directly below it and for those below these. What comes out is what ``work_out``
gives for each; records that hold today stand where the tree has them today, so no moves are asked for.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, TypeAlias

from django.db.models import Case, CharField, Exists, Expression, F, OuterRef, Q, Value, When
from django.db.models import Count as CountRows
from django.db.models import Sum as SumOf

from juli.engines.indicator.declarations import Records, Stock
from juli.engines.indicator.figures import Amount
from juli.engines.indicator.measures import Count, CountDistinct, Sum
from juli.engines.indicator.moves import SplitPart
from juli.engines.indicator.ranges import within
from juli.engines.scope.models import OrgUnit
from juli.engines.scope.querysets import in_ranges
from juli.kernel.actor import Actor, PathRange

LEVELS: Final = 2
"""How many levels below the unit are told apart."""

Place: TypeAlias = tuple[str, ...]
"""The numbers of the units from the one asked about down, itself left out; none is the unit itself."""

Row: TypeAlias = "dict[str, Any]"  # Any: whatever the database aggregated


@dataclass(frozen=True, slots=True)
class Among:
    """The records of another stock that meet a condition on the day (其中)."""

    whole: Stock
    condition: Callable[[date], Q]

    @property
    def root(self) -> Stock:
        """The register that the records are rows of, through however many conditions."""
        return self.whole.records.root if isinstance(self.whole.records, Among) else self.whole

    def holds(self, day: date) -> Q:
        """Return all conditions together."""
        above = self.whole.records
        return (above.holds(day) if isinstance(above, Among) else Q()) & self.condition(day)

    def __call__(self, day: date) -> Records:
        """Return them."""
        return self.whole.records(day).filter(self.condition(day))


@dataclass(frozen=True, slots=True)
class Survey:
    """What was counted of a unit and of two levels below it (普查)."""

    unit: OrgUnit
    day: date
    counts: Mapping[str, Mapping[Place, Amount]] = field(default_factory=dict)

    def value(self, code: str, place: Place = ()) -> Amount:
        """Return how many there are; nought where none was found."""
        return self.counts.get(code, {}).get(place, 0)

    def place_of(self, unit: OrgUnit) -> Place | None:
        """Return where a unit stands below the one surveyed; None if that deep nothing was told apart."""
        if not unit.path.startswith(self.unit.path):
            return None
        place = tuple(unit.path.removeprefix(self.unit.path).strip("/").split("/"))
        place = () if place == ("",) else place
        return place if len(place) <= LEVELS else None


def survey(stocks: Iterable[Stock], *, unit: OrgUnit, day: date, actor: Actor) -> Survey:
    """Count stocks as of today, within the reach of the actor: one statement for each register."""
    families: dict[Stock, list[Stock]] = defaultdict(list)
    for stock in stocks:
        families[_whole_of(stock)].append(stock)
    counts: dict[str, dict[Place, Amount]] = {}
    for whole, members in families.items():
        ranges = within([PathRange.under(unit.path)], actor.roots_for(whole.permission))
        records = whole.records(day).filter(in_ranges(ranges)).annotate(**_levels(unit))
        if _is_plain(whole):
            counts |= _counted(whole, members, records, day=day)
        else:
            counts[whole.code] = _distinct(whole, records)
    return Survey(unit, day, counts)


def _whole_of(stock: Stock) -> Stock:
    return stock.records.root if isinstance(stock.records, Among) else stock


def _is_plain(whole: Stock) -> bool:
    return not isinstance(whole.measure, CountDistinct) or whole.measure.once is not None


def _levels(unit: OrgUnit) -> dict[str, SplitPart]:
    first = unit.path.count("/") + 1
    return {
        f"_level{number}": SplitPart(F("path"), Value("/"), Value(first + number)) for number in range(LEVELS)
    }


def _counted(
    whole: Stock, stocks: Sequence[Stock], records: Records, *, day: date
) -> dict[str, dict[Place, Amount]]:
    wanted: dict[str, Expression] = {
        f"_value{number}": _aggregate(stock, day=day) for number, stock in enumerate(stocks)
    }
    once = whole.measure.once if isinstance(whole.measure, CountDistinct) else None
    if once is not None:
        wanted["_others"] = CountRows(Value(1), filter=~once)
    names = [f"_level{number}" for number in range(LEVELS)]
    rows: list[Row] = list(records.order_by().values(*names).annotate(**wanted))
    counts: dict[str, dict[Place, Amount]] = {stock.code: defaultdict(int) for stock in stocks}
    for row in rows:
        for number, stock in enumerate(stocks):
            for place in _places(row):
                counts[stock.code][place] += row[f"_value{number}"] or 0
    if once is not None and any(row["_others"] for row in rows):
        _take_doubles_off(counts, whole, stocks, records, once=once, day=day)
    return {code: dict(found) for code, found in counts.items()}


def _aggregate(stock: Stock, *, day: date) -> Expression:
    condition = _condition(stock, day=day) or None
    match stock.measure:
        case Sum(field=name):
            return SumOf(name, filter=condition)
        case Count() | CountDistinct():
            return CountRows(Value(1), filter=condition)
        case _:
            raise TypeError(f"{stock.code} is read off one record and not counted")


def _condition(stock: Stock, *, day: date) -> Q:
    return stock.records.holds(day) if isinstance(stock.records, Among) else Q()


def _places(row: Row) -> Iterator[Place]:
    """Yield every place that a row belongs to: the unit, the one below it, the one below that."""
    numbers = [row[f"_level{number}"] for number in range(LEVELS)]
    yield ()
    for deep, number in enumerate(numbers, start=1):
        if not number:
            return
        yield tuple(numbers[:deep])


def _take_doubles_off(
    counts: dict[str, dict[Place, Amount]],
    whole: Stock,
    stocks: Sequence[Stock],
    records: Records,
    *,
    once: Q,
    day: date,
) -> None:
    """Who stands there twice on the day counts once: few do, and these few are looked at one by one."""
    assert isinstance(whole.measure, CountDistinct)  # noqa: S101  nothing else has records that count once
    name = whole.measure.field
    again = whole.records(day).filter(**{name: OuterRef(name)}).exclude(pk=OuterRef("pk"))
    doubled = records.filter(**{f"{name}__in": records.filter(~once, Exists(again)).values(name)})
    marks = {
        f"_holds{number}": Case(
            When(_condition(stock, day=day) or Q(pk__isnull=False), then=Value("y")),
            default=Value(""),
            output_field=CharField(),
        )
        for number, stock in enumerate(stocks)
    }
    levels = [f"_level{number}" for number in range(LEVELS)]
    seen: set[tuple[str, Place, object]] = set()
    for row in doubled.annotate(**marks).order_by().values(name, *levels, *marks):
        for number, stock in enumerate(stocks):
            for place in _places(row) if row[f"_holds{number}"] else ():
                key = (stock.code, place, row[name])
                counts[stock.code][place] -= key in seen
                seen.add(key)


def _distinct(whole: Stock, records: Records) -> dict[Place, Amount]:
    """Count different values where nothing keeps them single: such registers are short."""
    assert isinstance(whole.measure, CountDistinct)  # noqa: S101  the others are plain
    name = whole.measure.field
    levels = [f"_level{number}" for number in range(LEVELS)]
    found: dict[Place, set[object]] = defaultdict(set)
    for row in records.order_by().values(name, *levels).distinct():
        for place in _places(row):
            found[place].add(row[name])
    return {place: len(values) for place, values in found.items()}
