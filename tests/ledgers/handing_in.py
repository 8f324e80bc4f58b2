"""Ledgers as an office would write them about the district, and their way in and out again."""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import datetime

from juli.engines.scope import walls
from juli.engines.scope.models import OrgUnit
from juli.engines.sheet import batches, receiving, working
from juli.engines.sheet.entries import entry_of
from juli.engines.sheet.models import BatchRow, ImportBatch
from juli.kernel.actor import Actor
from tests.roster.importing import Quiet
from tests.world import MAY_9, machine

Row = Mapping[str, object]


def as_csv(rows: Iterable[Row]) -> bytes:
    """Return rows as a file; the header has every name that occurs."""
    told = list(rows)
    names = list(dict.fromkeys(name for row in told for name in row))
    written = io.StringIO()
    writer = csv.DictWriter(written, names, restval="")
    writer.writeheader()
    writer.writerows(told)
    return written.getvalue().encode("utf-8-sig")


def received(
    ledger: str, rows: Iterable[Row] | bytes, *, actor: Actor | None = None, asking_first: bool = True,
    at: datetime = MAY_9, preset: str = "", name: str = "台账.csv",
) -> ImportBatch:  # fmt: skip
    who = actor or machine()
    content = rows if isinstance(rows, bytes) else as_csv(rows)
    entry = entry_of(ledger)
    with walls.entered(who):
        unit = OrgUnit.objects.get(pk=receiving.unit_for("", entry=entry, actor=who).pk)
        return receiving.receive(
            io.BytesIO(content), name=name, entry=entry, org_unit=unit, actor=who, at=at,
            asking_first=asking_first, preset=preset,
        )  # fmt: skip


def worked_on(batch: ImportBatch, *, actor: Actor | None = None, at: datetime = MAY_9) -> ImportBatch:
    who = actor or machine()
    working.run(batch.pk, actor=who, clock=lambda: at, teller=Quiet())
    with walls.entered(who):
        return ImportBatch.objects.get(pk=batch.pk)


def previewed(ledger: str, rows: Iterable[Row] | bytes, **told: object) -> ImportBatch:
    """Hand a ledger in and look at it."""
    who = told.get("actor")
    return worked_on(received(ledger, rows, **told), actor=who)


def posted(ledger: str, rows: Iterable[Row] | bytes, **told: object) -> ImportBatch:
    """Hand a ledger in, look at it, and post it."""
    who = told.get("actor") or machine()
    batch = previewed(ledger, rows, **told)
    with walls.entered(who):
        batches.confirm(batch, actor=who, at=MAY_9)
    return worked_on(batch, actor=who)


def undone(batch: ImportBatch, *, actor: Actor | None = None, at: datetime = MAY_9) -> ImportBatch:
    """Take a batch back."""
    who = actor or machine()
    with walls.entered(who):
        batches.begin_undoing(batch, actor=who, at=at)
        found = ImportBatch.objects.get(pk=batch.pk)
    entry_of(batch.ledger).loaded().undo(found, actor=who, clock=lambda: at, teller=Quiet())
    with walls.entered(who):
        return ImportBatch.objects.get(pk=batch.pk)


def counts(batch: ImportBatch) -> tuple[int | None, ...]:
    """Return 新增, 更新, 未变 and 错误."""
    return (batch.added_rows, batch.changed_rows, batch.unchanged_rows, batch.faulty_rows)


def rows_of(batch: ImportBatch) -> list[BatchRow]:
    return list(BatchRow.objects.filter(batch=batch).order_by("row_number"))


def said_of(batch: ImportBatch) -> list[str]:
    """Return what is wrong with the rows, row by row."""
    return [f"{column}：{reason}" for row in rows_of(batch) for column, _, reason in row.faults] + [
        row.reason for row in rows_of(batch) if row.reason
    ]
