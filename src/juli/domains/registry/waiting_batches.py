"""What of the ledgers waits: to be confirmed, to be mended, or to be looked after."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from juli.domains.registry.permissions import Permission
from juli.engines.sheet.models import ImportBatch
from juli.engines.tasks.actions import Waiting, renew_events
from juli.engines.tasks.catalogue import Kind
from juli.engines.tasks.models import Task
from juli.kernel.actor import Actor

WORTH_MENDING_FOR: Final = timedelta(days=60)
"""Nobody mends a ledger that is older; the list of batches still has it."""

_State = ImportBatch.State


def _batch(task: Task) -> str:
    return reverse("sheet:import", args=[task.subject_id])


TO_CONFIRM: Final = Kind(
    "registry.batch_to_confirm", _("导入"), _("一份 %(number)s 行的台账已核对，等您确认写入"),
    icon="table-import", leads_to=_batch, permission=Permission.IMPORT,
)  # fmt: skip
TO_MEND: Final = Kind(
    "registry.rows_to_mend", _("导入"), _("导入的台账有 %(number)s 行没有写入，等您改好"),
    icon="table-import", leads_to=_batch, permission=Permission.IMPORT,
)  # fmt: skip
FAILED: Final = Kind(
    "registry.import_failed", _("导入"), _("一份台账未能导入，登记没有改动"),
    icon="table-import", leads_to=_batch, permission=Permission.IMPORT, is_alarm=True,
)  # fmt: skip
INTERRUPTED: Final = Kind(
    "registry.import_interrupted", _("导入"), _("一份台账导入到一半中断，等待自动接续"),
    icon="table-import", leads_to=_batch, permission=Permission.IMPORT, is_alarm=True,
)  # fmt: skip
KINDS: Final = (TO_CONFIRM, TO_MEND, FAILED, INTERRUPTED)
_SEVERITY: Final = {FAILED.code: Task.Severity.HIGH, INTERRUPTED.code: Task.Severity.MIDDLE}


def renew_tasks(*, actor: Actor, at: datetime) -> int:
    """Bring the tasks about batches up to date; return how many rows that changed."""
    batches = list(ImportBatch.objects.filter(received_at__gt=at - WORTH_MENDING_FOR).order_by("pk"))
    return sum(renew_events(kind.code, _waiting(kind, batches), actor=actor, at=at) for kind in KINDS)


def _waiting(kind: Kind, batches: list[ImportBatch]) -> Iterator[Waiting]:
    for batch in batches:
        if _kind_of(batch) is kind:
            yield Waiting(
                batch.org_unit_id, batch.path, key=f"batch:{batch.pk}", account_id=batch.received_by,
                number=batch.row_count if kind is TO_CONFIRM else batch.faulty_rows or None,
                severity=_SEVERITY.get(kind.code, ""), subject_kind="sheet.importbatch", subject_id=batch.pk,
            )  # fmt: skip


def _kind_of(batch: ImportBatch) -> Kind | None:
    match batch.state:
        case _State.PREVIEWED:
            return TO_CONFIRM
        case _State.FAILED:
            return FAILED
        case _State.INTERRUPTED:
            return INTERRUPTED
        case _State.POSTED if batch.faulty_rows:
            return TO_MEND
        case _:
            return None
