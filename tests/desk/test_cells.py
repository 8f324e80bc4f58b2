"""What stands in one place of a table."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from juli.engines.desk import markup
from juli.engines.desk.cells import Bar, Day, Masked, Moment, Number, State, Text, Tone


def test_a_number_with_records_is_a_link_and_its_unit_stands_outside():
    html = markup.number(Number(597_500, "人", "/f/"))
    assert html == '<a class="fig" href="/f/">597,500</a><span class="unit">人</span>'


@pytest.mark.parametrize(
    ("value", "shown"), [(0, "0"), (1_234_567, "1,234,567"), (Decimal("276500.00"), "276,500.00")]
)
def test_digits_are_grouped_and_places_kept(value, shown):
    assert markup.digits(value) == shown


def test_what_is_not_there_is_said_in_words():
    assert "未填" in markup.cell(Text(""))
    assert "未填" in markup.cell(Day(None))
    assert "未计" in markup.cell(Number(None, "人"))


def test_a_masked_value_greys_its_stars_and_offers_the_way_to_the_whole():
    assert markup.masked(Masked("138****5521")) == '<span class="mask">138<i>****</i>5521</span>'
    assert 'href="/r/"' in markup.masked(Masked("138****5521", "/r/"))
    assert markup.masked(Masked("不详")) == '<span class="mask">不详<i></i></span>'


def test_a_state_without_an_icon_takes_that_of_its_tone():
    for tone in Tone:
        assert markup.TONE_ICONS[tone] in markup.state(State("在籍", tone))


def test_days_are_local():
    late = datetime(2018, 12, 31, 16, 30, tzinfo=UTC)
    assert markup.moment(late) == "2019-01-01 00:30"
    assert markup.day(late) == "2019-01-01"
    assert markup.short_day(date(2018, 12, 31)) == "12-31"
    assert "2019-01-01 00:30" in markup.cell(Moment(late))


def test_a_bar_stays_inside_its_track():
    assert 'width="100.00%"' in markup.cell(Bar(1.7))
    assert 'width="0.00%"' in markup.cell(Bar(-1))


def test_a_trend_needs_two_values():
    assert markup.sparkline((1.0,)) == ""
    assert markup.sparkline((3.0, 3.0)).count(",") == 1 + 1
