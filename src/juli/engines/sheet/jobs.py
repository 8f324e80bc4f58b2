"""Jobs that bring batches in and take them back: each may be run again at any time."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from juli.engines import queue
from juli.engines.scope import reaching, walls
from juli.engines.scope.models import Account
from juli.engines.sheet import batches
from juli.engines.sheet.entries import entry_of
from juli.engines.sheet.models import ImportBatch
from juli.engines.sheet.telling import Teller
from juli.kernel.actor import Actor, Door
from juli.kernel.refusal import NotPermitted, Refusal

KEEPER = "台账导入"
FORGOTTEN_AFTER = timedelta(minutes=2)
"""A command begins at once with what it has received."""


@app.task(name="sheet.bring_in")
def bring_in(*, batch_id: int) -> None:
    """Bring a received ledger to its preview or into its register, in the reach of who handed it in."""
    # The import brings Polars along: a second that only this job spends, not every page and worker.
    from juli.engines.sheet import working

    actor = _actor_behind(batch_id)
    if not _may_still_import(batch_id, actor):
        return
    with Teller(batch_id, actor=actor, clock=timezone.now) as teller:
        try:
            working.run(batch_id, actor=actor, clock=timezone.now, teller=teller)
        except Refusal:
            return  # the batch says why, or another process is at work on it


@app.task(name="sheet.take_back")
def take_back(*, batch_id: int, account_id: int | None = None) -> None:
    """Take a batch back, in the reach of whoever asked for it."""
    actor = _actor_of(account_id) or _actor_behind(batch_id)
    with Teller(batch_id, actor=actor, clock=timezone.now) as teller:
        try:
            with batches.at_work(batch_id, actor=actor):
                with walls.entered(actor):
                    batch = ImportBatch.objects.get(pk=batch_id)
                if batch.state == ImportBatch.State.UNDOING:
                    ledger = entry_of(batch.ledger).loaded()
                    ledger.undo(batch, actor=actor, clock=timezone.now, teller=teller)
        except Refusal:
            return


@app.periodic(cron="* * * * *")
@app.task(name="sheet.resume", lock="sheet.resume")
def resume(timestamp: int) -> None:  # noqa: ARG001  procrastinate says when it was due
    """Queue the batches again whose process died."""
    keeper = walls.system(KEEPER, door=Door.JOB)
    forgotten = timezone.now() - FORGOTTEN_AFTER
    for batch in batches.left_behind(waiting_since=forgotten, actor=keeper):
        with walls.entered(keeper):
            queue.later("sheet.bring_in", batch_id=batch.pk)
    for batch in batches.undoing_left_behind(actor=keeper):
        with walls.entered(keeper):
            queue.later("sheet.take_back", batch_id=batch.pk)


def _may_still_import(batch_id: int, actor: Actor) -> bool:
    """End a batch whose account has lost the right since: nothing it could post would be let in."""
    with walls.entered(walls.system(KEEPER, door=Door.JOB)):
        batch = ImportBatch.objects.get(pk=batch_id)
        if batch.is_over or entry_of(batch.ledger).may_go_to(batch.path, actor=actor):
            return True
        batch.fail(reason=NotPermitted().sentence, at=timezone.now())
        return False


def _actor_behind(batch_id: int) -> Actor:
    """Return who handed the batch in, with what is granted to them today; or the machine that did."""
    with walls.entered(walls.system(KEEPER, door=Door.JOB)):
        batch = ImportBatch.objects.get(pk=batch_id)
    return _actor_of(batch.received_by) or walls.system(batch.received_as, door=Door.JOB)


def _actor_of(account_id: int | None) -> Actor | None:
    if account_id is None:
        return None
    with walls.entered(walls.system(KEEPER, door=Door.JOB)):
        account = Account.scoped.filter(pk=account_id).first()
    if account is None:
        return None
    with walls.entered(walls.doorkeeper(door=Door.JOB)):
        return reaching.actor_for(account, on=timezone.localdate(), door=Door.JOB)
