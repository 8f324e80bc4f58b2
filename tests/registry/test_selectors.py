"""Who sees which unions, members and employers, in which order, and at what cost."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from juli.domains.registry import actions, selectors
from juli.domains.registry.models import Membership, Union
from juli.domains.registry.selectors import EmployerFilter, MemberFilter, UnionFilter
from juli.domains.registry.selectors.employers import KEYS as EMPLOYER_KEYS
from juli.domains.registry.selectors.employers import rows_of as employer_lines
from juli.domains.registry.selectors.members import KEYS as MEMBER_KEYS
from juli.domains.registry.selectors.members import rows_of as member_lines
from juli.domains.registry.selectors.unions import KEYS as UNION_KEYS
from juli.domains.registry.selectors.unions import rows_of as union_lines
from juli.engines.desk import paging
from juli.engines.party.models import Employer, EmployerFlag, Person
from juli.engines.scope import walls
from juli.kernel.actor import Actor
from juli.kernel.refusal import NotFound
from tests import world as building
from tests.world import MAY_9, World

pytestmark = pytest.mark.django_db

TODAY = date(2018, 5, 9)


def member_rows(*, actor, chosen):
    rows = selectors.members_in_reach(actor=actor, chosen=chosen)
    return member_lines(paging.slice_of(rows, keys=MEMBER_KEYS).rows)


def union_rows(*, actor, chosen):
    rows = selectors.unions_in_reach(actor=actor, chosen=chosen).defer("name_bigrams")
    return union_lines(paging.slice_of(rows, keys=UNION_KEYS).rows, on=chosen.on)


def employer_rows(*, actor, chosen):
    rows = selectors.employers_in_reach(actor=actor, chosen=chosen).defer("name_bigrams")
    return employer_lines(paging.slice_of(rows, keys=EMPLOYER_KEYS).rows, on=chosen.on)


def members(actor: Actor, **chosen) -> list[str]:
    with walls.entered(actor):
        page = member_rows(actor=actor, chosen=MemberFilter(**{"on": TODAY, **chosen}))
    return [row.name for row in page]


def employers(actor: Actor, **chosen) -> set[str]:
    with walls.entered(actor):
        page = employer_rows(actor=actor, chosen=EmployerFilter(**{"on": TODAY, **chosen}))
    return {row.name for row in page}


def unions(actor: Actor, **chosen) -> list[str]:
    with walls.entered(actor):
        page = union_rows(actor=actor, chosen=UnionFilter(**{"on": TODAY, **chosen}))
    return [row.name for row in page]


def test_each_officer_lists_their_own_part_of_the_tree(world: World):
    assert len(unions(world.lin)) == 6
    assert unions(world.he) == ["青荷镇总工会", "澜江轴承厂工会", "青荷商贸联合工会"]
    assert unions(world.wu) == ["白石镇总工会", "白石电子厂工会"]
    assert members(world.he) == ["周国平", "陈秀兰"]
    assert members(world.wu) == []
    assert unions(world.auditor) == []


def test_the_first_wall_holds_where_the_second_is_wide(world: World):
    """The machine sees everything; what the officer is told is still the officer's."""
    page = member_rows(actor=world.wu, chosen=MemberFilter(on=TODAY))

    assert page == []


def test_unions_are_narrowed_by_level_form_class_and_day(world: World):
    assert unions(world.lin, level=Union.Level.TOWN) == ["青荷镇总工会", "白石镇总工会"]
    assert unions(world.lin, form=Union.Form.JOINT) == ["青荷商贸联合工会"]
    assert unions(world.lin, employer_class="hmt") == ["白石电子厂工会"]
    assert unions(world.lin, unit_id=world.baishi.org_unit_id) == ["白石镇总工会", "白石电子厂工会"]
    assert len(unions(world.lin, on=date(2009, 12, 31))) == 3


