"""Marks on many employers at once, after the rules of the single actions."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from juli.domains.registry.claiming_many import Refusals, claim_employers
from juli.domains.registry.facts import Happened
from juli.domains.registry.rules import days, employing
from juli.engines.facts import recording
from juli.engines.party.models import Employer, EmployerFlag
from juli.engines.scope.models import OrgUnit
from juli.kernel.actor import Actor


@transaction.atomic
def flag_employers(
    employer_ids: Iterable[int], *, mark: EmployerFlag.Flag, on: date, source: str, actor: Actor, at: datetime
) -> Refusals:
    """
    Put a mark on many employers from a day; return which were refused, and why.

    As ``flag_employer`` does for one.

    :raises InTheFuture: the day has not come.
    """
    days.check_happened(on, today=timezone.localdate(at))
    employers = claim_employers(employer_ids, actor=actor)
    borne = _borne(employers.rows, mark=mark)

    def check(employer: Employer) -> None:
        if employer.pk in borne:
            raise employing.AlreadyFlagged(mark=EmployerFlag.Flag(mark).label)

    claimed = employers.judged(check)
    marks = EmployerFlag.objects.bulk_create(
        EmployerFlag(
            employer_id=each.pk, flag=mark, valid_from=on, source=source,
            org_unit_id=each.org_unit_id, path=each.path,
        )
        for each in claimed.rows
    )  # fmt: skip
    _record(Happened.EMPLOYER_FLAGGED, marks, on=on, reason=source, actor=actor, at=at)
    return claimed.refused


@transaction.atomic
def unflag_employers(
    employer_ids: Iterable[int], *, mark: EmployerFlag.Flag, on: date, reason: str, actor: Actor, at: datetime
) -> Refusals:
    """
    Take a mark off many employers on a day; return which were refused, and why.

    As ``unflag_employer`` does for one.

    :raises ReasonMissing: no reason was given.
    :raises InTheFuture: the day has not come.
    """
    kept = days.checked_reason(reason)
    days.check_happened(on, today=timezone.localdate(at))
    employers = claim_employers(employer_ids, actor=actor)
    borne = _borne(employers.rows, mark=mark)

    def check(employer: Employer) -> None:
        if employer.pk not in borne:
            raise employing.NotFlagged
        days.check_not_before(on, earliest=borne[employer.pk].valid_from, event="加上标识")

    claimed = employers.judged(check)
    marks = [borne[each.pk] for each in claimed.rows]
    EmployerFlag.objects.filter(pk__in=[each.pk for each in marks]).update(valid_until=on)
    _record(Happened.EMPLOYER_UNFLAGGED, marks, on=on, reason=kept, actor=actor, at=at)
    return claimed.refused


def _borne(employers: Iterable[Employer], *, mark: EmployerFlag.Flag) -> dict[int, EmployerFlag]:
    """Return the mark of each employer that bears it, locked."""
    numbers = [each.pk for each in employers]
    rows = EmployerFlag.objects.filter(employer_id__in=numbers, flag=mark, valid_until__isnull=True)
    return {each.employer_id: each for each in rows.select_for_update().order_by("pk")}


def _record(
    kind: Happened, marks: Iterable[EmployerFlag], *, on: date, reason: str, actor: Actor, at: datetime
) -> None:
    held = list(marks)
    units = OrgUnit.objects.in_bulk({each.org_unit_id for each in held})
    recording.record_in_places(
        kind,
        (
            (
                units[each.org_unit_id],
                recording.Subject(each.pk, employer_id=each.employer_id, category=each.flag),
            )
            for each in held
        ),
        model=EmployerFlag, occurred_on=on, reason=reason, actor=actor, at=at,
    )  # fmt: skip
