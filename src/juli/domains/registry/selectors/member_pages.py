"""Everything that the page of one person shows, as values: masked, with nothing sealed in it."""

from dataclasses import dataclass
from datetime import date

from juli.domains.registry.models import Membership, Post
from juli.domains.registry.permissions import Permission
from juli.domains.registry.selectors.careers import Segment, career_of
from juli.domains.registry.selectors.lineage import Ancestor, PostHeld, lineage_of, posts_held
from juli.domains.registry.selectors.members import rows_of
from juli.domains.registry.selectors.rows import MemberRow
from juli.engines.party.models import Person
from juli.engines.party.particulars import Particulars
from juli.engines.party.vault import Sealed
from juli.kernel.actor import Actor
from juli.kernel.refusal import NotFound

_UNSHOWN = (
    "name_bigrams", "document_sealed", "document_digest", "mobile_sealed", "mobile_digest",
    "bank_sealed", "bank_digest",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PersonDetails:
    """What is registered of a person, numbers masked (个人登记事项)."""

    id: int
    name: str
    sex: str
    sex_label: str
    born_on: date | None
    document_kind: str
    document_kind_label: str
    document_shown: str
    mobile_shown: str
    bank_shown: str
    verification: str
    verification_label: str
    verified_on: date | None
    verification_source: str
    particulars: Particulars
    source: str
    registered_on: date

    @property
    def sealed(self) -> tuple[Sealed, ...]:
        """The values that can be shown in plain with a reason."""
        shown = {
            Sealed.DOCUMENT: self.document_shown,
            Sealed.MOBILE: self.mobile_shown,
            Sealed.BANK: self.bank_shown,
        }
        return tuple(value for value, text in shown.items() if text)


@dataclass(frozen=True, slots=True)
class MemberPage:
    """
    What the page of a person shows (会员详情).

    ``membership`` is the segment in force, or None where there is none any more.
    """

    person: PersonDetails
    membership: MemberRow | None
    employer_class: str
    lineage: tuple[Ancestor, ...]
    career: tuple[Segment, ...]
    posts: tuple[PostHeld, ...]


def member_page(person_id: int, *, actor: Actor) -> MemberPage:
    """
    Return what there is to show of a person.

    :raises NotFound: they are out of reach.
    """
    within = Person.objects.within_reach_of(actor, Permission.SEE).defer(*_UNSHOWN)
    person = within.filter(pk=person_id).first()
    if person is None:
        raise NotFound
    current = Membership.objects.filter(person_id=person.pk, valid_until__isnull=True).first()
    posts = Post.objects.filter(person_id=person.pk).order_by("valid_until", "valid_from", "pk")
    return MemberPage(
        person=_details(person),
        membership=rows_of([current])[0] if current else None,
        employer_class=current.employer_class if current else "",
        lineage=lineage_of(person.org_unit_id),
        career=career_of(person.pk),
        posts=posts_held(posts),
    )


def _details(person: Person) -> PersonDetails:
    return PersonDetails(
        id=person.pk,
        name=person.name,
        sex=person.sex,
        sex_label=person.get_sex_display(),
        born_on=person.born_on,
        document_kind=person.document_kind,
        document_kind_label=person.get_document_kind_display(),
        document_shown=person.document_shown,
        mobile_shown=person.mobile_shown,
        bank_shown=person.bank_shown,
        verification=person.verification,
        verification_label=person.get_verification_display(),
        verified_on=person.verified_on,
        verification_source=person.verification_source,
        particulars=_particulars(person),
        source=person.source,
        registered_on=person.registered_on,
    )


def _particulars(person: Person) -> Particulars:
    return Particulars(
        household=Person.Household(person.household),
        is_migrant_worker=person.is_migrant_worker,
        migrant_source=person.migrant_source,
        migrant_as_of=person.migrant_as_of,
        education=Person.Education(person.education),
        skill=Person.Skill(person.skill),
        employment=Person.Employment(person.employment),
        is_party_member=person.is_party_member,
        party_source=person.party_source,
        is_model_worker=person.is_model_worker,
        model_source=person.model_source,
    )
