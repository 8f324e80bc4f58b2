"""What would come of a batch, row by row, put down for people to see before anything is posted."""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import polars as pl
from django.db.models import Count

from juli.engines.party.vault import vault
from juli.engines.sheet import faults, reports, staging
from juli.engines.sheet.columns import ROW, Column, Kind
from juli.engines.sheet.judging import Judgement
from juli.engines.sheet.mending import CONTEXT
from juli.engines.sheet.models import BatchRow, ImportBatch, RowFault
from juli.engines.sheet.reading_ledger import Ledger
from juli.kernel.actor import Actor
from juli.kernel.crypto import seal_column
from juli.kernel.text import masked_accounts, masked_documents, masked_mobiles

Verdict = BatchRow.Verdict
VERDICTS_SCHEMA: Final = {
    ROW: pl.UInt32, "verdict": pl.String, "subject_id": pl.Int64, "differences": pl.String
}  # fmt: skip
"""Of each good row: what it means, the row of the register it is about, and its differences as JSON."""

_STAGE: Final = "stage_batchrow"
_COLUMNS: Final = {
    "row_number": "integer", "verdict": "text", "subject_id": "bigint", "shown": "text",
    "differences": "text", "faults": "text", "cells_sealed": "bytea",
}  # fmt: skip
_INSERT: Final = f"""
INSERT INTO sheet_batchrow (batch_id, org_unit_id, path, row_number, verdict, standing, subject_id, shown,
  differences, faults, cells_sealed, effects, reason)
SELECT %(batch)s, %(unit)s, %(path)s, row_number, verdict, 'waiting', subject_id, shown::jsonb,
  coalesce(differences, '[]')::jsonb, coalesce(faults, '[]')::jsonb, cells_sealed, '{{}}', ''
FROM {_STAGE} ORDER BY row_number
ON CONFLICT (batch_id, row_number) DO NOTHING
"""  # noqa: S608  built of our own names


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows came to which verdict (结论数)."""

    rows: int
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    faulty: int = 0
    duplicate: int = 0


def put_down(
    batch: ImportBatch, ledger: Ledger, judgement: Judgement, verdicts: pl.DataFrame, *, actor: Actor,
    at: datetime,
) -> Counts:  # fmt: skip
    """
    Put down what every row means, in place of what an earlier look said; return how many mean what.

    Rows that were posted, and rows that somebody left out, stay as they are.
    """
    every = judgement.is_bad | True
    return put_down_some(batch, ledger, judgement, verdicts, rows=every, actor=actor, at=at)


def put_down_some(
    batch: ImportBatch, ledger: Ledger, judgement: Judgement, verdicts: pl.DataFrame, *, rows: pl.Series,
    actor: Actor, at: datetime,
) -> Counts:  # fmt: skip
    """Put down what some rows mean; the others leave no line."""
    forget(batch)
    lines = _rows(ledger, ledger.frame.filter(rows), judgement, verdicts)
    _insert(batch, lines)
    batch.noticed = noticed(ledger)
    batch.error_workbook = reports.put_down(batch, ledger, judgement, actor=actor, at=at)
    batch.save(update_fields=["noticed", "error_workbook"])
    return counted(lines)


def put_again(batch: ImportBatch, ledger: Ledger, judgement: Judgement, verdicts: pl.DataFrame) -> Counts:
    """Put down anew what the rows of a piece of a ledger mean, and count all rows of the batch again."""
    numbers = ledger.rows.to_list()
    BatchRow.objects.filter(batch=batch, row_number__in=numbers).delete()
    RowFault.objects.filter(batch=batch, row_number__in=numbers).delete()
    _insert(batch, _rows(ledger, ledger.frame, judgement, verdicts))
    reports.list_faults(batch, judgement)
    return recounted(batch)


def recounted(batch: ImportBatch) -> Counts:
    """Return how many rows of a batch came to which verdict, by what was put down."""
    rows = BatchRow.objects.filter(batch=batch).exclude(standing=BatchRow.Standing.LEFT_OUT)
    found = dict(rows.values_list("verdict").annotate(Count("pk")))
    return _counts(found)


def _insert(batch: ImportBatch, lines: pl.DataFrame) -> None:
    staging.create(_STAGE, _COLUMNS)
    staging.fill(_STAGE, staging.Load.of(lines.select(list(_COLUMNS))))
    staging.run(_INSERT, {"batch": batch.pk, "unit": batch.org_unit_id, "path": batch.path})


def forget(batch: ImportBatch) -> None:
    """Take away what an earlier look said of rows that are still waiting."""
    stays = (BatchRow.Standing.POSTED, BatchRow.Standing.LEFT_OUT)
    BatchRow.objects.filter(batch=batch).exclude(standing__in=stays).delete()
    forget_faults(batch)


def forget_faults(batch: ImportBatch) -> None:
    """Take away the list of faults, before a newer one is put down."""
    RowFault.objects.filter(batch=batch).delete()


def counted(rows: pl.DataFrame) -> Counts:
    """Return how many rows came to which verdict; a duplicate is one of the faulty ones."""
    return _counts(dict(rows["verdict"].value_counts().iter_rows()))


def _counts(found: Mapping[str, int]) -> Counts:
    duplicate = found.get(Verdict.DUPLICATE, 0)
    return Counts(
        rows=sum(found.values()),
        added=found.get(Verdict.ADDED, 0),
        changed=found.get(Verdict.CHANGED, 0),
        unchanged=found.get(Verdict.UNCHANGED, 0),
        faulty=found.get(Verdict.FAULTY, 0) + duplicate,
        duplicate=duplicate,
    )


def noticed(ledger: Ledger) -> dict[str, object]:
    """Return what people should know of how a file was read: its headings, and what was passed over."""
    columns = [
        [each.text, ledger.form.column(each.code).label if each.code else None] for each in ledger.headings
    ]
    return {"columns": columns, "notes": [note.sentence for note in ledger.notes]}


def masked(column: Column) -> pl.Expr:
    """Return a column's cells as people may see them."""
    cells = pl.col(column.code)
    if not column.is_personal and column.kind is not Kind.MOBILE:
        return cells
    match column.kind:
        case Kind.DOCUMENT:
            return masked_documents(cells)
        case Kind.MOBILE:
            return masked_mobiles(cells)
    return masked_accounts(cells)


