"""What is written can be read again: exports, templates, error workbooks."""

from datetime import date
from decimal import Decimal

import openpyxl
import polars as pl
import pytest

from juli.engines.sheet import writing
from juli.engines.sheet.columns import Choice, Column, Kind, LedgerForm
from juli.engines.sheet.judging import judge
from juli.engines.sheet.reading_refusals import NoRows, TooManyRowsToWrite
from juli.engines.sheet.writing import write_csv, write_template, write_workbook
from juli.engines.sheet.writing_errors import write_error_workbook
from tests.sheet.files import (
    HEADER,
    TODAY,
    codes,
    good_row,
    good_rows,
    judged,
    note_codes,
    opened,
    reasons,
    resident_id,
    workbook,
)
from tests.sheet.forms import ROSTER

HOSTILE = ["=cmd|' /C calc'!A0", "+1+1", "-2", "@SUM(A1)", "'quoted", "''twice", '="text"', "a,b;c\t\"d\"",
           "甲\n乙", "_x0041_", "0012", "<b>&amp;</b>", "1/2"]  # fmt: skip
ROWS = pl.DataFrame(
    {
        "name": [f"何小{'甲乙丙丁戊己庚辛壬癸子丑寅'[place]}" for place in range(len(HOSTILE))],
        "gender": ["male", "female", None] * 4 + ["male"],
        "document_kind": ["resident_id"] * len(HOSTILE),
        "document": [resident_id(place + 1) for place in range(len(HOSTILE))],
        "mobile": [f"138{place:08d}" for place in range(len(HOSTILE))],
        "joined_on": [date(2018, 12, 5)] * 12 + [None],
        "term_ends_on": [date(2029, 6, 30)] * len(HOSTILE),
        "is_migrant": [True, False, None] * 4 + [True],
        "people": [0, 1, None] * 4 + [99_999],
        "dues": [Decimal("1234.50"), Decimal("-0.01"), None] * 4 + [Decimal("99999999.99")],
        "employer_code": ["91350100M000100Y43"] * len(HOSTILE),
        "remark": HOSTILE,
        "record": [f"M{place}" for place in range(len(HOSTILE))],
    },
    schema_overrides={"dues": pl.Decimal(20, 2)},
)


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_every_export_reads_in_again_without_a_change(tmp_path, suffix):
    path = tmp_path / f"名册.{suffix}"
    if suffix == "xlsx":
        written = write_workbook(path, columns=ROSTER.columns, rows=ROWS, sheet_name="会员名册")
    else:
        written = write_csv(path, columns=ROSTER.columns, rows=ROWS)
    judgement = judged(path)
    expected = ROWS.with_columns(pl.col("remark").str.replace_all(r"[\n\t]", " "))
    assert written == len(HOSTILE)
    assert reasons(judgement) == {}
    assert judgement.rows.drop("@row").to_dicts() == expected.to_dicts()
    assert note_codes(opened(path)) == set()


def test_text_cells_stay_text_and_nothing_becomes_a_formula(tmp_path):
    path = tmp_path / "a.xlsx"
    write_workbook(path, columns=ROSTER.columns, rows=ROWS, sheet_name="会员名册")
    sheet = openpyxl.load_workbook(path)["会员名册"]
    assert {cell.data_type for cell in sheet["D"]} == {"s"}
    assert {cell.data_type for cell in sheet["L"]} == {"s"}
    assert sheet["D2"].number_format == "@"
    assert sheet["F2"].is_date
    assert sheet.freeze_panes == "A2"


def test_no_cell_of_a_csv_begins_like_a_formula_or_is_a_number_too_long_for_excel(tmp_path):
    path = tmp_path / "a.csv"
    columns = [column for column in ROSTER.columns if column.code not in {"people", "dues"}]
    write_csv(path, columns=columns, rows=ROWS)
    text = path.read_text("utf-8-sig")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert "\n=" not in text
    assert ",=" not in text
    assert ",@" not in text
    assert f"{resident_id(1)}\t" in text


def test_a_name_of_a_sheet_that_excel_forbids_is_mended(tmp_path):
    path = tmp_path / "a.xlsx"
    write_workbook(path, columns=ROSTER.columns[:1], rows=[["甲"]], sheet_name="2018/12 [在籍]：" + "长" * 40)
    assert len(openpyxl.load_workbook(path).sheetnames[0]) <= 31


