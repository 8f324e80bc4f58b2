"""The list of tasks and one of them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from juli.domains.registry import waiting
from juli.engines.tasks import actions
from juli.engines.tasks.actions import Waiting
from juli.engines.tasks.models import Task
from tests.pages.visiting import text_of
from tests.world import granted, machine

pytestmark = pytest.mark.django_db
MOST_STATEMENTS = 8


@pytest.fixture
def task(world) -> Task:
    now = timezone.now()
    waiting.renew_tasks(actor=machine(), at=now, today=timezone.localdate(now))
    town = world.qinghe
    return actions.open_task(
        "registry.rows_to_mend", Waiting(town.org_unit_id, town.path, key="x:1", number=7, subject_id=1),
        actor=machine(), at=now,
    )  # fmt: skip


@pytest.mark.parametrize(("query", "there", "gone"), [
    ("", "2 名会员尚未实名", "已办结 "), ("?whose=mine", "7 行没有写入", "澜江轴承厂工会"),
    ("?whose=below", "澜江轴承厂工会", "7 行没有写入"), ("?kind=registry.rows_to_mend", "7 行", "2 名会员"),
    ("?state=done", "没有符合条件的记录", "7 行"), ("?due=over", "没有符合条件的记录", "7 行"),
    ("?due=none", "7 行", "澜江区总工会 本级"), ("?returned=yes", "没有符合条件的记录", "7 行"),
])  # fmt: skip
def test_tasks_are_narrowed(he, task, query, there, gone):
    said = text_of(he.get(f"/tasks/{query}"))
    rows = said.split("打印")[1]
    assert there in rows
    assert gone not in rows


def test_a_task_is_closed_on_a_page(he, task):
    assert "办结这件待办" in text_of(he.get(f"/tasks/{task.pk}/closing/"))
    answer = he.client.post(f"/tasks/{task.pk}/closing/", {"remark": "已改好"}, follow=True)
    assert "待办已办结。" in text_of(answer)
    task.refresh_from_db()
    assert (task.state, task.remark, task.closed_as) == ("done", "已改好", "何干事")
    assert he.post(f"/tasks/{task.pk}/closing/", remark="").status_code == 422


def test_colleagues_who_can_do_it_are_offered(he, task, world):
    colleague = granted(world.qinghe, ["registry.import"], name="代班")
    granted(world.qinghe, ["registry.see"], name="只看")
    said = text_of(he.get(f"/tasks/{task.pk}/handover/"))
    assert "代班" in said
    assert "只看" not in said
    assert he.post(f"/tasks/{task.pk}/handover/", account_id=colleague.account_id).status_code == 302
    task.refresh_from_db()
    assert task.account_id == colleague.account_id


def test_what_counts_itself_says_so(he, task, world):
    counted = Task.objects.get(kind="registry.unverified_members", org_unit_id=world.qinghe.org_unit_id)
    said = text_of(he.get(f"/tasks/{counted.pk}/"))
    assert "自动计数" in said
    assert "转交" in said
    assert he.post(f"/tasks/{counted.pk}/closing/").status_code == 422


def test_the_list_takes_few_statements(lin, task):
    with CaptureQueriesContext(connection) as asked:
        assert lin.get("/tasks/").status_code == 200
    said = [
        each["sql"] for each in asked if not each["sql"].startswith(("SAVE", "RELEASE", "SELECT set_config"))
    ]
    assert len(said) <= MOST_STATEMENTS
