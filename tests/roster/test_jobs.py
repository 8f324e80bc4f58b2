"""Rosters from a page: a job brings them in, in the reach of whoever handed them in."""

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from juli.engines.scope import actions as scope
from juli.engines.scope.models import Grant
from juli.engines.sheet import jobs
from juli.engines.sheet.models import ImportBatch
from tests.roster.importing import as_csv, counts, person, received
from tests.world import MAY_9, World, machine

pytestmark = pytest.mark.django_db


def after_the_job(batch: ImportBatch) -> ImportBatch:
    jobs.bring_in(batch_id=batch.pk)
    batch.refresh_from_db()
    return batch


def test_a_job_stays_within_the_reach_of_the_account(world: World):
    rows = [person(world.bearing_union, "何小明"), person(world.electronics_union, "黎小燕")]
    batch = received(as_csv(rows), actor=world.he)

    after_the_job(batch)

    assert counts(batch) == (1, 0, 0, 1)


def test_a_job_that_runs_twice_imports_once(world: World):
    batch = after_the_job(received(as_csv([person(world.bearing_union)]), actor=world.he))
    ended = batch.ended_at

    after_the_job(batch)

    assert (counts(batch), batch.ended_at) == ((1, 0, 0, 0), ended)


def test_a_refused_file_leaves_its_reason_with_the_batch(world: World):
    batch = after_the_job(received(b"%PDF-1.7", actor=world.he, name="a.xlsx"))

    assert batch.state == ImportBatch.State.FAILED
    assert "PDF" in batch.reason


def test_who_has_lost_the_right_imports_nothing_more(world: World):
    batch = received(as_csv([person(world.bearing_union)]), actor=world.he)
    for held in Grant.objects.filter(account_id=world.he.account_id):
        scope.end_grant(held.pk, on=MAY_9.date(), actor=machine(), at=MAY_9)

    after_the_job(batch)

    assert batch.state == ImportBatch.State.FAILED
    assert "没有办理这项业务的权限" in batch.reason


def test_what_was_left_behind_is_queued_again(world: World):
    batch = received(as_csv([person(world.bearing_union)]), actor=world.he)
    batch.begin(at=MAY_9)

    jobs.resume(timestamp=int(timezone.now().timestamp()))

    batch.refresh_from_db()
    assert batch.state == ImportBatch.State.INTERRUPTED
    queued = ProcrastinateJob.objects.get(task_name="sheet.bring_in")
    assert queued.args == {"batch_id": batch.pk}
