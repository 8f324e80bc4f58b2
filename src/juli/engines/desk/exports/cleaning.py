"""Exports whose time is over: the content goes, the line that it was made stays."""

from datetime import datetime

from django.db import transaction

from juli.engines.desk.exports import scratch
from juli.engines.desk.models import Export
from juli.engines.files import storing

MOST_AT_ONCE = 200


@transaction.atomic
def clean(*, at: datetime) -> int:
    """Let go of the files of exports that have expired; return how many."""
    scratch.clear()
    expired = Export.objects.filter(file__isnull=False, expires_at__lte=at).select_related("file")
    found = list(expired.select_for_update(of=("self",), skip_locked=True).order_by("pk")[:MOST_AT_ONCE])
    for export in found:
        stored = export.file
        export.let_go()
        if stored is not None:
            storing.discard(stored)
    return len(found)
