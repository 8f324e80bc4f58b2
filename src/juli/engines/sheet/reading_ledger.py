"""What reading hands over: the rows as they were typed, where they came from, what was noticed."""

from collections.abc import Callable
from dataclasses import dataclass, field

import polars as pl

from juli.engines.sheet.columns import ROW, LedgerForm

Progress = Callable[[int, int], None]
"""Called now and then while a file is read: how much is done, out of how much."""


def no_progress(done: int, total: int) -> None:
    """Report nothing."""
    del done, total


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much a file may hold before it is refused; sizes in bytes."""

    workbook_bytes: int = 80 << 20
    text_bytes: int = 200 << 20
    web_page_bytes: int = 30 << 20
    sheet_bytes: int = 2 << 30
    shared_bytes: int = 400 << 20
    part_bytes: int = 32 << 20
    rows: int = 1_048_575
    columns: int = 300
    apart_bytes: int = 3 << 30
    apart_seconds: int = 300


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Note:
    """Something the reader noticed and the person should know, though the file is read (提示)."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class MergedRange:
    """Cells merged into one, by row number as Excel shows it and column from nought (合并单元格)."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


@dataclass(frozen=True, slots=True)
class SheetName:
    """One sheet of a workbook (工作表)."""

    name: str
    is_hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RawSheet:
    """
    A sheet as it stands: text cells by position, before anybody knows which row is the header.

    The frame has ``@row`` and the columns ``c0``, ``c1``, … as far as the sheet goes; rows without any
    content are left out.
    """

    frame: pl.DataFrame = field(repr=False)
    merged: tuple[MergedRange, ...] = ()
    hidden_rows: int = 0
    formulas_without_result: int = 0
    overlong_rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """One column as the file names it; ``code`` is None where the form knows no such column."""

    position: int
    text: str
    code: str | None
    frame_column: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """
    A file read as a ledger: rows of text with the row numbers Excel shows (台账).

    ``frame`` holds ``@row``, one text column by code for every known heading, and ``#n`` for every other
    column, so that the rows can be given back as they came.
    """

    form: LedgerForm = field(repr=False)
    filename: str
    format: str
    sheet: str
    header_row: int
    headings: tuple[Heading, ...]
    frame: pl.DataFrame = field(repr=False)
    notes: tuple[Note, ...] = ()
    merged: tuple[MergedRange, ...] = ()
    overlong_rows: tuple[int, ...] = ()
    is_from_1904: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the columns that the file carries."""
        return tuple(heading.code for heading in self.headings if heading.code is not None)

    @property
    def row_count(self) -> int:
        """How many rows of content stand under the header."""
        return self.frame.height

    @property
    def rows(self) -> pl.Series:
        """The row numbers as Excel shows them."""
        return self.frame[ROW]
