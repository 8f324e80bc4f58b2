"""Branches that moved, rows out of reach, small cells and how much is asked of the database."""

from dataclasses import replace
from datetime import date

import pytest

from juli.domains.registry import actions as registry_actions
from juli.domains.registry import indicators as registry
from juli.domains.registry.models import Union
from juli.engines.indicator.catalogue import every_indicator
from juli.engines.indicator.declarations import AllBut, AnyIndicator, Listed, Partition, Ratio, Stock
from juli.engines.indicator.moves import Moves
from juli.engines.indicator.records import Tree
from juli.engines.indicator.working import TOWN, NoSuchBreakdown, break_down, evidence_of, work_out
from juli.engines.party.models import Person
from juli.engines.scope import actions as scope
from juli.engines.scope import walls
from juli.kernel.period import Day, Year
from tests.world import MAY_9, World, machine, make_member, make_union

pytestmark = pytest.mark.django_db
BEFORE, ON, AFTER = date(2018, 2, 28), date(2018, 3, 1), date(2018, 3, 2)


def value(indicator: AnyIndicator, union: Union, day: date, **more: object) -> object:
    asked = {"actor": machine(), "at": MAY_9, "period": Day(day)} | more
    return work_out(indicator, unit=union.org_unit, **asked).value


@pytest.fixture
def village(world: World) -> Union:
    """A village of 青荷 with a union and a member of its own, which moves to 白石 on the first of March."""
    village = make_union(world.qinghe, name="渡口村工会联合会", level=Union.Level.VILLAGE)
    union = make_union(village, name="渡口木器厂工会", founded_on=date(2018, 1, 10))
    make_member(union, joined_on=date(2018, 1, 20), is_migrant_worker=True)
    scope.move_unit(
        village.org_unit_id, to_parent_id=world.baishi.org_unit_id, on=ON, actor=machine(), at=MAY_9
    )
    for each in (village, world.qinghe, world.baishi):
        each.refresh_from_db()
        each.org_unit.refresh_from_db()
    return village


def test_a_branch_counts_where_it_stood_on_the_day(world: World, village: Union):
    for indicator in (registry.MEMBERS, registry.BASE_UNIONS):
        assert [value(indicator, world.qinghe, day) for day in (BEFORE, ON, AFTER)] == [3, 2, 2]
        moved = [value(indicator, world.baishi, day) for day in (BEFORE, ON, AFTER)]
        assert moved == ([0, 1, 1] if indicator is registry.MEMBERS else [1, 2, 2])
        assert [value(indicator, village, day) for day in (BEFORE, AFTER)] == [1, 1]


def test_by_town_is_cut_by_the_tree_of_the_day(world: World, village: Union):
    def towns(day: date, tree: Tree) -> list[object]:
        figure = work_out(
            registry.MEMBERS, unit=world.federation.org_unit, period=Day(day), actor=machine(), at=MAY_9,
            by=TOWN, tree=tree,
        )  # fmt: skip
        assert figure.difference == 0
        return [part.value for part in figure.parts]

    assert towns(BEFORE, Tree.OF_THE_DAY) == [3, 0]
    assert towns(AFTER, Tree.OF_THE_DAY) == [2, 1]
    assert towns(BEFORE, Tree.TODAY) == [2, 1]


def test_facts_keep_the_place_of_their_day_unless_todays_tree_is_asked_for(world: World, village: Union):
    def new(union: Union, **more: object) -> object:
        return value(registry.NEW_MIGRANT_MEMBERS, union, MAY_9.date(), period=Year(2018), **more)

    assert (new(world.qinghe), new(world.baishi), new(village)) == (1, 0, 1)
    assert (new(world.qinghe, tree=Tree.TODAY), new(world.baishi, tree=Tree.TODAY)) == (0, 1)
    by_town = work_out(
        registry.NEW_MIGRANT_MEMBERS, unit=world.federation.org_unit, period=Year(2018), actor=machine(),
        at=MAY_9, by=TOWN, tree=Tree.TODAY,
    )  # fmt: skip
    assert [part.value for part in by_town.parts] == [0, 1]


def test_the_old_town_is_told_that_a_branch_has_left_its_sight(world: World, village: Union):
    with walls.entered(world.he):
        before = work_out(
            registry.MEMBERS, unit=world.qinghe.org_unit, period=Day(BEFORE), actor=world.he, at=MAY_9
        )
        after = work_out(
            registry.MEMBERS, unit=world.qinghe.org_unit, period=Day(AFTER), actor=world.he, at=MAY_9
        )

    assert (before.value, before.is_partial) == (2, True)
    assert (after.value, after.is_partial) == (2, False)


def test_the_new_town_does_not_count_a_branch_before_it_came(world: World, village: Union):
    with walls.entered(world.wu):
        assert value(registry.MEMBERS, world.baishi, BEFORE, actor=world.wu) == 0
        assert value(registry.MEMBERS, world.baishi, AFTER, actor=world.wu) == 1
        assert value(registry.MEMBERS, village, BEFORE, actor=world.wu) == 1


def test_a_branch_that_came_back_counts_at_home_again(world: World, village: Union):
    scope.move_unit(
        village.org_unit_id,
        to_parent_id=world.qinghe.org_unit_id,
        on=date(2018, 4, 1),
        actor=machine(),
        at=MAY_9,
    )
    days = (BEFORE, AFTER, date(2018, 4, 1))

    assert [value(registry.MEMBERS, world.qinghe, day) for day in days] == [3, 2, 3]
    assert [value(registry.MEMBERS, world.baishi, day) for day in days] == [0, 1, 0]


