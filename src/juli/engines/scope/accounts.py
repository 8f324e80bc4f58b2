"""What happens to an account after it was opened: a new password, suspension, return."""

from datetime import datetime

from django.db import transaction

from juli.engines.scope.models import Account
from juli.engines.scope.permissions import Permission
from juli.kernel.actor import Actor


@transaction.atomic
def change_password(account_id: int, *, password: str, actor: Actor, at: datetime) -> Account:  # noqa: ARG001  every verb takes it
    """
    Give an account another password; whoever is signed in with the old one is signed out.

    :raises NotFound: the account is out of reach.
    """
    account = _claimed(account_id, actor=actor)
    account.set_password(password)
    account.save(update_fields=["password"])
    return account


@transaction.atomic
def suspend_account(account_id: int, *, actor: Actor, at: datetime) -> Account:  # noqa: ARG001  every verb takes it
    """
    Let nobody sign in with an account any more; its grants stay for the record.

    :raises NotFound: the account is out of reach.
    """
    account = _claimed(account_id, actor=actor)
    account.disable()
    return account


@transaction.atomic
def reinstate_account(account_id: int, *, actor: Actor, at: datetime) -> Account:  # noqa: ARG001  every verb takes it
    """
    Let a suspended account sign in again.

    :raises NotFound: the account is out of reach.
    """
    account = _claimed(account_id, actor=actor)
    account.is_active = True
    account.save(update_fields=["is_active"])
    return account


def _claimed(account_id: int, *, actor: Actor) -> Account:
    return Account.scoped.all().claim(
        account_id, actor=actor, permission=Permission.GRANT, see=Permission.SEE
    )
