"""Writing ledgers: what a list shows as a workbook or a csv, a form as an empty template."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from juli.engines.sheet.columns import Column, Kind, LedgerForm
from juli.engines.sheet.reading_ledger import LIMITS, Progress, no_progress
from juli.engines.sheet.reading_refusals import TooManyRowsToWrite
from juli.engines.sheet.writing_cells import (
    Rows,
    cell_writer,
    kept_as_text_in_csv,
    rows_in_order,
    shown,
    width_of,
)

CHOICES_SHEET = "选项"
GUIDE_SHEET = "填写说明"
_LAST_ROW = 1_048_575
_LONGEST_LIST = 255
_SHEET_NAME_CHARACTERS = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_PROGRESS_ROWS = 5_000

_KIND_NOTES = {
    Kind.TEXT: "文字",
    Kind.NAME: "姓名，与证件一致",
    Kind.DAY: "日期，如 2018-12-05",
    Kind.DOCUMENT: "证件号码，单元格设为文本格式",
    Kind.MOBILE: "11 位手机号",
    Kind.CHOICE: "从下拉列表中选择",
    Kind.INTEGER: "整数",
    Kind.DECIMAL: "数字，不带单位",
    Kind.YES_NO: "“是”或“否”",
    Kind.USCC: "18 位统一社会信用代码",
}


class Formats:
    """The cell formats of one workbook."""

    def __init__(self, book: Any) -> None:
        head = {
            "bold": True,
            "bg_color": "#E8EEF7",
            "bottom": 1,
            "valign": "vcenter",
            "text_wrap": True,
            "num_format": "@",
        }
        self.head = book.add_format(head)
        self.required_head = book.add_format({**head, "font_color": "#C00000"})
        self.text = book.add_format({"num_format": "@"})
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})
        self.money = book.add_format({"num_format": "0.00"})
        self.whole = book.add_format({"num_format": "0"})
        self.example = book.add_format({"num_format": "@", "italic": True, "font_color": "#808080"})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        self.fault = book.add_format({"num_format": "@", "bg_color": "#FFD9D9"})
        self.reason = book.add_format({"text_wrap": True, "font_color": "#C00000", "num_format": "@"})

    def of(self, column: Column) -> Any:
        """Return the format of a whole column, also for cells that are still to be filled in."""
        match column.kind:
            case Kind.DAY:
                return self.day
            case Kind.DECIMAL:
                return self.money
            case Kind.INTEGER:
                return self.whole
        return self.text


def new_workbook(path: Path) -> Any:
    """Return a workbook that is written row by row and takes no text for anything but text."""
    options = {
        "constant_memory": True,
        "strings_to_numbers": False,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "tmpdir": str(path.parent),
    }
    return xlsxwriter.Workbook(str(path), options)


def add_sheet(book: Any, name: str) -> Any:
    """Return a new sheet under the name, as far as Excel allows the name."""
    return book.add_worksheet(name.translate(_SHEET_NAME_CHARACTERS).strip()[:31] or "Sheet1")


def write_workbook(
    path: Path,
    *,
    columns: Sequence[Column],
    rows: Rows,
    sheet_name: str,
    progress: Progress = no_progress,
    total: int = 0,
) -> int:
    """
    Write rows as a workbook that can be read in again as it is; return how many there were.

    :raises TooManyRowsToWrite: there are more rows than a sheet of Excel holds.
    """
    with new_workbook(path) as book:
        sheet, formats = add_sheet(book, sheet_name), Formats(book)
        _write_head(sheet, columns, formats, choices=_Choices(book, columns))
        writers = [
            cell_writer(column, day=formats.day, money=formats.money, text=formats.text) for column in columns
        ]
        number = 0
        for number, values in enumerate(rows_in_order(columns, rows), start=1):
            if number > _LAST_ROW:
                raise TooManyRowsToWrite(limit=f"{LIMITS.rows:,}")
            for place, value in enumerate(values):
                if value is not None:
                    writers[place](sheet, number, place, value)
            if number % _PROGRESS_ROWS == 0:
                progress(number, max(total, number))
        if columns:
            sheet.autofilter(0, 0, max(number, 1), len(columns) - 1)
    progress(number, number)
    return number


def write_csv(path: Path, *, columns: Sequence[Column], rows: Rows) -> int:
    """Write rows as a csv that spreadsheet programs open in Chinese; return how many there were."""
    number = 0
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([column.label for column in columns])
        for values in rows_in_order(columns, rows):
            cells = []
            for column, value in zip(columns, values, strict=True):
                text = shown(column, value)
                cells.append("" if text is None else kept_as_text_in_csv(column, text))
            writer.writerow(cells)
            number += 1
    return number


def write_template(form: LedgerForm, path: Path) -> None:
    """Write an empty ledger: header, an example row that reading passes over, drop-downs, a guide."""
    with new_workbook(path) as book:
        sheet, formats = add_sheet(book, form.label), Formats(book)
        _write_head(sheet, form.columns, formats, choices=_Choices(book, form.columns))
        for place, column in enumerate(form.columns):
            if column.example:
                sheet.write_string(1, place, column.example, formats.example)
        _write_guide(book, form, formats)


class _Choices:
    """The drop-down lists of a workbook; long ones stand on a hidden sheet."""

    def __init__(self, book: Any, columns: Sequence[Column]) -> None:
        self._sources: dict[str, list[str] | str] = {}
        long: list[tuple[Column, list[str]]] = []
        for column in columns:
            labels = [choice.label for choice in column.choices]
            if column.kind is Kind.YES_NO:
                labels = ["是", "否"]
            if labels and len(",".join(labels)) <= _LONGEST_LIST and not any("," in each for each in labels):
                self._sources[column.code] = labels
            elif labels:
                long.append((column, labels))
        if long:
            self._write_long(book, long)

    def _write_long(self, book: Any, long: list[tuple[Column, list[str]]]) -> None:
        hidden = book.add_worksheet(CHOICES_SHEET)
        hidden.hide()
        for row in range(max(len(labels) for _, labels in long)):
            for place, (_, labels) in enumerate(long):
                if row < len(labels):
                    hidden.write_string(row, place, labels[row])
        for place, (column, labels) in enumerate(long):
            letters = xlsxwriter.utility.xl_col_to_name(place)
            source = f"={CHOICES_SHEET}!${letters}$1:${letters}${len(labels)}"
            self._sources[column.code] = source

    def source_of(self, column: Column) -> list[str] | str | None:
        """Return what Excel is to offer in this column, if anything."""
        return self._sources.get(column.code)


def _write_head(sheet: Any, columns: Sequence[Column], formats: Formats, *, choices: _Choices) -> None:
    for place, column in enumerate(columns):
        sheet.set_column(place, place, width_of(column), formats.of(column))
        head = formats.required_head if column.required else formats.head
        sheet.write_string(0, place, column.label, head)
        source = choices.source_of(column)
        if source is not None:
            # A warning, not a bar: reading accepts other spellings of the same choice.
            rule = {"validate": "list", "source": source, "error_type": "warning", "ignore_blank": True}
            sheet.data_validation(1, place, _LAST_ROW, place, rule)
    sheet.freeze_panes(1, 0)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})


def _write_guide(book: Any, form: LedgerForm, formats: Formats) -> None:
    sheet = add_sheet(book, GUIDE_SHEET)
    for place, (label, width) in enumerate((("列名", 20), ("必填", 8), ("怎样填写", 60), ("可以填写", 60))):
        sheet.set_column(place, place, width, formats.wrapped)
        sheet.write_string(0, place, label, formats.head)
    for row, column in enumerate(form.columns, start=1):
        note = "；".join(filter(None, [_KIND_NOTES[column.kind], column.note]))
        offered = "、".join(choice.label for choice in column.choices)
        sheet.write_string(row, 0, column.label, formats.wrapped)
        sheet.write_string(row, 1, "必填" if column.required else "", formats.wrapped)
        sheet.write_string(row, 2, note, formats.wrapped)
        sheet.write_string(row, 3, offered, formats.wrapped)
    last = len(form.columns) + 2
    hint = f"“{form.label}”表里灰色斜体的一行是示例，导入时会跳过，也可以删除。"
    sheet.write_string(last, 0, hint, formats.reason)
