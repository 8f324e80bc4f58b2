"""Opening, closing, returning and handing on tasks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from juli.engines.scope.models import Account, Grant, OrgUnit
from juli.engines.scope.reaching import ranges_of
from juli.engines.tasks import catalogue, refusals, selectors
from juli.engines.tasks.models import Task
from juli.kernel.actor import Actor
from juli.kernel.refusal import NotFound

BY_ITSELF = "已自动办结"


@dataclass(frozen=True, slots=True)
class Waiting:
    """
    Something that waits, as whoever counts has found it (待办事项).

    ``key`` says what it is about within its kind. It waits for an account, or for whoever holds the
    kind's permission at the unit.
    """

    org_unit_id: int
    path: str
    key: str
    number: int | None = None
    due_on: date | None = None
    severity: str = ""
    subject_kind: str = ""
    subject_id: int | None = None
    account_id: int | None = None


@transaction.atomic
def open_task(kind: str, waiting: Waiting, *, actor: Actor, at: datetime) -> Task:
    """
    Open a task, or bring the open one of the same kind and key up to date.

    :raises LookupError: no such kind has been declared.
    """
    declared = catalogue.kind(kind)
    task = Task.objects.select_for_update().filter(kind=kind, key=waiting.key, state=Task.State.OPEN).first()
    if task is None:
        task = _new(declared.code, declared.permission, waiting, actor=actor, at=at)
        task.save(force_insert=True)
    elif _differs(task, waiting):
        _bring_up_to_date(task, waiting, at=at)
        task.save()
    return task


@transaction.atomic
def close_task(task_id: int, *, remark: str = "", actor: Actor, at: datetime) -> Task:
    """
    Close a task as done.

    :raises NotFound: no such task, or none that the actor may work on.
    :raises AlreadyClosed: somebody closed it first.
    :raises ClosesItself: it is counted by the house.
    """
    task = _claim(task_id, actor=actor)
    if task.declared.is_counted:
        raise refusals.ClosesItself
    task.close(Task.State.DONE, remark=remark, actor=actor, at=at)
    return task


@transaction.atomic
def withdraw_task(kind: str, *, key: str, actor: Actor, at: datetime) -> Task | None:
    """Withdraw the open task of a kind and key, if there is one: what it was about is gone."""
    task = Task.objects.select_for_update().filter(kind=kind, key=key, state=Task.State.OPEN).first()
    if task is not None:
        task.close(Task.State.WITHDRAWN, remark="", actor=actor, at=at)
    return task


@transaction.atomic
def return_task(task_id: int, *, remark: str, actor: Actor, at: datetime) -> Task:
    """
    Send a task back to whoever sent it, with a reason.

    :raises NotFound: no such task, or none that the actor may work on.
    :raises AlreadyClosed: somebody closed it first.
    :raises NobodyToReturnTo: the house has listed it.
    """
    task = _claim(task_id, actor=actor)
    if task.sent_by is None or task.sent_by == actor.account_id:
        raise refusals.NobodyToReturnTo
    task.hand(task.sent_by, remark=remark, is_returned=True, actor=actor, at=at)
    return task


@transaction.atomic
def reassign_task(task_id: int, *, account_id: int, remark: str = "", actor: Actor, at: datetime) -> Task:
    """
    Hand a task to a colleague who may work on it.

    :raises NotFound: no such task, or none that the actor may work on.
    :raises AlreadyClosed: somebody closed it first.
    :raises CannotWorkOnIt: the account does not hold the permission there.
    """
    task = _claim(task_id, actor=actor)
    account = Account.scoped.filter(pk=account_id, is_active=True).first()
    if account is None or not _may_work(account, task, on=timezone.localdate(at)):
        raise refusals.CannotWorkOnIt
    task.hand(account.pk, remark=remark, is_returned=False, actor=actor, at=at)
    return task


@transaction.atomic
def renew_counted(kind: str, found: Iterable[Waiting], *, actor: Actor, at: datetime) -> int:
    """
    Make the open tasks of a kind what was found: open the new, count the known anew, close the rest.

    Return how many rows that changed.
    """
    return _renewed(catalogue.kind(kind).code, found, settled=frozenset(), actor=actor, at=at)


@transaction.atomic
def renew_events(kind: str, found: Iterable[Waiting], *, actor: Actor, at: datetime) -> int:
    """Do the same for things that happened once: what somebody has closed stays closed."""
    wanted = list(found)
    closed = Task.objects.filter(kind=kind, key__in=[each.key for each in wanted]).exclude(
        state=Task.State.OPEN
    )
    settled = frozenset(closed.values_list("key", flat=True))
    return _renewed(catalogue.kind(kind).code, wanted, settled=settled, actor=actor, at=at)


def _renewed(
    kind: str, found: Iterable[Waiting], *, settled: frozenset[str], actor: Actor, at: datetime
) -> int:
    permission = catalogue.kind(kind).permission
    known = {
        task.key: task for task in Task.objects.select_for_update().filter(kind=kind, state=Task.State.OPEN)
    }
    wanted = {each.key: each for each in found if each.key not in settled}
    new = [
        _new(kind, permission, each, actor=actor, at=at) for key, each in wanted.items() if key not in known
    ]
    moved = [task for key, task in known.items() if key in wanted and _differs(task, wanted[key])]
    for task in moved:
        _bring_up_to_date(task, wanted[task.key], at=at)
    Task.objects.bulk_create(new, batch_size=500)
    fields = ["number", "due_on", "severity", "path", "org_unit", "counted_at"]
    Task.objects.bulk_update(moved, fields, batch_size=500)
    gone = [task.pk for key, task in known.items() if key not in wanted]
    Task.objects.filter(pk__in=gone).update(
        state=Task.State.DONE, closed_at=at, closed_by=actor.account_id, closed_as=actor.name[:64],
        remark=BY_ITSELF,
    )  # fmt: skip
    return len(new) + len(moved) + len(gone)


def _new(kind: str, permission: str, waiting: Waiting, *, actor: Actor, at: datetime) -> Task:
    return Task(
        kind=kind, key=waiting.key, permission=permission, account_id=waiting.account_id,
        org_unit_id=waiting.org_unit_id, path=waiting.path, number=waiting.number, due_on=waiting.due_on,
        severity=waiting.severity, subject_kind=waiting.subject_kind, subject_id=waiting.subject_id,
        source=actor.door, sent_by=actor.account_id, sent_as=actor.name[:64], opened_at=at, counted_at=at,
    )  # fmt: skip


def _differs(task: Task, waiting: Waiting) -> bool:
    return (task.number, task.due_on, task.severity, task.path) != (
        waiting.number, waiting.due_on, waiting.severity, waiting.path,
    )  # fmt: skip


def _bring_up_to_date(task: Task, waiting: Waiting, *, at: datetime) -> None:
    task.number, task.due_on, task.severity = waiting.number, waiting.due_on, waiting.severity
    task.org_unit_id, task.path, task.counted_at = waiting.org_unit_id, waiting.path, at


def _claim(task_id: int, *, actor: Actor) -> Task:
    """
    Return the task, locked.

    :raises NotFound: no such task, or none that the actor may work on.
    :raises AlreadyClosed: it is closed.
    """
    task = Task.objects.select_for_update(of=("self",)).filter(pk=task_id).first()
    if task is None or not selectors.may_work_on(task, actor=actor):
        raise NotFound
    if not task.is_open:
        raise refusals.AlreadyClosed
    return task


def _may_work(account: Account, task: Task, *, on: date) -> bool:
    """Say whether an account holds the permission where a task waits; of none, whether it works there."""
    if not task.permission:
        return OrgUnit.objects.filter(pk=account.org_unit_id, path=task.path).exists()
    held = Grant.objects.in_force_on(on).filter(account=account, permission=task.permission)
    return any(task.path in each for grant in held for each in ranges_of(grant))
