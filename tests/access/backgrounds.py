"""An export and a bulk action that the officer of 青荷 has asked for, as addresses name them."""

from datetime import UTC, datetime

from juli.engines.desk.bulk.actions import SEALED_AS
from juli.engines.desk.models import BulkItem, BulkRun, Export
from juli.engines.files.models import StoredFile
from juli.engines.files.sealing import vault
from tests.world import MAY_9, World

ASKING = {"id": "", "query": "", "confirmed": "1", "expected": "1", "source": "公安比对", "on": "2018-05-01",
          "reason": "公安名单"}  # fmt: skip
"""What the page of a bulk action sends, but for whom it is about."""


def export_of(world: World, file: StoredFile) -> Export:
    """A list of members that was taken out and can be fetched for a long time."""
    return Export.objects.create(
        account_id=world.he.account_id, register="members", form="csv", columns="number", state="done",
        file=file, done=2, total=2, asked_at=MAY_9, ended_at=MAY_9,
        expires_at=datetime(2099, 1, 1, tzinfo=UTC),
    )  # fmt: skip


def bulk_of(world: World) -> BulkRun:
    """A run that let one member's membership rest."""
    run = BulkRun.objects.create(
        account_id=world.he.account_id, register="members", verb="retention", state="done", done=1, total=1,
        arguments=vault().seal("{}", context=SEALED_AS), asked_at=MAY_9, ended_at=MAY_9,
    )  # fmt: skip
    BulkItem.objects.create(
        run=run, account_id=run.account_id, subject_id=world.chen_person.pk, outcome="done"
    )
    return run
