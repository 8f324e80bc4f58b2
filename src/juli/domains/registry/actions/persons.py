"""Correcting and verifying what is registered of a person, and looking at what is sealed."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from juli.domains.registry.actions.correcting import admissions
from juli.domains.registry.claiming import claim_person
from juli.domains.registry.facts import Happened
from juli.domains.registry.permissions import Permission
from juli.domains.registry.rules import days, identifying
from juli.domains.registry.taken import refused_by
from juli.engines.audit import recording as looking
from juli.engines.audit.models import Access
from juli.engines.facts import recording
from juli.engines.party import registering, vault
from juli.engines.party.models import Person
from juli.engines.party.particulars import Contact, Identity, Particulars
from juli.kernel.actor import Actor


@transaction.atomic
def correct_person(
    person_id: int, *, particulars: Particulars, reason: str, actor: Actor, at: datetime
) -> Person:
    """
    Put right what is known of a person; their history keeps what stood there.

    :raises NotFound: they are out of reach.
    :raises NotPermitted: the actor may not edit members there.
    :raises ReasonMissing: no reason was given.
    :raises MigrantWithoutSource: it was stated without source and day.
    :raises ToldElsewhere: it changes what was told of an admission beyond the actor's reach.
    """
    person = claim_person(person_id, actor=actor)
    kept, was = days.checked_reason(reason), person.is_migrant_worker
    registering.described(person, particulars)
    admissions.follow_migrant_worker(person, was=was, reason=kept, actor=actor, at=at)
    return _corrected(person, what="particulars", reason=kept, actor=actor, at=at)


@transaction.atomic
def correct_identity(
    person_id: int, *, identity: Identity, reason: str, actor: Actor, at: datetime
) -> Person:
    """
    Put right a person's name or document; the real name is then to be verified anew.

    :raises NotFound: they are out of reach.
    :raises NotPermitted: the actor may not edit members there.
    :raises ReasonMissing: no reason was given.
    :raises DocumentBelongsToAnother: somebody else is registered under the number.
    :raises Refusal: name or document are faulty (``party.refusals``).
    """
    person = claim_person(person_id, actor=actor)
    kept = days.checked_reason(reason)
    registering.lock_document(identity.document_number)
    registering.identified(person, identity, on=timezone.localdate(at))
    person.verification, person.verified_on = Person.Verification.UNVERIFIED, None
    person.verification_source = ""
    with refused_by("party_person_one_per_document", identifying.DocumentBelongsToAnother()):
        return _corrected(person, what="identity", reason=kept, actor=actor, at=at)


@transaction.atomic
def change_contact(person_id: int, *, contact: Contact, reason: str, actor: Actor, at: datetime) -> Person:
    """
    Enter another mobile number and bank account of a person; an empty one is taken off, None stays.

    :raises NotFound: they are out of reach.
    :raises NotPermitted: the actor may not edit members there.
    :raises ReasonMissing: no reason was given.
    :raises MobileFaulty: it is no mobile number.
    """
    person = claim_person(person_id, actor=actor)
    kept = days.checked_reason(reason)
    registering.reached(person, contact)
    return _corrected(person, what="contact", reason=kept, actor=actor, at=at)


@transaction.atomic
def verify_person(
    person_id: int, *, outcome: Person.Verification, source: str, on: date, actor: Actor, at: datetime
) -> Person:
    """
    Write down what came of checking somebody's real name, and who checked it.

    :raises NotFound: they are out of reach.
    :raises NotPermitted: the actor may not edit members there.
    :raises VerificationWithoutSource: nobody is named who checked.
    :raises InTheFuture: the day has not come.
    """
    person = claim_person(person_id, actor=actor)
    identifying.check_source(source)
    days.check_happened(on, today=timezone.localdate(at))
    person.verification, person.verified_on = outcome, on
    person.verification_source, person.updated_at = source.strip(), at
    person.save(update_fields=["verification", "verified_on", "verification_source", "updated_at"])
    recording.record(
        Happened.PERSON_VERIFIED, subject=person, org_unit=person.org_unit, occurred_on=on,
        person_id=person.pk, category=outcome, reason=source.strip(), actor=actor, at=at,
    )  # fmt: skip
    return person


@transaction.atomic
def reveal(person_id: int, *, value: vault.Sealed, reason: str, actor: Actor, at: datetime) -> str:
    """
    Return a sealed value of a person in plain (查看明文), and write down who looked and why.

    :raises NotFound: they are out of reach.
    :raises NotPermitted: the actor may not reveal there.
    :raises ReasonMissing: no reason was given.
    :raises NothingSealed: the register holds no such value.
    """
    person = claim_person(person_id, actor=actor, permission=Permission.REVEAL)
    kept = days.checked_reason(reason)
    plain = vault.opened(person, value)
    if not plain:
        raise identifying.NothingSealed(field=value.label)
    looking.looked(
        person, path=person.path, act=Access.Act.REVEALED, person_id=person.pk, field=value,
        reason=kept, actor=actor, at=at,
    )  # fmt: skip
    return plain


def _corrected(person: Person, *, what: str, reason: str, actor: Actor, at: datetime) -> Person:
    person.updated_at = at
    person.save()
    recording.record(
        Happened.PERSON_CORRECTED, subject=person, org_unit=person.org_unit,
        occurred_on=timezone.localdate(at), person_id=person.pk, category=what, reason=reason,
        actor=actor, at=at,
    )  # fmt: skip
    return person
