"""Rows judged: what is made plain, what is a fault, and in which words it is said."""

from decimal import Decimal

import polars as pl
import pytest

from juli.engines.sheet.faults import FAULTS, Fault
from tests.sheet.files import (
    HEADER,
    codes,
    good_row,
    good_rows,
    judged,
    judged_cells,
    reasons,
    resident_id,
    workbook,
)


def test_good_rows_have_no_faults(tmp_path):
    judgement = judged(workbook(tmp_path / "a.xlsx", [HEADER, *good_rows(5)]))
    assert judgement.faults.is_empty()
    assert judgement.bad_rows == 0
    assert judgement.good.height == 5
    assert judgement.given == {"name", "document", "mobile", "joined_on"}
    assert judgement.rows.schema["joined_on"] == pl.Date
    assert judgement.rows.schema["dues"] == pl.Decimal(20, 2)
    assert judgement.rows["remark"].null_count() == 5


@pytest.mark.parametrize(
    ("column", "typed", "code", "kept"),
    [
        ("姓名", " 何　小明 ", "name", "何小明"),
        ("姓名", "何\u200b小\ufeff明", "name", "何小明"),
        ("姓名", "阿不都•热西提", "name", "阿不都·热西提"),
        ("姓名", "'何小明", "name", "何小明"),
        ("证件号码", f" {resident_id(7)} ", "document", resident_id(7)),
        ("证件号码", "１１０１０１１９９００３０７" + resident_id(7)[14:], "document", resident_id(7)),
        ("证件号码", f"'{resident_id(7)}", "document", resident_id(7)),
        ("证件号码", f'="{resident_id(7)}"', "document", resident_id(7)),
        ("证件号码", f"{resident_id(7)}\t", "document", resident_id(7)),
        ("证件号码", f"\u202d{resident_id(7)}\u202c", "document", resident_id(7)),
        ("手机号码", 13800138000, "mobile", "13800138000"),
        ("手机号码", "138-0013-8000", "mobile", "13800138000"),
        ("手机号码", "＋86 138 0013 8000", "mobile", "13800138000"),
        ("性别", "女性", "gender", "female"),
        ("性别", "MALE", "gender", "male"),
        ("性别", " 男 ", "gender", "male"),
        ("是否农民工", "√", "is_migrant", True),
        ("是否农民工", False, "is_migrant", False),
        ("是否农民工", "Ｎ", "is_migrant", False),
        ("职工人数", "1,200", "people", 1200),
        ("职工人数", "１２．０", "people", 12),
        ("职工人数", 35, "people", 35),
        ("会费（元）", "¥1,234.5元", "dues", Decimal("1234.50")),
        ("会费（元）", 0.1 + 0.2, "dues", Decimal("0.30")),
        ("会费（元）", "-12", "dues", Decimal("-12.00")),
        ("统一社会信用代码", "91350100m000100y43", "employer_code", "91350100M000100Y43"),
        ("备注", " 甲\n乙 ", "remark", "甲 乙"),
        ("备注", "'=1+1", "remark", "=1+1"),
        ("备注", "无", "remark", "无"),
    ],
)  # fmt: skip
def test_what_people_type_is_made_plain(tmp_path, column, typed, code, kept):
    judgement = judged_cells(tmp_path / "a.xlsx", column, [typed])
    assert reasons(judgement) == {}
    assert judgement.rows[code].to_list() == [kept]


