"""What is done to many members at once, set-wise, after the rules of the single actions."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from juli.domains.registry.claiming_many import Refusals, claim_persons
from juli.domains.registry.facts import Happened
from juli.domains.registry.rules import days, identifying
from juli.engines.facts import recording
from juli.engines.party.models import Person
from juli.engines.scope.models import OrgUnit
from juli.kernel.actor import Actor


@transaction.atomic
def verify_persons(
    person_ids: Iterable[int], *, source: str, on: date, actor: Actor, at: datetime, reason: str = ""
) -> Refusals:
    """
    Write down that the real names of many were checked and found right; return who was refused, and why.

    As ``verify_person`` does for one.

    :raises VerificationWithoutSource: nobody is named who checked.
    :raises InTheFuture: the day has not come.
    """
    identifying.check_source(source)
    days.check_happened(on, today=timezone.localdate(at))
    claimed = claim_persons(person_ids, actor=actor)
    outcome = Person.Verification.VERIFIED
    Person.objects.filter(pk__in=[person.pk for person in claimed.rows]).update(
        verification=outcome, verified_on=on, verification_source=source.strip(), updated_at=at
    )
    units = OrgUnit.objects.in_bulk({person.org_unit_id for person in claimed.rows})
    recording.record_in_places(
        Happened.PERSON_VERIFIED,
        (
            (units[person.org_unit_id], recording.Subject(person.pk, person.pk, category=outcome))
            for person in claimed.rows
        ),
        model=Person, occurred_on=on, reason=_said(source, reason), actor=actor, at=at,
    )  # fmt: skip
    return claimed.refused


def _said(source: str, reason: str) -> str:
    return "；".join(filter(None, (source.strip(), reason.strip())))[: days.LONGEST_REASON]
