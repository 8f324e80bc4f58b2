"""
The shared strings of a workbook, read once for all slices of its sheets.

Spreadsheet programs write every text once and refer to it by number. A slice that took the whole
table along would parse it again each time; so the numbers of a slice are marked in its XML, pass
through the library as texts, and are looked up afterwards.
"""

import io
import re
import zipfile
from dataclasses import dataclass, field
from typing import Final, Self

import fastexcel
import polars as pl

_MARK: Final = "\U0010fffds"
_MARK_BYTES: Final = _MARK.encode()
_TEXT_OF_A_CELL: Final = re.compile(rb"<si[ >/]")
_COLUMNS: Final = 64
_REFERENCE: Final = b't="s"><v>'
_MARKED: Final = b't="str"><v>' + _MARK_BYTES
_OTHER_REFERENCES: Final = (b"t='s'", b"t = ", b't ="', b"t ='", b"t= ")


@dataclass(frozen=True, slots=True)
class SharedStrings:
    """Every shared string of a workbook by its number; blank ones are null (共享字符串表)."""

    texts: pl.Series = field(repr=False)

    @classmethod
    def read(cls, part: bytes, frame: io.BytesIO) -> Self | None:
        """
        Return the strings of the part, or nothing where it is written in a way that only the library reads.

        ``frame`` is an empty workbook as an archive, into which the part and a sheet of references go:
        what a string comes to, with its runs and escapes, is the library's to say.
        """
        count = len(_TEXT_OF_A_CELL.findall(part))
        if not count:
            return None
        with zipfile.ZipFile(frame, "a", zipfile.ZIP_STORED) as archive:
            archive.writestr("xl/sharedStrings.xml", part)
            archive.writestr("xl/worksheets/sheet1.xml", _references(count))
        try:
            sheet = fastexcel.read_excel(frame.getvalue()).load_sheet(
                0, header_row=None, skip_rows=0, dtypes="string", whitespace_as_null=True
            )
            found: pl.DataFrame = sheet.to_polars()
        except BaseException as broken:
            # A panic inside the library is no Exception.
            if isinstance(broken, KeyboardInterrupt | SystemExit | GeneratorExit | MemoryError):
                raise
            return None
        rows = -(-count // _COLUMNS)
        if found.height != rows + 1 or found.width != _COLUMNS:
            return None
        laid_out = found.slice(1).select(pl.concat_list(pl.all())).to_series().explode()
        return cls(laid_out.head(count).rechunk())

    def marked(self, rows: bytes) -> bytes | None:
        """Return rows with every reference as a marked text, or nothing where one is written otherwise."""
        if _MARK_BYTES in rows or any(other in rows for other in _OTHER_REFERENCES):
            return None
        marked = rows.replace(_REFERENCE, _MARKED)
        return None if b't="s"' in marked else marked

    def looked_up(self, frame: pl.DataFrame) -> pl.DataFrame | None:
        """Return the frame with every marked number as its text, or nothing where one has none."""
        columns = []
        for name, kind in frame.schema.items():
            if kind != pl.String:
                continue
            is_number = frame[name].str.starts_with(_MARK).fill_null(False)
            if not is_number.any():
                continue
            numbers = frame[name].filter(is_number).str.slice(len(_MARK)).cast(pl.UInt32, strict=False)
            largest = numbers.max()
            if numbers.null_count() or not isinstance(largest, int) or largest >= len(self.texts):
                return None
            texts = self.texts.gather(numbers)
            whole = texts if is_number.all() else frame[name].scatter(is_number.arg_true(), texts)
            columns.append(whole.alias(name))
        return frame.with_columns(columns)


def _references(count: int) -> bytes:
    """Return a sheet that refers to every string in turn, below a full row that gives it its width."""
    cell = b'<c t="s"><v>%d</v></c>'
    lines = [b"<row>" + b'<c t="str"><v>x</v></c>' * _COLUMNS + b"</row>"]
    for first in range(0, count, _COLUMNS):
        last = min(first + _COLUMNS, count)
        lines.append(b"<row>" + b"".join([cell % number for number in range(first, last)]) + b"</row>")
    return (
        b'<?xml version="1.0" encoding="UTF-8"?>'
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        + b"".join(lines)
        + b"</sheetData></worksheet>"
    )
