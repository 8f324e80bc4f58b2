"""A batch that is posted in chunks goes on where it stopped, and writes nothing twice."""

import dataclasses

import pytest

from juli.domains.registry.ledgers import employers
from juli.engines.facts.models import Fact
from juli.engines.party.models import Employer
from juli.engines.scope import walls
from juli.engines.sheet import batches, undoing, working_rows
from juli.engines.sheet.models import BatchRow, ImportBatch
from tests.ledgers.handing_in import counts, posted, previewed, undone, worked_on
from tests.ledgers.test_employers import known, shop
from tests.world import MAY_9, World, machine

pytestmark = pytest.mark.django_db


class Stopped(RuntimeError):
    """The process dies here."""


def dying(after: int):
    """Return the ledger of employers whose posting dies after some rows."""
    done = []

    def post(said, occasion):
        if len(done) == after:
            raise Stopped
        done.append(said)
        return employers._post(said, occasion)

    return dataclasses.replace(employers.EMPLOYERS, post=post)


def test_an_interrupted_batch_goes_on_and_posts_each_row_once(world: World, monkeypatch):
    monkeypatch.setattr(working_rows, "ROWS_IN_A_CHUNK", 2)
    rows = [shop(world, name) for name in ("甲店", "乙店", "丙店", "丁店", "戊店")]
    batch = previewed("registry.employers", [*rows, known(world.teahouse, 地址="新街 1 号")])
    with walls.entered(machine()):
        batches.confirm(batch, actor=machine(), at=MAY_9)
    whole = employers.EMPLOYERS
    monkeypatch.setattr(employers, "EMPLOYERS", dying(after=3))

    with pytest.raises(Stopped):
        worked_on(batch)

    batch.refresh_from_db()
    assert batch.state == ImportBatch.State.INTERRUPTED
    assert BatchRow.objects.filter(batch=batch, standing=BatchRow.Standing.POSTED).count() == 2
    assert Employer.objects.filter(name__endswith="店", source="台账导入").count() == 2

    monkeypatch.setattr(employers, "EMPLOYERS", whole)
    batch = worked_on(batch)

    assert (batch.state, counts(batch)) == (ImportBatch.State.POSTED, (5, 1, 0, 0))
    assert Employer.objects.filter(source="台账导入").count() == 5
    assert Fact.objects.filter(batch_id=batch.pk).count() == 6
    assert undone(batch).undone_rows == 6


def test_an_undo_that_stopped_goes_on(world: World, monkeypatch):
    batch = posted("registry.employers", [shop(world, name) for name in ("甲店", "乙店", "丙店")])
    monkeypatch.setattr(undoing, "ROWS_AT_A_TIME", 1)
    once = undoing.take_back
    asked = []

    def dies(rows, **told):
        asked.append(rows)
        if len(asked) == 2:
            raise Stopped
        return once(rows, **told)

    monkeypatch.setattr(undoing, "take_back", dies)
    with pytest.raises(Stopped):
        undone(batch)
    assert Employer.objects.filter(source="台账导入").count() == 2

    monkeypatch.setattr(undoing, "take_back", once)
    found = ImportBatch.objects.get(pk=batch.pk)
    from tests.roster.importing import Quiet

    employers.EMPLOYERS.undo(found, actor=machine(), clock=lambda: MAY_9, teller=Quiet())

    found.refresh_from_db()
    assert (found.state, found.undone_rows) == (ImportBatch.State.UNDONE, 3)
    assert not Employer.objects.filter(source="台账导入").exists()
