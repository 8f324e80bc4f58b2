"""Registering and correcting employers, and what is reported of them."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from juli.domains.registry.claiming import claim_employer
from juli.domains.registry.facts import Happened
from juli.domains.registry.permissions import Permission
from juli.domains.registry.rules import days, employing
from juli.domains.registry.taken import refused_by
from juli.engines.facts import recording
from juli.engines.party import registering
from juli.engines.party.models import Employer, EmployerFlag, HazardousPost, Headcount
from juli.engines.party.particulars import Business
from juli.engines.scope.models import OrgUnit
from juli.kernel.actor import Actor
from juli.kernel.refusal import NotFound, NotPermitted

ONE_CREDIT_CODE = "party_employer_uscc_key"


@transaction.atomic
def register_employer(
    *, uscc: str, business: Business, territory_id: int, actor: Actor, at: datetime, source: str = ""
) -> Employer:
    """
    Register an employer in the territory of a unit.

    :raises NotFound: the territory is out of reach.
    :raises NotPermitted: the actor may not register employers there.
    :raises CreditCodeFaulty: the code cannot be right.
    :raises EmployerNameMissing: there is no name.
    :raises EmployerKnown: an employer with this code is registered.
    """
    territory = OrgUnit.objects.filter(pk=territory_id).first()
    if territory is None or not (
        actor.may(Permission.SEE, territory.path) or actor.may(Permission.EDIT_EMPLOYERS, territory.path)
    ):
        raise NotFound
    if not actor.may(Permission.EDIT_EMPLOYERS, territory.path):
        raise NotPermitted
    with refused_by(ONE_CREDIT_CODE, employing.EmployerKnown()):
        employer = registering.register_employer(uscc, business, territory=territory, source=source, at=at)
    recording.record(
        Happened.EMPLOYER_REGISTERED, subject=employer, org_unit=territory,
        occurred_on=timezone.localdate(at), employer_id=employer.pk, category=employer.ownership,
        actor=actor, at=at,
    )  # fmt: skip
    return employer


@transaction.atomic
def correct_employer(
    employer_id: int, *, uscc: str, business: Business, reason: str, actor: Actor, at: datetime
) -> Employer:
    """
    Put right what is registered of an employer; its history keeps what stood there.

    :raises NotFound: it is out of reach.
    :raises NotPermitted: the actor may not edit employers there.
    :raises ReasonMissing: no reason was given.
    :raises CreditCodeFaulty: the code cannot be right.
    :raises EmployerNameMissing: there is no name.
    :raises EmployerKnown: another employer bears the code.
    """
    employer = claim_employer(employer_id, actor=actor)
    kept = days.checked_reason(reason)
    employer.uscc = registering.checked_credit_code(uscc)
    registering.engaged(employer, business)
    employer.updated_at = at
    with refused_by(ONE_CREDIT_CODE, employing.EmployerKnown()):
        employer.save()
    recording.record(
        Happened.EMPLOYER_CORRECTED, subject=employer, org_unit=employer.org_unit,
        occurred_on=timezone.localdate(at), employer_id=employer.pk, category=employer.ownership,
        reason=kept, actor=actor, at=at,
    )  # fmt: skip
    return employer


@transaction.atomic
def report_headcount(
    employer_id: int, *, counted_on: date, employees: int, actor: Actor, at: datetime,
    migrant_workers: int | None = None, women: int | None = None, source: str = "",
) -> Headcount:  # fmt: skip
    """
    Write down how many people work for an employer on a day; a second count of the day replaces it.

    :raises NotFound: the employer is out of reach.
    :raises NotPermitted: the actor may not edit employers there.
    :raises PartsExceedWhole: more women or migrant workers than employees.
    :raises InTheFuture: the day has not come.
    """
    employer = claim_employer(employer_id, actor=actor)
    days.check_happened(counted_on, today=timezone.localdate(at))
    employing.check_parts(employees, parts=(migrant_workers, women))
    headcount, _ = Headcount.objects.update_or_create(
        employer=employer, counted_on=counted_on,
        defaults={
            "employees": employees, "migrant_workers": migrant_workers, "women": women, "source": source,
            "org_unit": employer.org_unit, "path": employer.path,
        },
    )  # fmt: skip
    recording.record(
        Happened.HEADCOUNT_REPORTED, subject=headcount, org_unit=employer.org_unit, occurred_on=counted_on,
        employer_id=employer.pk, quantity=employees, category=employer.ownership,
        payload={"migrant_workers": migrant_workers, "women": women}, actor=actor, at=at,
    )  # fmt: skip
    return headcount


@transaction.atomic
def flag_employer(
    employer_id: int, *, mark: EmployerFlag.Flag, on: date, source: str, actor: Actor, at: datetime
) -> EmployerFlag:
    """
    Put a mark on an employer from a day.

    :raises NotFound: it is out of reach.
    :raises NotPermitted: the actor may not edit employers there.
    :raises AlreadyFlagged: it bears the mark.
    :raises InTheFuture: the day has not come.
    """
    employer = claim_employer(employer_id, actor=actor)
    days.check_happened(on, today=timezone.localdate(at))
    if employer.flags.filter(flag=mark, valid_until__isnull=True).exists():
        raise employing.AlreadyFlagged(mark=EmployerFlag.Flag(mark).label)
    flagged = EmployerFlag.objects.create(
        employer=employer, flag=mark, valid_from=on, source=source,
        org_unit=employer.org_unit, path=employer.path,
    )  # fmt: skip
    recording.record(
        Happened.EMPLOYER_FLAGGED, subject=flagged, org_unit=employer.org_unit, occurred_on=on,
        employer_id=employer.pk, category=mark, reason=source, actor=actor, at=at,
    )  # fmt: skip
    return flagged


@transaction.atomic
def unflag_employer(flag_id: int, *, on: date, reason: str, actor: Actor, at: datetime) -> EmployerFlag:
    """
    Take a mark off an employer on a day.

    :raises NotFound: it is out of reach.
    :raises NotPermitted: the actor may not edit employers there.
    :raises NotFlagged: the mark was taken off before.
    :raises ReasonMissing: no reason was given.
    :raises InTheFuture: the day has not come.
    :raises TooEarly: the mark was put on later.
    """
    flagged = EmployerFlag.objects.select_related("org_unit").claim(
        flag_id, actor=actor, permission=Permission.EDIT_EMPLOYERS, see=Permission.SEE
    )
    if flagged.valid_until is not None:
        raise employing.NotFlagged
    kept = days.checked_reason(reason)
    days.check_happened(on, today=timezone.localdate(at))
    days.check_not_before(on, earliest=flagged.valid_from, event="加上标识")
    flagged.valid_until = on
    flagged.save(update_fields=["valid_until"])
    recording.record(
        Happened.EMPLOYER_UNFLAGGED, subject=flagged, org_unit=flagged.org_unit, occurred_on=on,
        employer_id=flagged.employer_id, category=flagged.flag, reason=kept, actor=actor, at=at,
    )  # fmt: skip
    return flagged


@transaction.atomic
def report_hazard(
    employer_id: int, *, title: str, hazard: HazardousPost.Hazard, workers: int, on: date,
    actor: Actor, at: datetime, is_checked_by_employer: bool | None = None,
) -> HazardousPost:  # fmt: skip
    """
    Write down a post at an employer that exposes its workers to a hazard.

    :raises NotFound: the employer is out of reach.
    :raises NotPermitted: the actor may not edit employers there.
    :raises PostTitleMissing: the post has no name.
    :raises InTheFuture: the day has not come.
    """
    employer = claim_employer(employer_id, actor=actor)
    days.check_happened(on, today=timezone.localdate(at))
    post = HazardousPost.objects.create(
        employer=employer, title=employing.checked_title(title), hazard=hazard, workers=workers,
        is_checked_by_employer=is_checked_by_employer, valid_from=on,
        org_unit=employer.org_unit, path=employer.path,
    )  # fmt: skip
    recording.record(
        Happened.HAZARD_REPORTED, subject=post, org_unit=employer.org_unit, occurred_on=on,
        employer_id=employer.pk, quantity=workers, category=hazard, actor=actor, at=at,
    )  # fmt: skip
    return post
