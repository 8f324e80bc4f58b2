"""The segments of a career as the actions write them: on which days, and what follows one that ends."""

from datetime import date, datetime

from django.utils import timezone

from juli.domains.registry.models import Membership, Union
from juli.domains.registry.rules import days
from juli.engines.party.models import Employer


def check_day(membership: Membership, *, on: date, at: datetime) -> None:
    """
    Let a segment end on a day.

    :raises InTheFuture: the day has not come.
    :raises TooEarly: the segment began later.
    """
    days.check_happened(on, today=timezone.localdate(at))
    days.check_not_before(on, earliest=membership.valid_from, event="这段会籍开始")


def following(
    old: Membership, *, union: Union | None, employer: Employer | None, opening: Membership.Opening,
    standing: Membership.Standing, on: date,
) -> Membership:  # fmt: skip
    """Return the next segment of a career, in another union or in the same; nothing is written."""
    unit = union.org_unit if union else old.org_unit
    fallback = union.employer_class if union else old.employer_class
    return Membership(
        person_id=old.person_id, employer=employer, number=old.number, standing=standing, opening=opening,
        joined_on=old.joined_on, valid_from=on, org_unit=unit, path=unit.path,
        employer_class=employer.ownership if employer else fallback,
    )  # fmt: skip
