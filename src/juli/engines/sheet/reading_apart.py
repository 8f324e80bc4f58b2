"""
Reading a workbook in a process of its own, under a limit of memory and time.

Old workbooks (xls), and xlsx workbooks written in unusual ways, are read by a library that believes what
the file says of itself; a damaged address can make it ask for more memory than there is. Out there it
takes nobody with it.
"""

import io
import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from juli.engines.sheet.columns import ROW
from juli.engines.sheet.reading_ledger import (
    Limits,
    MergedRange,
    Note,
    Progress,
    RawSheet,
    SheetName,
    no_progress,
)
from juli.engines.sheet.reading_refusals import (
    Damaged,
    NoSheet,
    PasswordProtected,
    TooManyColumns,
    TooManyRows,
    TooScattered,
)

_CHILD = Path(__file__).with_name("reading_apart_child.py")


@dataclass(frozen=True, slots=True)
class ApartSource:
    """The sheets of a workbook that a child process reads."""

    path: Path
    filename: str
    limits: Limits
    sheets: tuple[SheetName, ...]
    peeked: tuple[pl.DataFrame, ...] = field(repr=False)
    notes: tuple[Note, ...] = ()
    is_from_1904: bool = False

    @classmethod
    def opened(cls, path: Path, *, filename: str, limits: Limits) -> "ApartSource":
        """
        Return the sheets of a workbook with their first rows.

        :raises PasswordProtected: it opens only with a password.
        :raises Damaged: it cannot be read.
        :raises TooScattered: it cannot be read in the memory and time allowed.
        :raises NoSheet: it holds no worksheet.
        """
        about, _ = _ask(path, None, filename=filename, limits=limits)
        sheets = about["sheets"]
        if not sheets:
            raise NoSheet(filename=filename)
        return cls(
            path,
            filename,
            limits,
            tuple(SheetName(sheet["name"], sheet["hidden"]) for sheet in sheets),
            tuple(_frame_of(sheet["rows"]) for sheet in sheets),
            _notes_of(path),
        )

    def peek(self, index: int) -> pl.DataFrame:
        """Return the first rows of a sheet, enough to see its header."""
        return self.peeked[index]

    def read(self, index: int, *, progress: Progress = no_progress) -> RawSheet:
        """
        Return all rows of a sheet.

        :raises Damaged: it cannot be read.
        :raises TooScattered: it cannot be read in the memory and time allowed.
        """
        raw = read_apart(self.path, self.sheets[index].name, filename=self.filename, limits=self.limits)
        progress(1, 1)
        return raw


def read_apart(path: Path, sheet: str, *, filename: str, limits: Limits) -> RawSheet:
    """
    Return all rows of one sheet, read by a child process.

    :raises PasswordProtected: it opens only with a password.
    :raises Damaged: it cannot be read.
    :raises TooScattered: it cannot be read in the memory and time allowed.
    :raises TooManyColumns: it is wider than any ledger.
    :raises TooManyRows: it is longer than may be read at once.
    """
    about, rows = _ask(path, sheet, filename=filename, limits=limits)
    width = int(about["width"])
    if width > limits.columns:
        raise TooManyColumns(sheet=sheet, columns=width, limit=limits.columns)
    if rows.count(b"\n") > 2 * limits.rows:
        raise TooManyRows(filename=filename, rows=f"{rows.count(10):,}", limit=f"{limits.rows:,}")
    merged = [MergedRange(top + 1, bottom + 1, left, right) for top, left, bottom, right in about["merged"]]
    return RawSheet(frame=_read_rows(rows, width), merged=tuple(merged))


def _read_rows(rows: bytes, width: int) -> pl.DataFrame:
    names = [ROW, *(f"c{position}" for position in range(width))]
    if not rows.strip():
        return pl.DataFrame(schema={ROW: pl.UInt32})
    schema = dict.fromkeys(names, pl.String)
    frame = pl.read_csv(io.BytesIO(rows), has_header=False, schema=schema)
    return frame.with_columns(pl.col(ROW).cast(pl.UInt32))


def _frame_of(rows: list[list[str | None]]) -> pl.DataFrame:
    width = max((len(row) for row in rows), default=1)
    names = [ROW, *(f"c{position}" for position in range(width - 1))]
    columns = [[row[place] if place < len(row) else None for row in rows] for place in range(width)]
    frame = pl.DataFrame(
        {name: pl.Series(column, dtype=pl.String) for name, column in zip(names, columns, strict=True)}
    )
    return frame.with_columns(pl.col(ROW).cast(pl.UInt32))


def _ask(path: Path, sheet: str | None, *, filename: str, limits: Limits) -> tuple[dict[str, Any], bytes]:
    """Run the child and return its line of JSON and what stands behind it."""
    request = {
        "path": str(path),
        "sheet": sheet,
        "bytes": limits.apart_bytes,
        "seconds": limits.apart_seconds,
    }
    try:
        answer = subprocess.run(
            [sys.executable, "-I", str(_CHILD)],
            input=json.dumps(request).encode(),
            capture_output=True,
            timeout=limits.apart_seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise TooScattered(filename=filename) from late
    first, _, rest = answer.stdout.partition(b"\n")
    if answer.returncode != 0 or not first:
        raise _reason_of_death(answer.returncode, answer.stderr)(filename=filename, where="内容")
    about: dict[str, Any] = json.loads(first)
    match about.get("refused"):
        case "password":
            raise PasswordProtected(filename=filename)
        case "damaged":
            raise Damaged(filename=filename, where="内容")
    return about, rest


def _reason_of_death(returncode: int, complaint: bytes) -> type[Damaged] | type[TooScattered]:
    """Tell a file that asked for too much from one that made the library stumble."""
    is_memory = b"memory allocation" in complaint or b"MemoryError" in complaint or b"capacity" in complaint
    return TooScattered if returncode < 0 or is_memory else Damaged


def _notes_of(path: Path) -> tuple[Note, ...]:
    if "_VBA_PROJECT".encode("utf-16-le") in path.read_bytes():
        return (Note("sheet.macros_not_run", "工作簿带有宏，系统只读取了数据，宏未运行。"),)
    return ()
