"""Batches that a visitor may see, each by the right of its own ledger."""

from collections import defaultdict

from django.db.models import Q, QuerySet

from juli.engines.scope.querysets import in_ranges
from juli.engines.sheet.entries import Entry, declared, entry_of
from juli.engines.sheet.models import ImportBatch
from juli.kernel.actor import Actor
from juli.kernel.refusal import NotFound, NotPermitted


def entries_for(actor: Actor) -> tuple[Entry, ...]:
    """
    Return the ledgers that an actor may hand in somewhere.

    :raises NotPermitted: there is none.
    """
    found = tuple(each for each in declared() if each.is_open_to(actor))
    if not found:
        raise NotPermitted
    return found


def entry_for(actor: Actor, code: str) -> Entry:
    """
    Return the ledger of a code, or the first one where none is named.

    :raises NotPermitted: the actor may not hand it in anywhere.
    :raises NotFound: there is none of this code.
    """
    entries = entries_for(actor)
    if not code:
        return entries[0]
    if code not in {each.code for each in declared()}:
        raise NotFound
    found = entry_of(code)
    if found not in entries:
        raise NotPermitted
    return found


def within_reach(actor: Actor) -> QuerySet[ImportBatch]:
    """Return the batches within reach of an actor."""
    by_right: dict[str, list[str]] = defaultdict(list)
    for entry in entries_for(actor):
        by_right[entry.permission].append(entry.code)
    wanted = Q(pk__in=[])
    for permission, codes in by_right.items():
        wanted |= Q(in_ranges(actor.roots_for(permission)), ledger__in=codes)
    return ImportBatch.objects.filter(wanted)


def find(actor: Actor, batch_id: int) -> ImportBatch:
    """
    Return a batch within reach.

    :raises NotFound: it is out of reach, or there is none.
    """
    related = ("file", "error_workbook", "org_unit", "progress")
    found = within_reach(actor).select_related(*related).filter(pk=batch_id).first()
    if found is None:
        raise NotFound
    return found
