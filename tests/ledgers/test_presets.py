"""Sheets of the national real-name scheme go in as ledgers, and the register comes out as them."""

from io import BytesIO

import openpyxl
import pytest

from juli.domains.registry.models import Membership
from juli.engines.party.models import Employer, Headcount
from tests.ledgers.handing_in import counts, posted, previewed, said_of, undone
from tests.pages.visiting import visitor_of
from tests.world import World, credit_code, resident_number

pytestmark = pytest.mark.django_db


def sheet_of(content: bytes) -> list[dict[str, object]]:
    lines = openpyxl.load_workbook(BytesIO(content)).worksheets[0].iter_rows(values_only=True)
    header = next(lines)
    return [dict(zip(header, line, strict=True)) for line in lines]


def test_the_table_of_units_brings_employers_and_their_headcounts(world: World):
    row = {
        "单位名称": "青荷新厂", "统一社会信用代码": credit_code(), "经济类型": "私营企业", "所属行业": "C33",
        "所在区域": world.qinghe.name, "职工总数": "40", "农民工数": "30", "女职工数": "12",
    }  # fmt: skip

    batch = posted("registry.employers", [row], preset="national-units")

    assert counts(batch) == (1, 0, 0, 0), said_of(batch)
    made = Headcount.objects.get(employer__name="青荷新厂")
    assert (made.employees, made.migrant_workers, made.women) == (40, 30, 12)
    assert undone(batch).undone_rows == 1
    assert not Employer.objects.filter(name="青荷新厂").exists()


def test_the_table_of_members_speaks_its_own_words(world: World):
    row = {
        "姓名": "何小明", "有效证件类别": "居民身份证", "证件号码": resident_number(),
        "移动电话": "13800138001",
        "户籍类型": "农业户口", "技术等级": "无等级", "就业状况": "在岗", "工作单位": world.bearing.name,
        "所属工会": world.bearing_union.name, "入会日期": "2016-03-01",
    }  # fmt: skip

    batch = posted("registry.members", [row], preset="national-members")

    assert counts(batch) == (1, 0, 0, 0), said_of(batch)
    member = Membership.objects.select_related("person").get(person__name="何小明")
    assert (member.person.household, member.person.employment) == ("rural", "employed")


def test_the_register_comes_out_as_the_table_and_goes_in_with_no_change(world: World):
    lin = visitor_of(world.lin)

    answer = lin.get("/imports/foreign/?ledger=registry.employers%23national-units")

    rows = sheet_of(answer.content)
    assert list(rows[0])[:3] == ["单位名称", "统一社会信用代码", "经济类型"]
    batch = previewed("registry.employers", answer.content, preset="national-units", name="表.xlsx")
    assert counts(batch) == (0, 0, len(rows), 0), said_of(batch)


def test_members_come_out_with_stars(world: World):
    answer = visitor_of(world.he).get("/imports/foreign/?ledger=registry.members%23national-members")

    rows = sheet_of(answer.content)
    assert {row["姓名"] for row in rows} == {"周国平", "陈秀兰"}
    assert all("*" in str(row["证件号码"]) for row in rows)
    assert {row["户籍类型"] for row in rows} <= {"农业户口", "非农业户口", "未说明"}


def test_the_difference_report_says_what_changes(world: World):
    row = {
        "统一社会信用代码": world.teahouse.uscc, "单位名称": world.teahouse.name, "经济类型": "私营",
        "地址": "新街 1 号", "所在镇街": world.qinghe.name,
    }  # fmt: skip
    batch = previewed("registry.employers", [row, row | {"统一社会信用代码": "1"}])

    said = sheet_of(visitor_of(world.lin).get(f"/imports/{batch.pk}/differences/").content)

    assert [(each["行号"], each["结论"], each["列"]) for each in said] == [
        (2, "更新", "地址"), (3, "错误", "统一社会信用代码"),
    ]  # fmt: skip
    assert (said[0]["登记册现值"], said[0]["表里的值"]) == (None, "新街 1 号")
