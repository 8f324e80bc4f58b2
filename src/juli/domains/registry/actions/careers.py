"""The later stations of a membership: transferred, rested, resumed, ended (会籍接转)."""

from datetime import date, datetime

from django.db import transaction

from juli.domains.registry.actions.vacating import leave_posts
from juli.domains.registry.claiming import claim_membership, claim_other_union
from juli.domains.registry.facts import Happened
from juli.domains.registry.models import Membership, Union
from juli.domains.registry.permissions import Permission
from juli.domains.registry.rules import careers, days
from juli.domains.registry.segments import check_day, following
from juli.domains.registry.working import covered_employer
from juli.engines.facts import recording
from juli.engines.party.models import Employer
from juli.kernel.actor import Actor


@transaction.atomic
def transfer_member(
    membership_id: int, *, to_union_id: int, on: date, actor: Actor, at: datetime,
    employer_id: int | None = None, reason: str = "",
) -> Membership:  # fmt: skip
    """
    Transfer a membership to another union, or to another employer of a joint one.

    Number and day of joining stay (一次入会、动态接转; 工会会员会籍管理办法(2016)第三条). Who takes up work
    becomes active again. The person moves below the new union.

    :raises NotFound: the membership or the employer is out of reach.
    :raises NotPermitted: the actor may not edit members in one of the unions.
    :raises MembershipEnded: the segment is over.
    :raises NeedsCommonSuperior: the other union is out of reach.
    :raises UnionEnded: it exists no more.
    :raises SameUnion: nothing would change.
    :raises EmployerNotCovered: the other union does not stand for the employer.
    :raises InTheFuture: the day has not come.
    :raises TooEarly: the segment began later, or the other union did not exist yet.
    """
    old = claim_membership(membership_id, actor=actor)
    union = claim_other_union(to_union_id, actor=actor, permission=Permission.EDIT_MEMBERS)
    if (union.org_unit_id, employer_id) == (old.org_unit_id, old.employer_id):
        raise careers.SameUnion
    check_day(old, on=on, at=at)
    days.check_not_before(on, earliest=union.approved_on, event="转入工会成立")
    employer = covered_employer(union, employer_id) if employer_id is not None else None
    if union.org_unit_id != old.org_unit_id:
        leave_posts([old], on=on, reason="会籍转出", actor=actor, at=at)
    _close(old, closing=Membership.Closing.TRANSFERRED_OUT, on=on)
    new = _continue(
        old, union=union, employer=employer, opening=Membership.Opening.TRANSFERRED_IN, on=on,
        standing=Membership.Standing.ACTIVE if employer else Membership.Standing(old.standing),
    )  # fmt: skip
    person = old.person
    person.org_unit, person.path, person.updated_at = union.org_unit, union.path, at
    person.save(update_fields=["org_unit", "path", "updated_at"])
    _record(Happened.MEMBER_TRANSFERRED_OUT, old, on=on, reason=reason.strip(), actor=actor, at=at)
    _record(Happened.MEMBER_TRANSFERRED_IN, new, on=on, reason=reason.strip(), actor=actor, at=at)
    return new


@transaction.atomic
def retain_membership(membership_id: int, *, on: date, reason: str, actor: Actor, at: datetime) -> Membership:
    """
    Let a membership rest: its holder retired or lost their work.

    :raises NotFound: it is out of reach.
    :raises NotPermitted: the actor may not edit members there.
    :raises MembershipEnded: the segment is over.
    :raises NotActive: it rests already.
    :raises ReasonMissing: no reason was given.
    :raises InTheFuture: the day has not come.
    :raises TooEarly: the segment began later.
    """
    old = claim_membership(membership_id, actor=actor)
    if old.standing != Membership.Standing.ACTIVE:
        raise careers.NotActive
    kept = days.checked_reason(reason)
    check_day(old, on=on, at=at)
    leave_posts([old], on=on, reason=kept, actor=actor, at=at)
    _close(old, closing=Membership.Closing.RETAINED, on=on)
    new = _continue(
        old, union=None, employer=None, opening=Membership.Opening.RETAINED, on=on,
        standing=Membership.Standing.RETAINED,
    )  # fmt: skip
    _record(Happened.MEMBERSHIP_RETAINED, new, on=on, reason=kept, actor=actor, at=at)
    return new