def test_more_rows_than_a_sheet_holds(tmp_path, monkeypatch):
    monkeypatch.setattr(writing, "_LAST_ROW", 3)
    with pytest.raises(TooManyRowsToWrite):
        write_workbook(tmp_path / "a.xlsx", columns=ROSTER.columns[:1], rows=[["甲"]] * 4, sheet_name="x")


def test_a_template_offers_what_may_be_filled_in(tmp_path):
    path = tmp_path / "模板.xlsx"
    long = Column(
        code="trade", label="行业", kind=Kind.CHOICE,
        choices=tuple(Choice(f"t{place}", f"行业名称第{place}种") for place in range(60)),
    )  # fmt: skip
    form = LedgerForm(code="t", label="会员名册", columns=(*ROSTER.columns, long))
    write_template(form, path)
    book = openpyxl.load_workbook(path)
    sheet = book["会员名册"]
    lists = {str(rule.sqref).split(":")[0]: rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert [cell.value for cell in sheet[1]] == [column.label for column in form.columns]
    assert lists["B2"] == '"男,女"'
    assert lists["H2"] == '"是,否"'
    assert lists["N2"] == "选项!$A$1:$A$60"
    assert book["选项"].sheet_state == "hidden"
    assert book["填写说明"]["B2"].value == "必填"


def test_a_template_handed_in_unchanged_has_no_rows_and_its_example_is_passed_over(tmp_path):
    path = tmp_path / "模板.xlsx"
    write_template(ROSTER, path)
    with pytest.raises(NoRows):
        opened(path)
    book = openpyxl.load_workbook(path)
    book["会员名册"].append(["何小明", "男", "居民身份证", resident_id(1)])
    book.save(path)
    ledger = opened(path)
    assert ledger.rows.to_list() == [3]
    assert ledger.codes == tuple(column.code for column in ROSTER.columns)


def test_an_error_workbook_is_the_same_rows_with_reasons_and_reads_in_when_mended(tmp_path):
    bad = ["何小红", resident_id(2)[:-3] + "999", "138", "2018-13-05", 7, "初稿", "焊工"]
    rows = [
        ["会员名册"],
        [*HEADER, "序号", "备注", "岗位"],
        [*good_row(1), 5, "好", "钳工"],
        bad,
        [*good_row(3), 6, "好", "车工"],
    ]
    ledger = opened(workbook(tmp_path / "a.xlsx", rows))
    judgement = judge(ledger, on=TODAY)
    path = tmp_path / "错误.xlsx"
    assert write_error_workbook(path, ledger=ledger, faults=judgement.faults) == 1

    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert [cell.value for cell in sheet[1]] == [*HEADER, "序号", "备注", "岗位", "行号", "列", "原因"]
    assert [cell.value for cell in sheet[2]][:9] == [
        *bad[:4],
        "7",
        "初稿",
        "焊工",
        "4",
        "证件号码、手机号码、入会日期",
    ]
    assert [line.split("：")[0] for line in sheet["J2"].value.split("\n")] == [
        "证件号码",
        "手机号码",
        "入会日期",
    ]
    assert sheet["B2"].fill.fgColor.rgb == "FFFFD9D9"
    assert codes(judged(path)) == [(2, column, code) for _, column, code in codes(judgement)]

    for place, value in (("B2", resident_id(2)), ("C2", "13800000002"), ("D2", "2018-12-05")):
        sheet[place] = value
    book.save(path)
    mended = judged(path)
    assert mended.bad_rows == 0
    assert mended.rows["document"].to_list() == [resident_id(2)]
    assert {note.sentence for note in opened(path).notes} == {"不认识的列没有读入：“序号”、“岗位”。"}


def test_days_in_an_error_workbook_survive_the_calendar_of_1904(tmp_path):
    def change(book):
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904

    rows = [HEADER, [None, resident_id(1), None, 41977], [None, resident_id(2), None, date(2018, 12, 5)]]
    ledger = opened(workbook(tmp_path / "a.xlsx", rows, change))
    path = tmp_path / "错误.xlsx"
    write_error_workbook(path, ledger=ledger, faults=judge(ledger, on=TODAY).faults)
    assert judged(path).rows["joined_on"].to_list() == [date(2018, 12, 5)] * 2


def test_good_rows_are_not_in_the_error_workbook(tmp_path):
    ledger = opened(workbook(tmp_path / "a.xlsx", [HEADER, *good_rows(3)]))
    assert (
        write_error_workbook(tmp_path / "e.xlsx", ledger=ledger, faults=judge(ledger, on=TODAY).faults) == 0
    )
