"""What cannot be taken in: a sentence with row, column and reason, the good rows still offered."""

from datetime import date

import pytest

from juli.domains.registry import actions
from juli.domains.registry.models import Membership
from juli.domains.registry.roster.receiving import unit_for
from juli.engines.facts.models import Fact
from juli.engines.party.models import Person
from juli.engines.scope import walls
from juli.engines.sheet import reading_refusals as refusals
from juli.engines.sheet.models import ImportBatch
from juli.engines.sheet.receiving import UnitCodeUnknown
from juli.kernel.refusal import NotPermitted
from tests.roster.importing import (
    HEADER,
    as_csv,
    as_workbook,
    counts,
    error_workbook,
    faults,
    imported,
    member_named,
    person,
    received,
    rows_of,
)
from tests.world import MAY_9, World, machine, make_member, resident_number

pytestmark = pytest.mark.django_db


def only_fault(batch: ImportBatch) -> tuple[int, str, str]:
    (fault,) = faults(batch)
    return fault


@pytest.mark.parametrize(
    ("said", "column", "reason"),
    [
        ({"姓名": ""}, "姓名", "这一列必须填写。"),
        ({"证件号码": "1.1E+17"}, "证件号码", "科学计数法"),
        ({"证件号码": "110101199003070022"}, "证件号码", "校验不通过"),
        ({"手机号码": "020-84820000"}, "手机号码", "固定电话"),
        ({"入会日期": "2019-01-01"}, "入会日期", "还没有到"),
        ({"入会日期": "2018-02-30"}, "入会日期", "没有 30 日"),
        ({"学历": "小本"}, "学历", "没有“小本”这个选项"),
        ({"农民工": "大概"}, "农民工", "请填写“是”或“否”"),
        ({"会籍状态": "退会"}, "会籍状态", "没有“退会”这个选项"),
        ({"工会编码": "99011300000"}, "工会编码", "没有编码为“99011300000”的工会"),
        ({"工会编码": ""}, "工会编码", "至少填写一项"),
        ({"单位统一社会信用代码": "91990113MA0999999X"}, "单位统一社会信用代码", "校验不通过"),
        ({"入会日期": "1980-01-01", "证件号码": resident_number(born_on=date(1985, 6, 15), serial=3)},
         "入会日期", "不晚于出生日期 1985-06-15"),
    ],
    ids=lambda value: "" if isinstance(value, dict) else None,
)  # fmt: skip
def test_a_faulty_row_is_named_and_the_others_go_in(world: World, said, column, reason):
    rows = [person(world.bearing_union, "何小明"), person(world.bearing_union, "黎小燕") | said]

    batch = imported(as_csv(rows))

    row, told_column, told = only_fault(batch)
    assert (row, told_column) == (3, column)
    assert reason in told
    assert counts(batch) == (1, 0, 0, 1)
    assert member_named("何小明")
    assert not Person.objects.filter(name="黎小燕").exists()


def test_two_rows_with_one_number_are_both_named(world: World):
    number = resident_number()
    rows = [person(world.bearing_union, name, 证件号码=number) for name in ("何小明", "黎小燕")]

    batch = imported(as_csv([*rows, person(world.bearing_union, "欧阳一")]))

    assert [(row, column) for row, column, _ in faults(batch)] == [(2, "证件号码"), (3, "证件号码")]
    assert "与第 3 行的“证件号码”相同" in faults(batch)[0][2]
    assert counts(batch) == (1, 0, 0, 2)


def test_a_row_typed_twice_is_taken_once(world: World):
    row = person(world.bearing_union)

    batch = imported(as_csv([row, row]))

    assert counts(batch) == (1, 0, 0, 1)
    assert "与第 2 行完全相同" in only_fault(batch)[2]


def test_a_member_number_twice_in_the_file_or_in_the_register(world: World):
    header = (*HEADER, "会员号")
    imported(as_csv([person(world.bearing_union, "何小明", 会员号="A1")], header))

    batch = imported(
        as_csv(
            [
                person(world.bearing_union, "黎小燕", 会员号="A1"),
                person(world.bearing_union, "欧阳一", 会员号="B2"),
                person(world.bearing_union, "欧阳二", 会员号="B2"),
            ],
            header,
        )
    )

    told = [(row, reason) for row, _, reason in faults(batch)]
    assert told[0] == (2, "会员号“A1”已由另一位会员使用，请核对，不清楚的可以不填。")
    assert [row for row, _ in told] == [2, 3, 4]


