"""Putting right which union stood for an employer when, and in whose territory it lies."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from juli.domains.registry.actions.correcting import restating
from juli.domains.registry.claiming import claim_employer
from juli.domains.registry.facts import Happened
from juli.domains.registry.models import Coverage
from juli.domains.registry.permissions import Permission
from juli.domains.registry.rules import correcting, covering, days
from juli.engines.facts import recording
from juli.engines.party import registering
from juli.engines.party.models import Employer
from juli.engines.scope.models import OrgUnit
from juli.kernel.actor import Actor
from juli.kernel.refusal import NotFound, NotPermitted


@transaction.atomic
def correct_coverage(
    coverage_id: int, *, begins_on: date, ends_on: date | None, reason: str, actor: Actor, at: datetime
) -> Coverage:
    """
    Put right since when and until when a union stood for an employer.

    One that was ended by mistake lasts on without an end; the employer moves below the union again.

    :raises NotFound: it is out of reach.
    :raises NotPermitted: the actor may not arrange unions there.
    :raises ReasonMissing: no reason was given.
    :raises NotEndedYet: it lasts, and an end was given.
    :raises EndsTooEarly: it would end before it begins.
    :raises AlreadyCovered: another coverage holds on one of these days.
    :raises InTheFuture: a day has not come.
    :raises TooEarly: the union did not exist yet.
    :raises ToldElsewhere: it was told where the actor does not reach.
    """
    permission = Permission.ARRANGE_UNIONS
    rows = Coverage.objects.select_related("union", "org_unit")
    coverage = restating.claim(rows, coverage_id, permission=permission, actor=actor, at=at)
    kept, today = days.checked_reason(reason), timezone.localdate(at)
    was = coverage.valid_until
    correcting.check_end(ends_on, standing=was)
    days.check_happened(max(begins_on, ends_on or begins_on), today=today)
    days.check_not_before(begins_on, earliest=coverage.union.approved_on, event="工会成立")
    correcting.check_order(begins_on, ends_on)
    _refuse_overlap(coverage, begins_on=begins_on, ends_on=ends_on)
    coverage.valid_from, coverage.valid_until = begins_on, ends_on
    coverage.save(update_fields=["valid_from", "valid_until"])
    if was is not None and ends_on is None:
        claim_employer(coverage.employer_id, actor=actor, permission=permission)
        registering.place_employers([coverage.employer_id], at_unit=coverage.org_unit, at=at)
    by: dict[str, Any] = {"permission": permission, "reason": kept, "actor": actor, "at": at}
    restating.restate(Happened.COVERAGE_BEGUN, coverage, occurred_on=begins_on, **by)
    restating.follow_end(Happened.COVERAGE_ENDED, coverage, was=was, now=ends_on, **by)
    restating.record_correction(
        coverage, org_unit=coverage.org_unit, what="coverage", employer_id=coverage.employer_id,
        reason=kept, actor=actor, at=at,
    )  # fmt: skip
    return coverage


@transaction.atomic
def correct_territory(
    employer_id: int, *, territory_id: int, reason: str, actor: Actor, at: datetime
) -> Employer:
    """
    Put right in whose territory an employer lies; one that no union covers moves there.

    :raises NotFound: the employer or the territory is out of reach.
    :raises NotPermitted: the actor may not edit employers in one of the two places.
    :raises ReasonMissing: no reason was given.
    :raises NothingToCorrect: it lies there.
    """
    employer = claim_employer(employer_id, actor=actor)
    kept = days.checked_reason(reason)
    territory = OrgUnit.objects.filter(pk=territory_id).first()
    if territory is None:
        raise NotFound
    if not actor.may(Permission.EDIT_EMPLOYERS, territory.path):
        raise NotPermitted
    if employer.territory_id == territory.pk:
        raise correcting.NothingToCorrect
    employer.territory, employer.updated_at = territory, at
    employer.save(update_fields=["territory", "updated_at"])
    recording.record(
        Happened.EMPLOYER_CORRECTED, subject=employer, org_unit=employer.org_unit,
        occurred_on=timezone.localdate(at), employer_id=employer.pk, category=employer.ownership,
        reason=kept, actor=actor, at=at,
    )  # fmt: skip
    if not Coverage.objects.filter(employer_id=employer.pk, valid_until__isnull=True).exists():
        registering.place_employers([employer.pk], at_unit=territory, at=at)
    return employer


def _refuse_overlap(coverage: Coverage, *, begins_on: date, ends_on: date | None) -> None:
    others = Coverage.objects.filter(employer_id=coverage.employer_id).exclude(pk=coverage.pk)
    touching = others.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=begins_on))
    if ends_on is not None:
        touching = touching.filter(valid_from__lt=ends_on)
    if other := touching.select_related("union").order_by("pk").first():
        raise covering.AlreadyCovered(union=other.union.name)
