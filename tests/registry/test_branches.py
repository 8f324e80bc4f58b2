"""Moving, merging and dissolving unions."""

from datetime import date

import pytest

from juli.domains.registry import actions
from juli.domains.registry.models import Committee, Coverage, Membership, Post, Union
from juli.domains.registry.rules import covering, days, ending, founding
from juli.engines.facts.models import Fact
from juli.engines.party.models import Employer, Person
from juli.engines.scope import walls
from juli.engines.scope.actions import UnitStillHasChildren, WouldCloseACircle
from juli.engines.scope.models import OrgUnit
from juli.kernel.actor import Actor
from juli.kernel.refusal import NotPermitted
from tests import world as building
from tests.registry.traces import refused
from tests.world import MAY_9, World

pytestmark = pytest.mark.django_db

MAY_1, TOMORROW = date(2018, 5, 1), date(2018, 5, 10)


def move(world: World, union: Union, *, to: Union, by: Actor | None = None, **said) -> Union:
    actor = by or world.lin
    told = {"on": MAY_1, "reason": "区划调整"} | said
    with walls.entered(actor):
        return actions.move_union(union.pk, to_parent_id=to.pk, **told, actor=actor, at=MAY_9)


def test_a_moved_union_takes_its_registers_along_and_leaves_its_facts(world: World):
    admitted = Fact.objects.get(kind="registry.member_admitted", person_id=world.zhou_person.pk)

    moved = move(world, world.bearing_union, to=world.baishi)

    assert moved.path == f"{world.baishi.path}{moved.org_unit_id}/"
    membership = Membership.objects.get(pk=world.zhou_membership.pk)
    person = Person.objects.get(pk=membership.person_id)
    employer = Employer.objects.get(pk=world.bearing.pk)
    assert membership.path == person.path == employer.path == moved.path
    again = Fact.objects.get(kind="registry.member_admitted", person_id=person.pk)
    assert again.path == admitted.path != moved.path
    fact = Fact.objects.get(kind="registry.union_moved")
    assert (fact.path, fact.reason, fact.occurred_on) == (moved.path, "区划调整", MAY_1)
    assert fact.payload == {"from_unit": world.qinghe.org_unit_id, "to_unit": world.baishi.org_unit_id}
    with walls.entered(world.he):
        assert not Union.objects.filter(pk=moved.pk).exists()
    with walls.entered(world.wu):
        assert Person.objects.filter(pk=person.pk).exists()


def test_the_neighbour_whose_path_begins_alike_stays_where_it_is(world: World):
    before = {union.pk: union.path for union in Union.objects.filter(path__startswith=world.baishi.path)}
    park = building.make_union(world.federation, name="澜江产业园工会联合会", level=Union.Level.PARK)

    move(world, world.bearing_union, to=park)

    assert {union.pk: union.path for union in Union.objects.filter(pk__in=before)} == before


@pytest.mark.parametrize(
    ("union", "to", "said", "refusal"),
    [
        ("bearing_union", "baishi", {"reason": ""}, days.ReasonMissing),
        ("bearing_union", "baishi", {"on": TOMORROW}, days.InTheFuture),
        ("bearing_union", "baishi", {"on": date(2009, 1, 1)}, days.TooEarly),
        ("bearing_union", "traders_union", {}, founding.WrongParent),
        ("bearing_union", "qinghe", {}, ending.AlreadyThere),
        ("federation", "qinghe", {}, founding.FederationStays),
    ],
)
def test_a_move_is_refused(world: World, union, to, said, refusal):
    with refused(refusal):
        move(world, getattr(world, union), to=getattr(world, to), **said)


def test_a_union_does_not_move_below_itself(world: World):
    village = building.make_union(world.qinghe, name="荷塘村工会联合会", level=Union.Level.VILLAGE)
    park = building.make_union(village, name="荷塘园区工会联合会", level=Union.Level.PARK)
    inner = building.make_union(park, name="荷塘村里的工会")
    assert inner.path.startswith(park.path)

    with refused(founding.WrongParent):
        move(world, village, to=park)
    with refused(WouldCloseACircle), walls.entered(world.lin):
        from juli.engines.scope.actions import move_unit

        move_unit(park.org_unit_id, to_parent_id=inner.org_unit_id, on=MAY_1, actor=world.lin, at=MAY_9)