def test_a_union_is_named_by_code_or_name_and_both_must_agree(world: World):
    header = (*HEADER, "工会名称")
    rows = [
        person(world.bearing_union, "何小明", 工会名称=world.traders_union.name),
        person(world.bearing_union, "黎小燕") | {"工会编码": "", "工会名称": "澜江轴承厂 工会"},
        person(world.bearing_union, "欧阳一") | {"工会编码": "", "工会名称": "没有的工会"},
    ]

    batch = imported(as_csv(rows, header))

    told = {row: reason for row, _, reason in faults(batch)}
    assert set(told) == {2, 4}
    assert "这个编码是“澜江轴承厂工会”" in told[2]
    assert member_named("黎小燕").path == world.bearing_union.path


def test_a_union_that_has_ended_takes_nobody_in(world: World):
    actions.dissolve_union(
        world.traders_union.pk, on=date(2018, 4, 1), reason="企业注销", actor=machine(), at=MAY_9
    )

    batch = imported(as_csv([person(world.traders_union)]))

    assert "已于 2018-04-01 终止" in only_fault(batch)[2]


def test_an_employer_must_be_covered_by_the_union(world: World):
    row = person(world.bearing_union, 单位统一社会信用代码=world.teahouse.uscc)

    batch = imported(as_csv([row]))

    assert only_fault(batch)[1:] == (
        "单位统一社会信用代码",
        "“青荷茶楼有限公司”不在“澜江轴承厂工会”的覆盖范围内，请核对工会和单位，或先办理覆盖登记。",
    )


def test_a_membership_in_force_elsewhere_is_not_touched(world: World):
    row = person(world.bearing_union)
    imported(as_csv([row]))

    batch = imported(as_csv([row | {"工会编码": world.traders_union.code}]))

    assert only_fault(batch)[2] == "这位职工的会籍现在在“澜江轴承厂工会”，请先办理会籍转接，再导入其他资料。"
    assert member_named("何小明").path == world.bearing_union.path


def test_the_number_of_somebody_of_another_name_is_not_written_over(world: World):
    row = person(world.bearing_union, "何小明", 学历="高中")
    imported(as_csv([row]))

    batch = imported(as_csv([row | {"姓名": "何小亮", "学历": "本科"}]))

    assert only_fault(batch)[1] == "姓名"
    assert member_named("何小明").person.education == "high_school"


def test_resting_and_resuming_are_not_for_a_list_to_decide(world: World):
    row = person(world.bearing_union)
    imported(as_csv([row]))

    batch = imported(as_csv([row | {"会籍状态": "保留会籍"}]))

    assert "会籍现在是“在籍”" in only_fault(batch)[2]


def test_sex_and_birth_must_be_those_of_the_number(world: World):
    header = (*HEADER, "性别", "出生日期")
    number = resident_number(born_on=date(1990, 3, 7), sex=Person.Sex.FEMALE)
    row = person(world.bearing_union, 证件号码=number) | {"性别": "男", "出生日期": "1990-07-03"}

    batch = imported(as_csv([row], header))

    assert {(column, reason) for _, column, reason in faults(batch)} == {
        ("性别", "性别与证件号码不一致，按号码应为“女”，请对照证件核对。"),
        ("出生日期", "出生日期与证件号码不一致，按号码应为 1990-03-07，请对照证件核对。"),
    }


def test_the_dead_are_not_admitted(world: World):
    row = person(world.bearing_union)
    imported(as_csv([row]))
    member = member_named("何小明")
    actions.record_death(member.pk, on=date(2017, 1, 5), source="家属告知", actor=machine(), at=MAY_9)

    batch = imported(as_csv([row | {"入会日期": "2018-01-01"}]))

    assert "已登记去世" in only_fault(batch)[2]


def test_who_comes_back_does_so_after_leaving(world: World):
    row = person(world.bearing_union)
    imported(as_csv([row]))
    member = member_named("何小明")
    actions.leave_membership(member.pk, on=date(2017, 6, 1), reason="辞职", actor=machine(), at=MAY_9)

    batch = imported(as_csv([row | {"入会日期": "2017-05-01"}]))

    assert "早于上一段会籍结束的日期 2017-06-01" in only_fault(batch)[2]


