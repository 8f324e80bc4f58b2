"""Text files in every encoding, web pages called .xls, and workbooks of before 2007."""

import pytest

from juli.engines.sheet import reading_refusals as refusals
from tests.sheet.files import HEADER, good_row, good_rows, judged, note_codes, opened, text_file
from tests.sheet.old_workbooks import old_workbook

ENCODINGS = ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
def test_any_encoding_and_separator(tmp_path, encoding, separator):
    rows = [HEADER, *good_rows(3)]
    path = text_file(tmp_path / "a.txt", rows, encoding=encoding, separator=separator)
    ledger = opened(path)
    assert ledger.codes == ("name", "document", "mobile", "joined_on")
    assert ledger.frame.rows() == [(place, *row) for place, row in enumerate(good_rows(3), start=2)]


def test_characters_beyond_the_basic_plane(tmp_path):
    rows = [HEADER, ["𬱖𬳽", *good_row()[1:]]]
    path = text_file(tmp_path / "a.csv", rows, encoding="gb18030")
    assert opened(path).frame["name"].to_list() == ["𬱖𬳽"]
    assert note_codes(opened(path)) == {"sheet.encoding"}


def test_quotes_line_breaks_blank_lines_and_numbers_of_rows(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(
        '澜江区名册\r\n\r\n"姓名",证件号码,备注\r\n'.encode()
        + '何小明,A1,"住址：一路,\r\n二号 ""楼"""\r\n\r\n李四,A2,\r\n'.encode()
    )
    ledger = opened(path)
    assert ledger.header_row == 3
    assert ledger.frame.rows() == [(4, "何小明", "A1", '住址：一路,\n二号 "楼"'), (6, "李四", "A2", None)]


def test_quotes_in_the_middle_of_a_cell_are_read_patiently(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes('姓名,证件号码,备注\n何小明,A1,5" 管\n李四,A2,"甲"乙\n'.encode())
    assert opened(path).frame["remark"].to_list() == ['5" 管', "甲乙"]


def test_lines_of_old_macs(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("姓名,证件号码\r何小明,A1\r".encode())
    assert opened(path).row_count == 1


def test_the_separator_line_of_excel(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("sep=;\r\n姓名;证件号码\r\n何小明;A1\r\n".encode())
    assert opened(path).frame["document"].to_list() == ["A1"]


def test_a_row_with_more_cells_than_the_header_is_a_fault_of_that_row(tmp_path):
    rows = [HEADER, good_row(1), [*good_row(2), "多", "余"], [*good_row(3), "", ""]]
    path = tmp_path / "a.csv"
    text_file(path, [*rows, *good_rows(60)])
    ledger = opened(path)
    assert ledger.overlong_rows == ()
    text_file(path, [HEADER, *good_rows(60), [*good_row(61), "多"], [*good_row(62), ""]])
    found = judged(path)
    assert [code for _, _, code in found.faults.select("@row", "column", "code").iter_rows()] == [
        "sheet.overlong_row"
    ]


PAGE = """<html><head><meta charset="gb2312"><style>td {{ color: red }}</style></head><body>
<table><tr><td>无关</td></tr></table>
<table border=1><tr><th colspan=3>会员名册</th></tr>
<tr><th>姓名<th>证件号码<th>入会&nbsp;日期</tr>
<tr><td>何小明</td><td x:str>{document}</td><td>2018-12-05</td></tr>
<tr><td rowspan=2>李四</td><td>A1<br>B2</td><td><b>2018</b>-12-06</td></tr><tr><td>A2</td><td></td></tr>
</table></body></html>"""


def test_a_web_page_called_xls_is_read_and_said_to_be_one(tmp_path):
    path = tmp_path / "a.xls"
    path.write_bytes(PAGE.format(document=good_row()[1]).encode("gbk"))
    ledger = opened(path)
    assert ledger.format == "html"
    assert ledger.sheet == "第 2 个表格"
    assert note_codes(ledger) == {"sheet.renamed", "sheet.is_web_page", "sheet.other_sheets"}
    assert ledger.frame.rows() == [
        (3, "何小明", good_row()[1], "2018-12-05"),
        (4, "李四", "A1\nB2", "2018-12-06"),
        (5, None, "A2", None),
    ]
    assert [(area.first_row, area.last_row) for area in ledger.merged] == [(4, 5)]


def test_a_web_page_without_a_table(tmp_path):
    path = tmp_path / "a.xls"
    path.write_bytes("<html><body>请先登录</body></html>".encode())
    with pytest.raises(refusals.NoSheet):
        opened(path)


def test_a_web_page_whose_cells_claim_to_be_enormous(tmp_path):
    cells = "<td rowspan=1000 colspan=90>x</td>" * 3
    path = tmp_path / "a.html"
    path.write_text("<table>" + f"<tr>{cells}</tr>" * 1000 + "</table>", encoding="utf-8")
    with pytest.raises((refusals.TooScattered, refusals.TooManyColumns)):
        opened(path)


def test_an_old_workbook_is_read_exactly(tmp_path):
    rows = [
        ["会员名册"],
        [*HEADER, "备注"],
        ["何小明", good_row()[1], 13800000001.0, 43439.0, 0.3],
        [None],
        ["李四", 1.1010119900307e17, "13800000002", 20181205.0, "甲"],
    ]
    path = tmp_path / "名册.xls"
    path.write_bytes(old_workbook(rows))
    ledger = opened(path)
    assert ledger.format == "xls"
    assert ledger.frame.rows() == [
        (3, "何小明", good_row()[1], "13800000001", "43439", "0.3"),
        (5, "李四", "1.1010119900307E+17", "13800000002", "20181205", "甲"),
    ]


def test_an_old_workbook_with_the_name_of_a_new_one(tmp_path):
    path = tmp_path / "名册.xlsx"
    path.write_bytes(old_workbook([HEADER, good_row()]))
    assert note_codes(opened(path)) == {"sheet.renamed"}
