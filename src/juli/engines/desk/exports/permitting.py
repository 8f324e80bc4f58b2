"""Who may take a list out, and to whom its file may still be handed."""

from juli.engines.desk.exports import refusals
from juli.engines.desk.exports.orders import Order
from juli.engines.desk.models import Export
from juli.kernel.actor import Actor, PathRange
from juli.kernel.refusal import NotPermitted

Reach = dict[str, list[list[str]]]
"""For each permission that a file rests on, the ranges in which its owner held it."""


def check(order: Order, *, actor: Actor) -> None:
    """
    Let an order pass that the actor may give.

    :raises NotPermitted: the actor may not see the list.
    :raises MayNotReveal: personal columns in full, and no right to see them so.
    :raises ReasonForPlainMissing: personal columns in full, and only blanks for a reason.
    """
    register = order.register
    if register.permission and not actor.holds(register.permission):
        raise NotPermitted
    if not order.reason_in_full:
        return
    if not register.reveals or not actor.holds(register.reveals):
        raise refusals.MayNotReveal
    if not order.reason_in_full.strip():
        raise refusals.ReasonForPlainMissing


def reach_of(order: Order, *, actor: Actor) -> Reach:
    """Return the reach that the file of an order rests on."""
    register = order.register
    permissions = {register.permission, register.reveals if order.reason_in_full else ""} - {""}
    return {
        permission: [[each.lo, each.hi] for each in actor.roots_for(permission)] for permission in permissions
    }


def may_still_fetch(export: Export, *, actor: Actor) -> bool:
    """Say whether the actor still reaches everything that the file of an export rests on."""
    return all(
        any(now.lo <= had.lo and had.hi <= now.hi for now in actor.roots_for(permission))
        for permission, ranges in dict(export.reach).items()
        for had in (PathRange(lo, hi) for lo, hi in ranges)
    )
