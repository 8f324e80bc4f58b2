"""Days as Beijing counts them, and stretches of them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juli.kernel import period
from juli.kernel.period import Day, Month, Period, Quarter, Year

days = st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1))


def test_half_past_midnight_in_guangzhou_is_already_the_new_year():
    at = dt.datetime(2018, 12, 31, 16, 30, tzinfo=dt.UTC)

    assert period.beijing_day(at) == dt.date(2019, 1, 1)
    assert period.beijing_midnight(dt.date(2019, 1, 1)) == dt.datetime(2018, 12, 31, 16, tzinfo=dt.UTC)


def test_an_instant_without_a_zone_is_a_mistake():
    with pytest.raises(ValueError, match="time zone"):
        period.beijing_day(dt.datetime(2018, 12, 31))


@pytest.mark.parametrize(
    ("text", "expected", "label"),
    [
        ("2018", Period(dt.date(2018, 1, 1), dt.date(2019, 1, 1)), "2018年"),
        ("2018年", Year(2018), "2018年"),
        ("2018-12", Period(dt.date(2018, 12, 1), dt.date(2019, 1, 1)), "2018年12月"),
        ("2018年2月", Month(2018, 2), "2018年2月"),
        ("2018-Q4", Period(dt.date(2018, 10, 1), dt.date(2019, 1, 1)), "2018年第四季度"),
        ("2018q1", Quarter(2018, 1), "2018年第一季度"),
        (" 2018-12-31 ", Period(dt.date(2018, 12, 31), dt.date(2019, 1, 1)), "2018年12月31日"),
        ("2018年12月31日", Day(dt.date(2018, 12, 31)), "2018年12月31日"),
        (
            "2018-01-01..2018-06-30",
            Period(dt.date(2018, 1, 1), dt.date(2018, 7, 1)),
            "2018年1月1日至2018年6月30日",
        ),
    ],
)
def test_a_period_is_read_from_text(text, expected, label):
    found = period.parse(text)

    assert found == expected
    assert hash(found) == hash(expected)
    assert found.label == label
    assert period.parse(found.code) == found


@pytest.mark.parametrize(
    "text", ["", "去年", "2018-13", "2018-Q5", "2018-02-30", "18", "0000", "9999", "2018-1-1..x"]
)
def test_what_is_no_period_is_refused(text):
    with pytest.raises(period.PeriodUnreadable) as refusal:
        period.parse(text)
    assert text in refusal.value.sentence


def test_a_period_may_not_end_before_it_begins():
    with pytest.raises(period.PeriodReversed):
        period.parse("2018-06-30..2018-01-01")
    with pytest.raises(period.PeriodReversed):
        Period(dt.date(2018, 1, 2), dt.date(2018, 1, 1))


def test_the_last_day_belongs_and_the_next_does_not():
    year = Year(2018)

    assert dt.date(2018, 12, 31) in year
    assert dt.date(2019, 1, 1) not in year
    assert year.last_day == dt.date(2018, 12, 31)
    assert len(year) == len(list(year.days())) == 365
    assert year != "2018"


def test_a_period_knows_the_one_before():
    assert Year(2018).previous() == Year(2017)
    assert Quarter(2018, 1).previous() == Quarter(2017, 4)
    assert Month(2018, 1).previous() == Month(2017, 12)


@given(days)
def test_months_make_quarters_and_quarters_make_years(day):
    year, quarter, month = Year.of(day), Quarter.of(day), Month.of(day)

    assert day in month
    assert month in quarter.months()
    assert quarter in year.quarters()
    assert sum(len(each) for each in year.months()) == sum(len(each) for each in year.quarters()) == len(year)
    assert period.parse(quarter.code) == quarter


@given(days, days, days, days)
def test_what_two_periods_share_lies_in_both(a, b, c, d):
    one, other = Period(min(a, b), max(a, b)), Period(min(c, d), max(c, d))
    shared = one.within(other)

    assert (shared is not None) == one.overlaps(other) == other.overlaps(one)
    if shared:
        assert shared.start in one
        assert shared.last_day in other
