"""Workbooks as offices keep them: titles above, merged cells, numbers for text, several sheets."""

import datetime as days

import openpyxl
import pytest

from juli.engines.sheet.reading_refusals import MissingColumns
from tests.sheet import files
from tests.sheet.files import HEADER, good_row, good_rows, note_codes, opened, workbook


def column(ledger, code):
    return ledger.frame[code].to_list()


def test_rows_come_with_the_numbers_that_excel_shows(tmp_path):
    ledger = opened(workbook(tmp_path / "a.xlsx", [HEADER, good_row(1), [], good_row(2)]))
    assert ledger.header_row == 1
    assert ledger.rows.to_list() == [2, 4]
    assert ledger.codes == ("name", "document", "mobile", "joined_on")
    assert column(ledger, "document") == [good_row(1)[1], good_row(2)[1]]
    assert ledger.format == "xlsx"
    assert ledger.notes == ()


def test_numbers_and_days_are_read_exactly(tmp_path):
    cells = [13800138000, 20181205, 43439, 0.3, 1234.5, -5, 1e-7, 123456789012345, True,
             days.datetime(2018, 12, 5), days.datetime(2018, 12, 5, 12, 30), "=1+1", "#N/A"]  # fmt: skip

    def change(book):
        book.active["E14"].data_type = "e"

    rows = [[*HEADER, "备注"], *([*good_row(place), cell] for place, cell in enumerate(cells, start=1))]
    ledger = opened(workbook(tmp_path / "a.xlsx", rows, change))
    assert column(ledger, "remark") == [
        "13800138000", "20181205", "43439", "0.3", "1234.5", "-5", "0.0000001", "123456789012345", "true",
        "2018-12-05 00:00:00", "2018-12-05 12:30:00", None, "#N/A",
    ]  # fmt: skip
    assert "sheet.formulas_without_result" in note_codes(ledger)


def test_a_number_that_lost_its_last_digits_looks_as_in_excel_and_text_of_digits_stays(tmp_path):
    """Text that happens to end in zeros is whole; the same digits in a number cell are not."""
    whole = "110101199003070000"
    rows = [["姓名", "证件号码"], ["甲", 110101199003070021], ["乙", whole], ["丙", 6222021001116245702]]
    ledger = opened(workbook(tmp_path / "a.xlsx", rows))
    assert column(ledger, "document") == ["1.1010119900307E+17", whole, "6.22202100111625E+18"]


def test_a_cjk_day_format_that_the_library_does_not_know_still_gives_the_serial(tmp_path):
    def change(book):
        book.active["D2"].number_format = "e年m月d日"

    rows = [HEADER, [*good_row()[:3], days.datetime(2018, 12, 5)]]
    ledger = opened(workbook(tmp_path / "a.xlsx", rows, change))
    assert column(ledger, "joined_on")[0] in {"43439", "2018-12-05 00:00:00"}


def test_a_workbook_that_counts_from_1904_says_so(tmp_path):
    def change(book):
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904

    rows = [HEADER, [*good_row()[:3], days.datetime(2018, 12, 5)]]
    ledger = opened(workbook(tmp_path / "a.xlsx", rows, change))
    assert ledger.is_from_1904
    assert column(ledger, "joined_on") == ["2018-12-05 00:00:00"]


def test_titles_above_the_header_are_passed_over(tmp_path):
    rows = [
        ["澜江区会员名册"],
        [],
        ["填表单位：", "某厂工会", "填表日期：", "2018年12月"],
        HEADER,
        good_row(),
    ]
    ledger = opened(workbook(tmp_path / "a.xlsx", rows, lambda book: book.active.merge_cells("A1:D1")))
    assert ledger.header_row == 4
    assert ledger.rows.to_list() == [5]


def test_a_header_of_two_rows_is_read_through_its_merged_cells(tmp_path):
    rows = [["会员名册"], ["姓名", "身份", None, "手机号码"], [None, "证件类型", "证件号码", None],
            ["何小明", "居民身份证", good_row()[1], "13800000001"]]  # fmt: skip

    def change(book):
        for area in ("A1:D1", "A2:A3", "B2:C2", "D2:D3"):
            book.active.merge_cells(area)

    ledger = opened(workbook(tmp_path / "a.xlsx", rows, change))
    assert ledger.codes == ("name", "document_kind", "document", "mobile")
    assert ledger.rows.to_list() == [4]
    assert ledger.merged == ()


def test_unknown_columns_are_named_and_kept_for_giving_back(tmp_path):
    rows = [["序号", *HEADER, "岗位", None], [1, *good_row(), "焊工", "无名"]]
    ledger = opened(workbook(tmp_path / "a.xlsx", rows))
    (note,) = [note for note in ledger.notes if note.code == "sheet.unknown_columns"]
    assert note.sentence == "不认识的列没有读入：“序号”、“岗位”、G 列（没有列名）。"
    assert column(ledger, "#5") == ["焊工"]
    assert column(ledger, "#6") == ["无名"]


def test_the_first_visible_sheet_with_the_header_is_read_and_the_others_are_named(tmp_path):
    def change(book):
        book.active.title = "说明"
        for name, state in (
            ("市桥", "visible"),
            ("大石", "visible"),
            ("旧表", "hidden"),
            ("统计", "visible"),
        ):
            sheet = book.create_sheet(name)
            sheet.sheet_state = state
            if name == "统计":
                sheet.append(["合计", 2])
            else:
                sheet.append(HEADER)
                sheet.append(good_row(len(name)))

    ledger = opened(workbook(tmp_path / "a.xlsx", [["请按模板填写"]], change))
    said = {note.code: note.sentence for note in ledger.notes}
    assert ledger.sheet == "市桥"
    assert "“大石”也有同样的表头" in said["sheet.same_header_elsewhere"]
    assert "“说明”、“统计”没有读取" in said["sheet.other_sheets"]
    assert "“旧表”没有读取" in said["sheet.hidden_sheets"]


