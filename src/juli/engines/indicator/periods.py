"""The periods that figures are kept for. Imports no Django."""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from typing import assert_never

from juli.kernel.period import Day, Month, Period, Quarter, Year


class PeriodKind(StrEnum):
    """The stretches that are kept as roll-ups (统计期)."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


def period_around(kind: PeriodKind, day: date) -> Period:
    """Return the period of a kind in which a day lies."""
    match kind:
        case PeriodKind.DAY:
            return Day(day)
        case PeriodKind.MONTH:
            return Month.of(day)
        case PeriodKind.QUARTER:
            return Quarter.of(day)
        case PeriodKind.YEAR:
            return Year.of(day)
        case _:
            assert_never(kind)


def kind_of(period: Period) -> PeriodKind | None:
    """Return which stretch of the calendar a period is, if it is one."""
    return next((kind for kind in PeriodKind if period_around(kind, period.start) == period), None)


def up_to(period: Period, day: date) -> Period:
    """Return the part of a period up to a day and including it; at least its first day."""
    end = min(period.end, day + timedelta(1))
    return period if end >= period.end else Period(period.start, max(end, period.start + timedelta(1)))


def month_ends(through: date, *, count: int) -> tuple[date, ...]:
    """Return the last days of the last whole months up to a day, oldest first."""
    return tuple(reversed(list(_month_ends_back(through, count=count))))


def _month_ends_back(through: date, *, count: int) -> Iterator[date]:
    month = Month.of(through)
    if month.last_day > through:
        month = month.previous()
    for _ in range(count):
        yield month.last_day
        month = month.previous()
