"""Putting right when a segment of a membership began and ended."""

from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from juli.domains.registry.actions.correcting import restating
from juli.domains.registry.facts import Happened
from juli.domains.registry.models import Membership, Union
from juli.domains.registry.permissions import Permission
from juli.domains.registry.rules import careers, correcting, days
from juli.domains.registry.selectors.careers import career_of
from juli.kernel.actor import Actor

_EDIT = Permission.EDIT_MEMBERS
_Opening, _Closing = Membership.Opening, Membership.Closing
_BEGUN: Final = {
    _Opening.ADMITTED: Happened.MEMBER_ADMITTED,
    _Opening.TRANSFERRED_IN: Happened.MEMBER_TRANSFERRED_IN,
    _Opening.RETAINED: Happened.MEMBERSHIP_RETAINED,
    _Opening.RESUMED: Happened.MEMBERSHIP_RESUMED,
}
_ENDED: Final = {
    _Closing.LEFT: Happened.MEMBER_LEFT,
    _Closing.EXPELLED: Happened.MEMBER_EXPELLED,
    _Closing.DIED: Happened.MEMBER_DIED,
}
"""How a career ends for good; every other closing is the opening of the next segment."""


@transaction.atomic
def correct_membership(
    membership_id: int, *, begins_on: date, ends_on: date | None, reason: str, actor: Actor, at: datetime
) -> Membership:
    """
    Put right when a segment began, and when it ended if the career ended with it.

    With the first segment the day of joining changes, in every segment of the career; with any other, the
    one before ends on the new day. An end entered by mistake is taken back by leaving it out.

    :raises NotFound: the segment is out of reach.
    :raises NotPermitted: the actor may not edit members there.
    :raises ReasonMissing: no reason was given.
    :raises NotEndedYet: it lasts, and an end was given.
    :raises EndedByTheNext: it ends where the next one begins.
    :raises EndsTooEarly: it would end before it begins.
    :raises SegmentsCross: it would begin before the one before it.
    :raises AlreadyMember: the end cannot be taken back, for another membership is in force.
    :raises InTheFuture: a day has not come.
    :raises TooEarly: the union did not exist yet, or an earlier membership had not ended.
    :raises ToldElsewhere: a part of the career lies where the actor does not reach.
    """
    rows = Membership.objects.select_related("org_unit")
    segment = restating.claim(rows, membership_id, permission=_EDIT, actor=actor, at=at)
    kept, today = days.checked_reason(reason), timezone.localdate(at)
    days.check_happened(max(begins_on, ends_on or begins_on), today=today)
    _check_end(segment, ends_on)
    correcting.check_order(begins_on, ends_on)
    founded = Union.objects.values_list("approved_on", flat=True).get(org_unit_id=segment.org_unit_id)
    days.check_not_before(begins_on, earliest=founded, event="工会成立")
    if begins_on != segment.valid_from:
        _begin_anew(segment, begins_on=begins_on, reason=kept, actor=actor, at=at)
    if ends_on != segment.valid_until:
        _end_anew(segment, ends_on=ends_on, reason=kept, actor=actor, at=at)
    restating.record_correction(
        segment, org_unit=segment.org_unit, what="membership", kind=Happened.MEMBERSHIP_CORRECTED,
        person_id=segment.person_id, employer_id=segment.employer_id, reason=kept, actor=actor, at=at,
    )  # fmt: skip
    return segment


def _check_end(segment: Membership, ends_on: date | None) -> None:
    correcting.check_end(ends_on, standing=segment.valid_until)
    is_ended_by_next = segment.valid_until is not None and segment.closing not in _ENDED
    if is_ended_by_next and ends_on != segment.valid_until:
        raise correcting.EndedByTheNext


def _begin_anew(segment: Membership, *, begins_on: date, reason: str, actor: Actor, at: datetime) -> None:
    by: dict[str, Any] = {"permission": _EDIT, "reason": reason, "actor": actor, "at": at}
    opening = _Opening(segment.opening)
    if opening is _Opening.ADMITTED:
        _join_anew(segment, joined_on=begins_on)
    else:
        before = _before(segment)
        if begins_on <= before.valid_from:
            raise correcting.SegmentsCross(earliest=before.valid_from.isoformat())
        before.valid_until = begins_on
        before.save(update_fields=["valid_until"])
        if before.closing == _Closing.TRANSFERRED_OUT:
            restating.restate(Happened.MEMBER_TRANSFERRED_OUT, before, occurred_on=begins_on, **by)
    segment.valid_from = begins_on
    segment.save(update_fields=["joined_on", "valid_from"])
    restating.restate(_BEGUN[opening], segment, occurred_on=begins_on, **by)


def _join_anew(segment: Membership, *, joined_on: date) -> None:
    """Change the day of joining in every segment of the career, which must all be within reach."""
    career = career_of(segment.person_id)
    later = [each for each in career if each.valid_from >= segment.valid_from]
    if not later or not all(each.is_within_reach for each in later):
        raise correcting.ToldElsewhere
    earlier = [
        each.valid_until for each in career if each.valid_from < segment.valid_from and each.valid_until
    ]
    days.check_not_before(joined_on, earliest=max(earlier, default=joined_on), event="上一段会籍结束")
    for each in Membership.objects.filter(person_id=segment.person_id, joined_on=segment.joined_on):
        if each.pk != segment.pk:
            each.joined_on = joined_on
            each.save(update_fields=["joined_on"])
    segment.joined_on = joined_on


def _before(segment: Membership) -> Membership:
    """Return the segment before another one, locked; careers are continued by those who reach both."""
    rows = Membership.objects.select_for_update(of=("self",)).filter(
        person_id=segment.person_id, valid_until=segment.valid_from
    )
    before = (
        rows.exclude(pk=segment.pk).exclude(closing__in=list(_ENDED)).order_by("-valid_from", "-pk").first()
    )
    if before is None:
        raise correcting.ToldElsewhere
    return before


def _end_anew(segment: Membership, *, ends_on: date | None, reason: str, actor: Actor, at: datetime) -> None:
    ended = _ENDED[_Closing(segment.closing)]
    was = segment.valid_until
    if ends_on is None:
        running = Membership.objects.filter(person_id=segment.person_id, valid_until__isnull=True)
        if other := running.select_related("org_unit").first():
            raise careers.AlreadyMember(union=other.org_unit.name)
        segment.closing = ""
    segment.valid_until = ends_on
    segment.save(update_fields=["valid_until", "closing"])
    restating.follow_end(
        ended, segment, was=was, now=ends_on, permission=_EDIT, reason=reason, actor=actor, at=at
    )
