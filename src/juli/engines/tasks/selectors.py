"""Which tasks somebody may see, and which wait for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Count, Min, Q, QuerySet

from juli.engines.scope.models import Account, Grant
from juli.engines.scope.querysets import in_ranges
from juli.engines.tasks import catalogue
from juli.engines.tasks.models import Task
from juli.kernel.actor import Actor, PathRange

MOST_NAMED: Final = 200
MOST_PLACES: Final = 6


@dataclass(frozen=True, slots=True)
class Overdue:
    """A unit at which work is overdue: how many tasks, and the longest for how many days (逾期)."""

    place: str
    number: int
    days: int


def tasks_in_reach(*, actor: Actor) -> "QuerySet[Task]":
    """Return the tasks that the actor may work on: their own, and those of their permissions."""
    return Task.objects.filter(_own(actor) | _of_permissions(actor))


def tasks_waiting(*, actor: Actor) -> "QuerySet[Task]":
    """
    Return the open tasks that wait for the actor, the most urgent first.

    Such are those given to their account, and those that wait, for nobody in particular, at the very
    unit at which a permission was granted to them. What waits at a unit below waits for those there.
    """
    waiting = _own(actor) | (Q(account__isnull=True) & _at_ones_unit(actor))
    return Task.objects.filter(waiting, state=Task.State.OPEN).order_by("due_on", "opened_at", "pk")


def tasks_below(*, actor: Actor) -> "QuerySet[Task]":
    """Return the open tasks within reach that wait for others."""
    mine = _own(actor) | (Q(account__isnull=True) & _at_ones_unit(actor))
    return tasks_in_reach(actor=actor).filter(state=Task.State.OPEN).exclude(mine)


def overdue_below(*, actor: Actor, today: date) -> Sequence[Overdue]:
    """Return where within reach the work of others is overdue, the most first."""
    rows = tasks_below(actor=actor).filter(due_on__lt=today).order_by().values_list("org_unit__name")
    found = rows.annotate(number=Count("pk"), first=Min("due_on")).order_by(
        "-number", "first", "org_unit__name"
    )
    return [Overdue(name, number, (today - first).days) for name, number, first in found[:MOST_PLACES]]


def may_work_on(task: Task, *, actor: Actor) -> bool:
    """Say whether the actor may close or hand on a task."""
    is_own = actor.account_id is not None and task.account_id == actor.account_id
    return is_own or (bool(task.permission) and actor.may(task.permission, task.path))


def offices_of(permission: str, *, on: date) -> Mapping[str, int]:
    """
    Return where somebody works who holds a permission: the path of each such unit and its number.

    That is where tasks wait: a unit without anybody who could work on them gets none of its own.
    """
    held = Grant.objects.in_force_on(on).filter(permission=permission, account__is_active=True)
    return dict(held.order_by("path").values_list("path", "org_unit_id").distinct())


def colleagues_for(task: Task, *, on: date) -> "QuerySet[Account]":
    """Return the accounts that may work on a task where it waits, as far as the walls show them."""
    if not task.permission:
        rows = Account.scoped.filter(org_unit_id=task.org_unit_id, is_active=True)
    else:
        above = [task.path[: place + 1] for place, sign in enumerate(task.path) if sign == "/" and place]
        wide = Q(extent__in=[Grant.Extent.SUBTREE, Grant.Extent.EVERYTHING], path__in=above)
        held = Grant.objects.in_force_on(on).filter(wide | Q(path=task.path), permission=task.permission)
        rows = Account.scoped.filter(pk__in=held.values("account_id"), is_active=True)
    return (
        rows.select_related("org_unit").defer("password").order_by("path", "display_name", "pk")[:MOST_NAMED]
    )


def _own(actor: Actor) -> Q:
    return Q(pk__in=[]) if actor.account_id is None else Q(account_id=actor.account_id)


def _of_permissions(actor: Actor) -> Q:
    wanted = Q(pk__in=[])
    for permission in catalogue.permissions():
        if ranges := actor.roots_for(permission):
            wanted |= Q(permission=permission) & in_ranges(ranges)
    return wanted


def _at_ones_unit(actor: Actor) -> Q:
    """Where a range begins a unit stands; of everything, those that have none above them."""
    wanted = Q(pk__in=[])
    for permission in catalogue.permissions():
        ranges = actor.roots_for(permission)
        if not ranges:
            continue
        at = Q(path__in=[each.lo for each in ranges])
        if PathRange.everything() in ranges:
            at |= Q(org_unit__parent__isnull=True)
        wanted |= Q(permission=permission) & at
    return wanted
