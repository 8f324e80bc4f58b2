"""Many memberships transferred, rested and resumed at once, after the rules of the single actions."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from juli.domains.registry.actions.vacating import leave_posts
from juli.domains.registry.claiming import claim_other_union
from juli.domains.registry.claiming_many import Claimed, Refusals, claim_memberships_of, number_of_holder
from juli.domains.registry.facts import Happened
from juli.domains.registry.models import Coverage, Membership
from juli.domains.registry.permissions import Permission
from juli.domains.registry.rules import careers, days
from juli.domains.registry.segments import check_day, following
from juli.domains.registry.working import covered_employer
from juli.engines.facts import recording
from juli.engines.party.models import Employer, Person
from juli.kernel.actor import Actor

Standing, Opening, Closing = Membership.Standing, Membership.Opening, Membership.Closing


@transaction.atomic
def transfer_members(
    person_ids: Iterable[int], *, to_union_id: int, on: date, actor: Actor, at: datetime,
    employer_id: int | None = None, reason: str = "",
) -> Refusals:  # fmt: skip
    """
    Transfer the memberships of many to one union; return who was refused, and why.

    As ``transfer_member`` does for one.

    :raises NotFound: the employer is out of reach.
    :raises NotPermitted: the actor may not edit members in the union.
    :raises NeedsCommonSuperior: the union is out of reach.
    :raises UnionEnded: it exists no more.
    :raises EmployerNotCovered: it does not stand for the employer.
    :raises InTheFuture: the day has not come.
    :raises TooEarly: the union did not exist yet.
    """
    union = claim_other_union(to_union_id, actor=actor, permission=Permission.EDIT_MEMBERS)
    days.check_happened(on, today=timezone.localdate(at))
    days.check_not_before(on, earliest=union.approved_on, event="转入工会成立")
    employer = covered_employer(union, employer_id) if employer_id is not None else None

    def check(old: Membership) -> None:
        if (union.org_unit_id, employer_id) == (old.org_unit_id, old.employer_id):
            raise careers.SameUnion
        check_day(old, on=on, at=at)

    claimed = claim_memberships_of(person_ids, actor=actor).judged(check, number=number_of_holder)
    elsewhere = [old for old in claimed.rows if old.org_unit_id != union.org_unit_id]
    leave_posts(elsewhere, on=on, reason="会籍转出", actor=actor, at=at)
    _close(claimed.rows, closing=Closing.TRANSFERRED_OUT, on=on)
    arrived = Membership.objects.bulk_create(
        following(
            old, union=union, employer=employer, opening=Opening.TRANSFERRED_IN, on=on,
            standing=Standing.ACTIVE if employer else Standing(old.standing),
        )
        for old in claimed.rows
    )  # fmt: skip
    Person.objects.filter(pk__in=[old.person_id for old in claimed.rows]).update(
        org_unit=union.org_unit, path=union.path, updated_at=at
    )
    kept = reason.strip()
    _record(Happened.MEMBER_TRANSFERRED_OUT, claimed.rows, on=on, reason=kept, actor=actor, at=at)
    _record(Happened.MEMBER_TRANSFERRED_IN, arrived, on=on, reason=kept, actor=actor, at=at)
    return claimed.refused


@transaction.atomic
def retain_members(
    person_ids: Iterable[int], *, on: date, reason: str, actor: Actor, at: datetime
) -> Refusals:
    """
    Let the memberships of many rest; return who was refused, and why.

    As ``retain_membership`` does for one.

    :raises ReasonMissing: no reason was given.
    :raises InTheFuture: the day has not come.
    """
    kept = days.checked_reason(reason)
    days.check_happened(on, today=timezone.localdate(at))

    def check(old: Membership) -> None:
        if old.standing != Standing.ACTIVE:
            raise careers.NotActive
        check_day(old, on=on, at=at)

    claimed = claim_memberships_of(person_ids, actor=actor).judged(check, number=number_of_holder)
    leave_posts(claimed.rows, on=on, reason=kept, actor=actor, at=at)
    _close(claimed.rows, closing=Closing.RETAINED, on=on)
    resting = Membership.objects.bulk_create(
        following(old, union=None, employer=None, opening=Opening.RETAINED, on=on, standing=Standing.RETAINED)
        for old in claimed.rows
    )
    _record(Happened.MEMBERSHIP_RETAINED, resting, on=on, reason=kept, actor=actor, at=at)
    return claimed.refused


@transaction.atomic
def resume_members(person_ids: Iterable[int], *, on: date, actor: Actor, at: datetime) -> Refusals:
    """
    Make the resting memberships of many active again; return who was refused, and why.

    As ``resume_membership`` does for one; each goes back to the employer they had before they rested,
    if their union still stands for it.

    :raises InTheFuture: the day has not come.
    """
    days.check_happened(on, today=timezone.localdate(at))

    def check(old: Membership) -> None:
        if old.standing != Standing.RETAINED:
            raise careers.NotRetained
        check_day(old, on=on, at=at)

    claimed = claim_memberships_of(person_ids, actor=actor).judged(check, number=number_of_holder)
    former = _former_employers(claimed)
    _close(claimed.rows, closing=Closing.RESUMED, on=on)
    active = Membership.objects.bulk_create(
        following(
            old, union=None, employer=former.get(old.person_id), opening=Opening.RESUMED, on=on,
            standing=Standing.ACTIVE,
        )
        for old in claimed.rows
    )  # fmt: skip
    _record(Happened.MEMBERSHIP_RESUMED, active, on=on, reason="", actor=actor, at=at)
    return claimed.refused


def _former_employers(claimed: Claimed[Membership]) -> Mapping[int, Employer]:
    """Return the employer each holder had in the same union before, where it is still covered."""
    units = {old.person_id: old.org_unit_id for old in claimed.rows}
    before = Membership.objects.filter(
        person_id__in=units, valid_until__isnull=False, employer__isnull=False
    ).order_by("person_id", "valid_until", "pk")
    employers = {
        each.person_id: each.employer_id for each in before if units[each.person_id] == each.org_unit_id
    }
    covered = set(
        Coverage.objects.filter(
            employer_id__in=set(employers.values()), valid_until__isnull=True
        ).values_list("org_unit_id", "employer_id")
    )
    found = Employer.objects.in_bulk({employer for _, employer in covered})
    return {
        person: found[employer]
        for person, employer in employers.items()
        if employer in found and (units[person], employer) in covered
    }


def _close(memberships: Sequence[Membership], *, closing: Membership.Closing, on: date) -> None:
    numbers = [each.pk for each in memberships]
    Membership.objects.filter(pk__in=numbers).update(valid_until=on, closing=closing)


def _record(
    kind: Happened, memberships: Sequence[Membership], *, on: date, reason: str, actor: Actor, at: datetime
) -> None:
    recording.record_in_places(
        kind,
        (
            (
                each.org_unit,
                recording.Subject(each.pk, each.person_id, each.employer_id, each.employer_class),
            )
            for each in memberships
        ),
        model=Membership, occurred_on=on, reason=reason, actor=actor, at=at,
    )  # fmt: skip
