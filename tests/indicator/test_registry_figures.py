"""The registry's figures over the small district."""

from datetime import date

import pytest

from juli.domains.registry import indicators as registry
from juli.domains.registry.models import Coverage, Membership, Union
from juli.engines.facts import recording
from juli.engines.facts.models import Fact
from juli.engines.indicator.catalogue import every_indicator
from juli.engines.indicator.declarations import AnyIndicator, Flow, Listed, Partition, Ratio, Stock
from juli.engines.indicator.figures import Figure
from juli.engines.indicator.working import TOWN, evidence_of, work_out
from juli.engines.party.models import Employer
from juli.engines.scope import walls
from juli.kernel.actor import Actor
from juli.kernel.period import Day, Period, Year
from tests.world import MAY_9, World, machine, make_member, make_union

pytestmark = pytest.mark.django_db
YEAR = Year(2018)


def figure(
    indicator: AnyIndicator,
    union: Union,
    *,
    actor: Actor | None = None,
    period: Period = YEAR,
    by: str | None = None,
) -> Figure:
    return work_out(indicator, unit=union.org_unit, period=period, actor=actor or machine(), at=MAY_9, by=by)


def cover_as_well(union: Union, employer: Employer) -> None:
    """Write a second coverage, which the action refuses and old ledgers contain."""
    Coverage.objects.create(
        org_unit=union.org_unit, path=union.path, union=union, employer=employer, valid_from=date(2015, 1, 1)
    )


def test_a_joint_union_is_one_union_and_covers_three(world: World):
    assert figure(registry.BASE_UNIONS, world.federation).value == 3
    covered = figure(registry.COVERED_EMPLOYERS, world.federation)
    assert (covered.value, covered.evidence_count) == (5, 5)


def test_a_town_is_cut_out_by_its_path_and_not_by_its_prefix(world: World):
    assert figure(registry.BASE_UNIONS, world.qinghe).value == 2
    assert figure(registry.BASE_UNIONS, world.baishi).value == 1


def test_by_town_names_every_town_and_the_unit_itself_only_if_it_has_some(world: World):
    towns = figure(registry.BASE_UNIONS, world.federation, by=TOWN)

    assert [(part.label, part.value) for part in towns.parts] == [("青荷镇总工会", 2), ("白石镇总工会", 1)]
    assert towns.difference == 0


def test_by_class_counts_the_joint_union_apart(world: World):
    classes = figure(registry.BASE_UNIONS, world.federation, by="employer_class")

    assert {part.label: part.value for part in classes.parts} == {
        "私营及其他内资": 1,
        "港澳台投资": 1,
        "联合组建": 1,
    }


def test_an_employer_covered_in_two_towns_counts_once_in_the_district(world: World):
    cover_as_well(world.electronics_union, world.teahouse)
    covered = figure(registry.COVERED_EMPLOYERS, world.federation, by=TOWN)

    assert (covered.value, covered.evidence_count) == (5, 6)
    assert [part.value for part in covered.parts] == [4, 2]
    assert covered.difference == -1
    assert covered.indicator.parts_may_overlap


def test_a_town_counts_a_coverage_whose_employer_it_cannot_open(world: World):
    cover_as_well(world.electronics_union, world.teahouse)
    with walls.entered(world.wu):
        covered = figure(registry.COVERED_EMPLOYERS, world.baishi, actor=world.wu, by="employer_class")

    assert covered.value == 2
    assert {part.label: part.value for part in covered.parts} == {"港澳台投资": 1, "未分类": 1}


def test_members_of_a_day_before_and_after_they_joined(world: World):
    assert figure(registry.MEMBERS, world.federation, period=Year(2014)).value == 0
    assert figure(registry.MEMBERS, world.federation, period=Year(2015)).value == 2


