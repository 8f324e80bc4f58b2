"""Units of the tree that a list can be narrowed to."""

from juli.domains.registry.models import Union
from juli.domains.registry.permissions import Permission
from juli.engines.scope.models import OrgUnit
from juli.kernel.actor import Actor


def towns_in_reach(*, actor: Actor) -> tuple[tuple[int, str], ...]:
    """Return the towns within reach, by code: the number of each unit and the name of its union."""
    rows = Union.objects.within_reach_of(actor, Permission.SEE).filter(
        level=Union.Level.TOWN, ended_on__isnull=True
    )
    return tuple(rows.order_by("code", "pk").values_list("org_unit_id", "name"))


def unit_named(unit_id: int, *, actor: Actor) -> tuple[int, str] | None:
    """Return a unit within reach with its name, or None."""
    rows = OrgUnit.objects.within_reach_of(actor, Permission.SEE).filter(pk=unit_id)
    return rows.values_list("pk", "name").first()
