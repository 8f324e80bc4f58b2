"""Reading the sheets of an xlsx workbook, slice by slice on every core."""

import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from juli.engines.sheet.columns import ROW
from juli.engines.sheet.reading_apart import read_apart
from juli.engines.sheet.reading_cells import CellReader, SliceFrame
from juli.engines.sheet.reading_ledger import Note, Progress, RawSheet, SheetName, no_progress
from juli.engines.sheet.reading_package import Package, SheetPart
from juli.engines.sheet.reading_refusals import Damaged, TooManyRows
from juli.engines.sheet.reading_slicing import SLICE_BYTES, BrokenSheet, Slice, Slicing, UnusualSheet

_PEEK_BYTES = 256 << 10
_LARGEST_SLICE = 96 << 20
_TITLE_ROWS = 20


@dataclass(frozen=True, slots=True)
class WorkbookSource:
    """The sheets of one open workbook."""

    package: Package
    path: Path

    @property
    def sheets(self) -> tuple[SheetName, ...]:
        """The sheets by name, in order."""
        return self.package.sheets

    @property
    def notes(self) -> tuple[Note, ...]:
        """What the workbook itself made us notice."""
        return self.package.notes

    @property
    def is_from_1904(self) -> bool:
        """Whether day numbers count from 1904."""
        return self.package.is_from_1904

    def peek(self, index: int) -> pl.DataFrame:
        """Return the first rows of a sheet, enough to see its header."""
        part = self.package.parts[index]
        chunks = self.package.chunks(part.part, limit=self.package.limits.sheet_bytes, where=_where(part))
        try:
            first = next(iter(Slicing(chunks, slice_bytes=_PEEK_BYTES)), None)
            if first is None:
                return pl.DataFrame(schema={ROW: pl.UInt32})
            return CellReader.for_package(self.package).read(first).frame
        except BrokenSheet as broken:
            raise Damaged(filename=self.package.filename, where=_where(part)) from broken
        except UnusualSheet:
            return self._whole(index).frame

    def read(self, index: int, *, progress: Progress = no_progress) -> RawSheet:
        """
        Return all rows of a sheet.

        :raises Damaged: the sheet breaks off or cannot be unpacked.
        :raises TooLargeInside: it unpacks to more than a ledger ever holds.
        :raises TooManyRows: it has more rows than may be read at once.
        :raises TooScattered: its cells stand too far apart to be read in the memory allowed.
        """
        try:
            return self._in_slices(self.package.parts[index], progress)
        except BrokenSheet as broken:
            where = _where(self.package.parts[index])
            raise Damaged(filename=self.package.filename, where=where) from broken
        except UnusualSheet:
            return self._whole(index)

    def _whole(self, index: int) -> RawSheet:
        package = self.package
        name = package.parts[index].name
        return read_apart(self.path, name, filename=package.filename, limits=package.limits)

    def _in_slices(self, part: SheetPart, progress: Progress) -> RawSheet:
        package = self.package
        total = package.unpacked_size(part.part)
        reader = CellReader.for_package(package).with_strings_read()
        # Where every slice parses the shared strings again, many of them want fewer, larger slices.
        taken_along = 0 if reader.strings else len(package.shared)
        size = min(max(SLICE_BYTES, 2 * taken_along), _LARGEST_SLICE)
        chunks = package.chunks(part.part, limit=package.limits.sheet_bytes, where=_where(part))
        slicing = Slicing(chunks, slice_bytes=size)
        read: list[SliceFrame] = []
        for done in _on_every_core(reader, self._within_limit(slicing)):
            read.append(done)
            progress(min(slicing.unpacked, total), total)
        return RawSheet(
            frame=joined([each.frame for each in read]),
            merged=slicing.merged,
            hidden_rows=sum(each.hidden_rows for each in read),
            formulas_without_result=sum(each.formulas_without_result for each in read),
        )

    def _within_limit(self, slicing: Slicing) -> Iterator[Slice]:
        """Pass the slices on; once there are too many rows, only count how many there are."""
        limit = self.package.limits.rows
        last = 0
        for piece in slicing:
            last = piece.last_row
            if last <= limit + _TITLE_ROWS:
                yield piece
        if last > limit + _TITLE_ROWS:
            raise TooManyRows(filename=self.package.filename, rows=f"{last - 1:,}", limit=f"{limit:,}")


def _where(part: SheetPart) -> str:
    return f"工作表“{part.name}”"


def _on_every_core(reader: CellReader, slices: Iterator[Slice]) -> Iterator[SliceFrame]:
    """Read the slices in threads, in order, never holding more of them than there are threads."""
    workers = min(os.cpu_count() or 1, 4)
    waiting: deque[Future[SliceFrame]] = deque()
    with ThreadPoolExecutor(workers, thread_name_prefix="ledger") as threads:
        try:
            for piece in slices:
                waiting.append(threads.submit(reader.read, piece))
                if len(waiting) > workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def joined(frames: list[pl.DataFrame]) -> pl.DataFrame:
    """Return the rows of all frames, with every column up to the last one in its place."""
    if not frames:
        return pl.DataFrame(schema={ROW: pl.UInt32})
    whole = pl.concat(frames, how="diagonal") if len(frames) > 1 else frames[0]
    width = max((int(name[1:]) for name in whole.columns[1:]), default=-1) + 1
    wanted = [f"c{position}" for position in range(width)]
    missing = [pl.lit(None, pl.String).alias(name) for name in wanted if name not in whole.columns]
    return whole.with_columns(missing).select(ROW, *wanted) if width else whole.select(ROW)
