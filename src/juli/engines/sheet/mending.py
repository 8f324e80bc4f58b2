"""Cells of a batch that were mended in the page, and rows that are not to be brought in."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import polars as pl

from juli.engines.party.vault import vault
from juli.engines.sheet.columns import ROW, LedgerForm
from juli.engines.sheet.models import BatchRow, ImportBatch, RowMend
from juli.engines.sheet.reading_ledger import Heading, Ledger, MergedRange
from juli.kernel.actor import Actor
from juli.kernel.refusal import NotFound

CONTEXT = "sheet.cells"
"""What is authenticated with the sealed cells of a row."""

Cells = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Mended:
    """A ledger as it is after mending, without the rows that are left out (更正后的台账)."""

    ledger: Ledger
    left_out: frozenset[int]


def sealed_cells(cells: Cells) -> bytes:
    """Return cells as they are kept."""
    return vault().seal(json.dumps(dict(cells), ensure_ascii=False), context=CONTEXT)


def opened_cells(sealed: bytes | memoryview) -> dict[str, str | None]:
    """Return the cells of a row as somebody wrote them."""
    found: dict[str, str | None] = json.loads(vault().open(bytes(sealed), context=CONTEXT))
    return found


def mend(batch: ImportBatch, row_number: int, cells: Cells, *, actor: Actor, at: datetime) -> RowMend:
    """Write cells in place of what the file says; what was mended before in other cells stays."""
    kept = RowMend.objects.filter(batch=batch, row_number=row_number).first()
    before = opened_cells(kept.cells_sealed) if kept else {}
    BatchRow.objects.filter(batch=batch, row_number=row_number, standing=BatchRow.Standing.LEFT_OUT).update(
        standing=BatchRow.Standing.WAITING
    )
    return _put(batch, row_number, {**before, **cells}, leaving_out=False, actor=actor, at=at)


def leave_out(batch: ImportBatch, row_number: int, *, actor: Actor, at: datetime) -> RowMend:
    """Let a row not be brought in; what was mended in it stays."""
    kept = RowMend.objects.filter(batch=batch, row_number=row_number).first()
    before = opened_cells(kept.cells_sealed) if kept else {}
    return _put(batch, row_number, before, leaving_out=True, actor=actor, at=at)


def piece_of(form: LedgerForm, batch: ImportBatch, row_number: int) -> Ledger:
    """
    Return one row of a batch as a ledger of its own, with what was mended in it.

    :raises NotFound: there is no such row, or its cells were not kept.
    """
    row = BatchRow.objects.filter(batch=batch, row_number=row_number, cells_sealed__isnull=False).first()
    if row is None or row.cells_sealed is None:
        raise NotFound
    cells = opened_cells(row.cells_sealed)
    kept = RowMend.objects.filter(batch=batch, row_number=row_number).first()
    cells |= opened_cells(kept.cells_sealed) if kept else {}
    frame = pl.DataFrame(
        {ROW: pl.Series([row_number], dtype=pl.UInt32)}
        | {code: pl.Series([text or None], dtype=pl.String) for code, text in cells.items()}
    )
    headings = tuple(Heading(place, form.column(code).label, code, code) for place, code in enumerate(cells))
    return Ledger(
        form=form, filename=batch.file.name, format="", sheet="", header_row=1, headings=headings, frame=frame
    )


def mended(ledger: Ledger, batch: ImportBatch) -> Mended:
    """Return the ledger with every mended cell in its place."""
    cells: dict[int, Cells] = {}
    left_out = set()
    for each in RowMend.objects.filter(batch=batch):
        cells[each.row_number] = opened_cells(each.cells_sealed)
        if each.is_left_out:
            left_out.add(each.row_number)
    changed = _with_cells(ledger, cells) if cells else ledger
    if left_out:
        frame = changed.frame.filter(~pl.col(ROW).is_in(sorted(left_out)))
        changed = replace(changed, frame=frame)
    return Mended(changed, frozenset(left_out))


def _with_cells(ledger: Ledger, cells: Mapping[int, Cells]) -> Ledger:
    frame, headings = ledger.frame, list(ledger.headings)
    for code in dict.fromkeys(code for row in cells.values() for code in row):
        told = {number: row[code] for number, row in cells.items() if code in row}
        if code not in frame.columns:
            place = max((each.position for each in headings), default=-1) + 1
            headings.append(Heading(place, ledger.form.column(code).label, code, code))
            frame = frame.with_columns(pl.lit(None, pl.String).alias(code))
        rows = pl.Series(list(told), dtype=frame[ROW].dtype)
        values = pl.Series([value or None for value in told.values()], dtype=pl.String)
        put = pl.col(ROW).replace_strict(rows, values, default=None, return_dtype=pl.String)
        frame = frame.with_columns(
            pl.when(pl.col(ROW).is_in(rows.implode())).then(put).otherwise(code).alias(code)
        )
    return replace(
        ledger, frame=frame, headings=tuple(headings),
        merged=tuple(_apart(ledger.merged, frozenset(cells))),
        overlong_rows=tuple(row for row in ledger.overlong_rows if row not in cells),
    )  # fmt: skip


def _apart(areas: tuple[MergedRange, ...], rows: frozenset[int]) -> list[MergedRange]:
    """Return merged cells without the mended rows, whose cells were written out one by one."""
    found = []
    for area in areas:
        reached = range(area.first_row, area.last_row + 1)
        if rows.isdisjoint(reached):
            found.append(area)
            continue
        is_across = area.last_column > area.first_column
        left = [row for row in reached if row not in rows and (is_across or row != area.first_row)]
        found += [replace(area, first_row=row - (not is_across), last_row=row) for row in left]
    return found


def _put(
    batch: ImportBatch, row_number: int, cells: Cells, *, leaving_out: bool, actor: Actor, at: datetime
) -> RowMend:
    told = {
        "org_unit_id": batch.org_unit_id, "path": batch.path, "cells_sealed": sealed_cells(cells),
        "is_left_out": leaving_out, "mended_as": actor.name[:64], "mended_at": at,
    }  # fmt: skip
    row, _ = RowMend.objects.update_or_create(batch=batch, row_number=row_number, defaults=told)
    if leaving_out:
        BatchRow.objects.filter(batch=batch, row_number=row_number).update(
            standing=BatchRow.Standing.LEFT_OUT
        )
    return row