@transaction.atomic
def resume_membership(
    membership_id: int, *, on: date, actor: Actor, at: datetime, employer_id: int | None = None
) -> Membership:
    """
    Make a resting membership active again in its union.

    :raises NotFound: the membership or the employer is out of reach.
    :raises NotPermitted: the actor may not edit members there.
    :raises MembershipEnded: the segment is over.
    :raises NotRetained: it does not rest.
    :raises UnionEnded: its union exists no more.
    :raises EmployerNotCovered: the union does not stand for the employer.
    :raises InTheFuture: the day has not come.
    :raises TooEarly: the rest began later.
    """
    old = claim_membership(membership_id, actor=actor)
    if old.standing != Membership.Standing.RETAINED:
        raise careers.NotRetained
    check_day(old, on=on, at=at)
    union = Union.objects.get(org_unit_id=old.org_unit_id)
    employer = covered_employer(union, employer_id) if employer_id is not None else None
    _close(old, closing=Membership.Closing.RESUMED, on=on)
    new = _continue(
        old, union=None, employer=employer, opening=Membership.Opening.RESUMED, on=on,
        standing=Membership.Standing.ACTIVE,
    )  # fmt: skip
    _record(Happened.MEMBERSHIP_RESUMED, new, on=on, reason="", actor=actor, at=at)
    return new


@transaction.atomic
def leave_membership(membership_id: int, *, on: date, reason: str, actor: Actor, at: datetime) -> Membership:
    """
    Let a member leave, as everybody is free to (中国工会章程).

    :raises NotFound: it is out of reach.
    :raises NotPermitted: the actor may not edit members there.
    :raises MembershipEnded: the segment is over.
    :raises ReasonMissing: no reason was given.
    :raises InTheFuture: the day has not come.
    :raises TooEarly: the segment began later.
    """
    kind, closing = Happened.MEMBER_LEFT, Membership.Closing.LEFT
    return _end(membership_id, kind=kind, closing=closing, on=on, reason=reason, actor=actor, at=at)


@transaction.atomic
def expel_member(membership_id: int, *, on: date, reason: str, actor: Actor, at: datetime) -> Membership:
    """
    Expel a member, as their union decided.

    :raises NotFound: it is out of reach.
    :raises NotPermitted: the actor may not edit members there.
    :raises MembershipEnded: the segment is over.
    :raises ReasonMissing: no reason was given.
    :raises InTheFuture: the day has not come.
    :raises TooEarly: the segment began later.
    """
    kind, closing = Happened.MEMBER_EXPELLED, Membership.Closing.EXPELLED
    return _end(membership_id, kind=kind, closing=closing, on=on, reason=reason, actor=actor, at=at)


@transaction.atomic
def record_death(membership_id: int, *, on: date, source: str, actor: Actor, at: datetime) -> Membership:
    """
    Write down that a member died; ``source`` says who told.

    :raises NotFound: it is out of reach.
    :raises NotPermitted: the actor may not edit members there.
    :raises MembershipEnded: the segment is over.
    :raises ReasonMissing: no source was given.
    :raises InTheFuture: the day has not come.
    :raises TooEarly: the segment began later.
    """
    kind, closing = Happened.MEMBER_DIED, Membership.Closing.DIED
    return _end(membership_id, kind=kind, closing=closing, on=on, reason=source, actor=actor, at=at)


def _end(
    membership_id: int, *, kind: Happened, closing: Membership.Closing, on: date, reason: str,
    actor: Actor, at: datetime,
) -> Membership:  # fmt: skip
    membership = claim_membership(membership_id, actor=actor)
    kept = days.checked_reason(reason)
    check_day(membership, on=on, at=at)
    leave_posts([membership], on=on, reason=closing.label, actor=actor, at=at)
    _close(membership, closing=closing, on=on)
    _record(kind, membership, on=on, reason=kept, actor=actor, at=at)
    return membership


def _close(membership: Membership, *, closing: Membership.Closing, on: date) -> None:
    membership.valid_until, membership.closing = on, closing
    membership.save(update_fields=["valid_until", "closing"])


def _continue(
    old: Membership, *, union: Union | None, employer: Employer | None, opening: Membership.Opening,
    standing: Membership.Standing, on: date,
) -> Membership:  # fmt: skip
    """Open the next segment of a career, in another union or in the same."""
    new = following(old, union=union, employer=employer, opening=opening, standing=standing, on=on)
    new.save(force_insert=True)
    return new


def _record(
    kind: Happened, membership: Membership, *, on: date, reason: str, actor: Actor, at: datetime
) -> None:
    recording.record(
        kind, subject=membership, org_unit=membership.org_unit, occurred_on=on,
        person_id=membership.person_id, employer_id=membership.employer_id,
        category=membership.employer_class, reason=reason, actor=actor, at=at,
    )  # fmt: skip