def _rows(ledger: Ledger, wanted: pl.DataFrame, judgement: Judgement, verdicts: pl.DataFrame) -> pl.DataFrame:
    """Return one line for each wanted row of the ledger, as the stage takes it."""
    columns = [ledger.form.column(code) for code in ledger.codes]
    shown = pl.struct(masked(column).alias(column.code) for column in columns).struct.json_encode()
    told = verdicts.select(list(VERDICTS_SCHEMA))
    wrong = _faults(judgement)
    is_bad = judgement.rows.select(ROW, is_bad=judgement.is_bad)
    rows = (
        wanted.select(ROW, shown=shown)
        .join(is_bad, on=ROW, how="left", maintain_order="left")
        .join(told, on=ROW, how="left", maintain_order="left")
        .join(wrong, on=ROW, how="left", maintain_order="left")
    )
    bad = pl.when("is_twice").then(pl.lit(Verdict.DUPLICATE)).otherwise(pl.lit(Verdict.FAULTY))
    verdict = pl.when("is_bad").then(bad).otherwise(pl.col("verdict").fill_null(Verdict.UNCHANGED))
    rows = rows.with_columns(verdict=verdict).rename({ROW: "row_number"})
    return rows.with_columns(cells_sealed=_sealed(ledger.codes, wanted, rows["verdict"]))


def _faults(judgement: Judgement) -> pl.DataFrame:
    """Return, for each row at fault, its faults as JSON, and whether it is nothing but a second copy."""
    found: dict[int, list[list[str]]] = defaultdict(list)
    for row, column, code, reason in judgement.faults.select(ROW, "column", "code", "reason").iter_rows():
        found[row].append([column, code, reason])
    twice = [all(code == faults.SAME_ROW.code for _, code, _ in each) for each in found.values()]
    told = [json.dumps(each, ensure_ascii=False) for each in found.values()]
    return pl.DataFrame(
        {
            ROW: pl.Series(list(found), dtype=pl.UInt32),
            "faults": pl.Series(told, dtype=pl.String),
            "is_twice": pl.Series(twice, dtype=pl.Boolean),
        }
    )


def _sealed(codes: tuple[str, ...], rows: pl.DataFrame, verdicts: pl.Series) -> pl.Series:
    """Return the cells of the rows that somebody may want to mend, sealed as they came."""
    cells = rows.select(pl.struct(list(codes)).struct.json_encode()).to_series()
    is_kept = ~verdicts.is_in([Verdict.ADDED, Verdict.UNCHANGED])
    return seal_column(vault(), cells.set(~is_kept, None), context=CONTEXT)