def test_a_town_does_not_move_a_union_out_of_its_reach(world: World):
    with refused(ending.NeedsCommonSuperior):
        move(world, world.bearing_union, to=world.baishi, by=world.he)


def merge(world: World, union: Union, *, into: Union, by: Actor | None = None, **said) -> Union:
    actor = by or world.he
    told = {"on": MAY_1, "reason": "企业合并"} | said
    with walls.entered(actor):
        return actions.merge_union(union.pk, into_id=into.pk, **told, actor=actor, at=MAY_9)


def test_a_merged_union_hands_members_and_employers_to_its_heir(world: World):
    chair = actions.take_post(
        union_id=world.bearing_union.pk,
        person_id=world.zhou_person.pk,
        office=Post.Office.CHAIR,
        on=date(2016, 1, 1),
        actor=world.he,
        at=MAY_9,
    )
    audit = actions.form_committee(
        union_id=world.bearing_union.pk,
        kind=Committee.Kind.AUDIT,
        on=date(2016, 1, 1),
        actor=world.he,
        at=MAY_9,
    )

    merge(world, world.bearing_union, into=world.traders_union)

    heir = world.traders_union
    ended = Union.objects.get(pk=world.bearing_union.pk)
    assert (ended.ended_on, ended.ending, ended.merged_into_id) == (MAY_1, "merged", heir.pk)
    assert OrgUnit.objects.get(pk=ended.org_unit_id).closed_on == MAY_1
    held = Membership.objects.filter(valid_until__isnull=True)
    assert {each.path for each in held} == {heir.path}
    kept = held.get(person=world.zhou_person)
    old = Membership.objects.get(pk=world.zhou_membership.pk)
    assert (kept.number, kept.joined_on, kept.standing) == (old.number, old.joined_on, "active")
    assert (kept.opening, old.closing, old.valid_until) == ("transferred_in", "transferred_out", MAY_1)
    assert kept.employer_id == world.bearing.pk
    assert Person.objects.get(pk=world.zhou_person.pk).path == heir.path
    assert Employer.objects.get(pk=world.bearing.pk).path == heir.path
    assert Coverage.objects.get(employer=world.bearing, valid_until__isnull=True).union_id == heir.pk
    assert Post.objects.get(pk=chair.pk).valid_until == MAY_1
    assert Committee.objects.get(pk=audit.pk).valid_until == MAY_1
    kinds = Fact.objects.filter(occurred_on=MAY_1).values_list("kind", "path")
    assert sorted(kinds) == sorted(
        [
            *[("registry.member_transferred_out", ended.path), ("registry.member_transferred_in", heir.path)]
            * 2,
            ("registry.coverage_ended", ended.path),
            ("registry.coverage_begun", heir.path),
            ("registry.post_left", ended.path),
            ("registry.committee_ended", ended.path),
            ("registry.union_merged", ended.path),
        ]
    )


@pytest.mark.parametrize(
    ("union", "into", "said", "refusal"),
    [
        ("bearing_union", "bearing_union", {}, ending.IntoItself),
        ("bearing_union", "qinghe", {}, ending.LevelsDiffer),
        ("traders_union", "bearing_union", {}, founding.OwnUnionCoversMore),
        ("bearing_union", "electronics_union", {}, ending.NeedsCommonSuperior),
        ("bearing_union", "traders_union", {"reason": ""}, days.ReasonMissing),
        ("bearing_union", "traders_union", {"on": TOMORROW}, days.InTheFuture),
        ("bearing_union", "traders_union", {"on": date(2012, 1, 1)}, days.TooEarly),
        ("bearing_union", "traders_union", {"on": date(2009, 1, 1)}, days.TooEarly),
    ],
)
def test_a_merger_is_refused(world: World, union, into, said, refusal):
    with refused(refusal):
        merge(world, getattr(world, union), into=getattr(world, into), **said)


