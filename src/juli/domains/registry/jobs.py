"""Jobs of the registry: each may be run again at any time."""

from datetime import datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from juli.domains.registry import waiting, waiting_batches
from juli.domains.registry.likeness import searching
from juli.domains.registry.quality import boards
from juli.engines.facts import watermark
from juli.engines.scope import walls
from juli.engines.scope.models import OrgUnit
from juli.kernel.actor import Door

COUNTER = "待办计数"
SURVEYOR = "数据质量普查"
SEARCHER = "查重"
_counted: dict[str, tuple[int, datetime]] = {}
"""Under which mark, in which hour, this process has counted last."""


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


@app.periodic(cron="40 3 * * *")
@app.task(name="registry.find_lookalikes", lock="registry.find_lookalikes")
def find_lookalikes(timestamp: int) -> None:  # noqa: ARG001  procrastinate says when it was due
    """Search the whole register for records that look alike; a search that was interrupted goes on."""
    searching.run(actor=walls.system(SEARCHER, door=Door.JOB), clock=timezone.now)


@app.periodic(cron="40 3 * * *")
@app.task(name="registry.survey_quality", lock="registry.survey_quality")
def survey_quality(timestamp: int = 0) -> None:  # noqa: ARG001  procrastinate says when it was due
    """Every night, count what the register lacks, and keep it for the pages of quality and coverage."""
    for root in _federations():
        with walls.entered(walls.system(SURVEYOR, door=Door.JOB)) as actor:
            boards.refresh(root, actor=actor, on=timezone.localdate(), at=timezone.now())


@app.periodic(cron="10 4 * * 1")
@app.task(name="registry.keep_quality_week", lock="registry.survey_quality")
def keep_quality_week(timestamp: int = 0) -> None:  # noqa: ARG001  procrastinate says when it was due
    """Every Monday, write down what the week has found: registers forget it."""
    for root in _federations():
        with walls.entered(walls.system(SURVEYOR, door=Door.JOB)) as actor:
            boards.keep_week(root, actor=actor, on=timezone.localdate(), at=timezone.now())


def _federations() -> list[OrgUnit]:
    with walls.entered(walls.system(SURVEYOR, door=Door.JOB)):
        return list(OrgUnit.objects.filter(parent__isnull=True, closed_on__isnull=True))