def test_ended_unions_are_listed_when_asked_for(world: World):
    actions.dissolve_union(
        world.electronics_union.pk, on=TODAY, reason="单位终止", actor=building.machine(), at=MAY_9
    )

    assert "白石电子厂工会" not in unions(world.lin)
    assert unions(world.lin, is_in_force=False) == ["白石电子厂工会"]
    assert len(unions(world.lin, is_in_force=None)) == 6
    assert "白石电子厂工会" in unions(world.lin, on=TODAY - timedelta(days=1))


def test_a_union_row_counts_members_and_employers(world: World):
    actions.begin_term(
        world.bearing_union.pk, begins_on=date(2017, 5, 1), years=5, actor=building.machine(), at=MAY_9
    )
    with walls.entered(world.he):
        page = union_rows(actor=world.he, chosen=UnionFilter(on=TODAY))

    row = next(row for row in page if row.id == world.bearing_union.pk)
    assert (row.members, row.employers, row.term_expires_on) == (2, 1, date(2022, 5, 1))
    assert len(page) == 3


def test_members_are_narrowed_by_employer_standing_verification_and_migrants(world: World):
    assert members(world.he, is_migrant_worker=True) == ["陈秀兰"]
    assert members(world.he, employer_id=world.bearing.pk) == ["周国平", "陈秀兰"]
    assert members(world.he, employer_id=world.tailor.pk) == []
    assert members(world.he, verification=Person.Verification.VERIFIED) == []
    assert members(world.he, standing=Membership.Standing.RETAINED) == []
    assert members(world.he, employer_class="private") == ["周国平", "陈秀兰"]
    assert members(world.he, on=date(2015, 6, 30)) == []


def test_members_are_listed_as_of_a_day(world: World):
    actions.leave_membership(
        world.zhou_membership.pk, on=date(2018, 5, 1), reason="本人申请", actor=building.machine(), at=MAY_9
    )

    assert members(world.he) == ["陈秀兰"]
    assert members(world.he, on=date(2018, 4, 30)) == ["周国平", "陈秀兰"]


def test_a_member_who_has_moved_away_is_counted_without_a_name(world: World):
    actions.transfer_member(
        world.zhou_membership.pk,
        to_union_id=world.electronics_union.pk,
        employer_id=world.electronics.pk,
        on=date(2018, 5, 2),
        actor=world.lin,
        at=MAY_9,
    )

    assert members(world.he, on=date(2018, 5, 1)) == ["", "陈秀兰"]
    assert members(world.wu) == ["周国平"]


def test_employers_are_narrowed(world: World):
    actions.flag_employer(
        world.teahouse.pk,
        mark=EmployerFlag.Flag.CATERING,
        on=TODAY,
        source="摸查",
        actor=building.machine(),
        at=MAY_9,
    )
    loose = building.make_employer(world.qinghe, name="新开的面馆")

    assert employers(world.he, mark=EmployerFlag.Flag.CATERING) == {"青荷茶楼有限公司"}
    assert employers(world.he, is_covered=False) == {loose.name}
    assert len(employers(world.he, is_covered=True)) == 4
    assert employers(world.he, ownership=Employer.Ownership.SELF_EMPLOYED) == {"细针制衣店"}
    assert len(employers(world.he, industry="C")) == 5
    assert employers(world.he, business=Employer.Business.CLOSED) == set()
    assert employers(world.wu) == {"白石电子（澜江）有限公司"}


def test_an_employer_row_names_union_headcount_and_members(world: World):
    for day, employees in ((date(2017, 12, 31), 80), (date(2018, 3, 31), 95)):
        actions.report_headcount(
            world.bearing.pk, counted_on=day, employees=employees, actor=world.he, at=MAY_9
        )
    with walls.entered(world.he):
        page = employer_rows(actor=world.he, chosen=EmployerFilter(on=TODAY))

    row = next(row for row in page if row.id == world.bearing.pk)
    assert (row.union_name, row.employees, row.members) == ("澜江轴承厂工会", 95, 2)


