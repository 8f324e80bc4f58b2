"""Lists of members."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q, QuerySet

from juli.domains.registry.models import Membership, MembershipQuerySet
from juli.domains.registry.permissions import Permission
from juli.domains.registry.selectors import labelling, naming
from juli.domains.registry.selectors.reaching import below
from juli.domains.registry.selectors.rows import MemberRow
from juli.engines.party.models import Person
from juli.kernel.actor import Actor

KEYS = ("path", "valid_from", "pk")
_STANDINGS: Final[Mapping[str, str]] = dict(Membership.Standing.choices)


@dataclass(frozen=True, slots=True)
class MemberFilter:
    """
    Which members to list, as they stood on a day (会员筛选条件).

    ``unit_id`` is the unit below which to look. Verification and migrant worker are what is known
    today: they have no history by day.
    """

    on: date
    unit_id: int | None = None
    employer_id: int | None = None
    standing: Membership.Standing | None = None
    employer_class: str = ""
    verification: Person.Verification | None = None
    is_migrant_worker: bool | None = None
    named: str = ""


def members_in_reach(*, actor: Actor, chosen: MemberFilter) -> "QuerySet[Membership]":
    """
    Return the memberships that the actor may see, union by union, the oldest first.

    :raises NotFound: the unit to look below is out of reach.
    """
    return _chosen(actor, chosen).in_force_on(chosen.on).order_by(*KEYS)


def members_counted(*, actor: Actor, chosen: MemberFilter) -> int:
    """
    Count those members exactly, by the indexes that were made for it.

    :raises NotFound: the unit to look below is out of reach.
    """
    return _chosen(actor, chosen).counted_on(chosen.on)


def _chosen(actor: Actor, chosen: MemberFilter) -> MembershipQuerySet:
    """Return what was chosen, of whatever day."""
    rows = Membership.objects.within_reach_of(actor, Permission.SEE)
    if chosen.unit_id is not None:
        rows = rows.filter(below(chosen.unit_id, actor=actor))
    if chosen.employer_id is not None:
        rows = rows.filter(employer_id=chosen.employer_id)
    if chosen.standing:
        rows = rows.filter(standing=chosen.standing)
    if chosen.employer_class:
        rows = rows.filter(employer_class=chosen.employer_class)
    if chosen.named:
        rows = rows.filter(naming.members_named(chosen.named))
    return rows.filter(_known_today(chosen))


def rows_of(memberships: list[Membership]) -> list[MemberRow]:
    """Return memberships as lines of a list, in their order."""
    persons = labelling.persons(each.person_id for each in memberships)
    unions = labelling.unions_at(each.org_unit_id for each in memberships)
    employers = labelling.employer_names(each.employer_id for each in memberships)
    return [
        _row(
            each,
            person=persons.get(each.person_id),
            union=unions.get(each.org_unit_id),
            employer_name=employers.get(each.employer_id or 0, ""),
        )
        for each in memberships
    ]


def _known_today(chosen: MemberFilter) -> Q:
    condition = Q()
    if chosen.verification:
        condition &= Q(person__verification=chosen.verification)
    if chosen.is_migrant_worker is not None:
        condition &= Q(person__is_migrant_worker=chosen.is_migrant_worker)
    return condition


def _row(
    membership: Membership,
    *,
    person: labelling.Shown | None,
    union: labelling.Named | None,
    employer_name: str,
) -> MemberRow:
    return MemberRow(
        id=membership.pk,
        person_id=membership.person_id,
        number=membership.number,
        name=person.name if person else "",
        sex_label=person.sex_label if person else "",
        document_shown=person.document_shown if person else "",
        mobile_shown=person.mobile_shown if person else "",
        verification=person.verification if person else "",
        verification_label=person.verification_label if person else "",
        is_migrant_worker=person.is_migrant_worker if person else None,
        union_id=union.id if union else None,
        union_name=union.name if union else "",
        employer_id=membership.employer_id,
        employer_name=employer_name,
        standing=membership.standing,
        standing_label=_STANDINGS[membership.standing],
        joined_on=membership.joined_on,
        valid_from=membership.valid_from,
        valid_until=membership.valid_until,
    )
