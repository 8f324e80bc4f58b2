"""Two officers merge the same records at once: one of them does, and nothing is torn."""

from juli.domains.registry import actions
from juli.domains.registry.actions.merging import undo_merge
from juli.domains.registry.actions.merging_persons import merge_persons
from juli.domains.registry.models import Membership
from juli.engines.party.models import Merge, MergedInto, Person
from juli.engines.scope import walls
from juli.kernel.actor import Actor
from tests import world as building
from tests.registry.test_races import Act, pytestmark, race, world
from tests.world import MAY_9, World

__all__ = ["pytestmark", "world"]


def twins(world: World, count: int) -> list[Membership]:
    with walls.entered(building.machine()):
        return [building.make_member(world.bearing_union, name="黄大川") for _ in range(count)]


def merging(kept: Membership, gone: Membership) -> Act:
    return lambda actor: merge_persons(
        kept.person_id, gone_id=gone.person_id, reason="同一人", actor=actor, at=MAY_9
    )


def test_of_two_who_merge_each_into_the_other_one_does(world: World):
    first, second = twins(world, 2)

    outcome = race((world.he, merging(first, second)), (world.lin, merging(second, first)))

    assert outcome == {"done": 1, "registry.record_merged": 1}
    with walls.entered(building.machine()):
        assert Merge.objects.count() == MergedInto.objects.count() == 1
        (held,) = Membership.objects.filter(person__name="黄大川", valid_until__isnull=True)
        assert held.person_id == MergedInto.objects.get().kept_id


def test_a_record_goes_into_one_of_two_others(world: World):
    first, second, third = twins(world, 3)

    outcome = race((world.he, merging(first, third)), (world.lin, merging(second, third)))

    assert outcome == {"done": 1, "registry.record_merged": 1}


def test_a_merge_is_undone_once_or_rested_on(world: World):
    first, second = twins(world, 2)
    with walls.entered(world.he) as he:
        merge = merging(first, second)(he)

    def undo(actor: Actor) -> object:
        return undo_merge(merge.pk, reason="不是", actor=actor, at=MAY_9)

    outcome = race((world.he, undo), (world.lin, undo))

    assert outcome == {"done": 1, "registry.merge_undone": 1}
    with walls.entered(building.machine()):
        assert Person.objects.filter(name="黄大川").count() == 2
        assert not MergedInto.objects.exists()


def test_who_leaves_while_being_merged_has_left_or_is_merged(world: World):
    first, second = twins(world, 2)

    def leave(actor: Actor) -> object:
        return actions.leave_membership(
            second.pk, on=building.date(2018, 5, 1), reason="离职", actor=actor, at=MAY_9
        )

    outcome = race((world.he, merging(first, second)), (world.lin, leave))

    assert outcome["done"] >= 1
    with walls.entered(building.machine()):
        held = Membership.objects.filter(person__name="黄大川", valid_until__isnull=True)
        assert held.count() == 1
        assert Person.objects.filter(name="黄大川").count() == 1
