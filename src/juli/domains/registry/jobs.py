"""Jobs of the registry: each may be run again at any time."""

from datetime import datetime, timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from juli.domains.registry import waiting, waiting_batches
from juli.domains.registry.permissions import Permission
from juli.domains.registry.roster import form
from juli.engines import queue
from juli.engines.facts import watermark
from juli.engines.scope import reaching, walls
from juli.engines.scope.models import Account
from juli.engines.sheet import batches
from juli.engines.sheet.models import ImportBatch
from juli.engines.sheet.telling import Teller
from juli.kernel.actor import Actor, Door
from juli.kernel.refusal import NotPermitted, Refusal

KEEPER = "台账导入"
COUNTER = "待办计数"
FORGOTTEN_AFTER = timedelta(minutes=2)
"""A command begins at once with what it has received."""
_counted: dict[str, tuple[int, datetime]] = {}
"""Under which mark, in which hour, this process has counted last."""


@app.task(name="registry.import_members")
def import_members(*, batch_id: int) -> None:
    """Bring a received roster into the register, in the reach of whoever handed it in."""
    # The import brings Polars along: a second that only this job spends, not every page and worker.
    from juli.domains.registry.roster import importing

    actor = _actor_behind(batch_id)
    if not _may_still_import(batch_id, actor):
        return
    with Teller(batch_id, actor=actor, clock=timezone.now) as teller:
        try:
            importing.run(batch_id, actor=actor, clock=timezone.now, teller=teller)
        except Refusal:
            return  # the batch says why, or another process is at work on it


@app.periodic(cron="* * * * *")
@app.task(name="registry.resume_imports", lock="registry.resume_imports")
def resume_imports(timestamp: int) -> None:  # noqa: ARG001  procrastinate says when it was due
    """Queue the rosters again whose process died."""
    keeper = walls.system(KEEPER, door=Door.JOB)
    forgotten = timezone.now() - FORGOTTEN_AFTER
    for batch in batches.left_behind(ledger=form.CODE, waiting_since=forgotten, actor=keeper):
        with walls.entered(keeper):
            queue.later("registry.import_members", batch_id=batch.pk)


@app.periodic(cron="*/5 * * * *")
@app.task(name="registry.renew_tasks", lock="registry.renew_tasks")
def renew_tasks(timestamp: int) -> None:  # noqa: ARG001  procrastinate says when it was due
    """Count what waits to be done; once an hour in any case, else only if something has happened since."""
    now = timezone.now()
    with walls.entered(walls.system(COUNTER, door=Door.JOB)) as counter:
        mark = watermark.mark()
        seen = (mark.number, now.replace(minute=0, second=0, microsecond=0))
        if _counted.get(COUNTER) == seen:
            return
        waiting.renew_tasks(actor=counter, at=now, today=timezone.localdate(now))
    if mark.is_settled:
        _counted[COUNTER] = seen


@app.periodic(cron="* * * * *")
@app.task(name="registry.renew_import_tasks", lock="registry.renew_import_tasks")
def renew_import_tasks(timestamp: int) -> None:  # noqa: ARG001  procrastinate says when it was due
    """Tell whoever handed a ledger in what waits for them, and what went wrong."""
    with walls.entered(walls.system(COUNTER, door=Door.JOB)) as counter:
        waiting_batches.renew_tasks(actor=counter, at=timezone.now())


def _may_still_import(batch_id: int, actor: Actor) -> bool:
    """End a batch whose account has lost the right since: nothing it could post would be let in."""
    with walls.entered(walls.system(KEEPER, door=Door.JOB)):
        batch = ImportBatch.objects.get(pk=batch_id)
        if batch.is_over or actor.may(Permission.IMPORT, batch.path):
            return True
        batch.fail(reason=NotPermitted().sentence, at=timezone.now())
        return False


def _actor_behind(batch_id: int) -> Actor:
    """Return who handed the batch in, with what is granted to them today; or the machine that did."""
    with walls.entered(walls.system(KEEPER, door=Door.JOB)):
        batch = ImportBatch.objects.get(pk=batch_id)
        account = Account.scoped.filter(pk=batch.received_by).first() if batch.received_by else None
    if account is None:
        return walls.system(batch.received_as, door=Door.JOB)
    with walls.entered(walls.doorkeeper(door=Door.JOB)):
        return reaching.actor_for(account, on=timezone.localdate(), door=Door.JOB)