def test_narrowing_to_a_unit_out_of_reach_finds_nothing_there(world: World):
    for asked in (unions, members, employers):
        with pytest.raises(NotFound):
            asked(world.he, unit_id=world.baishi.org_unit_id)


def test_pages_follow_each_other_without_gap_or_repetition(world: World, monkeypatch):
    monkeypatch.setattr(paging, "PAGE_SIZE", 4)
    for number in range(9):
        building.make_member(world.bearing_union, name=f"会员{number}")
    rows = selectors.members_in_reach(actor=world.he, chosen=MemberFilter(on=TODAY))
    keys = ("path", "valid_from", "pk")

    seen, place, befores = [], paging.Place(), []
    while True:
        part = paging.slice_of(rows, keys=keys, place=place, size=4)
        seen += [row.pk for row in part.rows]
        befores.append(part.before)
        if not part.after:
            break
        place = paging.Place(after=part.after)

    assert seen == list(rows.values_list("pk", flat=True))
    assert len(seen) == 11
    assert befores[0] == ""
    back = paging.slice_of(rows, keys=keys, place=paging.Place(before=befores[1]), size=4)
    assert [row.pk for row in back.rows] == seen[:4]
    assert back.before == ""


@pytest.mark.parametrize("mark", ["x", "!!!", "bnVsbA", "WzEsMiwzXQ", "W10"])
def test_a_mark_that_nobody_made_means_the_start(world: World, mark: str):
    rows = selectors.members_in_reach(actor=world.he, chosen=MemberFilter(on=TODAY))

    part = paging.slice_of(rows, keys=("path", "valid_from", "pk"), place=paging.Place(after=mark))

    assert len(part.rows) == 2


def test_members_are_counted_as_the_slow_way_counts_them(world: World):
    joined = date(2016, 3, 1)
    left = building.make_member(world.bearing_union, name="冯春来", joined_on=joined)
    building.make_member(world.bearing_union, name="蒋小满", joined_on=date(2018, 1, 5))
    actions.leave_membership(left.pk, on=date(2017, 3, 1), reason="本人申请", actor=world.he, at=MAY_9)

    for day in (date(2015, 6, 30), joined, date(2017, 2, 28), date(2017, 3, 1), date(2018, 1, 5), TODAY):
        chosen = MemberFilter(on=day)
        slowly = selectors.members_in_reach(actor=world.he, chosen=chosen).count()
        ended_since = selectors.members_in_reach(actor=world.he, chosen=chosen).exclude(valid_until=None)
        assert Membership.objects.all().tallied_on(day) == (slowly, ended_since.count())
    assert Membership.objects.none().tallied_on(TODAY) == (0, 0)


@pytest.mark.parametrize(
    ("ask", "chosen", "most"),
    [
        (union_rows, UnionFilter(on=TODAY), 4),
        (member_rows, MemberFilter(on=TODAY), 4),
        (employer_rows, EmployerFilter(on=TODAY), 5),
    ],
)
def test_a_list_asks_the_same_number_of_questions_however_long_it_is(world: World, ask, chosen, most):
    for number in range(5):
        building.make_member(world.bearing_union, name=f"会员{number}", employer=world.bearing)
    with (
        walls.entered(world.lin),
        CaptureQueriesContext(
            connection,
        ) as asked,
    ):
        ask(actor=world.lin, chosen=chosen)

    assert len(asked) == most


def test_no_sealed_column_leaves_the_table_for_a_list(world: World):
    with walls.entered(world.lin), CaptureQueriesContext(connection) as asked:
        member_rows(actor=world.lin, chosen=MemberFilter(on=TODAY))
        selectors.find("周国", actor=world.lin, on=TODAY)
        selectors.member_page(world.zhou_person.pk, actor=world.lin)

    assert not [query for query in asked.captured_queries if "_sealed" in query["sql"]]
