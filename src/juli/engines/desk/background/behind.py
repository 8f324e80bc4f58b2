"""Who stands behind work in the background: the account that asked for it, with its reach of this moment."""

from datetime import date

from juli.engines.scope import reaching, walls
from juli.engines.scope.models import Account
from juli.kernel.actor import Actor, Door
from juli.kernel.refusal import NotPermitted

KEEPER = "后台任务"
"""The machine of the house that keeps the books of runs; it never reads what they work on."""


def actor_behind(account_id: int, *, on: date) -> Actor | None:
    """Return the actor of an account as a job acts for it; None where the account was closed."""
    with walls.entered(walls.doorkeeper(door=Door.JOB)):
        account = Account.objects.filter(pk=account_id, is_active=True).first()
        return None if account is None else reaching.actor_for(account, on=on, door=Door.JOB)


def account_of(actor: Actor) -> int:
    """
    Return the account that an actor acts for.

    :raises NotPermitted: there is none: a machine, or the public.
    """
    if actor.account_id is None:
        raise NotPermitted
    return actor.account_id


def keeper() -> Actor:
    """Return the machine that keeps the books of runs."""
    return walls.system(KEEPER, door=Door.JOB)
