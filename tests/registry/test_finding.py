"""One box finds persons, unions and employers, and never beyond the walls."""

from datetime import date

import pytest

from juli.domains.registry import actions, selectors
from juli.engines.scope import walls
from juli.kernel.actor import Actor
from tests import world as building
from tests.world import World

pytestmark = pytest.mark.django_db

TODAY = date(2018, 5, 9)


def found(query: str, actor: Actor) -> tuple[list[str], list[str], list[str]]:
    with walls.entered(actor):
        findings = selectors.find(query, actor=actor, on=TODAY)
    return (
        [hit.name for hit in findings.persons],
        [hit.name for hit in findings.unions],
        [hit.name for hit in findings.employers],
    )


@pytest.mark.parametrize(
    "query", ["秀兰", "陈秀", "陈秀兰", " 陈秀兰 ", "cxl", "CXL", "cx", "chenxiulan", "chenxiu", "ChenXiu"]
)
def test_a_person_is_found_by_name_initials_and_pinyin(world: World, query: str):
    assert found(query, world.he)[0] == ["陈秀兰"]
    assert found(query, world.wu)[0] == []


def test_a_person_is_found_by_identity_number_mobile_and_member_number(world: World):
    number = building.resident_number()
    member = building.make_member(
        world.bearing_union, name="赵小满", document_number=number, mobile="13800001234"
    )

    spaced = f"{number[:6]} {number[6:14]} {number[14:]}"
    for query in (number, spaced, number.lower(), "13800001234", "+86 138 0000 1234", member.number):
        assert found(query, world.he)[0] == ["赵小满"], query
        assert found(query, world.wu)[0] == [], query
    assert found(number[:17], world.he)[0] == []


def test_the_whole_name_comes_before_names_that_contain_it(world: World):
    for name in ("王小明亮", "李王小明", "王小明"):
        building.make_member(world.bearing_union, name=name)

    assert found("王小明", world.he)[0] == ["王小明", "王小明亮", "李王小明"]


def test_rare_characters_are_found(world: World):
    building.make_member(world.bearing_union, name="𠮷野")

    assert found("𠮷野", world.he)[0] == ["𠮷野"]


def test_unions_are_found_by_name_initials_and_code(world: World):
    for query in ("轴承厂", "ljzccgh", "ljzc", world.bearing_union.code):
        assert found(query, world.he)[1] == ["澜江轴承厂工会"], query
        assert found(query, world.wu)[1] == [], query


def test_employers_are_found_by_name_initials_and_credit_code(world: World):
    for query in ("茶楼", "qhcl", world.teahouse.uscc, world.teahouse.uscc.lower()):
        assert found(query, world.he)[2] == ["青荷茶楼有限公司"], query
        assert found(query, world.wu)[2] == [], query


def test_a_hit_names_union_and_employer_and_masks_the_numbers(world: World):
    with walls.entered(world.he):
        (hit,) = selectors.find("陈秀兰", actor=world.he, on=TODAY).persons

    assert (hit.union_name, hit.employer_name) == ("澜江轴承厂工会", "澜江轴承厂有限公司")
    assert "*" in hit.document_shown
    assert "*" in hit.mobile_shown


@pytest.mark.parametrize("query", ["", " ", "陈", "c", "?"])
def test_too_little_to_look_for_is_said_so(world: World, query: str):
    with walls.entered(world.he):
        findings = selectors.find(query, actor=world.he, on=TODAY)

    assert findings.is_too_short
    assert findings.is_empty


def test_somebody_without_reach_finds_nothing(world: World):
    assert found("陈秀兰", world.auditor) == ([], [], [])


@pytest.mark.parametrize(
    "query",
    [
        "chenxl",
        "chen xl",
        "cxlan",
        "Chen Xiulan",
        "ｃｈｅｎｘｌ",
        "陈xiulan",
        "陈xl",
        "陈 秀兰",
        "chen'xiulan",
    ],
)
def test_a_person_is_found_by_letters_whole_and_first_mixed(world: World, query: str):
    assert found(query, world.he)[0] == ["陈秀兰"]
    assert found(query, world.wu)[0] == []


def test_a_person_is_found_by_the_last_four_digits(world: World):
    number = building.resident_number()
    building.make_member(world.bearing_union, name="赵小满", document_number=number, mobile="13800007788")

    for query in (number[-4:], number[-4:].lower(), "7788", "７７８８", "赵小满7788", "赵 7788", "zxm 7788"):
        assert "赵小满" in found(query, world.he)[0], query
        assert found(query, world.wu)[0] == [], query
    assert found("陈7788", world.he)[0] == []
    assert found("chen7788", world.he)[0] == []


def test_bodies_are_found_by_letters_inside_their_names_and_by_what_they_are_called_for_short(world: World):
    assert found("cl", world.he)[2] == ["青荷茶楼有限公司"]
    assert found("chalou", world.he)[2] == ["青荷茶楼有限公司"]
    assert found("zcc", world.he) == ([], ["澜江轴承厂工会"], ["澜江轴承厂有限公司"])
    assert found("澜轴", world.he) == ([], ["澜江轴承厂工会"], ["澜江轴承厂有限公司"])
    assert found("轴承 公司", world.he)[2] == ["澜江轴承厂有限公司"]
    for query in ("cl", "zcc", "澜轴"):
        assert found(query, world.wu) == ([], [], [])


def test_bodies_are_found_by_the_beginning_of_their_codes(world: World):
    code = world.bearing_union.code
    assert found(code, world.he)[1] == ["澜江轴承厂工会"]
    assert "澜江轴承厂工会" in found(code[:8], world.he)[1]
    assert found(world.teahouse.uscc[:16], world.he)[2].count("青荷茶楼有限公司") == 1


def test_what_is_in_force_comes_before_what_has_ended(world: World):
    by = {"actor": building.machine(), "at": building.MAY_9}
    left = building.make_member(world.bearing_union, name="王小明")
    actions.leave_membership(left.pk, on=date(2018, 1, 2), reason="离职", **by)
    stays = building.make_member(world.bearing_union, name="王小明")

    with walls.entered(world.he):
        persons = selectors.find("王小明", actor=world.he, on=TODAY).persons
    assert [hit.person_id for hit in persons] == [stays.person_id, left.person_id]
