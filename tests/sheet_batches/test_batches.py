"""The life of a batch: received once, one process at a time, the truth in its row however it ends."""

import io
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from juli.engines.scope import walls
from juli.engines.sheet import batches
from juli.engines.sheet.models import ImportBatch
from juli.kernel.refusal import Refusal
from tests.world import MAY_9, World, machine

pytestmark = pytest.mark.django_db

LEDGER = "test.ledger"


class Unreadable(Refusal):
    code = "test.unreadable"
    message = "这个文件读不了。"


def received(world: World, content: bytes = b"one") -> ImportBatch:
    return batches.receive(
        io.BytesIO(content),
        name="名册.csv",
        ledger=LEDGER,
        org_unit=world.qinghe.org_unit,
        actor=machine(),
        at=MAY_9,
    )


def begun(batch: ImportBatch):
    return batches.begun(batch.pk, actor=machine(), clock=lambda: MAY_9)


def state_of(batch: ImportBatch) -> str:
    return ImportBatch.objects.get(pk=batch.pk).state


def test_a_batch_waits_with_its_progress(world: World):
    batch = received(world)

    assert (batch.state, batch.attempts, batch.row_count) == ("received", 0, None)
    assert batch.path == batch.progress.path == world.qinghe.path


def test_the_same_file_on_its_way_is_the_same_batch(world: World):
    first = received(world)

    assert received(world) == first
    assert received(world, b"two") != first


def test_the_same_file_after_its_end_is_a_new_batch(world: World):
    first = received(world)
    with begun(first) as batch:
        batches.settle(batch, batches.Outcome(3, 1, 1, 0, 1), at=MAY_9)

    assert received(world) != first
    assert state_of(first) == "posted"


def test_an_outcome_must_add_up(world: World):
    batch = received(world)

    with pytest.raises(IntegrityError, match="sheet_batch_posted_rows_sum"), transaction.atomic():
        batches.settle(batch, batches.Outcome(4, 1, 1, 0, 1), at=MAY_9)


def test_a_refusal_ends_a_batch_with_its_sentence(world: World):
    batch = received(world)

    with pytest.raises(Unreadable), begun(batch):
        raise Unreadable

    batch.refresh_from_db()
    assert (batch.state, batch.reason, batch.ended_at) == ("failed", "这个文件读不了。", MAY_9)


def test_a_mishap_leaves_a_batch_to_be_picked_up(world: World):
    batch = received(world)

    with pytest.raises(RuntimeError, match="lightning"), begun(batch):
        raise RuntimeError("lightning")

    assert state_of(batch) == "interrupted"
    with begun(batch) as again:
        assert (again.state, again.attempts) == ("reading", 2)


def test_a_batch_that_never_ends_is_given_up(world: World):
    batch = received(world)
    for _ in range(batches.MOST_ATTEMPTS):
        with pytest.raises(RuntimeError, match="lightning"), begun(batch):
            raise RuntimeError("lightning")

    with pytest.raises(batches.BatchGivenUp), begun(batch):
        pytest.fail("it is given up")

    batch.refresh_from_db()
    assert batch.state == "failed"
    assert "登记的数据没有改动" in batch.reason


def test_a_dead_batch_is_marked_and_a_waiting_one_is_not(world: World):
    waiting, dead = received(world), received(world, b"two")
    with walls.entered(machine()):
        dead.begin(at=MAY_9)

    assert batches.left_behind(ledger=LEDGER, waiting_since=MAY_9, actor=machine()) == [dead]
    assert (state_of(waiting), state_of(dead)) == ("received", "interrupted")


def test_a_batch_that_a_command_never_began_with_is_taken_up(world: World):
    waiting = received(world)

    later = MAY_9 + timedelta(minutes=5)
    assert batches.left_behind(ledger=LEDGER, waiting_since=later, actor=machine()) == [waiting]


def test_who_stops_an_import_at_a_terminal_ends_it(world: World):
    batch = received(world)

    with pytest.raises(KeyboardInterrupt), begun(batch):
        raise KeyboardInterrupt

    assert (state_of(batch), batches.left_behind(ledger=LEDGER, waiting_since=MAY_9, actor=machine())) == (
        "failed",
        [],
    )


def test_another_town_does_not_see_a_batch(world: World):
    batch = received(world)

    with walls.entered(world.wu):
        assert not ImportBatch.objects.filter(pk=batch.pk).exists()
    with walls.entered(world.he):
        assert ImportBatch.objects.filter(pk=batch.pk).exists()
