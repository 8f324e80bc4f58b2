"""What of exports and bulk actions waits for whoever asked for them: what failed, and what was refused."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from juli.engines.desk.models import BulkRun, Export
from juli.engines.tasks.actions import Waiting, renew_events
from juli.engines.tasks.catalogue import Kind
from juli.engines.tasks.models import Task
from juli.kernel.actor import Actor

WORTH_KNOWING_FOR: Final = timedelta(days=14)

EXPORT_FAILED: Final = Kind(
    "desk.export_failed",
    _("导出"),
    _("一份导出没有做成"),
    icon="download",
    leads_to=lambda task: reverse("desk:export", args=[task.subject_id]),
    is_alarm=True,
)
BULK_FAILED: Final = Kind(
    "desk.bulk_failed",
    _("批量"),
    _("一批办理没有办完，可以继续"),
    icon="list-check",
    leads_to=lambda task: reverse("desk:bulk-run", args=[task.subject_id]),
    is_alarm=True,
)
BULK_REFUSED: Final = Kind(
    "desk.bulk_refused",
    _("批量"),
    _("批量办理有 %(number)s 条未能办理，等您看"),
    icon="list-check",
    leads_to=lambda task: reverse("desk:bulk-run", args=[task.subject_id]),
)
KINDS: Final = (EXPORT_FAILED, BULK_FAILED, BULK_REFUSED)


def renew_tasks(*, actor: Actor, at: datetime) -> int:
    """Bring the tasks about what ran in the background up to date; return how many rows that changed."""
    since = at - WORTH_KNOWING_FOR
    exports = Export.objects.filter(state=Export.State.FAILED, ended_at__gt=since)
    runs = BulkRun.objects.filter(ended_at__gt=since)
    failed = runs.filter(state=BulkRun.State.FAILED)
    refused = runs.filter(state=BulkRun.State.DONE, refused__gt=0, undone_by__isnull=True)
    found = (
        (EXPORT_FAILED, _of(exports.select_related("account"))),
        (BULK_FAILED, _of(failed.select_related("account"))),
        (BULK_REFUSED, _of(refused.select_related("account"))),
    )
    return sum(renew_events(kind.code, waiting, actor=actor, at=at) for kind, waiting in found)


def _of(runs: "QuerySet[Export] | QuerySet[BulkRun]") -> Iterator[Waiting]:
    for run in runs:
        failed = run.state == run.State.FAILED
        yield Waiting(
            run.account.org_unit_id,
            run.account.path,
            key=f"run:{run.pk}",
            account_id=run.account_id,
            number=run.refused if isinstance(run, BulkRun) and not failed else None,
            severity=Task.Severity.MIDDLE if failed else "",
            subject_kind=run._meta.label_lower,
            subject_id=run.pk,
        )
