"""Putting right what was reported of employers: headcounts, hazards and marks."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from juli.domains.registry.actions.correcting import restating
from juli.domains.registry.facts import Happened
from juli.domains.registry.permissions import Permission
from juli.domains.registry.rules import correcting, days, employing
from juli.domains.registry.taken import refused_by
from juli.engines.facts import recording
from juli.engines.party.models import EmployerFlag, HazardousPost, Headcount
from juli.kernel.actor import Actor

_EDIT = Permission.EDIT_EMPLOYERS


@transaction.atomic
def correct_headcount(
    headcount_id: int, *, counted_on: date, employees: int, migrant_workers: int | None, women: int | None,
    source: str, reason: str, actor: Actor, at: datetime,
) -> Headcount:  # fmt: skip
    """
    Put right what was counted at an employer on a day, or the day.

    :raises NotFound: it is out of reach.
    :raises NotPermitted: the actor may not edit employers there.
    :raises ReasonMissing: no reason was given.
    :raises PartsExceedWhole: more women or migrant workers than employees.
    :raises CountedThatDay: another count of the day stands there.
    :raises InTheFuture: the day has not come.
    :raises ToldElsewhere: it was told where the actor does not reach.
    """
    rows = Headcount.objects.select_related("org_unit")
    headcount = restating.claim(rows, headcount_id, permission=_EDIT, actor=actor, at=at)
    kept = days.checked_reason(reason)
    days.check_happened(counted_on, today=timezone.localdate(at))
    employing.check_parts(employees, parts=(migrant_workers, women))
    headcount.counted_on, headcount.employees = counted_on, employees
    headcount.migrant_workers, headcount.women = migrant_workers, women
    headcount.source = source.strip()
    with refused_by("party_headcount_one_a_day", employing.CountedThatDay(day=counted_on.isoformat())):
        headcount.save(update_fields=["counted_on", "employees", "migrant_workers", "women", "source"])
    restating.restate(
        Happened.HEADCOUNT_REPORTED, headcount, occurred_on=counted_on, quantity=employees,
        payload={"migrant_workers": migrant_workers, "women": women}, permission=_EDIT, reason=kept,
        actor=actor, at=at,
    )  # fmt: skip
    _record(headcount, what="headcount", reason=kept, actor=actor, at=at)
    return headcount


@transaction.atomic
def correct_hazard(
    hazard_id: int, *, title: str, hazard: HazardousPost.Hazard, workers: int,
    is_checked_by_employer: bool | None, begins_on: date, ends_on: date | None, reason: str,
    actor: Actor, at: datetime,
) -> HazardousPost:  # fmt: skip
    """
    Put right what is registered of a post that exposes its workers.

    :raises NotFound: it is out of reach.
    :raises NotPermitted: the actor may not edit employers there.
    :raises ReasonMissing: no reason was given.
    :raises PostTitleMissing: the post has no name.
    :raises NotEndedYet: it exists, and an end was given.
    :raises EndsTooEarly: it would end before it begins.
    :raises InTheFuture: a day has not come.
    :raises ToldElsewhere: it was told where the actor does not reach.
    """
    rows = HazardousPost.objects.select_related("org_unit")
    post = restating.claim(rows, hazard_id, permission=_EDIT, actor=actor, at=at)
    kept, was = days.checked_reason(reason), post.valid_until
    _check_stretch(begins_on, ends_on, standing=was, at=at)
    post.title, post.hazard, post.workers = employing.checked_title(title), hazard, workers
    post.is_checked_by_employer = is_checked_by_employer
    post.valid_from, post.valid_until = begins_on, ends_on
    post.save(
        update_fields=[
            "title", "hazard", "workers", "is_checked_by_employer", "valid_from", "valid_until"
        ]
    )  # fmt: skip
    by: dict[str, Any] = {"permission": _EDIT, "reason": kept, "actor": actor, "at": at}
    restating.restate(
        Happened.HAZARD_REPORTED, post, occurred_on=begins_on, category=hazard, quantity=workers, **by
    )
    restating.follow_end(Happened.HAZARD_ENDED, post, was=was, now=ends_on, **by)
    _record(post, what="hazard", reason=kept, actor=actor, at=at)
    return post


@transaction.atomic
def end_hazard(hazard_id: int, *, on: date, reason: str, actor: Actor, at: datetime) -> HazardousPost:
    """
    Write down that a post exposes its workers no longer.

    :raises NotFound: it is out of reach.
    :raises NotPermitted: the actor may not edit employers there.
    :raises HazardEnded: it was ended before.
    :raises ReasonMissing: no reason was given.
    :raises InTheFuture: the day has not come.
    :raises TooEarly: it was registered later.
    """
    rows = HazardousPost.objects.select_related("org_unit")
    post = restating.claim(rows, hazard_id, permission=_EDIT, actor=actor, at=at)
    if post.valid_until is not None:
        raise employing.HazardEnded
    kept = days.checked_reason(reason)
    days.check_happened(on, today=timezone.localdate(at))
    days.check_not_before(on, earliest=post.valid_from, event="登记有害岗位")
    post.valid_until = on
    post.save(update_fields=["valid_until"])
    recording.record(
        Happened.HAZARD_ENDED, subject=post, org_unit=post.org_unit, occurred_on=on,
        employer_id=post.employer_id, quantity=post.workers, category=post.hazard, reason=kept,
        actor=actor, at=at,
    )  # fmt: skip
    return post


@transaction.atomic
def correct_mark(
    mark_id: int,
    *,
    source: str,
    begins_on: date,
    ends_on: date | None,
    reason: str,
    actor: Actor,
    at: datetime,
) -> EmployerFlag:
    """
    Put right since when an employer bears a mark, until when, and who says so.

    :raises NotFound: it is out of reach.
    :raises NotPermitted: the actor may not edit employers there.
    :raises ReasonMissing: no reason was given.
    :raises NotEndedYet: it is borne, and an end was given.
    :raises EndsTooEarly: it would end before it begins.
    :raises AlreadyFlagged: the employer bears the mark again by now.
    :raises InTheFuture: a day has not come.
    :raises ToldElsewhere: it was told where the actor does not reach.
    """
    rows = EmployerFlag.objects.select_related("org_unit")
    mark = restating.claim(rows, mark_id, permission=_EDIT, actor=actor, at=at)
    kept, was = days.checked_reason(reason), mark.valid_until
    _check_stretch(begins_on, ends_on, standing=was, at=at)
    mark.source, mark.valid_from, mark.valid_until = source.strip(), begins_on, ends_on
    with refused_by("party_flag_one_in_force", employing.AlreadyFlagged(mark=mark.get_flag_display())):
        mark.save(update_fields=["source", "valid_from", "valid_until"])
    by: dict[str, Any] = {"permission": _EDIT, "reason": kept, "actor": actor, "at": at}
    restating.restate(Happened.EMPLOYER_FLAGGED, mark, occurred_on=begins_on, **by)
    restating.follow_end(Happened.EMPLOYER_UNFLAGGED, mark, was=was, now=ends_on, **by)
    _record(mark, what="mark", reason=kept, actor=actor, at=at)
    return mark


def _check_stretch(begins_on: date, ends_on: date | None, *, standing: date | None, at: datetime) -> None:
    correcting.check_end(ends_on, standing=standing)
    correcting.check_order(begins_on, ends_on)
    days.check_happened(ends_on or begins_on, today=timezone.localdate(at))


def _record(
    entry: Headcount | HazardousPost | EmployerFlag, *, what: str, reason: str, actor: Actor, at: datetime
) -> None:
    restating.record_correction(
        entry, org_unit=entry.org_unit, what=what, employer_id=entry.employer_id, reason=reason,
        actor=actor, at=at,
    )  # fmt: skip
