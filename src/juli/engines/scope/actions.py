"""The verbs of the tree, of accounts and of grants."""

from collections.abc import Iterable
from copy import copy
from datetime import date, datetime

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from juli.engines.scope import tree
from juli.engines.scope.models import Account, Grant, OrgUnit, Placement, ScopedModel
from juli.engines.scope.permissions import Permission
from juli.kernel.actor import Actor
from juli.kernel.refusal import NotFound, NotPermitted, Refusal


class UnitCodeTaken(Refusal):
    """Another unit bears the code."""

    code = "scope.unit_code_taken"
    message = "组织编码 {unit_code} 已被使用，请核对后换一个编码。"


class WouldCloseACircle(Refusal):
    """A unit cannot stand below itself."""

    code = "scope.would_close_a_circle"
    message = "不能把“{name}”移到它自己或它的下级之下，请另选上级组织。"


class UnitStillHasChildren(Refusal):
    """Units below it are still open."""

    code = "scope.unit_still_has_children"
    message = "“{name}”下面还有 {children} 个在用的组织，请先调整或停用它们。"


class GrantBeyondOwnReach(Refusal):
    """Nobody gives what they do not hold."""

    code = "scope.grant_beyond_own_reach"
    message = "只能授出您自己在该范围内持有的权限，请由上级管理员授权。"
    status = 403


class UsernameTaken(Refusal):
    """Another account signs in with this name."""

    code = "scope.username_taken"
    message = "登录名“{username}”已被使用，请换一个。"


@transaction.atomic
def plant_tree(*, name: str, code: str, kind: str, opened_on: date, actor: Actor, at: datetime) -> OrgUnit:
    """
    Open the root of a new tree.

    :raises NotPermitted: only a machine of the house founds a house.
    :raises UnitCodeTaken: the code is in use.
    """
    if not actor.is_machine:
        raise NotPermitted
    tree.lock()
    _refuse_taken_code(code)
    (number,) = tree.next_numbers(1)
    root = OrgUnit.objects.create(
        pk=number,
        root_id=number,
        parent=None,
        path=f"/{number}/",
        depth=1,
        name=name,
        code=code,
        kind=kind,
        opened_on=opened_on,
    )
    Placement.objects.create(org_unit=root, path=root.path, parent_id=None, valid_from=opened_on)
    return root


@transaction.atomic
def open_unit(
    *, parent_id: int, name: str, code: str, kind: str, opened_on: date, actor: Actor, at: datetime
) -> OrgUnit:
    """
    Open a unit below another.

    :raises NotFound: the parent is out of reach.
    :raises UnitCodeTaken: the code is in use.
    """
    tree.lock()
    parent = _reach(parent_id, actor=actor)
    _refuse_taken_code(code)
    (number,) = tree.next_numbers(1)
    unit = OrgUnit.objects.create(
        pk=number,
        root_id=parent.root_id,
        parent=parent,
        path=f"{parent.path}{number}/",
        depth=parent.depth + 1,
        name=name,
        code=code,
        kind=kind,
        opened_on=opened_on,
    )
    Placement.objects.create(org_unit=unit, path=unit.path, parent_id=parent.pk, valid_from=opened_on)
    return unit


@transaction.atomic
def move_unit(unit_id: int, *, to_parent_id: int, on: date, actor: Actor, at: datetime) -> OrgUnit:
    """
    Move a unit with everything below it under another parent.

    Rows of registers follow; facts and other append-only rows keep the path of their day.

    :raises NotFound: one of the two is out of reach.
    :raises WouldCloseACircle: the new parent lies below the unit.
    """
    tree.lock()
    unit, parent = _reach(unit_id, actor=actor), _reach(to_parent_id, actor=actor)
    if parent.path.startswith(unit.path):
        raise WouldCloseACircle(name=unit.name)
    old_path, old_depth = unit.path, unit.depth
    new_path = f"{parent.path}{unit.pk}/"
    if new_path == old_path:
        return unit
    Placement.objects.filter(org_unit=unit, valid_until__isnull=True).update(valid_until=on)
    _carry_paths(old_path, new_path, deeper_by=parent.depth + 1 - old_depth)
    unit.refresh_from_db()
    unit.move_to(parent=parent)
    Placement.objects.create(org_unit=unit, path=new_path, parent_id=parent.pk, valid_from=on)
    return unit


@transaction.atomic
def close_unit(unit_id: int, *, on: date, actor: Actor, at: datetime) -> OrgUnit:
    """
    Close a unit that has no open unit below it; its rows stay where they are.

    :raises UnitStillHasChildren: units below it are open.
    """
    tree.lock()
    unit = _reach(unit_id, actor=actor)
    if children := unit.children.filter(closed_on__isnull=True).count():
        raise UnitStillHasChildren(name=unit.name, children=children)
    unit.close(on=on)
    Placement.objects.filter(org_unit=unit, valid_until__isnull=True).update(valid_until=on)
    return unit


@transaction.atomic
def open_account(
    *,
    username: str,
    display_name: str,
    password: str,
    org_unit_id: int,
    actor: Actor,
    at: datetime,
    person_id: int | None = None,
    is_sample: bool = False,
) -> Account:
    """
    Open an account at a unit.

    :raises NotFound: the unit is out of reach.
    :raises UsernameTaken: somebody signs in with that name.
    """
    unit = _reach(org_unit_id, actor=actor, permission=Permission.GRANT)
    if Account.scoped.filter(username__iexact=username).exists():
        raise UsernameTaken(username=username)
    account = Account(
        username=username,
        display_name=display_name,
        org_unit=unit,
        path=unit.path,
        person_id=person_id,
        is_sample=is_sample,
        created_at=at,
    )
    account.set_password(password)
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError as error:  # the bearer of the name is out of reach
        raise UsernameTaken(username=username) from error
    return account


