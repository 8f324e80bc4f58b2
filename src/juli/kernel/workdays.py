"""
Working days of the People's Republic, and terms counted in them or in calendar days.

The State Council publishes the plan of each year's holidays late in the year before. Within
published plans the answers are final; beyond them only weekends rest and every answer is
provisional (暂定). A plan known earlier than the package knows it is entered as overrides.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import assert_never

import chinese_calendar
from chinese_calendar import constants

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5
_FIRST_YEAR = min(constants.holidays).year
LAST_PUBLISHED_YEAR: int = max(constants.holidays).year


class Reckoning(StrEnum):
    """In which days a term is counted (期限单位)."""

    CALENDAR = "calendar"
    WORKING = "working"

    @property
    def label(self) -> str:
        """The Chinese words."""
        return "工作日" if self is Reckoning.WORKING else "自然日"


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A day that was worked out, and whether a plan not yet published may still move it."""

    day: date
    is_provisional: bool


@dataclass(frozen=True, slots=True)
class Count:
    """A number of days, and whether a plan not yet published may still change it."""

    days: int
    is_provisional: bool


@dataclass(frozen=True)
class WorkCalendar:
    """
    Which days are worked (工作日历).

    ``overrides`` say of single days whether they are worked and go before everything else;
    ``planned_until`` is the last day that the plan, with the overrides, settles for good.
    """

    overrides: Mapping[date, bool] = field(default_factory=lambda: MappingProxyType({}))
    planned_until: date = date(LAST_PUBLISHED_YEAR, 12, 31)

    def is_workday(self, day: date) -> bool:
        """Say whether a day is worked, as far as is known."""
        if day in self.overrides:
            return self.overrides[day]
        if _FIRST_YEAR <= day.year <= LAST_PUBLISHED_YEAR:
            return bool(chinese_calendar.is_workday(day))
        return day.weekday() < _SATURDAY

    def is_provisional(self, day: date) -> bool:
        """Say whether a plan not yet published may still decide otherwise about a day."""
        return day not in self.overrides and day > self.planned_until


PUBLISHED = WorkCalendar()


def add_workdays(start: date, number: int, calendar: WorkCalendar = PUBLISHED) -> Reckoned:
    """
    Return the day that lies so many working days after a day, or before it if negative.

    The first day is not counted (民法典第二百零一条): one working day after Friday is Monday. For 0
    the day itself, or the next working day if it is none.
    """
    step = _ONE_DAY if number >= 0 else -_ONE_DAY
    left, day, is_provisional = abs(number), start, False
    if not left and not calendar.is_workday(day):
        is_provisional, left = calendar.is_provisional(day), 1
    while left:
        day += step
        is_provisional = is_provisional or calendar.is_provisional(day)
        left -= calendar.is_workday(day)
    return Reckoned(day, is_provisional)


def workdays_between(start: date, end: date, calendar: WorkCalendar = PUBLISHED) -> Count:
    """
    Return how many working days lie after ``start``, up to and including ``end``.

    Negative where ``end`` lies before ``start``: the term has run out so long ago.
    """
    first, last, sign = (start, end, 1) if start <= end else (end, start, -1)
    days = [first + _ONE_DAY * number for number in range(1, (last - first).days + 1)]
    worked = sum(calendar.is_workday(day) for day in days)
    return Count(sign * worked, any(calendar.is_provisional(day) for day in days))


def add_days(start: date, number: int) -> date:
    """Return the day that lies so many calendar days after a day; the first is not counted."""
    return start + _ONE_DAY * number


def carried_past_rest(day: date, calendar: WorkCalendar = PUBLISHED) -> Reckoned:
    """
    Return the day itself, or the first working day after the rest it falls in.

    民法典第二百零三条: a term whose last day is a legal holiday ends with the day after the holiday.
    """
    return add_workdays(day, 0, calendar)


def due_on(start: date, number: int, *, counted: Reckoning, calendar: WorkCalendar = PUBLISHED) -> Reckoned:
    """Return the last day of a term that began with an event on ``start``."""
    match counted:
        case Reckoning.WORKING:
            return add_workdays(start, number, calendar)
        case Reckoning.CALENDAR:
            return Reckoned(add_days(start, number), is_provisional=False)
        case _:
            assert_never(counted)


def days_left(today: date, due: date, *, counted: Reckoning, calendar: WorkCalendar = PUBLISHED) -> Count:
    """Return how many days are left after today until a term ends; negative once it has."""
    match counted:
        case Reckoning.WORKING:
            return workdays_between(today, due, calendar)
        case Reckoning.CALENDAR:
            return Count((due - today).days, is_provisional=False)
        case _:
            assert_never(counted)
