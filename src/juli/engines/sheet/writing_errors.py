"""The error workbook: the rows that could not be taken in, as they came, with what is wrong with them."""

import re
from pathlib import Path
from typing import Any

import polars as pl

from juli.engines.sheet.columns import ERROR_HEADINGS, ROW, Kind
from juli.engines.sheet.reading_ledger import Ledger
from juli.engines.sheet.writing import Formats, add_sheet, new_workbook
from juli.engines.sheet.writing_cells import LONGEST_TEXT, width_of

_MIDNIGHT = " 00:00:00"
_UNKNOWN_WIDTH = 14
_SERIAL = re.compile(r"^([1-9]\d{4})(?:\.\d+)?$")
_DAYS_BETWEEN_CALENDARS = 1462


def write_error_workbook(path: Path, *, ledger: Ledger, faults: pl.DataFrame) -> int:
    """
    Write every row with a fault as it came, and behind it 行号, 列 and 原因; return how many there are.

    Once mended the workbook can be read in as it is: the three columns are passed over. Cells at fault
    are coloured.
    """
    said = _said(faults)
    rows = ledger.frame.join(said, on=ROW, how="inner", maintain_order="left")
    labels = {
        heading.code: ledger.form.column(heading.code).label for heading in ledger.headings if heading.code
    }
    with new_workbook(path) as book:
        sheet, formats = add_sheet(book, ledger.sheet), Formats(book)
        _write_head(sheet, ledger, formats)
        place_of = {
            labels[heading.code]: place for place, heading in enumerate(ledger.headings) if heading.code
        }
        days = _days_from_1904(ledger)
        names = [heading.frame_column for heading in ledger.headings]
        ordered = rows.select(*names, ROW, "columns", "reasons")
        for number, values in enumerate(ordered.iter_rows(), start=1):
            *cells, row, columns, reasons = values
            at_fault = {place_of[column] for column in columns if column in place_of}
            _write_cells(sheet, number, cells, at_fault, days, formats)
            end = len(cells)
            sheet.write_string(number, end, str(row), formats.text)
            sheet.write_string(number, end + 1, "、".join(columns), formats.text)
            sheet.write_string(number, end + 2, reasons[:LONGEST_TEXT], formats.reason)
    return rows.height


def _said(faults: pl.DataFrame) -> pl.DataFrame:
    """Return for every row its columns at fault and its reasons, each reason under its column's name."""
    several = pl.col("reason").len().over(ROW) > 1
    named = pl.concat_str("column", pl.lit("："), "reason")
    reason = pl.when(several).then(named).otherwise("reason")
    return (
        faults.with_columns(reason.alias("said"))
        .group_by(ROW, maintain_order=True)
        .agg(
            pl.col("column").unique(maintain_order=True).alias("columns"),
            pl.col("said").str.join("\n").alias("reasons"),
        )
    )


def _days_from_1904(ledger: Ledger) -> set[int]:
    """Return the places of day columns whose bare numbers count from 1904; here they count from 1900."""
    if not ledger.is_from_1904:
        return set()
    return {
        place
        for place, heading in enumerate(ledger.headings)
        if heading.code and ledger.form.column(heading.code).kind is Kind.DAY
    }


def _write_head(sheet: Any, ledger: Ledger, formats: Formats) -> None:
    for place, heading in enumerate(ledger.headings):
        column = ledger.form.column(heading.code) if heading.code else None
        sheet.set_column(place, place, width_of(column) if column else _UNKNOWN_WIDTH, formats.text)
        if heading.text:
            head = formats.required_head if column is not None and column.required else formats.head
            sheet.write_string(0, place, heading.text, head)
    end = len(ledger.headings)
    for place, (text, width) in enumerate(zip(ERROR_HEADINGS, (8, 20, 60), strict=True), start=end):
        sheet.set_column(place, place, width, formats.text)
        sheet.write_string(0, place, text, formats.head)
    sheet.freeze_panes(1, 0)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})


def _write_cells(
    sheet: Any, number: int, cells: list[str | None], at_fault: set[int], days: set[int], formats: Formats
) -> None:
    for place, text in enumerate(cells):
        if text is not None:
            told = text.removesuffix(_MIDNIGHT)[:LONGEST_TEXT]
            if place in days:
                told = _SERIAL.sub(lambda found: str(int(found[1]) + _DAYS_BETWEEN_CALENDARS), told)
            sheet.write_string(number, place, told, formats.fault if place in at_fault else formats.text)
        elif place in at_fault:
            sheet.write_blank(number, place, None, formats.fault)