def test_a_union_with_open_groups_is_not_merged(world: World):
    building.make_union(world.bearing_union, name="一车间工会小组", level=Union.Level.GROUP)

    with refused(UnitStillHasChildren, children=1):
        merge(world, world.bearing_union, into=world.traders_union)


def test_what_has_ended_is_not_merged_again(world: World):
    merge(world, world.bearing_union, into=world.traders_union)

    with refused(founding.UnionEnded):
        merge(world, world.bearing_union, into=world.traders_union)
    with refused(founding.UnionEnded):
        merge(world, world.traders_union, into=world.bearing_union)


def dissolve(world: World, union: Union, *, by: Actor | None = None, **said) -> Union:
    actor = by or world.he
    told = {"on": MAY_1, "reason": "单位终止"} | said
    with walls.entered(actor):
        return actions.dissolve_union(union.pk, **told, actor=actor, at=MAY_9)


def test_a_dissolved_unions_members_rest_with_the_next_higher_union(world: World):
    dissolve(world, world.bearing_union)

    ended = Union.objects.get(pk=world.bearing_union.pk)
    assert (ended.ended_on, ended.ending, ended.merged_into_id) == (MAY_1, "dissolved", None)
    kept = Membership.objects.get(person=world.zhou_person, valid_until__isnull=True)
    assert (kept.path, kept.standing, kept.employer_id) == (world.qinghe.path, "retained", None)
    assert kept.number == world.zhou_membership.number
    assert Person.objects.get(pk=world.zhou_person.pk).path == world.qinghe.path
    employer = Employer.objects.get(pk=world.bearing.pk)
    assert employer.path == world.qinghe.path
    assert not Coverage.objects.filter(employer=employer, valid_until__isnull=True).exists()
    fact = Fact.objects.get(kind="registry.union_dissolved")
    assert (fact.reason, fact.category, fact.payload) == (
        "单位终止",
        "private",
        {"superior": world.qinghe.pk},
    )
    assert Fact.objects.filter(kind="registry.member_transferred_in", path=world.qinghe.path).count() == 2


@pytest.mark.parametrize(
    ("union", "said", "refusal"),
    [
        ("federation", {}, founding.FederationStays),
        ("bearing_union", {"reason": ""}, days.ReasonMissing),
        ("bearing_union", {"on": TOMORROW}, days.InTheFuture),
        ("bearing_union", {"on": date(2009, 1, 1)}, days.TooEarly),
        ("bearing_union", {"on": date(2012, 1, 1)}, days.TooEarly),
        ("qinghe", {}, UnitStillHasChildren),
    ],
)
def test_a_dissolution_is_refused(world: World, union, said, refusal):
    with refused(refusal):
        dissolve(world, getattr(world, union), by=world.lin, **said)


def test_nobody_dissolves_their_own_union(world: World):
    with refused(ending.NeedsSuperior):
        dissolve(world, world.qinghe, by=world.he)


def test_an_employer_does_not_go_where_the_actor_does_not_reach(world: World):
    """A joint union of the town covers an employer of the other town."""
    loose = building.make_employer(world.baishi, name="跨镇的工厂")
    building.cover(world.traders_union, loose)

    with refused(covering.TerritoryOutOfReach, employer="跨镇的工厂"):
        dissolve(world, world.traders_union)
    dissolve(world, world.traders_union, by=world.lin)
    assert Employer.objects.get(pk=loose.pk).path == world.baishi.path


def test_arranging_the_registry_is_not_arranging_the_tree(world: World):
    halfway = building.granted(
        world.qinghe, ["registry.see", "registry.arrange_unions", "registry.edit_members"], name="半权"
    )

    village = building.make_union(world.qinghe, name="荷塘村工会联合会", level=Union.Level.VILLAGE)

    for act in (
        lambda: move(world, world.bearing_union, to=village, by=halfway),
        lambda: merge(world, world.bearing_union, into=world.traders_union, by=halfway),
        lambda: dissolve(world, world.bearing_union, by=halfway),
    ):
        with refused(NotPermitted):
            act()
