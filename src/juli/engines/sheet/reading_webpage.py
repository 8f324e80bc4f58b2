"""Reading a table in a web page: many office systems call such a page .xls and send it out."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import polars as pl

from juli.engines.sheet.columns import ROW, LedgerForm
from juli.engines.sheet.reading_ledger import (
    Limits,
    MergedRange,
    Note,
    Progress,
    RawSheet,
    SheetName,
    no_progress,
)
from juli.engines.sheet.reading_refusals import NoSheet, TooManyColumns, TooManyRows, TooScattered
from juli.engines.sheet.reading_text import decoded

_SENTENCE = "文件其实是网页表格（HTML），已从中取出表格读取；建议在 Excel 或 WPS 中另存为 .xlsx 文件。"
_TAKEN_PLACES = 3_000_000


class _Tables(HTMLParser):
    """Collects the cells of every table; a table inside a cell becomes part of the cell's text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[tuple[str, int, int]]]] = []
        self._depth = 0
        self._cell: list[str] | None = None
        self._span = (1, 1)
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append([])
        elif tag in {"script", "style"}:
            self._unseen += 1
        elif self._depth == 1 and tag == "tr":
            self._close_cell()
            self.tables[-1].append([])
        elif self._depth == 1 and tag in {"td", "th"}:
            self._close_cell()
            if not self.tables[-1]:
                self.tables[-1].append([])
            spans = dict(attrs)
            self._span = (_span(spans.get("colspan")), _span(spans.get("rowspan")))
            self._cell = []
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            if self._depth == 1:
                self._close_cell()
            self._depth = max(0, self._depth - 1)
        elif tag in {"script", "style"}:
            self._unseen = max(0, self._unseen - 1)
        elif self._depth == 1 and tag in {"td", "th", "tr"}:
            self._close_cell()

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._unseen:
            self._cell.append(data)

    def _close_cell(self) -> None:
        if self._cell is not None:
            self.tables[-1][-1].append(("".join(self._cell).strip(), *self._span))
            self._cell = None


def _span(said: str | None) -> int:
    text = (said or "1").strip()
    return min(max(int(text), 1), 1000) if text.isascii() and text.isdigit() and len(text) < 6 else 1


@dataclass(frozen=True, slots=True)
class WebPageSource:
    """The tables of a web page as sheets."""

    sheets: tuple[SheetName, ...]
    raws: tuple[RawSheet, ...] = field(repr=False)
    notes: tuple[Note, ...] = (Note("sheet.is_web_page", _SENTENCE),)
    is_from_1904: bool = False

    @classmethod
    def opened(cls, path: Path, *, filename: str, limits: Limits, form: LedgerForm) -> "WebPageSource":
        """
        Return the tables of the page.

        :raises NoSheet: there is no table in it.
        :raises EncodingUnknown: it is in no encoding that offices use.
        :raises TooManyColumns: a table is wider than any ledger.
        :raises TooManyRows: a table is longer than may be read at once.
        """
        del form
        content, _ = decoded(path, filename=filename)
        parser = _Tables()
        parser.feed(content.decode("utf-8", "replace"))
        parser.close()
        tables = [table for table in parser.tables if any(table)]
        if not tables:
            raise NoSheet(filename=filename)
        for table in tables:
            if len(table) > limits.rows:
                raise TooManyRows(filename=filename, rows=f"{len(table):,}", limit=f"{limits.rows:,}")
        names = tuple(SheetName(f"第 {place} 个表格") for place in range(1, len(tables) + 1))
        return cls(
            names,
            tuple(
                _raw(table, name.name, filename, limits) for name, table in zip(names, tables, strict=True)
            ),
        )

    def peek(self, index: int) -> pl.DataFrame:
        """Return the first rows of a table."""
        return self.raws[index].frame.head(60)

    def read(self, index: int, *, progress: Progress = no_progress) -> RawSheet:
        """Return all rows of a table."""
        progress(1, 1)
        return self.raws[index]


def _raw(table: list[list[tuple[str, int, int]]], name: str, filename: str, limits: Limits) -> RawSheet:
    """Lay the cells out by position; cells that span several places are merged ranges."""
    taken: set[tuple[int, int]] = set()
    cells: dict[int, dict[int, str]] = {}
    merged = []
    for row, line in enumerate(table, start=1):
        column = 0
        for text, columns, rows in line:
            while (row, column) in taken:
                column += 1
            if column + columns > limits.columns:
                raise TooManyColumns(sheet=name, columns=column + columns, limit=limits.columns)
            rows = min(rows, len(table) - row + 1)
            if len(taken) > _TAKEN_PLACES:
                raise TooScattered(filename=filename)
            if columns > 1 or rows > 1:
                merged.append(MergedRange(row, row + rows - 1, column, column + columns - 1))
                taken |= {(row + down, column + right) for down in range(1, rows) for right in range(columns)}
            if text:
                cells.setdefault(row, {})[column] = text
            column += columns
    width = max((max(line) for line in cells.values()), default=-1) + 1
    laid = {ROW: pl.Series(list(cells), dtype=pl.UInt32)}
    for place in range(width):
        laid[f"c{place}"] = pl.Series([line.get(place) for line in cells.values()], dtype=pl.String)
    return RawSheet(frame=pl.DataFrame(laid), merged=tuple(merged))
