"""Rows of a list as a file, one at a time: however many there are, few are held."""

import csv
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from django.utils import timezone

from juli.engines.desk.lists.columns import Plain
from juli.engines.sheet.columns import Column
from juli.engines.sheet.reading_refusals import TooManyRowsToWrite
from juli.engines.sheet.writing import Formats, add_sheet, new_workbook
from juli.engines.sheet.writing_cells import LONGEST_TEXT, kept_as_text, kept_as_text_in_csv

Rows = Iterable[Sequence[Plain]]
Tell = Callable[[int], None]
"""Called now and then with how many rows are written; it stops the writing by raising."""

LAST_ROW: Final = 1_048_575
BETWEEN: Final = 1_000
_MEASURED_ROWS: Final = 200
_NARROWEST, _WIDEST = 8, 48
_TEXT: Final = Column(code="text", label="text")
_IN_NEED: Final = frozenset("=+-@\t\r'")
_LONGEST_NUMBER: Final = 11


def write_workbook(path: Path, *, name: str, headings: Sequence[str], rows: Rows, tell: Tell) -> int:
    """
    Write rows as a workbook in which text stays text; return how many there were.

    :raises TooManyRowsToWrite: there are more than a sheet holds.
    """
    number = 0
    with new_workbook(path) as book:
        sheet, formats = add_sheet(book, name), Formats(book)
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        widths = [_width(heading) + 2 for heading in headings]
        for place, heading in enumerate(headings):
            sheet.write_string(0, place, heading, formats.head)
        for number, values in enumerate(rows, start=1):
            if number > LAST_ROW:
                raise TooManyRowsToWrite(limit=f"{LAST_ROW:,}")
            for place, value in enumerate(values):
                if value is not None and value != "":
                    _write(sheet, number, place, value, formats, moment)
            if number <= _MEASURED_ROWS:
                widths = [max(pair) for pair in zip(widths, map(_width, values), strict=True)]
            if number % BETWEEN == 0:
                tell(number)
        _finish(sheet, widths, last=number)
    tell(number)
    return number


def write_csv(path: Path, *, headings: Sequence[str], rows: Rows, tell: Tell) -> int:
    """Write rows as a csv that spreadsheet programs open in Chinese; return how many there were."""
    number = 0
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(headings)
        for number, values in enumerate(rows, start=1):
            writer.writerow([_said(value) for value in values])
            if number % BETWEEN == 0:
                tell(number)
    tell(number)
    return number


def _write(sheet: Any, row: int, place: int, value: Plain, formats: Formats, moment: Any) -> None:
    match value:
        case str():
            sheet.write_string(row, place, kept_as_text(value)[:LONGEST_TEXT], formats.text)
        case int():
            sheet.write_number(row, place, value)
        case datetime():
            local = timezone.localtime(value).replace(tzinfo=None)
            sheet.write_datetime(row, place, local, moment)
        case date():
            midnight = datetime(value.year, value.month, value.day)  # noqa: DTZ001  a cell has no zone
            sheet.write_datetime(row, place, midnight, formats.day)
        case Decimal():
            sheet.write_number(row, place, value)


def _finish(sheet: Any, widths: Sequence[int], *, last: int) -> None:
    for place, width in enumerate(widths):
        sheet.set_column(place, place, min(max(width, _NARROWEST), _WIDEST))
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(last, 1), len(widths) - 1)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})


def _said(value: Plain) -> str:
    match value:
        case None:
            return ""
        case str():
            is_quiet = value[:1] not in _IN_NEED and (len(value) <= _LONGEST_NUMBER or not value.isdigit())
            return value if is_quiet else kept_as_text_in_csv(_TEXT, value)
        case datetime():
            return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value:f}"
        case _:
            return str(value)


def _width(value: Plain) -> int:
    """Return how many columns of a screen a value takes: a Chinese character takes two."""
    text = _said(value)
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text) + 1
