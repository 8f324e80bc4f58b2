"""Jobs of the desk: each may be run again at any time."""

from datetime import timedelta

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from juli.engines.scope import walls

AGAIN = RetryStrategy(max_attempts=3, wait=5)
FORGOTTEN_AFTER = timedelta(minutes=2)


@app.task(name="desk.export", retry=AGAIN)
def export(*, export_id: int) -> None:
    """Take a list out as a file, for the account that asked for it."""
    # XlsxWriter and the sheets come along: only this job waits for them.
    from juli.engines.desk.exports import making

    making.make(export_id, clock=timezone.now)


@app.task(name="desk.bulk", retry=AGAIN)
def bulk(*, run_id: int) -> None:
    """Do one thing to many records, for the account that asked for it."""
    from juli.engines.desk.bulk import working

    working.work(run_id, clock=timezone.now)


@app.periodic(cron="*/10 * * * *")
@app.task(name="desk.clean_exports", lock="desk.clean_exports")
def clean_exports(timestamp: int) -> None:  # noqa: ARG001  procrastinate says when it was due
    """Let go of exports whose time is over."""
    from juli.engines.desk.background.behind import keeper
    from juli.engines.desk.exports import cleaning

    with walls.entered(keeper()):
        while cleaning.clean(at=timezone.now()):
            pass


@app.periodic(cron="* * * * *")
@app.task(name="desk.resume_runs", lock="desk.resume_runs")
def resume_runs(timestamp: int) -> None:  # noqa: ARG001  procrastinate says when it was due
    """Queue the runs again that no job is working or waiting for."""
    from juli.engines.desk.background import forgotten

    forgotten.queue_again(waiting_since=timezone.now() - FORGOTTEN_AFTER)


@app.periodic(cron="* * * * *")
@app.task(name="desk.renew_tasks", lock="desk.renew_tasks")
def renew_tasks(timestamp: int) -> None:  # noqa: ARG001  procrastinate says when it was due
    """Tell whoever asked for an export or a bulk action what failed and what was refused."""
    from juli.engines.desk.background import waiting
    from juli.engines.desk.background.behind import keeper

    with walls.entered(keeper()) as actor:
        waiting.renew_tasks(actor=actor, at=timezone.now())
