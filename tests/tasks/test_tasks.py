"""Tasks: opened once, seen by those who can work on them, closed, returned, handed on."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from juli.engines.scope import walls
from juli.engines.scope.models import Account, Grant
from juli.engines.tasks import actions, catalogue, refusals, selectors
from juli.engines.tasks.actions import Waiting
from juli.engines.tasks.catalogue import DoublyDeclared, Kind
from juli.engines.tasks.models import Task
from juli.kernel.refusal import NotFound
from tests.world import MAY_9, granted, machine

pytestmark = pytest.mark.django_db
BY = {"actor": machine(), "at": MAY_9}


def at(union, **said) -> Waiting:
    return Waiting(union.org_unit_id, union.path, **{"key": f"unit:{union.org_unit_id}", **said})


def titles(actor) -> list[str]:
    return [task.title for task in selectors.tasks_waiting(actor=actor)]


def test_the_same_is_opened_once_and_brought_up_to_date(world):
    one = actions.open_task("tests.counted", at(world.qinghe, number=3), **BY)
    two = actions.open_task("tests.counted", at(world.qinghe, number=5), **BY)

    assert one.pk == two.pk
    assert Task.objects.get(kind="tests.counted").title == "5 件样品待清点"


def test_it_waits_for_those_who_can_do_it_where_it_waits(world):
    actions.open_task("tests.counted", at(world.qinghe, number=3), **BY)

    assert titles(world.he) == ["3 件样品待清点"]
    assert titles(world.lin) == titles(world.xu) == titles(world.wu) == titles(world.zhou) == []
    assert [task.number for task in selectors.tasks_below(actor=world.lin)] == [3]
    assert not selectors.tasks_in_reach(actor=world.wu).exists()
    assert not selectors.tasks_in_reach(actor=world.xu).exists()


def test_the_database_shows_it_to_nobody_of_another_town(world):
    actions.open_task("tests.counted", at(world.qinghe, number=3), **BY)

    with walls.entered(world.wu):
        assert Task.objects.count() == 0
    with walls.entered(world.he):
        assert Task.objects.filter(kind="tests.counted").count() == 1


def test_what_is_for_one_account_waits_for_no_other(world):
    actions.open_task("tests.event", at(world.qinghe, key="batch:1", account_id=world.he.account_id), **BY)
    other = granted(world.qinghe, ["registry.import"])

    assert len(titles(world.he)) == 1
    assert titles(other) == []
    assert len(selectors.tasks_below(actor=other)) == 1


def test_a_machine_sees_everything_and_a_grant_of_everything_waits_at_the_top(world):
    actions.open_task("tests.counted", at(world.federation, number=9), **BY)
    Grant.objects.filter(account_id=world.lin.account_id).update(extent=Grant.Extent.EVERYTHING)
    from tests.world import actor_of

    everywhere = actor_of(Account.objects.get(pk=world.lin.account_id))
    assert titles(everywhere) == titles(world.lin) == ["9 件样品待清点"]


def test_renewing_opens_counts_and_closes(world):
    def renew(*found):
        return actions.renew_counted("tests.counted", found, **BY)

    assert renew(at(world.qinghe, number=3), at(world.baishi, number=1)) == 2
    assert renew(at(world.qinghe, number=3), at(world.baishi, number=1)) == 0
    assert renew(at(world.qinghe, number=2)) == 2
    assert {task.org_unit_id: (task.number, task.state) for task in Task.objects.all()} == {
        world.qinghe.org_unit_id: (2, "open"), world.baishi.org_unit_id: (1, "done"),
    }  # fmt: skip
    assert renew(at(world.qinghe, number=2), at(world.baishi, number=4)) == 1
    assert Task.objects.filter(state="open").count() == 2


def test_what_somebody_has_closed_stays_closed(world):
    event = at(world.qinghe, key="batch:1")
    actions.renew_events("tests.event", [event], **BY)
    task = Task.objects.get()
    with walls.entered(world.he):
        actions.close_task(task.pk, remark="看过了", actor=world.he, at=MAY_9)

    assert actions.renew_events("tests.event", [event], **BY) == 0
    task.refresh_from_db()
    assert (task.state, task.closed_as, task.remark) == ("done", "何干事", "看过了")
    with pytest.raises(refusals.AlreadyClosed):
        actions.close_task(task.pk, actor=world.he, at=MAY_9)


def test_what_is_counted_closes_itself(world):
    task = actions.open_task("tests.counted", at(world.qinghe, number=3), **BY)
    with pytest.raises(refusals.ClosesItself):
        actions.close_task(task.pk, actor=world.he, at=MAY_9)


def test_what_is_gone_is_withdrawn(world):
    actions.open_task("tests.event", at(world.qinghe, key="batch:1"), **BY)
    withdrawn = actions.withdraw_task("tests.event", key="batch:1", **BY)
    assert withdrawn is not None
    assert withdrawn.state == "withdrawn"
    assert actions.withdraw_task("tests.event", key="batch:1", **BY) is None


def test_it_is_handed_on_and_comes_back_with_a_reason(world):
    task = actions.open_task("tests.event", at(world.qinghe, key="batch:1"), **BY)
    colleague = granted(world.qinghe, ["registry.import"])
    with pytest.raises(refusals.NobodyToReturnTo):
        actions.return_task(task.pk, remark="不清楚", actor=world.he, at=MAY_9)

    actions.reassign_task(task.pk, account_id=colleague.account_id, actor=world.he, at=MAY_9)
    assert (titles(world.he), len(titles(colleague))) == ([], 1)
    actions.return_task(task.pk, remark="表头看不懂", actor=colleague, at=MAY_9)
    task.refresh_from_db()
    assert (task.account_id, task.is_returned, task.remark) == (world.he.account_id, True, "表头看不懂")


def test_nobody_is_handed_what_they_cannot_do(world):
    task = actions.open_task("tests.event", at(world.qinghe, key="batch:1"), **BY)
    for other in (world.wu, world.xu):
        with pytest.raises(refusals.CannotWorkOnIt):
            actions.reassign_task(task.pk, account_id=other.account_id, actor=world.he, at=MAY_9)


@pytest.mark.parametrize("act", [
    lambda pk, actor: actions.close_task(pk, actor=actor, at=MAY_9),
    lambda pk, actor: actions.return_task(pk, remark="x", actor=actor, at=MAY_9),
    lambda pk, actor: actions.reassign_task(pk, account_id=1, actor=actor, at=MAY_9),
])  # fmt: skip
def test_a_stranger_finds_nothing_and_changes_nothing(world, act):
    task = actions.open_task("tests.event", at(world.qinghe, key="batch:1"), **BY)
    for other in (world.wu, world.xu):
        with pytest.raises(NotFound):
            act(task.pk, other)
    task.refresh_from_db()
    assert task.is_open


def test_offices_are_where_somebody_can_work(world):
    day = MAY_9.date()
    found = selectors.offices_of("registry.arrange_unions", on=day)
    assert found == {each.path: each.org_unit_id for each in (world.federation, world.qinghe, world.baishi)}
    Account.scoped.filter(pk=world.wu.account_id).update(is_active=False)
    assert world.baishi.path not in selectors.offices_of("registry.arrange_unions", on=day)


def test_overdue_is_what_should_have_been_done_yesterday(world):
    task = actions.open_task("tests.counted", at(world.qinghe, number=1, due_on=date(2018, 5, 8)), **BY)
    assert task.is_overdue(date(2018, 5, 9))
    assert not task.is_overdue(date(2018, 5, 9) - timedelta(days=1))


def test_a_code_is_claimed_once():
    known = catalogue.kind("tests.event")
    catalogue.declare((known,))
    with pytest.raises(DoublyDeclared):
        catalogue.declare((replace(known, label="别的"),))
    with pytest.raises(ValueError, match=r"not app\.thing"):
        catalogue.declare((Kind("nothing", "x", "x", icon="flag", leads_to=lambda _task: "/"),))
