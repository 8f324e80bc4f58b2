"""The first page: the figures of one's unit, what runs, and where to begin."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from juli.config.home import figures
from juli.domains.registry import waiting
from juli.engines.facts.watermark import Mark
from juli.engines.tasks import actions as tasks
from juli.engines.tasks.actions import Waiting
from tests.pages.visiting import Visitor, text_of, visitor_of
from tests.world import machine, make_member

pytestmark = pytest.mark.django_db


def test_staff_see_the_figures_of_their_unit(lin, wu):
    said = text_of(lin.get("/"))
    for each in ("会员数", "2 人", "基层工会数", "3 家", "涵盖单位数", "5 家", "新建基层工会数"):
        assert each in said
    assert "青荷" not in text_of(wu.get("/"))


def test_an_empty_house_says_what_to_do_first(world):
    from tests.world import make_union, officer

    union = make_union(world.baishi, name="白石村工会联合会", level="village")
    newcomer = visitor_of(officer(union, name="新专干", duty="town_officer"))
    said = text_of(newcomer.get("/"))
    assert "第一步：" in said


def test_the_auditor_sees_who_looked_and_no_figures(he, world):
    he.get(f"/members/{world.zhou_person.pk}/")
    said = text_of(visitor_of(world.auditor).get("/"))
    assert "最近的查阅记录" in said
    assert "何干事" in said
    assert "会员数" not in said
    assert "基层工会" not in said


def test_the_sample_tells_how_far_it_has_come(lin, monkeypatch):
    from juli.config.sample import recipe

    made = recipe.Recipe("x", 1, 1.0, members_done=6_000, members_whole=597_500)
    monkeypatch.setattr(recipe, "read", lambda: made)
    assert "已装入会员 6,000 / 597,500" in text_of(lin.get("/"))
    monkeypatch.setattr(recipe, "read", lambda: made.with_progress(597_500, 597_500))
    assert "已装入会员" not in text_of(lin.get("/"))


def test_today_is_named(lin):
    today = timezone.localdate()
    assert f"{today.year}年" in text_of(lin.get("/"))


# Of these the door asks four (session, account, units, grants), and one is for the visitor's drafts.
MOST_STATEMENTS, MOST_WHEN_REMEMBERED = 17, 13


def statements_of(visitor: Visitor) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        assert visitor.get("/").status_code == 200
    return [
        each["sql"] for each in asked if not each["sql"].startswith(("SAVE", "RELEASE", "SELECT set_config"))
    ]


@pytest.fixture
def busy(world) -> None:
    """Let work of every sort wait for the town's officer."""
    now = timezone.now()
    waiting.renew_tasks(actor=machine(), at=now, today=timezone.localdate(now))
    by = {"actor": machine(), "at": now}
    place = {"org_unit_id": world.qinghe.org_unit_id, "path": world.qinghe.path}
    today = timezone.localdate(now)
    tasks.open_task("registry.terms_overdue", Waiting(**place, key="x:1", number=3, due_on=today), **by)
    alarm = Waiting(**place, key="x:2", number=1, severity="high", subject_id=1)
    tasks.open_task("registry.import_failed", alarm, **by)
    sent = tasks.open_task(
        "registry.rows_to_mend", Waiting(**place, key="x:3", number=7, subject_id=1), actor=world.lin, at=now
    )
    tasks.reassign_task(sent.pk, account_id=world.he.account_id, actor=world.lin, at=now)


def test_work_stands_in_groups(he, lin, busy):
    said = text_of(he.get("/"))
    assert "今天 1 件到期，0 件已逾期" in said
    assert said.index("今天到期和已逾期") < said.index("3 家工会已届满未换届") < said.index("等我处理")
    assert said.index("等我处理") < said.index("2 名会员尚未实名")
    assert "导入的台账有 7 行没有写入" in said
    assert said.index("预警") < said.index("一份台账未能导入") < said.index("常用")
    assert "从最急的办起" in said
    assert "3 家工会已届满未换届" not in text_of(lin.get("/"))


def test_what_came_back_stands_by_itself(lin, he, busy, world):
    from juli.engines.tasks.models import Task

    task = Task.objects.get(key="x:3")
    assert he.post(f"/tasks/{task.pk}/return/", remark="第三列看不懂").status_code == 302
    said = text_of(lin.get("/"))
    assert said.index("退回给我") < said.index("第三列看不懂")


def test_nothing_to_do_is_said(wu):
    assert "现在没有等您办的事" in text_of(wu.get("/"))


def test_home_takes_few_statements(he, busy, world, monkeypatch):
    he.get(f"/members/{world.zhou_person.pk}/")
    he.get(f"/unions/{world.bearing_union.pk}/")
    assert len(statements_of(he)) <= MOST_STATEMENTS
    monkeypatch.setattr(figures.watermark, "mark", lambda: Mark(1, is_settled=True))
    monkeypatch.setattr(figures, "_remembered", type(figures._remembered)())
    he.get("/")
    assert len(statements_of(he)) <= MOST_WHEN_REMEMBERED


def test_figures_are_remembered_only_while_nothing_happens(lin, world, monkeypatch):
    monkeypatch.setattr(figures, "_remembered", type(figures._remembered)())
    mark = Mark(1, is_settled=True)
    monkeypatch.setattr(figures.watermark, "mark", lambda: mark)
    assert "2 人" in text_of(lin.get("/"))
    make_member(world.bearing_union, name="新会员")
    assert "2 人" in text_of(lin.get("/"))
    mark = Mark(2, is_settled=False)
    assert "3 人" in text_of(lin.get("/"))
    assert all(key[-1] == 1 for key in figures._remembered)


def test_a_mark_moves_with_every_fact_and_is_not_settled_while_somebody_writes(world):
    from juli.engines.facts import watermark

    before = watermark.mark()
    make_member(world.bearing_union, name="新会员")
    after = watermark.mark()
    assert after.number > before.number
    assert not after.is_settled


def test_a_remembered_figure_is_of_one_reach(lin, he, monkeypatch):
    monkeypatch.setattr(figures, "_remembered", type(figures._remembered)())
    monkeypatch.setattr(figures.watermark, "mark", lambda: Mark(1, is_settled=True))
    assert "5 家" in text_of(lin.get("/"))
    assert "4 家" in text_of(he.get("/"))
    assert len(figures._remembered) == 2


def test_the_district_sees_where_work_is_overdue(lin, he, world, busy):
    from datetime import timedelta

    from juli.engines.tasks.models import Task

    late = timezone.localdate() - timedelta(days=9)
    Task.objects.filter(key="x:1").update(due_on=late)
    assert "逾期在哪里 组织 逾期 最长 青荷镇总工会 1 件 最长 9 天" in text_of(lin.get("/"))
    assert "3 家工会已届满未换届" in text_of(lin.get("/tasks/?whose=below&due=over"))
    said = text_of(he.get("/"))
    assert "逾期在哪里" not in said
    assert "逾期 9 天" in said
