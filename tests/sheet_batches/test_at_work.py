"""Two processes and one batch; what is told beside an open transaction is seen by others."""

import io
import threading

import pytest
from django.db import connection

from juli.engines.scope import walls
from juli.engines.sheet import batches
from juli.engines.sheet.models import BatchProgress, ImportBatch
from juli.engines.sheet.telling import Phase, Teller
from tests import world as building
from tests.world import MAY_9, machine

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


@pytest.fixture
def batch() -> ImportBatch:
    with walls.entered(machine()):
        unit = building.build().qinghe.org_unit
        return batches.receive(
            io.BytesIO(b"one"),
            name="名册.csv",
            ledger="test.ledger",
            org_unit=unit,
            actor=machine(),
            at=MAY_9,
        )


def in_another_process(work):
    """Run on a connection of its own, which is what a process is to the database."""
    outcome = []

    def run():
        try:
            outcome.append(work())
        except BaseException as error:  # noqa: BLE001  handed to the test
            outcome.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return outcome[0]


def test_one_process_at_a_time_is_at_work(batch: ImportBatch):
    def try_it():
        with batches.at_work(batch.pk, actor=machine()):
            return "at work"

    with batches.at_work(batch.pk, actor=machine()):
        assert isinstance(in_another_process(try_it), batches.BatchBusy)
        assert in_another_process(lambda: batches.is_at_work(batch.pk, actor=machine()))
    assert in_another_process(try_it) == "at work"


def test_a_batch_in_good_hands_is_not_left_behind(batch: ImportBatch):
    with walls.entered(machine()):
        batch.begin(at=MAY_9)

    def left_behind():
        return batches.left_behind(ledger="test.ledger", waiting_since=MAY_9, actor=machine())

    with batches.at_work(batch.pk, actor=machine()):
        assert in_another_process(left_behind) == []
    assert in_another_process(left_behind) == [batch]


def test_progress_is_seen_while_the_posting_is_open(batch: ImportBatch):
    heard = []
    with (
        Teller(batch.pk, actor=machine(), clock=lambda: MAY_9, also=heard.append) as teller,
        walls.entered(machine()),
    ):
        teller.tell(Phase.POSTING, 60, 100)
        seen = _waited_for(batch, Phase.POSTING)

    assert (seen.phase, seen.done, seen.total) == ("posting", 60, 100)
    assert [standing.phase for standing in heard] == [Phase.POSTING]


def _waited_for(batch: ImportBatch, phase: Phase) -> BatchProgress:
    def look():
        with walls.entered(machine()):
            return BatchProgress.objects.get(batch=batch)

    for _ in range(50):
        seen = in_another_process(look)
        if seen.phase == phase:
            return seen
        threading.Event().wait(0.1)
    pytest.fail("nothing was told")
