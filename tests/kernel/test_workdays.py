"""Terms in working and calendar days, within the published plan and beyond it."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juli.kernel import workdays
from juli.kernel.workdays import LAST_PUBLISHED_YEAR, Reckoned, Reckoning, WorkCalendar

SATURDAY_WORKED = dt.date(2018, 9, 29)  # made up for the National Day holiday
BEYOND = dt.date(LAST_PUBLISHED_YEAR + 1, 3, 1)
days = st.dates(dt.date(2004, 1, 1), dt.date(2030, 1, 1))


@pytest.mark.parametrize(
    ("start", "number", "expected"),
    [
        (dt.date(2018, 9, 28), 1, SATURDAY_WORKED),
        (dt.date(2018, 9, 28), 2, dt.date(2018, 9, 30)),
        (dt.date(2018, 9, 28), 3, dt.date(2018, 10, 8)),
        (dt.date(2018, 10, 8), -1, dt.date(2018, 9, 30)),
        (dt.date(2018, 10, 3), 0, dt.date(2018, 10, 8)),
        (dt.date(2018, 10, 8), 0, dt.date(2018, 10, 8)),
    ],
)
def test_working_days_follow_the_published_plan(start, number, expected):
    assert workdays.add_workdays(start, number) == Reckoned(expected, is_provisional=False)


def test_beyond_the_plan_only_weekends_rest_and_the_answer_is_provisional():
    found = workdays.add_workdays(BEYOND, 30)

    assert found.is_provisional
    assert found.day - BEYOND == dt.timedelta(days=42)
    assert workdays.workdays_between(BEYOND, found.day) == workdays.Count(30, is_provisional=True)


def test_a_plan_entered_by_hand_settles_the_days_it_names():
    holiday = dt.date(LAST_PUBLISHED_YEAR + 1, 3, 2)
    entered = WorkCalendar({holiday: False}, planned_until=dt.date(LAST_PUBLISHED_YEAR + 1, 12, 31))
    named = WorkCalendar({holiday: not workdays.PUBLISHED.is_workday(holiday)})

    assert not entered.is_workday(holiday)
    assert not workdays.add_workdays(BEYOND, 5, entered).is_provisional
    assert not named.is_provisional(holiday)
    assert named.is_provisional(BEYOND)
    assert named.is_workday(holiday) != workdays.PUBLISHED.is_workday(holiday)


@given(days, st.integers(1, 90))
def test_adding_and_counting_undo_each_other(start, number):
    due = workdays.add_workdays(start, number)

    assert workdays.PUBLISHED.is_workday(due.day)
    assert workdays.workdays_between(start, due.day).days == number
    assert workdays.workdays_between(due.day, start).days == -number


@given(days, st.integers(-90, 90))
def test_one_day_more_is_never_earlier(start, number):
    assert workdays.add_workdays(start, number).day <= workdays.add_workdays(start, number + 1).day


def test_terms_are_counted_as_the_rule_says():
    friday = dt.date(2018, 11, 30)

    assert workdays.due_on(friday, 15, counted=Reckoning.CALENDAR).day == dt.date(2018, 12, 15)
    assert workdays.due_on(friday, 15, counted=Reckoning.WORKING).day == dt.date(2018, 12, 21)
    assert workdays.days_left(friday, dt.date(2018, 12, 3), counted=Reckoning.WORKING).days == 1
    assert workdays.days_left(friday, dt.date(2018, 12, 3), counted=Reckoning.CALENDAR).days == 3
    assert workdays.days_left(dt.date(2018, 12, 4), friday, counted=Reckoning.WORKING).days == -2
    assert (Reckoning.WORKING.label, Reckoning.CALENDAR.label) == ("工作日", "自然日")


def test_a_term_that_ends_in_a_holiday_ends_after_it():
    assert workdays.carried_past_rest(dt.date(2018, 10, 1)).day == dt.date(2018, 10, 8)


def test_before_the_first_plan_weekends_rest():
    assert workdays.PUBLISHED.is_workday(dt.date(1999, 3, 1))
    assert not workdays.PUBLISHED.is_workday(dt.date(1999, 3, 7))
