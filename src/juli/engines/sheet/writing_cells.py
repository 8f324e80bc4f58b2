"""How values become cells: text stays text, days are days, nothing becomes a formula."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import polars as pl

from juli.engines.sheet.columns import Column, Kind

Rows = pl.DataFrame | Iterable[Sequence[Any]]
"""A frame with the columns' codes, or rows of values in the order of the columns."""

CellWriter = Callable[[Any, int, int, Any], None]
"""Writes one value into a worksheet at a row and a column."""

LONGEST_TEXT = 32_767
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_LONGEST_EXACT_NUMBER = 11
_WIDTHS = {
    Kind.TEXT: 24, Kind.NAME: 12, Kind.DAY: 13, Kind.DOCUMENT: 22, Kind.MOBILE: 15, Kind.CHOICE: 14,
    Kind.INTEGER: 10, Kind.DECIMAL: 14, Kind.YES_NO: 10, Kind.USCC: 22,
}  # fmt: skip


def rows_in_order(columns: Sequence[Column], rows: Rows) -> Iterator[Sequence[Any]]:
    """Yield the rows with their values in the order of the columns."""
    if isinstance(rows, pl.DataFrame):
        return rows.select([column.code for column in columns]).iter_rows()
    return iter(rows)


def width_of(column: Column) -> int:
    """Return the width of a column in characters."""
    return column.width or max(_WIDTHS[column.kind], 2 * len(column.label) + 4)


def shown(column: Column, value: Any) -> str | None:
    """Return a value as the text people read: labels for codes, 是 and 否, days as days."""
    if value is None or value == "":
        return None
    match column.kind:
        case Kind.CHOICE:
            return column.label_of(str(value))
        case Kind.YES_NO:
            return "是" if value else "否"
        case Kind.DAY if isinstance(value, date):
            return value.strftime("%Y-%m-%d") if isinstance(value, datetime) else value.isoformat()
        case Kind.DECIMAL if isinstance(value, Decimal):
            return f"{value:f}"
    return str(value)


def kept_as_text(text: str) -> str:
    """Return the text so that reading gives back just this text: reading takes one apostrophe away."""
    return f"'{text}" if text.startswith(("'", '="')) else text


def kept_as_text_in_csv(column: Column, text: str) -> str:
    """
    Return the text so that a spreadsheet program neither runs it nor turns it into a rounded number.

    What looks like a formula gets an apostrophe in front, a long number a tab behind; reading takes both
    away again.
    """
    if column.kind in {Kind.INTEGER, Kind.DECIMAL, Kind.DAY}:
        return text
    if text.isascii() and text.isdigit() and len(text) > _LONGEST_EXACT_NUMBER:
        return f"{text}\t"
    return f"'{text}" if text.startswith((*_FORMULA_STARTS, "'")) else text


def cell_writer(column: Column, *, day: Any, money: Any, text: Any) -> CellWriter:
    """Return the function that writes this column's values, with the formats of the workbook."""

    def write_text(sheet: Any, row: int, place: int, value: Any) -> None:
        spoken = shown(column, value)
        if spoken is not None:
            sheet.write_string(row, place, kept_as_text(spoken)[:LONGEST_TEXT], text)

    def write_day(sheet: Any, row: int, place: int, value: Any) -> None:
        if isinstance(value, date):
            sheet.write_datetime(row, place, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001
        else:
            write_text(sheet, row, place, value)

    def write_number(sheet: Any, row: int, place: int, value: Any) -> None:
        if isinstance(value, int | Decimal):
            sheet.write_number(row, place, value, money if column.kind is Kind.DECIMAL else None)
        else:
            write_text(sheet, row, place, value)

    match column.kind:
        case Kind.DAY:
            return write_day
        case Kind.INTEGER | Kind.DECIMAL:
            return write_number
    return write_text
