"""Personal values of many taken out in full, each written down where its owner sees it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from juli.domains.registry.permissions import Permission
from juli.domains.registry.rules import days
from juli.engines.audit import recording
from juli.engines.party.models import Person
from juli.engines.party.vault import Sealed, opened
from juli.kernel.actor import Actor


@transaction.atomic
def take_out_in_full(
    person_ids: Sequence[int], *, values: Sequence[Sealed], reason: str, actor: Actor, at: datetime
) -> Mapping[Sealed, Mapping[int, str]]:
    """
    Return sealed values of many in plain, by person, and write down whose were taken out and why.

    Whom the actor may not reveal is left out.

    :raises ReasonMissing: no reason was given.
    """
    kept = days.checked_reason(reason)
    columns = [f"{value}_sealed" for value in values]
    rows = Person.objects.within_reach_of(actor, Permission.REVEAL).filter(pk__in=set(person_ids))
    persons = list(rows.only("pk", "path", *columns))
    recording.took_out_each(
        Person, [(each.pk, each.path) for each in persons], fields=[value.value for value in values],
        reason=kept, actor=actor, at=at,
    )  # fmt: skip
    return {value: {each.pk: opened(each, value) for each in persons} for value in values}
