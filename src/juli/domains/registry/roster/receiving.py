"""Taking a roster in: from a page or from the command line, for a unit that the actor may import into."""

from datetime import datetime
from typing import BinaryIO

from django.db import transaction

from juli.domains.registry.permissions import Permission
from juli.domains.registry.roster import form
from juli.engines.scope.models import OrgUnit
from juli.engines.sheet import batches
from juli.engines.sheet.models import ImportBatch
from juli.kernel.actor import Actor
from juli.kernel.refusal import NotFound, NotPermitted, Refusal


class UnitCodeUnknown(Refusal):
    """No unit within reach bears the code."""

    code = "registry.unit_code_unknown"
    message = "没有编码为“{unit_code}”的组织，或者它不在您的管理范围内，请核对编码。"


class UnitNotNamed(Refusal):
    """Several trees stand here: the command must say which one."""

    code = "registry.unit_not_named"
    message = "这里有 {trees} 个总工会，请用 --unit 写明导入到哪个组织。"


@transaction.atomic
def receive(content: BinaryIO, *, name: str, org_unit: OrgUnit, actor: Actor, at: datetime) -> ImportBatch:
    """
    Take a roster in for a unit and everything below it; it waits to be imported.

    The same file that is still on its way there is the same batch.

    :raises NotPermitted: the actor may not import there.
    """
    if not actor.may(Permission.IMPORT, org_unit.path):
        raise NotPermitted
    return batches.receive(content, name=name, ledger=form.CODE, org_unit=org_unit, actor=actor, at=at)


def unit_for(unit_code: str, *, actor: Actor) -> OrgUnit:
    """
    Return the unit of a code; without a code, the highest unit the actor may import into.

    :raises UnitCodeUnknown: there is none within reach.
    :raises UnitNotNamed: there is no single highest one.
    :raises NotFound: the actor may import nowhere.
    """
    units = OrgUnit.objects.within_reach_of(actor, Permission.IMPORT)
    if unit_code:
        if unit := units.filter(code=unit_code).first():
            return unit
        raise UnitCodeUnknown(unit_code=unit_code)
    highest = list(units.order_by("depth", "pk")[:2])
    if not highest:
        raise NotFound
    if len(highest) > 1 and highest[0].depth == highest[1].depth:
        raise UnitNotNamed(trees=units.filter(depth=highest[0].depth).count())
    return highest[0]