def test_who_stands_in_two_segments_of_one_day_is_one_person(world: World):
    chen = world.chen_membership
    Membership.objects.filter(pk=chen.pk).update(valid_until=date(2018, 6, 1), closing="transferred_out")
    Membership.objects.create(
        org_unit=world.electronics_union.org_unit, path=world.electronics_union.path, person=chen.person,
        number=chen.number, joined_on=chen.joined_on, valid_from=date(2018, 1, 1), employer_class="hmt",
    )  # fmt: skip
    members = figure(registry.MEMBERS, world.federation, period=Day(date(2018, 5, 9)), by=TOWN)

    assert (members.value, members.evidence_count) == (2, 3)
    assert [part.value for part in members.parts] == [2, 1]
    assert members.difference == -1
    assert figure(registry.MEMBERS, world.federation, period=Day(date(2018, 6, 1))).value == 2


def test_new_members_count_on_the_day_they_joined(world: World):
    make_member(world.bearing_union, joined_on=date(2018, 3, 1), is_migrant_worker=True)
    make_member(world.electronics_union, joined_on=date(2018, 4, 1), is_migrant_worker=False)
    make_member(world.electronics_union, joined_on=date(2017, 12, 31), is_migrant_worker=True)

    assert figure(registry.NEW_MIGRANT_MEMBERS, world.federation).value == 1
    assert figure(registry.NEW_MEMBERS, world.federation, by=TOWN).value == 2
    assert figure(registry.NEW_MIGRANT_MEMBERS, world.baishi, period=Year(2017)).value == 1


def test_a_reversed_admission_drops_out_together_with_its_reversal(world: World):
    make_member(world.bearing_union, joined_on=date(2018, 3, 1), is_migrant_worker=True)
    fact = Fact.objects.get(kind="registry.member_admitted", occurred_on=date(2018, 3, 1))
    recording.reverse(fact, reason="重复登记", actor=machine(), at=MAY_9)
    new = figure(registry.NEW_MIGRANT_MEMBERS, world.federation)

    assert (new.value, new.evidence_count, new.evidence.count()) == (0, 0, 0)


def test_a_reversal_that_was_reversed_undoes_nothing(world: World):
    make_member(world.bearing_union, joined_on=date(2018, 3, 1), is_migrant_worker=True)
    fact = Fact.objects.get(kind="registry.member_admitted", occurred_on=date(2018, 3, 1))
    wrong = recording.reverse(fact, reason="误冲", actor=machine(), at=MAY_9)
    recording.reverse(Fact.objects.get(id=wrong.id), reason="恢复", actor=machine(), at=MAY_9)

    assert figure(registry.NEW_MIGRANT_MEMBERS, world.federation).value == 1


def test_a_union_founded_and_ended_in_the_year_is_not_newly_founded(world: World):
    kept = make_union(world.qinghe, name="长存厂工会", founded_on=date(2018, 2, 1))
    ended = make_union(world.qinghe, name="短命厂工会", founded_on=date(2018, 2, 1))
    recording.record(
        registry.Happened.UNION_DISSOLVED,
        subject=ended,
        org_unit=ended.org_unit,
        occurred_on=date(2018, 4, 1),
        actor=machine(),
        at=MAY_9,
    )

    new = figure(registry.NEW_UNIONS, world.federation, by="employer_class")
    assert (new.value, new.evidence.get().subject_id) == (1, kept.pk)
    assert figure(registry.FOUNDED_UNIONS, world.federation).value == 2
    assert (
        figure(registry.NEW_UNIONS, world.federation, period=Period(date(2018, 1, 1), date(2018, 4, 1))).value
        == 2
    )


def test_a_fact_recorded_after_the_year_is_counted_and_named_late(world: World):
    make_member(world.bearing_union, joined_on=date(2017, 3, 1))
    make_member(world.bearing_union, joined_on=date(2018, 3, 1))

    assert figure(registry.NEW_MEMBERS, world.federation, period=Year(2017)).late == 1
    assert figure(registry.NEW_MEMBERS, world.federation).late == 0


