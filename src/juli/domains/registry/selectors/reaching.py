"""The part of the tree that a list is narrowed to."""

from django.db.models import Q

from juli.domains.registry.permissions import Permission
from juli.engines.scope.models import OrgUnit
from juli.engines.scope.querysets import in_ranges
from juli.kernel.actor import Actor, PathRange
from juli.kernel.refusal import NotFound


def below(unit_id: int, *, actor: Actor) -> Q:
    """
    Return the condition that a row lies at a unit or below it.

    :raises NotFound: the unit is out of reach.
    """
    unit = OrgUnit.objects.within_reach_of(actor, Permission.SEE).filter(pk=unit_id).only("path").first()
    if unit is None:
        raise NotFound
    return in_ranges([PathRange.under(unit.path)])