def test_nested_moves_are_followed_up_to_the_root(world: World, village: Union):
    (union,) = Union.objects.filter(name="渡口木器厂工会")
    scope.move_unit(
        union.org_unit_id,
        to_parent_id=world.qinghe.org_unit_id,
        on=date(2018, 4, 1),
        actor=machine(),
        at=MAY_9,
    )
    days = (BEFORE, AFTER, date(2018, 4, 1))

    assert [value(registry.MEMBERS, village, day) for day in days] == [1, 1, 0]
    assert [value(registry.MEMBERS, world.qinghe, day) for day in days] == [3, 2, 3]
    assert [value(registry.MEMBERS, world.baishi, day) for day in days] == [0, 1, 0]


def test_a_unit_that_was_closed_stays_where_it_was(world: World):
    scope.close_unit(world.traders_union.org_unit_id, on=date(2018, 4, 1), actor=machine(), at=MAY_9)

    assert value(registry.BASE_UNIONS, world.qinghe, BEFORE) == 2


def statements_of(indicator: AnyIndicator) -> int:
    """One for each number that is counted; what is all but few of a whole is counted as the difference."""
    match indicator:
        case Listed():
            return 0
        case Ratio(numerator=Stock(all_but=AllBut(whole=whole)), denominator=denominator) if (
            whole is denominator
        ):
            return 2
        case Ratio(numerator=numerator, denominator=denominator):
            return statements_of(numerator) + statements_of(denominator)
        case Partition(whole=whole, parts=parts):
            return statements_of(whole) + sum(map(statements_of, parts))
        case Stock(all_but=AllBut()):
            return 2
        case _:
            return 1


@pytest.mark.parametrize("indicator", every_indicator(), ids=lambda each: each.code)
def test_a_figure_takes_one_statement(world: World, indicator: AnyIndicator, django_assert_num_queries):
    unit, moves = world.federation.org_unit, Moves.none()
    statements = statements_of(indicator)
    with django_assert_num_queries(statements):
        work_out(indicator, unit=unit, period=Year(2018), actor=machine(), at=MAY_9, moves=moves)


def test_a_breakdown_in_all_ways_takes_no_more_but_for_the_names_of_the_towns(
    world: World, django_assert_num_queries
):
    bys = (TOWN, "employer_class", "standing")
    with django_assert_num_queries(2):
        figures = break_down(
            registry.MEMBERS, unit=world.federation.org_unit, period=Year(2018), actor=machine(), at=MAY_9,
            bys=bys, moves=Moves.none(),
        )  # fmt: skip
    assert [figure.by for figure in figures] == list(bys)


def test_all_but_few_are_as_many_as_are_counted_one_by_one(world: World):
    someone = make_member(world.bearing_union, joined_on=date(2018, 4, 1))
    registry_actions.verify_person(
        someone.person_id, outcome=Person.Verification.VERIFIED, source="公安比对", on=date(2018, 4, 20),
        actor=machine(), at=MAY_9,
    )  # fmt: skip
    declared = registry.VERIFIED_MEMBERS
    for day, verified in ((date(2018, 4, 19), 0), (date(2018, 4, 20), 1)):
        for by in (None, TOWN, "employer_class"):
            asked = {"unit": world.federation.org_unit, "period": Day(day), "actor": machine(), "at": MAY_9}
            quick = work_out(declared, by=by, **asked)
            slow = work_out(replace(declared, all_but=None), by=by, **asked)
            assert (quick.value, quick.evidence_count, quick.parts) == (verified, verified, slow.parts)


def test_what_nothing_belongs_to_cannot_be_broken_down(world: World):
    for indicator, by in (
        (registry.MEMBER_PARTITION, TOWN),
        (registry.MEMBERS, "nothing"),
        (registry.ORG_LEVELS, "employer_class"),
    ):
        with pytest.raises(NoSuchBreakdown):
            value(indicator, world.federation, BEFORE, by=by)


def test_small_cells_of_a_sensitive_figure_are_withheld(world: World):
    sensitive = replace(registry.MEMBERS, is_sensitive=True)
    figure = work_out(
        sensitive,
        unit=world.federation.org_unit,
        period=Year(2018),
        actor=machine(),
        at=MAY_9,
        by="employer_class",
    )

    assert (figure.value, figure.evidence_count, figure.is_withheld) == (None, 0, True)
    assert not figure.evidence.exists()
    assert all(part.is_withheld and part.value is None for part in figure.parts)


def test_enough_of_a_sensitive_figure_is_shown(world: World):
    for _ in range(5):
        make_member(world.bearing_union)
    figure = work_out(
        replace(registry.MEMBERS, is_sensitive=True), unit=world.federation.org_unit, period=Year(2018),
        actor=machine(), at=MAY_9,
    )  # fmt: skip

    assert (figure.value, figure.is_withheld) == (7, False)


def test_evidence_lies_within_reach_and_below_the_unit(world: World):
    make_member(world.electronics_union)
    with walls.entered(world.he):
        rows = evidence_of(registry.MEMBERS, unit=world.qinghe.org_unit, period=Day(BEFORE), actor=world.he)
        assert {row.org_unit_id for row in rows} == {world.bearing_union.org_unit_id}
        own = evidence_of(
            registry.MEMBERS, unit=world.bearing_union.org_unit, period=Day(BEFORE), actor=world.he, by=TOWN
        )
        assert own.count() == 2
