"""Days as Beijing counts them, and half-open stretches of them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from juli.kernel.refusal import Refusal

BEIJING = ZoneInfo("Asia/Shanghai")
_ONE_DAY = timedelta(days=1)
_MONTHS_A_YEAR, _MONTHS_A_QUARTER = 12, 3


class PeriodUnreadable(Refusal):
    """The text names no year, quarter, month, day or stretch of days."""

    code = "period.unreadable"
    message = "“{text}”不是认得的时期，请写成 2018、2018-Q4、2018-12、2018-12-31 或 2018-01-01..2018-06-30。"


class PeriodReversed(Refusal):
    """A period that ends before it begins."""

    code = "period.reversed"
    message = "时期的结束日期早于开始日期，请核对。"


def beijing_day(at: datetime) -> date:
    """
    Return the day on which an instant falls in Beijing.

    Half past midnight on New Year's Day in Guangzhou is still last year in UTC.
    A naive datetime is a mistake of the program: :raises ValueError: no time zone.
    """
    if at.utcoffset() is None:
        raise ValueError("an instant needs its time zone")
    return at.astimezone(BEIJING).date()


def beijing_midnight(day: date) -> datetime:
    """Return the instant at which a day begins in Beijing."""
    return datetime(day.year, day.month, day.day, tzinfo=BEIJING)


@dataclass(frozen=True, eq=False)
class Period:
    """
    A stretch of days, half-open: ``start`` belongs to it, ``end`` does not (时期).

    Two periods of the same days are equal, however they were made.

    :raises PeriodReversed: the end lies before the start.
    """

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise PeriodReversed

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Period):
            return NotImplemented
        return (self.start, self.end) == (other.start, other.end)

    def __hash__(self) -> int:
        return hash((self.start, self.end))

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    def __len__(self) -> int:
        return (self.end - self.start).days

    @property
    def last_day(self) -> date:
        """The last day that belongs to it: the cut-off of a register."""
        return self.end - _ONE_DAY

    @property
    def code(self) -> str:
        """The text that ``parse`` reads back."""
        return f"{self.start}..{self.last_day}"

    @property
    def label(self) -> str:
        """The Chinese name."""
        return f"{_day_label(self.start)}至{_day_label(self.last_day)}"

    def days(self) -> Iterator[date]:
        """Yield every day of it."""
        return (self.start + _ONE_DAY * number for number in range(len(self)))

    def overlaps(self, other: "Period") -> bool:
        """Say whether the two share a day."""
        return max(self.start, other.start) < min(self.end, other.end)

    def within(self, other: "Period") -> "Period | None":
        """Return the days that the two share, or nothing."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Period(start, end) if start < end else None


class Day(Period):
    """One day (日)."""

    def __init__(self, day: date) -> None:
        super().__init__(day, day + _ONE_DAY)

    @property
    def code(self) -> str:
        """The text that ``parse`` reads back."""
        return self.start.isoformat()

    @property
    def label(self) -> str:
        """The Chinese name."""
        return _day_label(self.start)


class Month(Period):
    """One month of the calendar (月)."""

    def __init__(self, year: int, month: int) -> None:
        super().__init__(date(year, month, 1), _month_after(date(year, month, 1), 1))

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the month of a day."""
        return cls(day.year, day.month)

    @property
    def code(self) -> str:
        """The text that ``parse`` reads back."""
        return f"{self.start:%Y-%m}"

    @property
    def label(self) -> str:
        """The Chinese name."""
        return f"{self.start.year}年{self.start.month}月"

    def previous(self) -> "Month":
        """Return the month before: 环比 compares with it."""
        return Month.of(self.start - _ONE_DAY)


class Quarter(Period):
    """
    One quarter of the calendar (季度), numbered from 1.

    A number outside 1 to 4 is a mistake of the program: :raises ValueError: no such quarter.
    """

    def __init__(self, year: int, quarter: int) -> None:
        start = date(year, (quarter - 1) * _MONTHS_A_QUARTER + 1, 1)
        super().__init__(start, _month_after(start, _MONTHS_A_QUARTER))

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the quarter of a day."""
        return cls(day.year, (day.month - 1) // _MONTHS_A_QUARTER + 1)

    @property
    def number(self) -> int:
        """Which quarter of its year it is, from 1."""
        return self.start.month // _MONTHS_A_QUARTER + 1

    @property
    def code(self) -> str:
        """The text that ``parse`` reads back."""
        return f"{self.start.year}-Q{self.number}"

    @property
    def label(self) -> str:
        """The Chinese name."""
        return f"{self.start.year}年第{'一二三四'[self.number - 1]}季度"

    def previous(self) -> "Quarter":
        """Return the quarter before."""
        return Quarter.of(self.start - _ONE_DAY)

    def months(self) -> tuple[Month, ...]:
        """Return its three months."""
        return tuple(Month(self.start.year, self.start.month + more) for more in range(_MONTHS_A_QUARTER))


class Year(Period):
    """One year of the calendar, as union statistics count (年度)."""

    def __init__(self, year: int) -> None:
        super().__init__(date(year, 1, 1), date(year + 1, 1, 1))

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the year of a day."""
        return cls(day.year)

    @property
    def code(self) -> str:
        """The text that ``parse`` reads back."""
        return f"{self.start.year:04}"

    @property
    def label(self) -> str:
        """The Chinese name."""
        return f"{self.start.year}年"

    def previous(self) -> "Year":
        """Return the year before: 同比 compares with it."""
        return Year(self.start.year - 1)

    def quarters(self) -> tuple[Quarter, ...]:
        """Return its four quarters."""
        return tuple(Quarter(self.start.year, number) for number in (1, 2, 3, 4))

    def months(self) -> tuple[Month, ...]:
        """Return its twelve months."""
        return tuple(month for quarter in self.quarters() for month in quarter.months())


_DAY = r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
_FORMS: tuple[tuple[re.Pattern[str], Callable[..., Period]], ...] = (
    (re.compile(r"([0-9]{4})年?"), Year),
    (re.compile(r"([0-9]{4})-?[Qq]([1-4])"), Quarter),
    (re.compile(r"([0-9]{4})-([0-9]{1,2})"), Month),
    (re.compile(r"([0-9]{4})年([0-9]{1,2})月"), Month),
    (re.compile(_DAY), lambda year, month, day: Day(date(year, month, day))),
    (re.compile(r"([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日"), lambda *parts: Day(date(*parts))),
    (
        re.compile(rf"{_DAY}\.\.{_DAY}"),
        lambda *parts: Period(date(*parts[:3]), date(*parts[3:]) + _ONE_DAY),
    ),
)


def parse(text: str) -> Period:
    """
    Return the period that a text names, in one of the forms of ``Period.code`` or in Chinese.

    Both days of ``2018-01-01..2018-06-30`` belong to it, as people mean it.

    :raises PeriodUnreadable: it names none.
    :raises PeriodReversed: it ends before it begins.
    """
    for form, make in _FORMS:
        if found := form.fullmatch(text.strip()):
            try:
                return make(*(int(part) for part in found.groups()))
            except (ValueError, OverflowError):
                break
    raise PeriodUnreadable(text=text)


def _month_after(first: date, months: int) -> date:
    years, month = divmod(first.month - 1 + months, _MONTHS_A_YEAR)
    return date(first.year + years, month + 1, 1)


def _day_label(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
