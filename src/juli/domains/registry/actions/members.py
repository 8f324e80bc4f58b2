"""Admitting members."""

from datetime import date, datetime

from django.db import connection, transaction
from django.utils import timezone

from juli.domains.registry.claiming import claim_person, claim_union
from juli.domains.registry.facts import Happened
from juli.domains.registry.models import Membership, Union
from juli.domains.registry.permissions import Permission
from juli.domains.registry.rules import careers, days
from juli.domains.registry.rules.numbers import member_number
from juli.domains.registry.working import covered_employer
from juli.engines.facts import recording
from juli.engines.party import registering
from juli.engines.party.models import Employer, Person
from juli.engines.party.particulars import NO_CONTACT, NOTHING_TOLD, Contact, Identity, Particulars
from juli.engines.party.selectors import document_standing
from juli.kernel.actor import Actor
from juli.kernel.text import normalise_name


@transaction.atomic
def admit_member(
    *, union_id: int, identity: Identity, joined_on: date, actor: Actor, at: datetime,
    contact: Contact = NO_CONTACT, particulars: Particulars = NOTHING_TOLD,
    employer_id: int | None = None, source: str = "", batch_id: int | None = None,
) -> Membership:  # fmt: skip
    """
    Admit a person to a union under their real name; a person known within reach is the same person.

    :raises NotFound: the union or the employer is out of reach.
    :raises NotPermitted: the actor may not admit members there.
    :raises UnionEnded: the union exists no more.
    :raises InTheFuture: the day has not come.
    :raises TooEarly: the union did not exist yet, or an earlier membership had not ended.
    :raises EmployerNotCovered: the union does not stand for the employer.
    :raises PersonKnownElsewhere: the document is registered out of reach.
    :raises NameDiffers: the document is registered under another name.
    :raises AlreadyMember: a membership is in force.
    :raises PersonHasDied: the person is registered as dead.
    :raises Refusal: name, document, mobile or particulars are faulty (``party.refusals``).
    """
    union = claim_union(union_id, actor=actor, permission=Permission.EDIT_MEMBERS)
    days.check_happened(joined_on, today=timezone.localdate(at))
    days.check_not_before(joined_on, earliest=union.approved_on, event="工会成立")
    employer = covered_employer(union, employer_id) if employer_id is not None else None
    registering.lock_document(identity.document_number)
    known = _known_person(identity, actor=actor)
    if known is None:
        person, number = (
            registering.register_person(
                identity, contact, particulars, org_unit=union.org_unit, source=source, at=at
            ),
            _next_number(),
        )
    else:
        person, number = known, _number_of_returning(known, joined_on=joined_on)
        _bring_up_to_date(person, contact, particulars, union=union, at=at)
    membership = Membership.objects.create(
        person=person, employer=employer, org_unit=union.org_unit, path=union.path, number=number,
        joined_on=joined_on, valid_from=joined_on, source=source, batch_id=batch_id,
        employer_class=employer.ownership if employer else union.employer_class,
    )  # fmt: skip
    _record_admission(membership, person=person, actor=actor, at=at)
    return membership


def _known_person(identity: Identity, *, actor: Actor) -> Person | None:
    """Return the person with this document, locked, if the actor may admit them."""
    standing = document_standing(identity.document_number)
    if standing is None:
        return None
    if standing.person_id is None:
        raise careers.PersonKnownElsewhere
    person = claim_person(standing.person_id, actor=actor)
    if normalise_name(identity.name) != person.name:
        raise careers.NameDiffers
    return person


def _number_of_returning(person: Person, *, joined_on: date) -> str:
    """Return the number that somebody who comes back bears for good, if they may come back."""
    last = (
        Membership.objects.filter(person=person)
        .exclude(closing=Membership.Closing.WITHDRAWN)
        .select_related("org_unit")
        .order_by("-valid_from", "-pk")
        .first()
    )
    if last is None:
        return _next_number()
    if last.valid_until is None:
        raise careers.AlreadyMember(union=last.org_unit.name)
    if last.closing == Membership.Closing.DIED:
        raise careers.PersonHasDied
    days.check_not_before(joined_on, earliest=last.valid_until, event="上一段会籍结束")
    return last.number


def _bring_up_to_date(
    person: Person, contact: Contact, particulars: Particulars, *, union: Union, at: datetime
) -> None:
    """Let what the application tells replace what was known; what it leaves out stays."""
    person.org_unit, person.path, person.updated_at = union.org_unit, union.path, at
    if contact != NO_CONTACT:
        registering.reached(person, contact)
    if particulars != NOTHING_TOLD:
        registering.described(person, particulars)
    person.save()


def _next_number() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('registry_member_number_seq')")
        return member_number(cursor.fetchone()[0])


def _record_admission(membership: Membership, *, person: Person, actor: Actor, at: datetime) -> None:
    employer: Employer | None = membership.employer
    recording.record(
        Happened.MEMBER_ADMITTED, subject=membership, org_unit=membership.org_unit,
        occurred_on=membership.joined_on, person_id=person.pk, employer_id=employer.pk if employer else None,
        category=membership.employer_class, payload={"migrant": bool(person.is_migrant_worker)},
        batch_id=membership.batch_id, actor=actor, at=at,
    )  # fmt: skip
