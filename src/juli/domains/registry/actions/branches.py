"""Moving, merging and dissolving unions, under the lock of the tree."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from juli.domains.registry.actions import carrying
from juli.domains.registry.claiming import claim_other_union, claim_union
from juli.domains.registry.facts import Happened
from juli.domains.registry.models import Union
from juli.domains.registry.permissions import Permission
from juli.domains.registry.rules import days, ending, founding
from juli.engines.facts import recording
from juli.engines.scope import actions as scope
from juli.engines.scope import tree
from juli.kernel.actor import Actor


@transaction.atomic
def move_union(
    union_id: int, *, to_parent_id: int, on: date, reason: str, actor: Actor, at: datetime
) -> Union:
    """
    Move a union with everything below it under another union from a day.

    Registers follow; facts keep the place of their day (docs/adr/0008).

    :raises NotFound: the union is out of reach.
    :raises NotPermitted: the actor may not arrange unions there.
    :raises UnionEnded: one of the two exists no more.
    :raises NeedsCommonSuperior: the new parent is out of reach.
    :raises FederationStays: the root does not move.
    :raises AlreadyThere: it stands there.
    :raises WrongParent: a union of this level does not stand below that one.
    :raises WouldCloseACircle: the new parent lies below the union.
    :raises ReasonMissing: no reason was given.
    :raises InTheFuture: the day has not come.
    :raises TooEarly: the union or its new parent did not exist yet.
    """
    tree.lock()
    union = _movable(union_id, actor=actor)
    parent = claim_other_union(to_parent_id, actor=actor)
    kept = days.checked_reason(reason)
    old_parent_id = union.org_unit.parent_id
    if old_parent_id == parent.org_unit_id:
        raise ending.AlreadyThere(parent=parent.name)
    founding.check_parent(
        union.level,
        parent_level=parent.level,
        label=union.get_level_display(),
        parent_label=parent.get_level_display(),
    )
    days.check_happened(on, today=timezone.localdate(at))
    days.check_not_before(on, earliest=union.approved_on, event="工会成立")
    days.check_not_before(on, earliest=parent.approved_on, event="新的上级工会成立")
    scope.move_unit(union.org_unit_id, to_parent_id=parent.org_unit_id, on=on, actor=actor, at=at)
    moved = Union.objects.select_related("org_unit").get(pk=union.pk)
    recording.record(
        Happened.UNION_MOVED, subject=moved, org_unit=moved.org_unit, occurred_on=on, reason=kept,
        payload={"from_unit": old_parent_id, "to_unit": parent.org_unit_id}, actor=actor, at=at,
    )  # fmt: skip
    return moved


@transaction.atomic
def merge_union(union_id: int, *, into_id: int, on: date, reason: str, actor: Actor, at: datetime) -> Union:
    """
    Merge a union into another, which takes over its members and employers; return the heir.

    :raises NotFound: the union is out of reach.
    :raises NotPermitted: the actor may not arrange unions there.
    :raises UnionEnded: one of the two exists no more.
    :raises NeedsCommonSuperior: the heir is out of reach.
    :raises FederationStays: the root is not merged.
    :raises IntoItself: they are the same.
    :raises LevelsDiffer: they stand on different levels.
    :raises OwnUnionCoversMore: the heir is an employer's own union.
    :raises UnitStillHasChildren: unions or groups below it are open.
    :raises ReasonMissing: no reason was given.
    :raises InTheFuture: the day has not come.
    :raises TooEarly: one of the two did not exist yet, or something happened in it later.
    """
    tree.lock()
    union = _movable(union_id, actor=actor)
    heir = claim_other_union(into_id, actor=actor)
    kept = days.checked_reason(reason)
    ending.check_merger(
        union.pk, heir_id=heir.pk, level=union.level, heir_level=heir.level,
        heir=heir.name, label=heir.get_level_display(),
    )  # fmt: skip
    days.check_happened(on, today=timezone.localdate(at))
    days.check_not_before(on, earliest=max(union.approved_on, heir.approved_on), event="工会成立")
    founding.check_covered(heir.form, employers=_covered(union) + _covered(heir))
    carrying.carry_members(union, to=heir, are_retained=False, on=on, reason=kept, actor=actor, at=at)
    carrying.carry_employers(union, to=heir, on=on, reason=kept, actor=actor, at=at)
    carrying.end_offices(union, on=on, reason=kept, actor=actor, at=at)
    union.merged_into = heir
    _end(union, ending_as=Union.Ending.MERGED, on=on, actor=actor, at=at)
    recording.record(
        Happened.UNION_MERGED, subject=union, org_unit=union.org_unit, occurred_on=on, reason=kept,
        category=union.employer_class, payload={"heir": heir.pk}, actor=actor, at=at,
    )  # fmt: skip
    return heir


@transaction.atomic
def dissolve_union(union_id: int, *, on: date, reason: str, actor: Actor, at: datetime) -> Union:
    """
    Dissolve a union; its members rest with the next higher union (工会法(2021)第十三条).

    :raises NotFound: the union is out of reach.
    :raises NotPermitted: the actor may not arrange unions there.
    :raises UnionEnded: it exists no more.
    :raises NeedsSuperior: only the next higher union dissolves it.
    :raises FederationStays: the root is not dissolved.
    :raises UnitStillHasChildren: unions or groups below it are open.
    :raises TerritoryOutOfReach: an employer would go where the actor does not reach.
    :raises ReasonMissing: no reason was given.
    :raises InTheFuture: the day has not come.
    :raises TooEarly: the union did not exist yet, or something happened in it later.
    """
    tree.lock()
    union = _movable(union_id, actor=actor)
    superior = _superior(union, actor=actor)
    kept = days.checked_reason(reason)
    days.check_happened(on, today=timezone.localdate(at))
    days.check_not_before(on, earliest=union.approved_on, event="工会成立")
    carrying.carry_members(union, to=superior, are_retained=True, on=on, reason=kept, actor=actor, at=at)
    carrying.release_employers(union, on=on, reason=kept, actor=actor, at=at)
    carrying.end_offices(union, on=on, reason=kept, actor=actor, at=at)
    _end(union, ending_as=Union.Ending.DISSOLVED, on=on, actor=actor, at=at)
    recording.record(
        Happened.UNION_DISSOLVED, subject=union, org_unit=union.org_unit, occurred_on=on, reason=kept,
        category=union.employer_class, payload={"superior": superior.pk}, actor=actor, at=at,
    )  # fmt: skip
    return union


def _movable(union_id: int, *, actor: Actor) -> Union:
    union = claim_union(union_id, actor=actor)
    if union.level == Union.Level.FEDERATION:
        raise founding.FederationStays
    return union


def _superior(union: Union, *, actor: Actor) -> Union:
    above = Union.objects.within_reach_of(actor, Permission.ARRANGE_UNIONS)
    superior = above.filter(org_unit_id=union.org_unit.parent_id).select_related("org_unit").first()
    if superior is None:
        raise ending.NeedsSuperior(name=union.name)
    return superior


def _covered(union: Union) -> int:
    return union.coverages.filter(valid_until__isnull=True).count()


def _end(union: Union, *, ending_as: Union.Ending, on: date, actor: Actor, at: datetime) -> None:
    union.ended_on, union.ending, union.updated_at = on, ending_as, at
    union.save(update_fields=["ended_on", "ending", "merged_into", "updated_at"])
    scope.close_unit(union.org_unit_id, on=on, actor=actor, at=at)
