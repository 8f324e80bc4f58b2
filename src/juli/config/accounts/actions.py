"""The verbs of the accounts page: a duty is given and ended as one, however many rights it holds."""

from datetime import date, datetime

from django.db import transaction

from juli.config import duties
from juli.engines.scope import accounts
from juli.engines.scope import actions as scope
from juli.engines.scope.models import Account, Grant
from juli.kernel.actor import Actor


@transaction.atomic
def open_account(
    *, username: str, display_name: str, password: str, org_unit_id: int, duty: str, reason: str,
    actor: Actor, at: datetime,
) -> Account:  # fmt: skip
    """
    Open an account at a unit with a duty there and below.

    :raises NotFound: the unit is out of reach.
    :raises NotPermitted: the actor may not open accounts there.
    :raises UsernameTaken: somebody signs in with that name.
    :raises GrantBeyondOwnReach: the actor does not hold what goes with the duty.
    """
    account = scope.open_account(
        username=username, display_name=display_name, password=password, org_unit_id=org_unit_id,
        actor=actor, at=at,
    )  # fmt: skip
    scope.grant(
        account.pk, permissions=duties.BY_CODE[duty].permissions, org_unit_id=org_unit_id,
        extent=Grant.Extent.SUBTREE, actor=actor, at=at, duty=duty, reason=reason,
    )  # fmt: skip
    return account


@transaction.atomic
def give_duty(
    account_id: int, *, duty: str, org_unit_id: int, extent: Grant.Extent, until: date | None, reason: str,
    actor: Actor, at: datetime,
) -> list[Grant]:  # fmt: skip
    """
    Give an account a duty at a unit from today.

    :raises NotFound: the unit or the account is out of reach.
    :raises NotPermitted: the actor may not give rights there.
    :raises GrantBeyondOwnReach: the actor does not hold what goes with the duty.
    """
    return scope.grant(
        account_id, permissions=duties.BY_CODE[duty].permissions, org_unit_id=org_unit_id, extent=extent,
        actor=actor, at=at, duty=duty, until=until, reason=reason,
    )  # fmt: skip


@transaction.atomic
def end_duty(grant_id: int, *, on: date, reason: str, actor: Actor, at: datetime) -> list[Grant]:
    """
    End a duty on a day: the grant named, and those given with it at the same unit.

    :raises NotFound: the grant is out of reach.
    :raises NotPermitted: the actor may not end it.
    """
    first = scope.end_grant(grant_id, on=on, reason=reason, actor=actor, at=at)
    rest = Grant.objects.none()
    if first.duty:
        rest = Grant.objects.in_force_on(on).filter(
            account_id=first.account_id, duty=first.duty, org_unit_id=first.org_unit_id, extent=first.extent
        )
    numbers = rest.exclude(pk=first.pk).order_by("pk").values_list("pk", flat=True)
    return [
        first,
        *(scope.end_grant(number, on=on, reason=reason, actor=actor, at=at) for number in list(numbers)),
    ]


@transaction.atomic
def hand_over(
    account_id: int, *, to_account_id: int, on: date, reason: str, actor: Actor, at: datetime
) -> int:
    """
    Pass everything an account holds on to another from a day; return how many rights.

    :raises NotFound: an account is out of reach.
    :raises GrantBeyondOwnReach: the actor does not hold what is handed over.
    """
    return scope.hand_over(account_id, to_account_id=to_account_id, on=on, actor=actor, at=at, reason=reason)


@transaction.atomic
def reset_password(account_id: int, *, password: str, actor: Actor, at: datetime) -> Account:
    """
    Give an account another password.

    :raises NotFound: the account is out of reach.
    """
    return accounts.change_password(account_id, password=password, actor=actor, at=at)
