"""Runs whose job is lost: the worker was killed too often, or the queue was emptied."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
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
        exports = Export.objects.filter(state__in=_OPEN, asked_at__lt=waiting_since)
        for number in sorted(_numbers(exports) - _queued("desk.export", "export_id")):
            queue.later("desk.export", export_id=number)
            again += 1
        runs = BulkRun.objects.filter(state__in=_OPEN, asked_at__lt=waiting_since)
        for number in sorted(_numbers(runs) - _queued("desk.bulk", "run_id")):
            queue.later("desk.bulk", run_id=number)
            again += 1
    return again


def _numbers(rows: "QuerySet[Any]") -> set[int]:
    return set(rows.values_list("pk", flat=True))


def _queued(job: str, argument: str) -> set[int]:
    rows = ProcrastinateJob.objects.filter(task_name=job, status__in=_LIVE)
    return {int(found[argument]) for found in rows.values_list("args", flat=True)}