@pytest.mark.parametrize(
    ("column", "typed", "code", "said"),
    [
        ("姓名", None, "sheet.required", "必须填写"),
        ("姓名", "　", "sheet.required", "必须填写"),
        ("姓名", "何" * 51, "sheet.too_long", "有 51 个字，超过 50 个字"),
        ("证件号码", "无", "sheet.required", "必须填写"),
        ("证件号码", 110101199003070021, "idcodes.resident_scientific", "科学计数法"),
        ("证件号码", "1.1E+17", "idcodes.resident_scientific", "科学计数法"),
        ("证件号码", resident_id(7)[:-1] + ("1" if resident_id(7)[-1] != "1" else "2"),
         "idcodes.resident_check_digit", "校验不通过"),
        ("证件号码", "1101011990030", "idcodes.resident_length", "18 位"),
        ("证件号码", "#N/A", "sheet.error_cell", "“#N/A”"),
        ("手机号码", "1380013800", "idcodes.mobile_length", "11 位"),
        ("手机号码", "138****8000", "sheet.masked", "打了星号"),
        ("性别", "未说明", "sheet.not_a_choice", "可以填写：男、女"),
        ("是否农民工", "可能", "sheet.not_yes_or_no", "“可能”看不出"),
        ("职工人数", "12人", "sheet.not_whole", "“12人”不是整数"),
        ("职工人数", "12.5", "sheet.not_whole", "不是整数"),
        ("职工人数", "-1", "sheet.too_small", "小于 0"),
        ("职工人数", "100001", "sheet.too_large_number", "大于 100000"),
        ("会费（元）", "1.2万", "sheet.not_a_number", "“1.2万”不是数字"),
        ("会费（元）", "1.234", "sheet.too_many_places", "小数超过 2 位"),
        ("统一社会信用代码", "91350100M000100Y44", "idcodes.uscc_check_character", "校验不通过"),
        ("备注", "6.22202100111625E+18", "sheet.digits_lost", "后几位已丢失"),
        ("备注", 6222021001116245702, "sheet.digits_lost", "后几位已丢失"),
        ("备注", "#REF!", "sheet.error_cell", "“#REF!”"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_by_row_column_and_reason(tmp_path, column, typed, code, said):
    def change(book):
        for cell in book.active[2]:
            if isinstance(cell.value, str) and cell.value.startswith("#"):
                cell.data_type = "e"

    known = {"姓名": 0, "证件号码": 1, "手机号码": 2}
    row = good_row()
    head = list(HEADER)
    if column in known:
        row[known[column]] = typed
    else:
        head.append(column)
        row.append(typed)
    judgement = judged(
        workbook(tmp_path / "a.xlsx", [head, row, [*good_row(2), *([None] * (len(row) - 4))]], change)
    )
    assert codes(judgement) == [(2, column, code)]
    assert said in reasons(judgement)[2][0]
    assert judgement.good["@row"].to_list() == [3]


def test_documents_are_checked_as_the_kind_that_the_row_says(tmp_path):
    rows = [
        ["姓名", "证件类型", "证件号码"],
        ["甲", "护照", "E12345678"],
        ["乙", "居民身份证", "E12345679"],
        ["丙", None, resident_id(3)],
        ["丁", "护照", "E1234567*"],
    ]
    judgement = judged(workbook(tmp_path / "a.xlsx", rows))
    assert codes(judgement) == [
        (3, "证件号码", "idcodes.resident_characters"),
        (5, "证件号码", "sheet.masked"),
    ]


def test_stars_beside_a_record_number_mean_unchanged(tmp_path):
    rows = [
        ["姓名", "证件号码", "手机号码", "记录号"],
        ["何*明", "1101**********0017", "138****0001", "M7"],
        ["李四", resident_id(2), "138****0002", None],
    ]
    judgement = judged(workbook(tmp_path / "a.xlsx", rows))
    assert codes(judgement) == [(3, "手机号码", "sheet.masked")]
    assert judgement.masked["document"].to_list() == [True, False]
    assert judgement.rows["document"].to_list() == [None, resident_id(2)]
    assert judgement.rows["name"].to_list() == [None, "李四"]


def test_two_rows_with_one_key_name_each_other(tmp_path):
    other = ["何小红", *good_row(2)[1:]]
    rows = [HEADER, good_row(1), good_row(2), good_row(3), other, good_row(1)]
    judgement = judged(workbook(tmp_path / "a.xlsx", rows))
    assert reasons(judgement) == {
        3: ["与第 5 行的“证件号码”相同，请核对后只保留一行。"],
        5: ["与第 3 行的“证件号码”相同，请核对后只保留一行。"],
        6: ["与第 2 行完全相同，重复的这一行没有读入。"],
    }
    assert judgement.good["@row"].to_list() == [2, 4]


def test_many_rows_with_one_key_name_the_first_few(tmp_path):
    rows = [[f"何{'甲乙丙丁戊己庚辛'[place]}", *good_row()[1:]] for place in range(8)]
    found = reasons(judged(workbook(tmp_path / "a.xlsx", [HEADER, *rows])))
    assert found[2] == ["与第 3、4、5、6、7 等 7 行的“证件号码”相同，请核对后只保留一行。"]
    assert found[9] == ["与第 2、3、4、5、6 等 7 行的“证件号码”相同，请核对后只保留一行。"]


def test_rows_without_a_key_are_not_the_same_row(tmp_path):
    rows = [HEADER, ["甲", None, None, None], ["乙", None, None, None]]
    assert [code for *_, code in codes(judged(workbook(tmp_path / "a.xlsx", rows)))] == ["sheet.required"] * 2


def test_cells_merged_in_the_body_are_faults_of_the_rows_they_cover(tmp_path):
    rows = [[*HEADER, "备注"], *([*good_row(place), f"注{place}"] for place in range(1, 7))]

    def change(book):
        book.active.merge_cells("A2:A4")
        book.active.merge_cells("B6:C6")

    judgement = judged(workbook(tmp_path / "a.xlsx", rows, change))
    merged = "第 2 至 4 行的这一列是合并单元格，只有第一格有内容，请取消合并后逐行填写。"
    found = reasons(judgement)
    assert found[3] == found[4] == [merged]
    assert "横向合并" in found[6][0]
    assert judgement.good["@row"].to_list() == [2, 5, 7]


def test_domains_add_faults_of_their_own(tmp_path):
    judgement = judged(workbook(tmp_path / "a.xlsx", [HEADER, *good_rows(3)]))
    fault = Fault("test.unknown_union", "没有找到名为“{value}”的工会，最像的是“{like}”。")
    names = pl.Series(["甲厂", None, "丙厂"])
    judgement.add_faults(
        pl.Series([True, None, True]), column="remark", fault=fault, value=names, like="乙厂"
    )
    assert reasons(judgement) == {
        2: ["没有找到名为“甲厂”的工会，最像的是“乙厂”。"],
        4: ["没有找到名为“丙厂”的工会，最像的是“乙厂”。"],
    }
    assert judgement.is_bad.to_list() == [True, False, True]


def test_every_fault_is_a_whole_chinese_sentence_under_a_code_of_its_own():
    assert len({fault.sentence for fault in FAULTS.values()}) == len(FAULTS)
    for code, fault in FAULTS.items():
        assert code.startswith("sheet.")
        assert fault.sentence.endswith("。")
