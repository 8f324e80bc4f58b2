"""Which employers a union stands for."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from juli.domains.registry.claiming import claim_employer, claim_union
from juli.domains.registry.facts import Happened
from juli.domains.registry.models import Coverage, Membership
from juli.domains.registry.permissions import Permission
from juli.domains.registry.rules import covering, days, founding
from juli.engines.facts import recording
from juli.engines.party import registering
from juli.engines.scope.models import OrgUnit
from juli.kernel.actor import Actor


@transaction.atomic
def cover_employer(*, union_id: int, employer_id: int, on: date, actor: Actor, at: datetime) -> Coverage:
    """
    Let a union stand for an employer from a day; the employer moves below the union.

    :raises NotFound: the union or the employer is out of reach.
    :raises NotPermitted: the actor may not arrange unions at one of them.
    :raises UnionEnded: the union exists no more.
    :raises LevelCoversNobody: unions of this level stand for no employer.
    :raises AlreadyCovered: a union stands for the employer.
    :raises OwnUnionCoversMore: an employer's own union covers that employer alone.
    :raises InTheFuture: the day has not come.
    :raises TooEarly: the union did not exist yet, or an earlier coverage had not ended.
    """
    union = claim_union(union_id, actor=actor)
    employer = claim_employer(employer_id, actor=actor, permission=Permission.ARRANGE_UNIONS)
    covering.check_level(union.level, label=union.get_level_display())
    days.check_happened(on, today=timezone.localdate(at))
    days.check_not_before(on, earliest=union.approved_on, event="工会成立")
    _refuse_overlap(employer.pk, on=on)
    founding.check_covered(union.form, employers=1 + union.coverages.filter(valid_until__isnull=True).count())
    coverage = Coverage.objects.create(
        union=union, employer=employer, org_unit=union.org_unit, path=union.path, valid_from=on
    )
    registering.place_employers([employer.pk], at_unit=union.org_unit, at=at)
    recording.record(
        Happened.COVERAGE_BEGUN, subject=coverage, org_unit=union.org_unit, occurred_on=on,
        employer_id=employer.pk, category=employer.ownership, actor=actor, at=at,
    )  # fmt: skip
    return coverage


@transaction.atomic
def uncover_employer(coverage_id: int, *, on: date, reason: str, actor: Actor, at: datetime) -> Coverage:
    """
    End a coverage; the employer goes back to its territory.

    :raises NotFound: the coverage is out of reach.
    :raises NotPermitted: the actor may not arrange unions there.
    :raises CoverageEnded: it was ended before.
    :raises MembersStillThere: members of the union still work for the employer.
    :raises TerritoryOutOfReach: the employer would go where the actor does not reach.
    :raises ReasonMissing: no reason was given.
    :raises InTheFuture: the day has not come.
    :raises TooEarly: the coverage began later.
    """
    coverage = Coverage.objects.select_related("org_unit", "employer").claim(
        coverage_id, actor=actor, permission=Permission.ARRANGE_UNIONS, see=Permission.SEE
    )
    if coverage.valid_until is not None:
        raise covering.CoverageEnded
    kept = days.checked_reason(reason)
    days.check_happened(on, today=timezone.localdate(at))
    days.check_not_before(on, earliest=coverage.valid_from, event="覆盖开始")
    members = Membership.objects.filter(
        org_unit_id=coverage.org_unit_id, employer_id=coverage.employer_id, valid_until__isnull=True
    )
    if left := members.count():
        raise covering.MembersStillThere(employer=coverage.employer.name, members=left)
    end_coverage(coverage, on=on, reason=kept, actor=actor, at=at)
    return coverage


@transaction.atomic
def end_coverage(coverage: Coverage, *, on: date, reason: str, actor: Actor, at: datetime) -> None:
    """
    End a coverage that the caller has claimed; the employer goes back to its territory.

    :raises TerritoryOutOfReach: that is where the actor does not reach.
    """
    employer = coverage.employer
    territory = OrgUnit.objects.filter(pk=employer.territory_id).first()
    if territory is None or not actor.may(Permission.ARRANGE_UNIONS, territory.path):
        raise covering.TerritoryOutOfReach(employer=employer.name)
    coverage.valid_until = on
    coverage.save(update_fields=["valid_until"])
    registering.place_employers([employer.pk], at_unit=territory, at=at)
    recording.record(
        Happened.COVERAGE_ENDED, subject=coverage, org_unit=coverage.org_unit, occurred_on=on,
        employer_id=employer.pk, category=employer.ownership, reason=reason, actor=actor, at=at,
    )  # fmt: skip


def _refuse_overlap(employer_id: int, *, on: date) -> None:
    last = (
        Coverage.objects.filter(employer_id=employer_id)
        .select_related("union")
        .order_by("-valid_from", "-pk")
        .first()
    )
    if last is None:
        return
    if last.valid_until is None:
        raise covering.AlreadyCovered(union=last.union.name)
    days.check_not_before(on, earliest=last.valid_until, event="上一段覆盖结束")
