"""Reading ledgers saved as text (csv, tsv), in whatever encoding and with whatever separator."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from juli.engines.sheet.columns import ROW, LedgerForm
from juli.engines.sheet.reading_ledger import Limits, Note, Progress, RawSheet, SheetName, no_progress
from juli.engines.sheet.reading_refusals import EncodingUnknown, TooManyColumns, TooManyRows, UnbalancedQuotes
from juli.engines.sheet.reading_sniffing import utf16_without_mark

_CHUNK = 4 << 20
_LOOKED_AT = 40
_SEPARATORS = (",", "\t", ";", "|")
_SEPARATOR_LINE = re.compile(rb"^\"?sep=([,;|\t])\"?\r?\n")
_TOO_LONG_FOR_A_CELL = 2_000
_LINES_IN_A_SWALLOWING_CELL = 5
_SPOKEN = {"gb18030": "GBK", "utf-16": "UTF-16", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}


@dataclass(frozen=True, slots=True)
class TextSource:
    """A text file as the one sheet it is."""

    filename: str
    limits: Limits
    content: bytes = field(repr=False)
    separator: str
    width: int
    sheets: tuple[SheetName, ...]
    notes: tuple[Note, ...] = ()
    is_from_1904: bool = False

    @classmethod
    def opened(cls, path: Path, *, filename: str, limits: Limits, form: LedgerForm) -> "TextSource":
        """
        Return the text, its encoding and separator found out.

        :raises EncodingUnknown: it is in no encoding that offices use.
        :raises TooManyColumns: it is wider than any ledger.
        """
        content, encoding = decoded(path, filename=filename)
        name = Path(filename).stem
        separator, content = _separator_said(content)
        if separator is None:
            separator = _separator_seen(content, form)
        width = max((len(row) for row in _first_rows(content, separator)), default=1)
        if width > limits.columns:
            raise TooManyColumns(sheet=name, columns=width, limit=limits.columns)
        notes: tuple[Note, ...] = ()
        if encoding in _SPOKEN:
            notes = (Note("sheet.encoding", f"文件按 {_SPOKEN[encoding]} 编码读取。"),)
        return cls(filename, limits, content, separator, width, (SheetName(name),), notes)

    def peek(self, index: int) -> pl.DataFrame:
        """Return the first rows, enough to see the header."""
        del index
        rows = list(_first_rows(self.content, self.separator))
        return _frame(rows, self.width).drop("over")

    def read(self, index: int, *, progress: Progress = no_progress) -> RawSheet:
        """
        Return all rows.

        :raises TooManyRows: there are more than may be read at once.
        :raises UnbalancedQuotes: a lone quotation mark swallows the rest of the file.
        """
        del index
        lines = self.content.count(b"\n")
        if lines > 4 * self.limits.rows:
            self._refuse_rows(lines)
        frame = self._parsed()
        frame = frame.rename({column: f"c{place}" for place, column in enumerate(frame.columns[:-1])})
        frame = frame.with_row_index(ROW, offset=1)
        self._check_quotes(frame)
        over = frame.filter(pl.col("over").str.strip_chars() != "")[ROW]
        frame = frame.drop("over")
        frame = frame.filter(pl.any_horizontal(pl.exclude(ROW).str.strip_chars() != ""))
        if frame.height > self.limits.rows:
            self._refuse_rows(frame.height)
        progress(1, 1)
        return RawSheet(frame=frame, overlong_rows=tuple(over))

    def _refuse_rows(self, rows: int) -> None:
        raise TooManyRows(filename=self.filename, rows=f"{rows:,}", limit=f"{self.limits.rows:,}")

    def _parsed(self) -> pl.DataFrame:
        names = [*(f"c{place}" for place in range(self.width)), "over"]
        try:
            return pl.read_csv(
                io.BytesIO(self.content),
                has_header=False,
                separator=self.separator,
                schema=dict.fromkeys(names, pl.String),
                missing_columns="insert",
                truncate_ragged_lines=True,
            )
        except pl.exceptions.PolarsError:
            # Quotation marks in the middle of a cell: Python's reader is slower and more patient.
            return self._parsed_patiently(names)

    def _parsed_patiently(self, names: list[str]) -> pl.DataFrame:
        text = io.StringIO(self.content.decode("utf-8", "replace"), newline="")
        reader = csv.reader(text, delimiter=self.separator)
        frames = [pl.DataFrame(schema=dict.fromkeys(names, pl.String))]
        rows: list[list[str]] = []
        try:
            for row in reader:
                rows.append(row)
                if len(rows) == 50_000:
                    frames.append(_frame(rows, self.width).select(names))
                    rows = []
        except csv.Error as broken:
            raise UnbalancedQuotes(filename=self.filename, row=reader.line_num) from broken
        frames.append(_frame(rows, self.width).select(names))
        return pl.concat(frames)

    def _check_quotes(self, frame: pl.DataFrame) -> None:
        for name in frame.columns[1:]:
            cell = pl.col(name)
            long = cell.str.len_bytes() > _TOO_LONG_FOR_A_CELL
            swallowing = frame.lazy().filter(long).select(ROW, cell.str.count_matches("\n")).collect()
            swallowing = swallowing.filter(pl.col(name) > _LINES_IN_A_SWALLOWING_CELL)
            if not swallowing.is_empty():
                raise UnbalancedQuotes(filename=self.filename, row=swallowing.item(0, 0))


def _frame(rows: list[list[str]], width: int) -> pl.DataFrame:
    """Return rows of the patient reader as a frame; what is beyond the width goes into the column over."""
    columns = {
        f"c{place}": pl.Series([row[place] if place < len(row) else None for row in rows], dtype=pl.String)
        for place in range(width)
    }
    columns["over"] = pl.Series(["".join(row[width:]) or None for row in rows], dtype=pl.String)
    return pl.DataFrame(columns).with_row_index(ROW, offset=1)


def decoded(path: Path, *, filename: str) -> tuple[bytes, str]:
    """Return the text in UTF-8 with single line feeds, and the encoding it was in."""
    content = path.read_bytes()
    if content.startswith(codecs.BOM_UTF8):
        content = content[3:]
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    elif (order := utf16_without_mark(content[:8192])) is not None:
        encodings = [order]
    else:
        encodings = ["utf-8", "gb18030"]
    for encoding in encodings:
        try:
            content = _recoded(content, encoding)
        except UnicodeError:
            continue
        if b"\r" in content:
            content = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        return content, encoding
    raise EncodingUnknown(filename=filename, line=_first_bad_line(content, encodings[-1]))


def _recoded(content: bytes, encoding: str) -> bytes:
    """Return the text in UTF-8, changing a few megabytes at a time."""
    decoder = codecs.getincrementaldecoder(encoding)()
    out = io.BytesIO()
    for start in range(0, len(content), _CHUNK):
        text = decoder.decode(content[start : start + _CHUNK])
        if encoding != "utf-8":
            out.write(text.encode())
    decoder.decode(b"", final=True)
    return content if encoding == "utf-8" else out.getvalue()


def _first_bad_line(content: bytes, encoding: str) -> int:
    try:
        content.decode(encoding)
    except UnicodeDecodeError as bad:
        return content.count(b"\n", 0, bad.start) + 1
    return 1


def _separator_said(content: bytes) -> tuple[str | None, bytes]:
    """Return the separator that the first line names the way Excel writes it (sep=;), and the rest."""
    said = _SEPARATOR_LINE.match(content)
    return (said.group(1).decode(), content[said.end() :]) if said else (None, content)


def _separator_seen(content: bytes, form: LedgerForm) -> str:
    """Return the separator under which the most headings of the form appear, else the most columns."""

    def merit(separator: str) -> tuple[int, int]:
        rows = list(_first_rows(content, separator))
        known = max((sum(form.find_column(cell) is not None for cell in row) for row in rows), default=0)
        return known, max((len(row) for row in rows), default=0)

    return max(_SEPARATORS, key=merit)


def _first_rows(content: bytes, separator: str) -> Iterator[list[str]]:
    head = content[: 256 << 10].decode("utf-8", "replace")
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=separator)
    try:
        for _, row in zip(range(_LOOKED_AT), reader, strict=False):
            yield row
    except csv.Error:
        return