def test_a_town_officer_sees_the_town_and_no_more(world: World):
    make_member(world.electronics_union)
    with walls.entered(world.he):
        assert figure(registry.MEMBERS, world.qinghe, actor=world.he).value == 2
        assert not figure(registry.MEMBERS, world.qinghe, actor=world.he).is_partial
        # Even told of the district, they count what they reach, and the figure says so.
        beyond = figure(registry.MEMBERS, world.federation, actor=world.he)
        assert (beyond.value, beyond.is_partial) == (2, True)


def test_who_may_not_see_the_registry_counts_nothing(world: World):
    beyond = figure(registry.MEMBERS, world.federation, actor=world.auditor)
    assert (beyond.value, beyond.is_partial) == (0, True)


def test_a_ratio_keeps_both_numbers(world: World):
    share = figure(registry.WOMEN_COMMITTEE_SHARE, world.federation, by=TOWN)
    assert (share.value, share.numerator, share.denominator) == (0, 0, 3)
    assert [(part.value, part.numerator, part.denominator) for part in share.parts] == [(0, 0, 2), (0, 0, 1)]
    assert figure(registry.WOMEN_COMMITTEE_SHARE, world.federation, period=Year(1990)).value is None


def test_a_partition_sums_to_its_whole(world: World):
    partition = figure(registry.MEMBER_PARTITION, world.federation)
    assert [(part.label, part.value) for part in partition.parts] == [("在籍会员数", 2), ("保留会籍人数", 0)]
    assert partition.difference == 0


def test_levels_that_exist_are_counted(world: World):
    assert figure(registry.ORG_LEVELS, world.federation).value == 2
    make_union(world.qinghe, name="荷塘村工会联合会", level=Union.Level.VILLAGE)
    make_union(world.qinghe, name="园区工会联合会", level=Union.Level.PARK)
    assert figure(registry.ORG_LEVELS, world.federation).value == 3


@pytest.mark.parametrize("indicator", every_indicator(), ids=lambda each: each.code)
def test_every_figure_equals_the_measure_over_its_own_evidence(world: World, indicator: AnyIndicator):
    make_member(world.electronics_union, joined_on=date(2018, 4, 1), is_migrant_worker=True)
    make_union(world.qinghe, name="长存厂工会", founded_on=date(2018, 2, 1))
    worked_out = figure(indicator, world.federation)
    evidence = evidence_of(indicator, unit=world.federation.org_unit, period=YEAR, actor=machine())
    match indicator:
        case Flow() | Stock():
            again = worked_out.evidence.aggregate(value=indicator.measure.expression())["value"]
            assert again == worked_out.value
            assert worked_out.evidence_count == evidence.count() == worked_out.evidence.count()
        case Listed():
            assert worked_out.value == len(evidence)
        case Ratio(code="registry.membership_rate"):
            assert worked_out.denominator == 0  # nobody has reported employees: members are no part of them
        case Ratio():
            assert worked_out.denominator >= worked_out.numerator
        case Partition():
            assert worked_out.difference == 0


@pytest.mark.parametrize(
    "indicator",
    [
        each
        for each in registry.INDICATORS
        if isinstance(each, Flow | Stock) and each not in {registry.ORG_LEVELS, registry.UNIONS}
    ],
    ids=lambda each: each.code,
)
def test_a_parent_equals_the_sum_of_its_children_where_nothing_stands_twice(
    world: World, indicator: Stock | Flow
):
    make_member(world.electronics_union, joined_on=date(2018, 4, 1), is_migrant_worker=True)
    make_union(world.qinghe, name="长存厂工会", founded_on=date(2018, 2, 1))
    by_town = figure(indicator, world.federation, by=TOWN)
    alone = [figure(indicator, town).value for town in (world.qinghe, world.baishi)]

    assert [part.value for part in by_town.parts] == alone
    assert by_town.value == sum(alone)
