"""Taking a ledger in, from a page or from the command line, for a unit that the actor may bring it into."""

from datetime import datetime
from typing import BinaryIO

from django.db import transaction

from juli.engines.scope.models import OrgUnit
from juli.engines.sheet import batches
from juli.engines.sheet.entries import Entry
from juli.engines.sheet.models import ImportBatch
from juli.kernel.actor import Actor
from juli.kernel.refusal import NotFound, NotPermitted, Refusal


class UnitCodeUnknown(Refusal):
    """No unit within reach bears the code."""

    code = "sheet.unit_code_unknown"
    message = "没有编码为“{unit_code}”的组织，或者它不在您的管理范围内，请核对编码。"


class UnitNotNamed(Refusal):
    """Several trees stand here: the command must say which one."""

    code = "sheet.unit_not_named"
    message = "这里有 {trees} 个总工会，请用 --unit 写明导入到哪个组织。"


@transaction.atomic
def receive(
    content: BinaryIO, *, name: str, entry: Entry, org_unit: OrgUnit, actor: Actor, at: datetime,
    asking_first: bool = False, preset: str = "",
) -> ImportBatch:  # fmt: skip
    """
    Take a ledger in for a unit and everything below it; it waits to be looked at or brought in.

    The same file that is still on its way there is the same batch.

    :raises NotPermitted: the actor may not bring this ledger in there.
    """
    if not entry.may_go_to(org_unit.path, actor=actor):
        raise NotPermitted
    return batches.receive(
        content, name=name, ledger=entry.code, org_unit=org_unit, actor=actor, at=at,
        asking_first=asking_first, preset=preset,
    )  # fmt: skip


def unit_for(unit_code: str, *, entry: Entry, actor: Actor) -> OrgUnit:
    """
    Return the unit of a code; without a code, the highest unit the actor may bring the ledger into.

    :raises UnitCodeUnknown: there is none within reach.
    :raises UnitNotNamed: there is no single highest one.
    :raises NotFound: the actor may bring it in nowhere.
    """
    units = OrgUnit.objects.within_reach_of(actor, entry.permission)
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
