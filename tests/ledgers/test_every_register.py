"""Each register as a ledger: new rows, news, the way back, and an export that changes nothing."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest

from juli.domains.registry import actions
from juli.domains.registry.models import Coverage, Post, Union
from juli.engines.facts.models import Fact
from juli.engines.party.models import Employer, HazardousPost, Headcount, Person
from juli.engines.scope.models import Account, Grant, OrgUnit
from juli.engines.sheet import writing
from juli.engines.sheet.entries import declared, entry_of
from juli.engines.sheet.ledgers import Ledger
from juli.engines.sheet.models import BatchRow, ImportBatch
from juli.engines.sheet.saying import Occasion
from juli.engines.sheet.working import ranges_of
from tests.ledgers.handing_in import counts, posted, previewed, received, rows_of, said_of, undone
from tests.world import MAY_9, World, granted, machine, make_employer, resident_number

pytestmark = pytest.mark.django_db
BY = {"actor": machine(), "at": MAY_9}


def owed(batch: ImportBatch) -> int:
    return sum(int(fact.quantity) for fact in Fact.objects.filter(batch_id=batch.pk))


def test_unions_are_founded_parents_first_and_taken_back(world: World):
    rows = [
        {"组织编码": "990199002", "工会名称": "青荷新厂工会", "工会层级": "基层工会", "建会形式": "单独",
         "上级工会编码": "990199001", "批准成立日期": "2018-05-08"},
        {"组织编码": "990199001", "工会名称": "青荷西村工会联合会", "工会层级": "村工会联合会",
         "上级工会编码": world.qinghe.code, "批准成立日期": "2018-05-08"},
    ]  # fmt: skip

    batch = posted("registry.unions", rows)

    assert counts(batch) == (2, 0, 0, 0), said_of(batch)
    assert Union.objects.get(code="990199002").org_unit.parent.code == "990199001"
    assert undone(batch).undone_rows == 2
    assert not Union.objects.filter(code__startswith="990199").exists()
    assert not OrgUnit.objects.filter(code__startswith="990199").exists()
    assert owed(batch) == 0


def test_a_union_is_renamed_and_gets_its_name_back(world: World):
    union = world.bearing_union
    row = {
        "组织编码": union.code, "工会名称": "澜江轴承集团工会", "工会层级": union.get_level_display(),
        "批准成立日期": union.approved_on.isoformat(), "批复文号": "澜工复〔2018〕9号",
    }  # fmt: skip

    batch = posted("registry.unions", [row])

    assert counts(batch) == (0, 1, 0, 0), said_of(batch)
    union.refresh_from_db()
    assert (union.name, union.org_unit.name) == ("澜江轴承集团工会", "澜江轴承集团工会")
    assert undone(batch).undone_rows == 1
    union = Union.objects.get(pk=union.pk)
    assert (union.name, union.org_unit.name) == ("澜江轴承厂工会", "澜江轴承厂工会")
    assert owed(batch) == 0


def test_an_employer_is_covered_and_goes_back_to_its_territory(world: World):
    shop = make_employer(world.qinghe, name="青荷小食店")
    actions.report_headcount(shop.pk, counted_on=date(2018, 5, 1), employees=4, **BY)
    row = {"工会名称": world.traders_union.name, "单位名称": "青荷小食店", "开始日期": "2018-05-02"}

    batch = posted("registry.coverage", [row])

    assert counts(batch) == (1, 0, 0, 0), said_of(batch)
    shop.refresh_from_db()
    assert shop.org_unit_id == world.traders_union.org_unit_id
    assert undone(batch).undone_rows == 1
    shop.refresh_from_db()
    assert shop.org_unit_id == world.qinghe.org_unit_id
    assert Headcount.objects.get(employer=shop).org_unit_id == world.qinghe.org_unit_id
    assert not Coverage.objects.filter(employer=shop).exists()


def test_a_coverage_ends_and_begins_again(world: World):
    coverage = Coverage.objects.get(employer=world.tailor)
    row = {
        "工会编码": world.traders_union.code, "统一社会信用代码": world.tailor.uscc,
        "开始日期": coverage.valid_from.isoformat(), "结束日期": "2018-05-01",
    }  # fmt: skip

    batch = posted("registry.coverage", [row])

    assert counts(batch) == (0, 1, 0, 0), said_of(batch)
    coverage.refresh_from_db()
    assert coverage.valid_until == date(2018, 5, 1)
    undone(batch)
    coverage.refresh_from_db()
    world.tailor.refresh_from_db()
    assert coverage.valid_until is None
    assert world.tailor.org_unit_id == world.traders_union.org_unit_id


def test_headcounts_are_reported_corrected_and_taken_back(world: World):
    row = {"单位名称": world.teahouse.name, "统计日期": "2018-05-01", "职工人数": "30", "女职工": "12"}
    first = posted("registry.headcounts", [row])
    second = posted("registry.headcounts", [row | {"职工人数": "31"}])

    assert (counts(first), counts(second)) == ((1, 0, 0, 0), (0, 1, 0, 0))
    assert rows_of(second)[0].differences == [["employees", "30", "31"]]
    assert Headcount.objects.get(employer=world.teahouse).employees == 31
    undone(second)
    assert Headcount.objects.get(employer=world.teahouse).employees == 30
    undone(first)
    assert not Headcount.objects.filter(employer=world.teahouse).exists()


def test_more_women_than_staff_is_a_fault(world: World):
    row = {"单位名称": world.teahouse.name, "统计日期": "2018-05-01", "职工人数": "3", "女职工": "12"}

    assert counts(previewed("registry.headcounts", [row])) == (0, 0, 0, 1)


def test_hazards_are_reported_and_taken_back(world: World):
    row = {
        "单位名称": world.bearing.name, "岗位名称": "打磨", "危害类别": "粉尘", "接触人数": "8",
        "开始日期": "2018-05-01",
    }  # fmt: skip
    first = posted("registry.hazards", [row])
    second = posted("registry.hazards", [row | {"接触人数": "9"}])

    assert (counts(first), counts(second)) == ((1, 0, 0, 0), (0, 1, 0, 0)), said_of(first)
    assert HazardousPost.objects.get().workers == 9
    assert undone(second).undone_rows == 1
    assert undone(first).undone_rows == 1
    assert not HazardousPost.objects.exists()


def test_posts_are_taken_left_and_taken_back(world: World):
    row = {
        "工会编码": world.bearing_union.code, "姓名": "周国平", "会员号": world.zhou_membership.number,
        "职务": "主席", "开始日期": "2018-01-05",
    }  # fmt: skip
    first = posted("registry.posts", [row])
    second = posted("registry.posts", [row | {"结束日期": "2018-05-01"}])

    assert (counts(first), counts(second)) == ((1, 0, 0, 0), (0, 1, 0, 0)), said_of(first)
    assert Post.objects.get().valid_until == date(2018, 5, 1)
    assert undone(first).undone_rows == 0
    assert "又" in rows_of(first)[0].reason
    undone(second)
    assert Post.objects.get().valid_until is None


def test_another_name_than_the_number_s_is_a_fault(world: World):
    row = {
        "工会编码": world.bearing_union.code, "姓名": "周国安", "会员号": world.zhou_membership.number,
        "职务": "主席", "开始日期": "2018-01-05",
    }  # fmt: skip

    assert "另一个姓名" in said_of(previewed("registry.posts", [row]))[0]


def test_persons_are_brought_up_to_date_and_back(world: World):
    person = world.chen_person
    before = (person.mobile_shown, bytes(person.mobile_digest), person.education)
    row = {"记录号": person.pk, "姓名": "陈秀兰", "手机号码": "13800138001", "学历": "大专"}

    batch = posted("registry.persons", [row])

    assert counts(batch) == (0, 1, 0, 0), said_of(batch)
    person.refresh_from_db()
    assert (person.mobile_shown, person.education) == ("138****8001", "college")
    assert "13800138001" not in str(rows_of(batch)[0].differences)
    assert counts(posted("registry.persons", [row])) == (0, 0, 1, 0)
    undone(batch)
    person.refresh_from_db()
    assert (person.mobile_shown, bytes(person.mobile_digest), person.education) == before


def test_a_person_nobody_knows_belongs_into_the_roster(world: World):
    batch = previewed("registry.persons", [{"姓名": "何小明", "证件号码": resident_number()}])

    assert "会员名册" in said_of(batch)[0]


def test_grants_are_given_ended_and_taken_back(world: World):
    name = Account.scoped.get(pk=world.xu.account_id).username
    row = {
        "登录名": name, "权限": "导入台账", "组织": world.qinghe.name, "数据范围": "本级及以下",
        "结束日期": "2030-01-01", "理由": "补录",
    }  # fmt: skip

    batch = posted("scope.grants", [row], actor=world.lin)

    assert counts(batch) == (1, 0, 0, 0), said_of(batch)
    given = Grant.objects.get(account_id=world.xu.account_id, permission="registry.import")
    assert given.valid_until == date(2030, 1, 1)
    assert undone(batch, actor=world.lin).undone_rows == 1
    assert not Grant.objects.filter(pk=given.pk).exists()


def test_nobody_grants_by_a_ledger_what_they_do_not_hold(world: World):
    name = Account.scoped.get(pk=world.xu.account_id).username
    giver = granted(world.qinghe, ["scope.grant", "scope.see"])
    row = {"登录名": name, "权限": "导入台账", "组织": world.qinghe.name, "数据范围": "本级及以下"}

    batch = previewed("scope.grants", [row], actor=giver)

    assert counts(batch) == (0, 0, 0, 1)
    assert "只能授出您自己" in said_of(batch)[0]


def test_what_is_written_out_comes_back_with_no_change(world: World):
    actions.report_headcount(world.teahouse.pk, counted_on=date(2018, 5, 1), employees=4, **BY)
    actions.report_hazard(
        world.bearing.pk,
        title="=打磨",
        hazard=HazardousPost.Hazard.DUST,
        workers=3,
        on=date(2018, 5, 1),
        **BY,
    )
    actions.take_post(
        union_id=world.bearing_union.pk, person_id=world.zhou_person.pk, office=Post.Office.CHAIR,
        on=date(2018, 1, 5), **BY,
    )  # fmt: skip
    for entry in declared():
        ledger = entry.loaded()
        if not isinstance(ledger, Ledger):
            continue
        for suffix in (".csv", ".xlsx"):
            content, number = written(ledger, suffix)
            batch = previewed(entry.code, content, name=f"导出{suffix}")
            assert counts(batch) == (0, 0, number, 0), (
                entry.code,
                suffix,
                said_of(batch),
                rows_of(batch)[0].differences,
            )


def written(ledger: Ledger, suffix: str) -> tuple[bytes, int]:
    """Write a whole register out as an export does."""
    batch = received(ledger.form.code, [{"记录号": "1"}], name=f"{ledger.form.code}.csv")
    occasion = Occasion(machine(), MAY_9, batch, ranges_of(machine(), batch))
    asked = pl.DataFrame({"record": ["0"], "@person_id": [None], "mobile": [None], "bank": [None]})
    if ledger.form.code == "registry.persons":
        numbers = list(Person.objects.values_list("pk", flat=True))
        asked = pl.DataFrame(
            {"@person_id": numbers, "mobile": [None] * len(numbers), "bank": [None] * len(numbers)},
            schema={"@person_id": pl.Int64, "mobile": pl.String, "bank": pl.String},
        )
    held = ledger.register(asked, occasion)
    rows = held.with_columns(pl.col("@record").cast(pl.String).alias("record"))
    columns = [each for each in ledger.form.columns if each.code in rows.columns]
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"ledger{suffix}"
        if suffix == ".csv":
            writing.write_csv(path, columns=columns, rows=rows)
        else:
            writing.write_workbook(path, columns=columns, rows=rows, sheet_name=ledger.form.label)
        return path.read_bytes(), rows.height


def test_the_columns_of_every_ledger_can_be_asked(world: World):
    from juli.engines.sheet.entries import columns_of

    for entry in declared():
        assert columns_of(entry.code)
    assert entry_of("employers").code == "registry.employers"
    assert Employer.objects.exists()
    assert BatchRow._meta.db_table == "sheet_batchrow"


def test_the_command_line_has_a_word_for_every_ledger():
    from juli.config.cli.import_ import WORDS

    assert {entry.word: entry.label for entry in declared()} == WORDS
