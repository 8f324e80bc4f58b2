"""Days in every form that offices write them."""

import calendar
import re
from collections.abc import Mapping
from datetime import date

import polars as pl

from juli.engines.sheet import faults
from juli.engines.sheet.columns import Column
from juli.engines.sheet.faults import Fault
from juli.engines.sheet.judging_cells import distinct, mapped, narrowed
from juli.engines.sheet.judging_findings import Findings

_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_CLOCK = (
    r"(?i)[ t]*(?:上午|下午|am|pm)? ?\d{1,2}[:时]\d{1,2}(?:[:分](?:\d{1,2}(?:\.\d+)?秒?)?)?"
    r" ?(?:am|pm|z|\+0?8:?00)?$"
)
_WEEKDAY = r"[(]?(?:星期|周|礼拜)[一二三四五六日天][)]?$"
_WRITTEN = r"^(\d{4})[-/.年、_](\d{1,2})[-/.月、_](\d{1,2})[日号]?$"
_RUN_TOGETHER = r"^(\d{4})(\d{2})(\d{2})$"
# Five digits are the days from 1927 to 2173; four would be read as years by anybody.
_SERIAL = r"^([1-9]\d{4})(?:\.\d+)?$"

_YEAR_MONTH = re.compile(r"(\d{4})(?:[-/.年、_](\d{1,2})月?|(\d{2}))")
_YEAR = re.compile(r"(\d{4})年?")
_SHORT_YEAR = re.compile(r"(\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_CHINESE = re.compile(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十廿卅]{1,3})[日号]"
)
_NUMERALS = {**{sign: place for place, sign in enumerate("〇一二三四五六七八九")}, "○": 0, "零": 0}

Explained = tuple[Fault, Mapping[str, str | int]]


def read_days(
    column: Column, text: pl.Series, *, findings: Findings, on: date, is_from_1904: bool
) -> pl.Series:
    """Return a column of text as days, adding a fault wherever it is none."""
    values = distinct(text)
    plain = pl.select(_plain(pl.lit(values))).to_series()
    days = _parsed(plain, is_from_1904=is_from_1904)
    unread = days.is_null()
    explained: dict[str, Explained] = {}
    if unread.any():
        days, explained = _explain(values, plain, days)
        findings.add_by_value(text, column=column.code, found=explained)
    read = mapped(text, values, days)
    filling = {"value": read.cast(pl.String)}
    early = read < column.earliest
    findings.add(early, column=column.code, fault=faults.TOO_EARLY, earliest=str(column.earliest), **filling)
    if not column.future_allowed:
        future = read > on
        findings.add(future, column=column.code, fault=faults.IN_THE_FUTURE, today=str(on), **filling)
    return read


def _plain(cells: pl.Expr) -> pl.Expr:
    """Return the day alone: half width, without the time of day, the weekday and blanks."""
    narrow = narrowed(cells).str.replace_all("[—–−]", "-").str.replace_all("。", ".")
    return narrow.str.replace(_WEEKDAY, "").str.replace(_CLOCK, "").str.replace_all(" ", "")


def _parsed(plain: pl.Series, *, is_from_1904: bool) -> pl.Series:
    epoch = pl.lit(_EPOCH_1904 if is_from_1904 else _EPOCH)
    cells = pl.col("plain")

    def joined(pattern: str) -> pl.Expr:
        groups = cells.str.extract_groups(pattern)
        parts = [groups.struct.field(str(place)).str.zfill(size) for place, size in ((1, 4), (2, 2), (3, 2))]
        return pl.concat_str(parts, separator="-").str.to_date("%Y-%m-%d", strict=False)

    serial = cells.str.extract(_SERIAL).cast(pl.Int32)
    read = pl.coalesce(joined(_WRITTEN), joined(_RUN_TOGETHER), epoch + pl.duration(days=serial))
    return plain.to_frame("plain").select(read.cast(pl.Date).alias("day")).to_series()


def _explain(values: pl.Series, plain: pl.Series, days: pl.Series) -> tuple[pl.Series, dict[str, Explained]]:
    """Say of every text that is no day why not; the few that are days after all are read."""
    places = days.is_null().arg_true()
    mended: list[date | None] = []
    explained: dict[str, Explained] = {}
    for value, text in zip(values.gather(places), plain.gather(places), strict=True):
        outcome = explain_day(text)
        mended.append(outcome if isinstance(outcome, date) else None)
        if not isinstance(outcome, date):
            fault, filling = outcome
            explained[value] = (fault, {"value": value, **filling})
    return days.clone().scatter(places, pl.Series(mended, dtype=pl.Date)), explained


def explain_day(text: str) -> date | Explained:
    """Return the day after all, or the reason why the text is none with what goes into its sentence."""
    if match := re.match(_WRITTEN, text) or re.match(_RUN_TOGETHER, text):
        return _impossible(*map(int, match.groups()))
    if match := _CHINESE.fullmatch(text):
        year, month, day = match.groups()
        numbers = int("".join(str(_NUMERALS[sign]) for sign in year)), _number(month), _number(day)
        return date(*numbers) if _is_possible(*numbers) else _impossible(*numbers)
    if match := _YEAR_MONTH.fullmatch(text):
        year, month = int(match[1]), int(match[2] or match[3])
        if 1 <= month <= 12:
            return faults.ONLY_A_MONTH, {"guess": f"{year:04d}-{month:02d}-01"}
        return faults.NO_SUCH_MONTH, {"month": month}
    if match := _YEAR.fullmatch(text):
        return faults.ONLY_A_YEAR, {"guess": f"{match[1]}-01-01"}
    if match := _SHORT_YEAR.fullmatch(text):
        short, month, day = map(int, match.groups())
        year = 2000 + short if short <= 30 else 1900 + short
        if _is_possible(year, month, day):
            return faults.SHORT_YEAR, {"guess": f"{year}-{month:02d}-{day:02d}"}
    if match := _YEAR_LAST.fullmatch(text):
        first, second, year = map(int, match.groups())
        month, day = (first, second) if first <= 12 else (second, first)
        if _is_possible(year, month, day):
            return faults.DAY_COMES_FIRST, {"guess": f"{year:04d}-{month:02d}-{day:02d}"}
    return faults.NOT_A_DAY, {}


def _impossible(year: int, month: int, day: int) -> Explained:
    if not 1 <= month <= 12:
        return faults.NO_SUCH_MONTH, {"month": month}
    if 1 <= year <= 9999:
        return faults.NO_SUCH_DAY, {"year": year, "month": month, "day": day}
    return faults.NOT_A_DAY, {}


def _is_possible(year: int, month: int, day: int) -> bool:
    return 1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def _number(signs: str) -> int:
    """Return a number up to 39 written in Chinese."""
    signs = signs.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = signs.rpartition("十")
    if not ten:
        return _NUMERALS[signs[-1]]
    return 10 * (_NUMERALS[tens[-1]] if tens else 1) + (_NUMERALS[ones[-1]] if ones else 0)
