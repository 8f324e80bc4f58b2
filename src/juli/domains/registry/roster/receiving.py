"""Taking a members' roster in without asking first, as commands and jobs of other systems do."""

from datetime import datetime
from typing import BinaryIO

from juli.domains.registry.roster import form
from juli.engines.scope.models import OrgUnit
from juli.engines.sheet import receiving
from juli.engines.sheet.entries import entry_of
from juli.engines.sheet.models import ImportBatch
from juli.kernel.actor import Actor


def receive(content: BinaryIO, *, name: str, org_unit: OrgUnit, actor: Actor, at: datetime) -> ImportBatch:
    """
    Take a roster in for a unit and everything below it; it waits to be imported.

    :raises NotPermitted: the actor may not import there.
    """
    return receiving.receive(
        content, name=name, entry=entry_of(form.CODE), org_unit=org_unit, actor=actor, at=at
    )


def unit_for(unit_code: str, *, actor: Actor) -> OrgUnit:
    """
    Return the unit of a code; without a code, the highest unit the actor may import into.

    :raises Refusal: as ``receiving.unit_for`` does.
    """
    return receiving.unit_for(unit_code, entry=entry_of(form.CODE), actor=actor)
