"""Who stands behind work in the background: the account that asked for it, with its reach of this moment."""

from datetime import date

from juli.engines.scope import reaching, walls
from juli.engines.scope.models import Account
from juli.kernel.actor import Actor, Door

KEEPER = "后台任务"
"""The machine of the house that keeps the books of runs; it never reads what they work on."""


def actor_behind(account_id: int, *, on: date) -> Actor | None:
    """Return the actor of an account as a job acts for it; None where the account was closed."""
    with walls.entered(walls.doorkeeper(door=Door.JOB)):
        account = Account.objects.filter(pk=account_id, is_active=True).first()
        return None if account is None else reaching.actor_for(account, on=on, door=Door.JOB)


def keeper() -> Actor:
    """Return the machine that keeps the books of runs."""
    return walls.system(KEEPER, door=Door.JOB)
