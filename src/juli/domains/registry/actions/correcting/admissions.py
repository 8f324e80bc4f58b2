"""Putting right what was told of an admission: what was known that day, and that it happened at all."""

from datetime import datetime

from django.db import transaction

from juli.domains.registry.actions.correcting import restating
from juli.domains.registry.facts import Happened
from juli.domains.registry.models import Membership, Post
from juli.domains.registry.permissions import Permission
from juli.domains.registry.rules import careers, days
from juli.engines.party.models import Person
from juli.kernel.actor import Actor

_EDIT = Permission.EDIT_MEMBERS
_Opening, _Closing = Membership.Opening, Membership.Closing


@transaction.atomic
def withdraw_admission(membership_id: int, *, reason: str, actor: Actor, at: datetime) -> Membership:
    """
    Take back an admission that was registered by mistake: it counts on no day, and the record says why.

    :raises NotFound: the membership is out of reach.
    :raises NotPermitted: the actor may not edit members there.
    :raises ReasonMissing: no reason was given.
    :raises NotJustAdmitted: the segment did not begin by admission, or it is over.
    :raises RestsOnAdmission: a post in the union rests on it.
    :raises ToldElsewhere: the admission was told where the actor does not reach.
    """
    rows = Membership.objects.select_related("org_unit")
    segment = restating.claim(rows, membership_id, permission=_EDIT, actor=actor, at=at)
    kept = days.checked_reason(reason)
    if segment.opening != _Opening.ADMITTED or segment.valid_until is not None:
        raise careers.NotJustAdmitted
    held = Post.objects.filter(person_id=segment.person_id, org_unit_id=segment.org_unit_id)
    if held.filter(valid_from__gte=segment.valid_from).exists():
        raise careers.RestsOnAdmission
    segment.valid_until, segment.closing = segment.valid_from, _Closing.WITHDRAWN
    segment.save(update_fields=["valid_until", "closing"])
    restating.take_back(Happened.MEMBER_ADMITTED, segment, permission=_EDIT, reason=kept, actor=actor, at=at)
    return segment


@transaction.atomic
def follow_migrant_worker(
    person: Person, *, was: bool | None, reason: str, actor: Actor, at: datetime
) -> None:
    """
    Let admissions follow when it is put right whether somebody was a migrant worker on joining.

    What is told for the first time holds for every admission; what is told otherwise, for those since
    the day as of which it is told: who became one later was none on joining.

    :raises ToldElsewhere: an admission was told where the actor does not reach.
    """
    now = person.is_migrant_worker
    if bool(was) == bool(now):
        return
    admitted = Membership.objects.filter(person=person, opening=_Opening.ADMITTED)
    admitted = admitted.exclude(closing=_Closing.WITHDRAWN)
    if was is not None and person.migrant_as_of is not None:
        admitted = admitted.filter(joined_on__gte=person.migrant_as_of)
    for segment in admitted.order_by("pk"):
        restating.restate(
            Happened.MEMBER_ADMITTED, segment, occurred_on=segment.joined_on, permission=_EDIT,
            payload={"migrant": bool(now)}, reason=reason, actor=actor, at=at,
        )  # fmt: skip
