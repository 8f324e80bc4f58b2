"""What a member sees of their own: behind the second wall alone, which opens for their person."""

from dataclasses import dataclass
from datetime import date

from juli.domains.registry.models import Membership, Union
from juli.domains.registry.selectors.careers import Segment, career_of
from juli.domains.registry.selectors.looks import Looks, looks_at_person
from juli.engines.party.models import Person
from juli.kernel.actor import Actor
from juli.kernel.refusal import NotFound


@dataclass(frozen=True, slots=True)
class OwnRecord:
    """One's own membership, career and who looked at it (本人记录)."""

    name: str
    document_shown: str
    mobile_shown: str
    verification: str
    verification_label: str
    number: str
    standing: str
    standing_label: str
    union_name: str
    joined_on: date | None
    career: tuple[Segment, ...]
    looks: Looks


def own_record(*, actor: Actor) -> OwnRecord:
    """
    Return what the register holds of the person behind an account.

    :raises NotFound: nobody stands behind it, or they are not registered.
    """
    columns = ("name", "document_shown", "mobile_shown", "verification")
    person = Person.objects.filter(pk=actor.person_id).only(*columns).first() if actor.person_id else None
    if person is None:
        raise NotFound
    membership = Membership.objects.filter(person_id=person.pk, valid_until__isnull=True).first()
    unions = Union.objects.filter(org_unit_id=membership.org_unit_id) if membership else Union.objects.none()
    return OwnRecord(
        name=person.name,
        document_shown=person.document_shown,
        mobile_shown=person.mobile_shown,
        verification=person.verification,
        verification_label=person.get_verification_display(),
        number=membership.number if membership else "",
        standing=membership.standing if membership else "",
        standing_label=membership.get_standing_display() if membership else "",
        union_name=unions.values_list("name", flat=True).first() or "",
        joined_on=membership.joined_on if membership else None,
        career=career_of(person.pk),
        looks=looks_at_person(person.pk),
    )
