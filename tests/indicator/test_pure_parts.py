"""Ranges, periods and small cells, without a database."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juli.engines.indicator.figures import Part
from juli.engines.indicator.periods import PeriodKind, kind_of, month_ends, period_around, up_to
from juli.engines.indicator.ranges import within, without
from juli.engines.indicator.withholding import is_small, withheld
from juli.engines.indicator.working import share
from juli.kernel.actor import PathRange
from juli.kernel.period import Day, Month, Period, Year

PATHS = [f"/{a}/{b}/{c}/" for a in range(3) for b in range(3) for c in range(3)]
RANGES = st.lists(
    st.tuples(st.sampled_from(PATHS), st.integers(1, 3)).map(
        lambda drawn: PathRange.under("/".join(drawn[0].split("/")[: drawn[1] + 1]) + "/")
    ),
    max_size=5,
)


def held(ranges: list[PathRange] | tuple[PathRange, ...]) -> set[str]:
    return {path for path in PATHS if any(path in each for each in ranges)}


@given(RANGES, RANGES)
def test_ranges_cut_and_meet_as_sets_do(ranges: list[PathRange], others: list[PathRange]):
    assert held(without(ranges, others)) == held(ranges) - held(others)
    assert held(within(ranges, others)) == held(ranges) & held(others)


def test_a_path_is_not_cut_by_its_prefix():
    (left,) = without([PathRange.under("/1/120/")], [PathRange.under("/1/12/")])
    assert left == PathRange.under("/1/120/")


@pytest.mark.parametrize("kind", list(PeriodKind))
def test_a_period_knows_its_kind(kind: PeriodKind):
    assert kind_of(period_around(kind, date(2018, 5, 9))) == kind


def test_a_stretch_that_is_none_of_the_calendar_has_no_kind():
    assert kind_of(Period(date(2018, 1, 1), date(2018, 5, 10))) is None


def test_month_ends_stop_at_the_last_whole_month():
    assert month_ends(date(2018, 3, 30), count=3) == (
        date(2017, 12, 31),
        date(2018, 1, 31),
        date(2018, 2, 28),
    )
    assert month_ends(date(2018, 3, 31), count=1) == (date(2018, 3, 31),)


def test_a_period_is_cut_off_after_a_day():
    assert up_to(Year(2018), date(2018, 1, 31)) == Month(2018, 1)
    assert up_to(Year(2018), date(2019, 1, 31)) == Year(2018)
    assert up_to(Year(2018), date(2017, 1, 31)) == Day(date(2018, 1, 1))


def test_a_share_is_rounded_half_up_and_never_divides_by_nothing():
    assert share(244, 354) == Decimal("68.93")
    assert share(34, 36) == Decimal("94.44")
    assert share(1, 0) is None
    assert share(None, 3) is None


def blanked(*values: int) -> list[int | None]:
    parts = [Part(str(number), "部分", value, value) for number, value in enumerate(values)]
    return [part.value for part in withheld(parts, is_small=lambda value, _records: is_small(value))]


def test_small_cells_are_withheld():
    assert blanked(3, 2, 40, 0) == [None, None, 40, 0]


def test_a_single_small_cell_takes_the_next_smallest_with_it():
    assert blanked(3, 17, 40, 0) == [None, None, 40, 0]


def test_a_lonely_small_cell_is_withheld_all_the_same():
    assert blanked(3) == [None]


def test_large_cells_are_shown():
    assert blanked(5, 17) == [5, 17]