@transaction.atomic
def grant(
    account_id: int,
    *,
    permissions: Iterable[str],
    org_unit_id: int,
    extent: Grant.Extent,
    actor: Actor,
    at: datetime,
    duty: str = "",
    until: date | None = None,
    reason: str = "",
) -> list[Grant]:
    """
    Give permissions to an account at a unit, from today.

    :raises NotFound: the unit or the account is out of reach.
    :raises GrantBeyondOwnReach: the giver does not hold them there.
    """
    unit = _reach(org_unit_id, actor=actor, permission=Permission.GRANT)
    # The account is locked, so the same grant is not given twice at once.
    Account.scoped.all().claim(account_id, actor=actor, permission=Permission.GRANT, see=Permission.SEE)
    wanted = list(dict.fromkeys(permissions))
    for permission in wanted:
        _refuse_beyond_reach(permission, unit=unit, extent=extent, actor=actor)
    open_grants = Grant.objects.filter(
        account_id=account_id, org_unit=unit, extent=extent, valid_until__isnull=True, permission__in=wanted
    )
    held = {row.permission: row for row in open_grants}
    common = Grant(
        account_id=account_id, org_unit=unit, extent=extent, path=unit.path, duty=duty, reason=reason,
        valid_from=timezone.localdate(at), granted_by_id=actor.account_id,
    )  # fmt: skip
    new = [_for_permission(common, permission) for permission in wanted if permission not in held]
    given = [*held.values(), *Grant.objects.bulk_create(new)]
    if until is not None:
        for row in given:
            row.end(on=until)
    return given


def _for_permission(common: Grant, permission: str) -> Grant:
    row = copy(common)
    row.permission = permission
    return row


@transaction.atomic
def hand_over(
    account_id: int, *, to_account_id: int, on: date, actor: Actor, at: datetime, reason: str
) -> int:
    """
    Pass every grant in force of one account on to another from a day; return how many.

    :raises NotFound: an account is out of reach.
    :raises GrantBeyondOwnReach: the actor does not hold what is handed over.
    """
    for each in (account_id, to_account_id):
        Account.scoped.all().claim(each, actor=actor, permission=Permission.GRANT, see=Permission.SEE)
    held = list(Grant.objects.filter(account_id=account_id).in_force_on(on).select_related("org_unit"))
    for old in held:
        _refuse_beyond_reach(old.permission, unit=old.org_unit, extent=Grant.Extent(old.extent), actor=actor)
        old.end(on=on)
        # Whoever holds the same already keeps it as it was given to them.
        Grant.objects.get_or_create(
            account_id=to_account_id,
            permission=old.permission,
            org_unit=old.org_unit,
            extent=old.extent,
            valid_until=None,
            defaults={
                "duty": old.duty,
                "path": old.path,
                "valid_from": on,
                "granted_by_id": actor.account_id,
                "handed_over_from": old,
                "reason": reason,
            },
        )
    return len(held)


@transaction.atomic
def end_grant(grant_id: int, *, on: date, actor: Actor, at: datetime, reason: str = "") -> Grant:
    """
    End a grant on a day; the reason stands behind the one for which it was given.

    :raises NotFound: the grant is out of reach.
    """
    row = Grant.objects.all().claim(grant_id, actor=actor, permission=Permission.GRANT, see=Permission.SEE)
    row.end(on=on, reason=reason)
    return row


def _reach(unit_id: int, *, actor: Actor, permission: str = Permission.ARRANGE) -> OrgUnit:
    unit = OrgUnit.objects.filter(pk=unit_id).first()
    if unit is None or not any(unit.path in each for each in actor.ranges):
        raise NotFound
    if not actor.may(permission, unit.path):
        raise NotPermitted
    return unit


def _refuse_taken_code(code: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT scope_unit_code_is_taken(%s)", [code])
        if cursor.fetchone()[0]:
            raise UnitCodeTaken(unit_code=code)


def _refuse_beyond_reach(permission: str, *, unit: OrgUnit, extent: Grant.Extent, actor: Actor) -> None:
    held = actor.roots_for(permission)
    needed = "/~" if extent == Grant.Extent.EVERYTHING else unit.path
    if not any(needed in each or (needed == "/~" and each.hi == "/~") for each in held):
        raise GrantBeyondOwnReach


def _carry_paths(old: str, new: str, *, deeper_by: int) -> None:
    """Put the new path in place of the old one, in the tree and in every register that copies it."""
    places: dict[str, str | int] = {
        "new": new,
        "cut": len(old) + 1,
        "deeper": deeper_by,
        "old": old,
        "end": old + "~",
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE scope_orgunit SET path = %(new)s || substr(path, %(cut)s), depth = depth + %(deeper)s"
            " WHERE path >= %(old)s AND path < %(end)s",
            places,
        )
        for table in _following_tables():
            cursor.execute(
                f"UPDATE {table} SET path = %(new)s || substr(path, %(cut)s)"  # noqa: S608  # table names are ours
                " WHERE path >= %(old)s AND path < %(end)s",
                places,
            )


def _following_tables() -> list[str]:
    """Return the tables whose rows move along: what is append-only by grant keeps the place of its day."""
    from django.apps import apps

    tables = {model._meta.db_table for model in apps.get_models() if issubclass(model, ScopedModel)}
    tables.discard(Placement._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM unnest(%s::text[]) AS name"
            " WHERE has_table_privilege(name, 'UPDATE') ORDER BY name",
            [sorted(tables)],
        )
        return [row[0] for row in cursor.fetchall()]
