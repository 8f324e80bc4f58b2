"""What of the register waits: counted where somebody can do it, true to the list it leads to."""

import re
from datetime import date

import pytest
from django.utils import timezone

from juli.domains.registry import actions, jobs, waiting
from juli.engines.party.models import Person
from juli.engines.tasks.models import Task
from tests.pages.visiting import visitor_of
from tests.world import MAY_9, machine, make_employer, officer

pytestmark = pytest.mark.django_db
DAY = date(2018, 5, 9)
TOTAL = re.compile(r'class="light">(?:<a[^>]*>)?([\d,]+)')


def renew() -> int:
    return waiting.renew_tasks(actor=machine(), at=MAY_9, today=DAY)


def open_tasks() -> set[tuple[str, int, int]]:
    return {(task.kind, task.org_unit_id, task.number) for task in Task.objects.filter(state="open")}


@pytest.fixture
def world():
    from tests import world as building

    return building.build()


def test_terms_are_told_by_the_last_of_each_union(world):
    by = {"actor": machine(), "at": MAY_9}
    actions.begin_term(world.bearing_union.pk, begins_on=date(2010, 4, 1), years=5, **by)
    actions.begin_term(world.traders_union.pk, begins_on=date(2015, 6, 1), years=3, **by)
    renew()
    unions = {task for task in open_tasks() if task[0].startswith("registry.terms")}
    district, town = world.federation.org_unit_id, world.qinghe.org_unit_id
    assert unions == {
        ("registry.terms_overdue", district, 1), ("registry.terms_overdue", town, 1),
        ("registry.terms_expiring", district, 1), ("registry.terms_expiring", town, 1),
    }  # fmt: skip
    assert Task.objects.get(kind="registry.terms_overdue", org_unit_id=town).due_on == date(2015, 4, 1)

    actions.begin_term(world.bearing_union.pk, begins_on=date(2018, 5, 1), years=5, **by)
    renew()
    assert not [task for task in open_tasks() if task[0] == "registry.terms_overdue"]


def test_members_wait_at_every_office_above_them(world):
    renew()
    unverified = {task[1:] for task in open_tasks() if task[0] == "registry.unverified_members"}
    assert unverified == {
        (each.org_unit_id, 2) for each in (world.federation, world.qinghe, world.bearing_union)
    }
    Person.objects.update(verification="verified", verified_on=DAY)
    renew()
    assert not [task for task in open_tasks() if task[0] == "registry.unverified_members"]


def test_the_number_is_the_number_of_the_list_it_leads_to(world):
    make_employer(world.qinghe, name="青荷小食店")
    today = timezone.localdate()
    waiting.renew_tasks(actor=machine(), at=MAY_9, today=today)
    lin = visitor_of(world.lin)
    tasks = list(Task.objects.filter(state="open", org_unit_id=world.federation.org_unit_id))
    assert {task.kind for task in tasks} >= {"registry.unverified_members", "registry.uncovered_employers"}
    for task in tasks:
        page = lin.get(task.declared.leads_to(task)).content.decode()
        assert int(TOTAL.search(page)[1].replace(",", "")) == task.number


def test_a_new_office_gets_its_own(world):
    officer(world.electronics_union, name="新专干", duty="base_officer")
    renew()
    assert world.electronics_union.org_unit_id not in {task[1] for task in open_tasks()}


def test_the_job_counts_again_only_when_something_has_happened(world, monkeypatch):
    counted = []
    monkeypatch.setattr(jobs.waiting, "renew_tasks", lambda **said: counted.append(said))
    monkeypatch.setattr(jobs, "_counted", {})
    jobs.renew_tasks(0)
    jobs.renew_tasks(0)
    assert len(counted) == 2  # the test itself is writing: nothing is settled

    monkeypatch.setattr(jobs.watermark, "mark", lambda: jobs.watermark.Mark(7, is_settled=True))
    jobs.renew_tasks(0)
    jobs.renew_tasks(0)
    assert len(counted) == 3


def test_a_ledger_waits_for_whoever_handed_it_in(world):
    from io import BytesIO

    from django.utils import timezone

    from juli.domains.registry import waiting_batches
    from juli.domains.registry.roster import receiving
    from juli.engines.tasks import selectors

    roster = BytesIO("姓名,证件号码\n".encode())
    roster.name = "青荷.csv"
    now = timezone.now()
    batch = receiving.receive(roster, name="青荷.csv", org_unit=world.qinghe.org_unit, actor=world.he, at=now)

    def told(state: str, **said: object) -> list[str]:
        type(batch).objects.filter(pk=batch.pk).update(state=state, **said)
        waiting_batches.renew_tasks(actor=machine(), at=now)
        return [task.title for task in selectors.tasks_waiting(actor=world.he)]

    assert told("reading") == []
    assert told("failed", reason="表头不对") == ["一份台账未能导入，登记没有改动"]
    assert told("interrupted") == ["一份台账导入到一半中断，等待自动接续"]
    counts = {"row_count": 9, "added_rows": 2, "changed_rows": 0, "unchanged_rows": 0, "faulty_rows": 7}
    assert told("posted", **counts) == ["导入的台账有 7 行没有写入，等您改好"]
    task = Task.objects.get(state="open", kind="registry.rows_to_mend")
    assert visitor_of(world.he).get(task.declared.leads_to(task)).status_code == 200
    assert selectors.tasks_waiting(actor=world.bai).count() == 0
