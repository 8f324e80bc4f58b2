"""Files as offices send them, made for one test each."""

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter

from juli.engines.sheet.judging import Judgement, judge
from juli.engines.sheet.reading import open_ledger
from juli.engines.sheet.reading_ledger import LIMITS, Ledger, Limits
from juli.kernel.idcodes import resident_check_digit
from tests.sheet.forms import ROSTER

TODAY = date(2026, 11, 22)
HEADER = ["姓名", "证件号码", "手机号码", "入会日期"]


def resident_id(sequence: int = 1, *, born: str = "19900307", region: str = "110101") -> str:
    """Return an identity number of nobody with a good check digit."""
    first = f"{region}{born}{sequence:03d}"
    return first + resident_check_digit(first)


def good_row(sequence: int = 1) -> list[str]:
    return ["何小明", resident_id(sequence), f"138{sequence:08d}", "2018-12-05"]


def good_rows(count: int) -> list[list[str]]:
    return [good_row(sequence) for sequence in range(1, count + 1)]


def workbook(path: Path, rows: Iterable[Sequence[Any]], change: Callable[[Any], None] | None = None) -> Path:
    """Write an xlsx file; ``change`` may do to the openpyxl workbook what a careless hand would."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "名册"
    for row in rows:
        sheet.append(list(row))
    if change is not None:
        change(book)
    book.save(path)
    return path


def shared_workbook(
    path: Path,
    rows: Iterable[Sequence[Any]],
    *,
    merged: Sequence[str] = (),
    sheets: Sequence[str] = ("名册",),
) -> Path:
    """Write an xlsx file whose texts stand in one shared table, as Excel and WPS write it."""
    with xlsxwriter.Workbook(path) as book:
        made = [book.add_worksheet(name) for name in sheets]
        day = book.add_format({"num_format": "yyyy/m/d"})
        for area in merged:
            made[0].merge_range(area, "")
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, str):
                    made[0].write_string(row, column, cell)
                elif isinstance(cell, date):
                    made[0].write_datetime(row, column, cell, day)
                elif cell is not None:
                    made[0].write(row, column, cell)
    return path


def text_file(
    path: Path, rows: Iterable[Sequence[str]], *, encoding: str = "utf-8", separator: str = ","
) -> Path:
    path.write_bytes("\r\n".join(separator.join(row) for row in rows).encode(encoding))
    return path


def rezipped(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """Change the members of a zip in place."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def bare_workbook(path: Path, sheet: bytes, **others: bytes) -> Path:
    """Write an xlsx file around the given sheet XML, for what no library would write."""
    workbook(path, [["x"]])

    def change(members: dict[str, bytes]) -> None:
        members["xl/worksheets/sheet1.xml"] = sheet
        members.update({f"xl/{name}.xml": content for name, content in others.items()})

    return rezipped(path, change)


def opened(path: Path, *, limits: Limits = LIMITS, filename: str = "") -> Ledger:
    return open_ledger(path, filename=filename or path.name, form=ROSTER, limits=limits)


def judged(path: Path) -> Judgement:
    return judge(opened(path), on=TODAY)


def judged_cells(path: Path, column: str, cells: Sequence[Any]) -> Judgement:
    """Judge a workbook of good rows with one more column that holds the cells."""
    rows = [[*good_row(place), cell] for place, cell in enumerate(cells, start=1)]

    def keep_as_text(book: Any) -> None:
        for row_of_cells in book.active:
            for each in row_of_cells:
                each.data_type = "s" if each.data_type == "f" else each.data_type

    known = {"入会日期": 3, "手机号码": 2, "证件号码": 1, "姓名": 0}
    if column not in known:
        return judged(workbook(path, [[*HEADER, column], *rows], keep_as_text))
    for row in rows:
        row[known[column]] = row.pop()
    return judged(workbook(path, [HEADER, *rows], keep_as_text))


def reasons(judgement: Judgement) -> dict[int, list[str]]:
    """Return every reason by row number."""
    found: dict[int, list[str]] = {}
    for row, reason in judgement.faults.select("@row", "reason").iter_rows():
        found.setdefault(row, []).append(reason)
    return found


def codes(judgement: Judgement) -> list[tuple[int, str, str]]:
    return list(judgement.faults.select("@row", "column", "code").iter_rows())


def note_codes(ledger: Ledger) -> set[str]:
    return {note.code for note in ledger.notes}


def buffer_of(path: Path) -> io.BytesIO:
    return io.BytesIO(path.read_bytes())
