"""Runs whose job was lost are queued again, each once."""

from datetime import UTC, datetime, timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from juli.engines.desk.background import forgotten
from juli.engines.desk.exports import actions
from juli.engines.desk.exports.orders import Order
from juli.engines.desk.models import BulkRun, Export
from juli.engines.scope import walls
from tests.world import World

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def queued(job: str) -> list[dict]:
    return list(ProcrastinateJob.objects.filter(task_name=job).values_list("args", flat=True))


def test_only_what_no_job_waits_for_is_queued_again(world: World):
    with walls.entered(world.he):
        held = actions.ask_for_export(Order.of("members", ""), form=Export.Form.TEXT, actor=world.he, at=NOW)
    lost = Export.objects.create(account_id=world.he.account_id, register="members", form="csv", asked_at=NOW)
    run = BulkRun.objects.create(
        account_id=world.he.account_id, register="members", verb="verification", arguments=b"",
        state="running", asked_at=NOW,
    )  # fmt: skip
    assert queued("desk.export") == [{"export_id": held.pk}]

    assert forgotten.queue_again(waiting_since=NOW - timedelta(minutes=1)) == 0
    assert forgotten.queue_again(waiting_since=NOW + timedelta(minutes=1)) == 2
    assert queued("desk.export") == [{"export_id": held.pk}, {"export_id": lost.pk}]
    assert queued("desk.bulk") == [{"run_id": run.pk}]
    assert forgotten.queue_again(waiting_since=NOW + timedelta(minutes=1)) == 0
