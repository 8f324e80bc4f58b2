"""What failed or was refused in the background waits for whoever asked for it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from juli.engines.desk.background import waiting
from juli.engines.desk.models import BulkRun, Export
from juli.engines.tasks import actions, selectors
from tests.pages.visiting import visitor_of
from tests.world import machine

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(world) -> dict[str, object]:
    now = timezone.now()
    return {"account_id": world.he.account_id, "register": "members", "asked_at": now, "ended_at": now}


def titles(actor) -> list[str]:
    waiting.renew_tasks(actor=machine(), at=timezone.now())
    return sorted(task.title for task in selectors.tasks_waiting(actor=actor))


def test_failures_and_refusals_wait_for_who_asked(world, asked):
    Export.objects.create(form="csv", state="failed", sentence="磁盘满了。", **asked)
    Export.objects.create(form="csv", state="done", **asked)
    BulkRun.objects.create(verb="x", arguments=b"", state="failed", **asked)
    refused = BulkRun.objects.create(verb="x", arguments=b"", state="done", done=5, refused=2, **asked)
    assert titles(world.he) == [
        "一份导出没有做成", "一批办理没有办完，可以继续", "批量办理有 2 条未能办理，等您看",
    ]  # fmt: skip
    assert titles(world.lin) == []
    he = visitor_of(world.he)
    for task in selectors.tasks_waiting(actor=world.he):
        assert he.get(task.declared.leads_to(task)).status_code == 200

    task = selectors.tasks_waiting(actor=world.he).get(kind="desk.bulk_refused")
    actions.close_task(task.pk, actor=world.he, at=timezone.now())
    assert len(titles(world.he)) == 2
    BulkRun.objects.filter(pk=refused.pk).update(refused=0)
    Export.objects.update(ended_at=timezone.now() - timedelta(days=20))
    assert titles(world.he) == ["一批办理没有办完，可以继续"]