def test_a_header_repeated_on_every_printed_page_is_passed_over(tmp_path):
    ledger = opened(workbook(tmp_path / "a.xlsx", [HEADER, good_row(1), HEADER, good_row(2)]))
    assert ledger.rows.to_list() == [2, 4]
    assert "sheet.repeated_headers" in note_codes(ledger)


def test_rows_hidden_by_a_filter_are_read_and_counted(tmp_path):
    def change(book):
        book.active.row_dimensions[3].hidden = True
        book.active.sheet_properties.filterMode = True

    ledger = opened(workbook(tmp_path / "a.xlsx", [HEADER, *good_rows(3)], change))
    assert ledger.row_count == 3
    assert "sheet.hidden_rows" in note_codes(ledger)


def test_a_macro_workbook_is_read_and_its_macros_are_not_run(tmp_path):
    path = workbook(tmp_path / "a.xlsm", [HEADER, good_row()])
    files.rezipped(path, lambda members: members.update({"xl/vbaProject.bin": b"Attribute VB_Name"}))
    ledger = opened(path)
    assert note_codes(ledger) == {"sheet.macros_not_run"}
    assert ledger.row_count == 1


@pytest.mark.parametrize("name", ["名册.xls", "名册.csv", "名册", "名册.xlsx.doc"])
def test_a_renamed_workbook_is_read_as_what_it_is(tmp_path, name):
    path = workbook(tmp_path / "a.xlsx", [HEADER, good_row()])
    ledger = opened(path, filename=name)
    assert ledger.format == "xlsx"
    assert note_codes(ledger) == {"sheet.renamed"}


SHEET = """<?xml version="1.0" encoding="UTF-8"?>
<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>
<x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>姓名</x:t></x:is></x:c>
<x:c r="B1" t="str"><x:v>证件号码</x:v></x:c></x:row>
<x:row r="7"><x:c r="A7" t="str"><x:v>何小明</x:v></x:c>
<x:c r="B7"><x:v>1.10101199003070021E17</x:v></x:c></x:row>
</x:sheetData></x:worksheet>"""


def test_tags_with_a_prefix_are_read_as_well(tmp_path):
    ledger = opened(files.bare_workbook(tmp_path / "a.xlsx", SHEET.encode()))
    assert ledger.rows.to_list() == [7]
    assert column(ledger, "document") == ["1.1010119900307E+17"]


def test_cells_without_addresses_are_read_apart(tmp_path):
    bare = """<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
    <row><c t="str"><v>姓名</v></c><c t="str"><v>证件号码</v></c></row>
    <row><c t="str"><v>何小明</v></c><c t="str"><v>E1</v></c></row></sheetData></worksheet>"""
    ledger = opened(files.bare_workbook(tmp_path / "a.xlsx", bare.encode()))
    assert ledger.rows.to_list() == [2]
    assert column(ledger, "name") == ["何小明"]


@pytest.mark.parametrize("write", [workbook, files.shared_workbook])
def test_slices_join_as_if_the_sheet_had_been_read_at_once(tmp_path, monkeypatch, write):
    """Columns that only some slices have, gaps between rows, a first slice that begins further down."""
    rows = [[], [], HEADER, *good_rows(400), [], [], [*good_row(500), "尾注"]]
    path = write(tmp_path / "a.xlsx", rows)
    whole = opened(path)
    monkeypatch.setattr("juli.engines.sheet.reading_workbook.SLICE_BYTES", 4_000)
    monkeypatch.setattr("juli.engines.sheet.reading_package._CHUNK", 1_500)
    sliced = opened(path)
    assert sliced.frame.equals(whole.frame)
    assert whole.rows.to_list() == [*range(4, 404), 406]
    assert sliced.notes == whole.notes


def test_shared_texts_are_read_in_all_their_forms(tmp_path):
    path = files.shared_workbook(
        tmp_path / "a.xlsx", [HEADER, ["何小明", "富文本", "保留", days.date(2018, 12, 5)]]
    )

    def change(members):
        texts = members["xl/sharedStrings.xml"].decode()
        texts = texts.replace("<t>富文本</t>", "<r><t>富</t></r><r><rPr><b/></rPr><t>文&amp;本</t></r>")
        texts = texts.replace(
            "<t>何小明</t>", '<t xml:space="preserve"> 何小明 </t><rPh sb="0" eb="1"><t>he</t></rPh>'
        )
        members["xl/sharedStrings.xml"] = texts.encode()

    assert opened(files.rezipped(path, change)).frame.rows() == [
        (2, " 何小明 ", "富文&本", "保留", "2018-12-05 00:00:00")
    ]


def test_progress_is_told_while_slices_are_read(tmp_path, monkeypatch):
    monkeypatch.setattr("juli.engines.sheet.reading_workbook.SLICE_BYTES", 4_000)
    monkeypatch.setattr("juli.engines.sheet.reading_package._CHUNK", 1_500)
    path = workbook(tmp_path / "a.xlsx", [HEADER, *good_rows(400)])
    told = []
    files.open_ledger(
        path, filename="a.xlsx", form=files.ROSTER, progress=lambda done, total: told.append((done, total))
    )
    assert len(told) > 5
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]


def test_missing_columns_are_named_with_the_words_that_would_do(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [["姓名", "手机号码"], ["何小明", "13800000001"]])
    with pytest.raises(MissingColumns) as refused:
        opened(path)
    assert "“证件号码”（也可写作“身份证号”、“身份证号码”）" in refused.value.sentence
