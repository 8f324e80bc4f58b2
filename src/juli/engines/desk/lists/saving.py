"""Saved filters: kept under a name, for oneself or for the colleagues of one's unit."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from juli.engines.desk.lists.registers import register_of
from juli.engines.desk.models import SavedFilter
from juli.engines.scope.models import Account
from juli.kernel.actor import Actor, Standing
from juli.kernel.refusal import NotFound, NotPermitted, Refusal

MOST_SHOWN = 40


class FilterNameTaken(Refusal):
    """The account keeps another filter of this list under the name."""

    code = "desk.filter_name_taken"
    message = "您已有名为“{name}”的常用筛选，请换一个名称，或先删除原来的。"


class FilterTooLong(Refusal):
    """So many conditions do not fit into an address."""

    code = "desk.filter_too_long"
    message = "条件太多，无法保存为常用筛选，请去掉一些条件再试。"


def filters_for(register: str, *, actor: Actor, unit_id: int | None) -> Sequence[SavedFilter]:
    """Return the filters that an account keeps for a list, and those shared at its unit, by name."""
    if actor.account_id is None:
        return ()
    seen = Q(account_id=actor.account_id) | Q(is_shared=True, org_unit_id=unit_id)
    return list(SavedFilter.objects.filter(seen, register=register).order_by("name", "pk")[:MOST_SHOWN])


@transaction.atomic
def save_filter(
    *, register: str, name: str, query: str, is_shared: bool, actor: Actor, at: datetime
) -> SavedFilter:
    """
    Keep the state of a list under a name.

    :raises NotPermitted: no account stands behind the actor, or it may not see the list.
    :raises FilterNameTaken: the account keeps another one under this name.
    :raises FilterTooLong: there are more conditions than an address holds.
    """
    if actor.account_id is None or not actor.holds(register_of(register).permission):
        raise NotPermitted
    if len(query) > SavedFilter.LONGEST_QUERY:
        raise FilterTooLong
    account = Account.scoped.only("org_unit_id", "path").filter(pk=actor.account_id).first()
    if account is None:
        raise NotPermitted
    try:
        with transaction.atomic():
            return SavedFilter.objects.create(
                account_id=account.pk,
                org_unit_id=account.org_unit_id,
                path=account.path,
                register=register,
                name=name.strip()[: SavedFilter.LONGEST_NAME],
                query=query,
                is_shared=is_shared,
                saved_at=at,
            )
    except IntegrityError as error:
        raise FilterNameTaken(name=name) from error


@transaction.atomic
def drop_filter(number: int, *, actor: Actor, at: datetime) -> SavedFilter:  # noqa: ARG001  as every action
    """
    Keep a filter no longer.

    :raises NotFound: there is none of this number, or it is somebody else's.
    """
    if actor.standing is not Standing.STAFF or actor.account_id is None:
        raise NotFound  # a member has no lists, and no right to look among saved filters
    if actor.standing is not Standing.STAFF:
        raise NotFound
    mine = SavedFilter.objects.filter(pk=number, account_id=actor.account_id).first()
    if mine is None:
        raise NotFound
    mine.delete()
    return mine
