"""Registering and correcting employers, and what is reported of them."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from juli.domains.registry.facts import Happened
from juli.domains.registry.permissions import Permission
from juli.domains.registry.rules import employing
from juli.domains.registry.taken import refused_by
from juli.engines.facts import recording
from juli.engines.party import registering
from juli.engines.party.models import Employer
from juli.engines.party.particulars import Business
from juli.engines.scope.models import OrgUnit
from juli.kernel.actor import Actor
from juli.kernel.refusal import NotFound, NotPermitted


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
    with refused_by("party_employer_uscc_key", employing.EmployerKnown()):
        employer = registering.register_employer(uscc, business, territory=territory, source=source, at=at)
    recording.record(
        Happened.EMPLOYER_REGISTERED, subject=employer, org_unit=territory,
        occurred_on=timezone.localdate(at), employer_id=employer.pk, category=employer.ownership,
        actor=actor, at=at,
    )  # fmt: skip
    return employer
