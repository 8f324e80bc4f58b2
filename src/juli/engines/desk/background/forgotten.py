"""Runs whose job is lost: the worker was killed too often, or the queue was emptied."""

from datetime import datetime

from procrastinate.contrib.django.models import ProcrastinateJob

from juli.engines import queue
from juli.engines.desk.background.behind import keeper
from juli.engines.desk.models import BulkRun, Export
from juli.engines.scope import walls

_LIVE = ("todo", "doing")
_OPEN = ("waiting", "running")


def queue_again(*, waiting_since: datetime) -> int:
    """Queue every open run for which there is no job; return how many."""
    again = 0
    with walls.entered(keeper()):
        for model, job, argument in ((Export, "desk.export", "export_id"), (BulkRun, "desk.bulk", "run_id")):
            open_runs = model._default_manager.filter(state__in=_OPEN, asked_at__lt=waiting_since)
            numbers = set(open_runs.values_list("pk", flat=True))
            for number in sorted(numbers - _queued(job, argument)):
                queue.later(job, **{argument: number})
                again += 1
    return again


def _queued(job: str, argument: str) -> set[int]:
    rows = ProcrastinateJob.objects.filter(task_name=job, status__in=_LIVE)
    return {int(found[argument]) for found in rows.values_list("args", flat=True)}