def test_a_town_officer_cannot_import_into_another_town(world: World):
    rows = [person(world.bearing_union, "何小明"), person(world.electronics_union, "黎小燕")]

    batch = imported(as_csv(rows), actor=world.he)

    assert counts(batch) == (1, 0, 0, 1)
    row, column, reason = only_fault(batch)
    assert (row, column) == (3, "工会编码")
    assert "不在这次导入的范围内" in reason
    assert not Person.objects.filter(name="黎小燕").exists()


def test_a_batch_for_one_unit_stays_below_it(world: World):
    batch = imported(as_csv([person(world.electronics_union)]), at_unit=world.qinghe)

    assert counts(batch) == (0, 0, 0, 1)


def test_a_person_known_out_of_reach_is_told_of_without_a_name(world: World):
    number = resident_number()
    make_member(world.electronics_union, name="邻镇会员", document_number=number)

    batch = imported(as_csv([person(world.bearing_union, "邻镇会员", 证件号码=number)]), actor=world.he)

    reason = only_fault(batch)[2]
    assert "已由这次导入范围之外的工会登记" in reason
    assert "白石" not in reason
    assert Membership.objects.filter(person__name="邻镇会员").count() == 1


def test_nobody_imports_without_the_right(world: World):
    with pytest.raises(NotPermitted):
        received(as_csv([person(world.bearing_union)]), actor=world.xu, at_unit=world.qinghe)


def test_nobody_imports_into_another_town(world: World):
    with walls.entered(world.he), pytest.raises(UnitCodeUnknown):
        unit_for(world.baishi.code, actor=world.he)


@pytest.mark.parametrize(
    ("content", "name", "refusal"),
    [
        (b"", "a.xlsx", refusals.EmptyFile),
        (b"%PDF-1.7 ...", "a.xlsx", refusals.NotATable),
        (b"PK\x03\x04 cut off", "a.xlsx", refusals.Truncated),
        ("你好\n".encode(), "a.csv", refusals.OneCell),
        (as_csv([], ("姓名", "证件号码", "工会编码")), "a.csv", refusals.LedgerRefused),
        (as_csv([{"姓名": "何小明", "证件号码": "1", "入会日期": "2016-01-01"}], HEADER[:2] + HEADER[7:8]),
         "a.csv", refusals.MissingColumns),
    ],
    ids=["empty", "pdf", "truncated", "one cell", "no rows", "no union"],
)  # fmt: skip
def test_a_file_that_is_no_roster_is_refused_whole(world: World, content, name, refusal):
    people = Person.objects.count()

    with pytest.raises(refusal):
        imported(content, name=name)

    batch = ImportBatch.objects.get()
    assert batch.state == ImportBatch.State.FAILED
    assert batch.reason.endswith("。")
    assert Person.objects.count() == people
    assert not Fact.objects.filter(batch_id=batch.pk).exists()


def test_the_error_workbook_is_mended_and_comes_in(world: World):
    rows = [
        person(world.bearing_union, "何小明"),
        person(world.bearing_union, "黎小燕", 学历="小本", 手机号码="1380000"),
        person(world.bearing_union, "欧阳一", 工会编码="nowhere"),
    ]
    first = imported(as_workbook(rows), name="名册.xlsx")
    returned = error_workbook(first)
    told = rows_of(returned)

    assert first.error_workbook.name == "名册－错误清单.xlsx"
    assert [row["姓名"] for row in told] == ["黎小燕", "欧阳一"]
    assert [(row["行号"], row["列"]) for row in told] == [("3", "手机号码、学历"), ("4", "工会编码")]
    told[0] |= {"学历": "本科", "手机号码": "13800001234"}
    told[1] |= {"工会编码": world.bearing_union.code}

    second = imported(as_workbook(told, tuple(told[0])), name="名册－错误清单.xlsx")

    assert counts(second) == (2, 0, 0, 0)
    assert counts(imported(as_workbook(rows), name="名册.xlsx"))[2:] == (1, 2)


def test_nothing_of_a_person_stands_in_the_list_of_faults(world: World):
    number = "110101199003070022"

    batch = imported(as_csv([person(world.bearing_union, "何小明", 证件号码=number)]))

    assert number not in " ".join(reason for _, _, reason in faults(batch))
