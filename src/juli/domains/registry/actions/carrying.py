"""
Members and employers on their way from a union that ends.

Called by merger and dissolution, which have claimed both unions and written down why.
"""

from datetime import date, datetime

from django.db import transaction

from juli.domains.registry.actions.coverage import end_coverage
from juli.domains.registry.facts import Happened
from juli.domains.registry.models import Committee, Coverage, Membership, Post, Union
from juli.domains.registry.rules import days
from juli.engines.facts import recording
from juli.engines.party import registering
from juli.engines.party.models import Person
from juli.kernel.actor import Actor


@transaction.atomic
def carry_members(
    union: Union, *, to: Union, are_retained: bool, on: date, reason: str, actor: Actor, at: datetime
) -> int:
    """
    Carry every membership of a union on to another, number and day of joining kept; return how many.

    Those who lose their union with their employment rest (工会法(2021)第十三条); a rested one stays so.

    :raises TooEarly: somebody joined later than the day.
    """
    held = Membership.objects.filter(org_unit_id=union.org_unit_id, valid_until__isnull=True)
    segments = list(held.select_for_update(of=("self",)).order_by("pk"))
    latest = max((each.valid_from for each in segments), default=on)
    days.check_not_before(on, earliest=latest, event="最近一名会员入会")
    keys = [each.pk for each in segments]
    Membership.objects.filter(pk__in=keys).update(valid_until=on, closing=Membership.Closing.TRANSFERRED_OUT)
    arrived = Membership.objects.bulk_create(
        [_continued(each, at_union=to, is_retained=are_retained, on=on) for each in segments],
        batch_size=2_000,
    )
    people = [each.person_id for each in segments]
    Person.objects.filter(pk__in=people).update(org_unit=to.org_unit, path=to.path, updated_at=at)
    _record(
        Happened.MEMBER_TRANSFERRED_OUT, segments, at_union=union, on=on, reason=reason, actor=actor, at=at
    )
    _record(Happened.MEMBER_TRANSFERRED_IN, arrived, at_union=to, on=on, reason=reason, actor=actor, at=at)
    return len(segments)


@transaction.atomic
def carry_employers(union: Union, *, to: Union, on: date, reason: str, actor: Actor, at: datetime) -> int:
    """
    Let another union stand for every employer of a union; return how many.

    :raises TooEarly: an employer was covered later than the day.
    """
    ending = _coverages(union, on=on)
    keys = [each.pk for each in ending]
    Coverage.objects.filter(pk__in=keys).update(valid_until=on)
    begun = Coverage.objects.bulk_create(
        [
            Coverage(
                union=to, employer_id=each.employer_id, org_unit=to.org_unit, path=to.path, valid_from=on
            )
            for each in ending
        ]
    )
    employers = [each.employer_id for each in ending]
    registering.place_employers(employers, at_unit=to.org_unit, at=at)
    classes = {each.employer_id: each.employer.ownership for each in ending}
    for kind, rows, place in (
        (Happened.COVERAGE_ENDED, ending, union),
        (Happened.COVERAGE_BEGUN, begun, to),
    ):
        recording.record_each(
            kind,
            [recording.Subject(each.pk, None, each.employer_id, classes[each.employer_id]) for each in rows],
            model=Coverage, org_unit=place.org_unit, occurred_on=on, reason=reason, actor=actor, at=at,
        )  # fmt: skip
    return len(ending)


@transaction.atomic
def release_employers(union: Union, *, on: date, reason: str, actor: Actor, at: datetime) -> int:
    """
    Send every employer of a union back to its territory; return how many.

    :raises TooEarly: an employer was covered later than the day.
    :raises TerritoryOutOfReach: an employer would go where the actor does not reach.
    """
    ending = _coverages(union, on=on)
    for coverage in ending:
        end_coverage(coverage, on=on, reason=reason, actor=actor, at=at)
    return len(ending)


@transaction.atomic
def end_offices(union: Union, *, on: date, reason: str, actor: Actor, at: datetime) -> int:
    """Let everybody leave their posts in a union and its committees end; return how many posts."""
    posts = list(Post.objects.filter(union=union, valid_until__isnull=True).order_by("pk"))
    for post in posts:
        post.valid_until = max(on, post.valid_from)
        post.save(update_fields=["valid_until"])
    recording.record_each(
        Happened.POST_LEFT, [recording.Subject(each.pk, each.person_id) for each in posts],
        model=Post, org_unit=union.org_unit, occurred_on=on, reason=reason, actor=actor, at=at,
    )  # fmt: skip
    committees = list(Committee.objects.filter(union=union, valid_until__isnull=True).order_by("pk"))
    for committee in committees:
        committee.valid_until = max(on, committee.valid_from)
        committee.save(update_fields=["valid_until"])
    recording.record_each(
        Happened.COMMITTEE_ENDED, [recording.Subject(each.pk) for each in committees],
        model=Committee, org_unit=union.org_unit, occurred_on=on, reason=reason, actor=actor, at=at,
    )  # fmt: skip
    return len(posts)


def _coverages(union: Union, *, on: date) -> list[Coverage]:
    held = union.coverages.filter(valid_until__isnull=True).select_related("employer", "org_unit")
    found = list(held.select_for_update(of=("self",)).order_by("pk"))
    for coverage in found:
        days.check_not_before(on, earliest=coverage.valid_from, event="覆盖开始")
    return found


def _continued(segment: Membership, *, at_union: Union, is_retained: bool, on: date) -> Membership:
    return Membership(
        person_id=segment.person_id,
        employer_id=None if is_retained else segment.employer_id,
        org_unit=at_union.org_unit,
        path=at_union.path,
        number=segment.number,
        standing=Membership.Standing.RETAINED if is_retained else segment.standing,
        opening=Membership.Opening.TRANSFERRED_IN,
        joined_on=segment.joined_on,
        valid_from=on,
        employer_class=segment.employer_class,
    )


def _record(
    kind: Happened,
    segments: list[Membership],
    *,
    at_union: Union,
    on: date,
    reason: str,
    actor: Actor,
    at: datetime,
) -> None:
    recording.record_each(
        kind,
        [
            recording.Subject(each.pk, each.person_id, each.employer_id, each.employer_class)
            for each in segments
        ],
        model=Membership, org_unit=at_union.org_unit, occurred_on=on, reason=reason, actor=actor, at=at,
    )  # fmt: skip
