"""What a record says of the records that were merged into it, and the way to part them again."""

from django.utils import timezone
from django.utils.translation import gettext as _

from juli.domains.registry.pairing import PERMISSIONS
from juli.domains.registry.views.addresses import address
from juli.engines.desk.cells import Link, Text
from juli.engines.desk.pages import Fact, Section
from juli.engines.party.models import Merge, Subject
from juli.kernel.actor import Actor


def merged_section(subject: Subject, number: int, *, actor: Actor) -> tuple[Section, ...]:
    """Return a section with the merges in force, the latest first; none where there are none."""
    merges = Merge.objects.filter(subject=subject, kept_id=number, undone_at__isnull=True).order_by("-pk")
    facts = tuple(
        Fact(
            timezone.localtime(merge.merged_at).strftime("%Y-%m-%d"),
            Link(_("撤销合并"), address("merge-undoing", merge.pk))
            if actor.may(PERMISSIONS[subject], merge.path)
            else Text(merge.reason),
        )
        for merge in merges
    )
    if not facts:
        return ()
    words = _("这份记录由 %(records)s 份合并而成。") % {"records": len(facts) + 1}
    return (Section(_("合并"), facts=facts, words=words),)
