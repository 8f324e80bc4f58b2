"""What the page of one union, member or employer is told."""

from datetime import date

import pytest

from juli.domains.registry import actions, selectors
from juli.domains.registry.models import Committee, Post
from juli.engines.party.models import EmployerFlag, HazardousPost
from juli.engines.party.vault import Sealed
from juli.engines.scope import walls
from juli.kernel.refusal import NotFound
from tests import world as building
from tests.world import MAY_9, World

pytestmark = pytest.mark.django_db

TODAY, MAY_1 = date(2018, 5, 9), date(2018, 5, 1)


def test_a_union_is_told_with_its_place_terms_posts_committees_and_employers(world: World):
    union = world.bearing_union
    actions.begin_term(union.pk, begins_on=MAY_1, years=3, actor=world.he, at=MAY_9)
    actions.take_post(
        union_id=union.pk,
        person_id=world.zhou_person.pk,
        office=Post.Office.CHAIR,
        on=MAY_1,
        actor=world.he,
        at=MAY_9,
    )
    actions.form_committee(union_id=union.pk, kind=Committee.Kind.AUDIT, on=MAY_1, actor=world.he, at=MAY_9)
    with walls.entered(world.he):
        page = selectors.union_page(union.pk, actor=world.he, on=TODAY)

    assert (page.details.name, page.details.level_label, page.details.form_label) == (
        "澜江轴承厂工会",
        "基层工会",
        "单独组建",
    )
    assert (page.details.employer_class_label, page.details.is_in_force) == ("私营及其他内资", True)
    assert page.parent is not None
    assert (page.parent.id, page.parent.name) == (world.qinghe.pk, "青荷镇总工会")
    assert [each.name for each in page.lineage] == ["澜江区总工会", "青荷镇总工会", "澜江轴承厂工会"]
    assert (page.members, page.base_unions, page.employers_covered) == (2, 1, 1)
    assert [row.name for row in page.employers] == ["澜江轴承厂有限公司"]
    assert [(term.number, term.expires_on) for term in page.terms] == [(1, date(2021, 5, 1))]
    assert [(post.person_name, post.office_label) for post in page.posts] == [("周国平", "主席")]
    assert [each.kind_label for each in page.committees] == ["经费审查委员会"]


def test_a_town_counts_what_lies_below_it(world: World):
    with walls.entered(world.he):
        page = selectors.union_page(world.qinghe.pk, actor=world.he, on=TODAY)

    assert (page.members, page.base_unions, page.parent) == (2, 2, None)
    assert [each.name for each in page.lineage] == ["澜江区总工会", "青荷镇总工会"]


def test_a_merged_union_names_its_heir(world: World):
    actions.merge_union(
        world.bearing_union.pk,
        into_id=world.traders_union.pk,
        on=MAY_1,
        reason="企业合并",
        actor=world.he,
        at=MAY_9,
    )
    with walls.entered(world.he):
        page = selectors.union_page(world.bearing_union.pk, actor=world.he, on=TODAY)

    assert (page.details.ending_label, page.details.ended_on) == ("并入", MAY_1)
    assert page.heir is not None
    assert page.heir.name == "青荷商贸联合工会"
    assert (page.members, page.base_unions) == (0, 0)


def test_a_member_is_told_masked_with_career_and_posts(world: World):
    person = world.chen_person
    with walls.entered(world.bai):
        page = selectors.member_page(person.pk, actor=world.bai)

    assert (page.person.name, page.person.sex_label, page.person.born_on) == (
        "陈秀兰",
        "女",
        date(1985, 6, 15),
    )
    assert page.person.document_shown.startswith("7101**********")
    assert page.person.particulars.is_migrant_worker is True
    assert page.person.sealed == (Sealed.DOCUMENT, Sealed.MOBILE)
    assert page.membership is not None
    assert (page.membership.union_name, page.membership.employer_name) == (
        "澜江轴承厂工会",
        "澜江轴承厂有限公司",
    )
    assert [each.opening_label for each in page.career] == ["入会"]
    assert [each.name for each in page.lineage][-1] == "澜江轴承厂工会"


def test_who_has_left_is_still_a_person(world: World):
    actions.leave_membership(world.zhou_membership.pk, on=MAY_1, reason="辞职", actor=world.bai, at=MAY_9)
    with walls.entered(world.bai):
        page = selectors.member_page(world.zhou_person.pk, actor=world.bai)

    assert page.membership is None
    assert [(each.closing_label, each.is_in_force) for each in page.career] == [("退会", False)]


def test_a_member_sees_their_own_career(world: World):
    with walls.entered(world.zhou):
        assert [each.union_name for each in selectors.career_of(world.zhou_person.pk)] == ["澜江轴承厂工会"]
        assert selectors.career_of(world.chen_person.pk) == ()


def test_an_employer_is_told_with_coverage_headcounts_marks_and_hazards(world: World):
    bearing = world.bearing
    actions.report_headcount(bearing.pk, counted_on=MAY_1, employees=95, women=40, actor=world.he, at=MAY_9)
    actions.flag_employer(
        bearing.pk, mark=EmployerFlag.Flag.PARK, on=MAY_1, source="摸查", actor=world.he, at=MAY_9
    )
    actions.report_hazard(
        bearing.pk,
        title="打磨",
        hazard=HazardousPost.Hazard.DUST,
        workers=12,
        on=MAY_1,
        actor=world.he,
        at=MAY_9,
    )
    with walls.entered(world.he):
        page = selectors.employer_page(bearing.pk, actor=world.he, on=TODAY)

    assert (page.row.union_name, page.row.territory_name) == ("澜江轴承厂工会", "青荷镇总工会")
    assert (page.row.employees, page.row.members) == (95, 2)
    assert [(each.union_name, each.valid_until) for each in page.coverages] == [("澜江轴承厂工会", None)]
    assert [(each.employees, each.women) for each in page.headcounts] == [(95, 40)]
    assert [each.label for each in page.marks] == ["园区企业"]
    assert [(each.title, each.hazard_label, each.workers) for each in page.hazards] == [("打磨", "粉尘", 12)]


def test_an_employer_covered_from_another_town_is_told_without_what_is_out_of_reach(world: World):
    loose = building.make_employer(world.baishi, name="跨镇的工厂")
    building.cover(world.traders_union, loose)
    with walls.entered(world.he):
        page = selectors.employer_page(loose.pk, actor=world.he, on=TODAY)
    with pytest.raises(NotFound), walls.entered(world.wu):
        selectors.employer_page(loose.pk, actor=world.wu, on=TODAY)

    assert (page.row.union_name, page.row.territory_name) == ("青荷商贸联合工会", "")


@pytest.mark.parametrize("who", ["wu", "auditor", "zhou"])
def test_a_record_out_of_reach_is_not_there(world: World, who: str):
    actor = getattr(world, who)
    for ask, record in (
        (selectors.union_page, world.bearing_union),
        (selectors.employer_page, world.bearing),
    ):
        with pytest.raises(NotFound):
            ask(record.pk, actor=actor, on=TODAY)
    with pytest.raises(NotFound):
        selectors.member_page(world.chen_person.pk, actor=actor)
