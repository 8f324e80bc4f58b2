"""Files that cannot be read: each answered with a sentence that says what is wrong and what to do."""

import io
import zipfile

import msoffcrypto
import pytest

from juli.engines.sheet import reading_refusals as refusals
from juli.engines.sheet.reading_ledger import Limits
from tests.sheet import files
from tests.sheet.files import HEADER, good_row, good_rows, opened, workbook
from tests.sheet.old_workbooks import compound_file, old_workbook


def refused(path, refusal, **options):
    with pytest.raises(refusal) as caught:
        opened(path, **options)
    assert type(caught.value) is refusal
    assert caught.value.sentence.endswith("。")
    return caught.value.sentence


def written(path, content):
    path.write_bytes(content)
    return path


def good(tmp_path, rows=3):
    return workbook(tmp_path / "名册.xlsx", [HEADER, *good_rows(rows)])


def test_a_truncated_workbook(tmp_path):
    content = good(tmp_path).read_bytes()
    sentence = refused(written(tmp_path / "t.xlsx", content[: len(content) // 2]), refusals.Truncated)
    assert "不完整" in sentence


def test_a_truncated_old_workbook(tmp_path):
    content = old_workbook([HEADER, good_row()])
    refused(written(tmp_path / "t.xls", content[:600]), refusals.Truncated)


def test_a_sheet_that_breaks_off_inside_a_whole_zip(tmp_path):
    path = good(tmp_path)

    def change(members):
        sheet = members["xl/worksheets/sheet1.xml"]
        members["xl/worksheets/sheet1.xml"] = sheet[: sheet.index(b"</sheetData>") - 40]

    sentence = refused(files.rezipped(path, change), refusals.Damaged)
    assert "工作表“名册”" in sentence


def test_a_member_whose_bytes_were_changed(tmp_path):
    path = good(tmp_path, 300)
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo("xl/worksheets/sheet1.xml")
        place = info.header_offset + 30 + len(info.filename) + info.compress_size // 2
    content[place] ^= 0xFF
    refused(written(tmp_path / "d.xlsx", bytes(content)), refusals.Damaged)


def test_a_password_protected_workbook(tmp_path):
    sealed = io.BytesIO()
    office = msoffcrypto.OfficeFile(files.buffer_of(good(tmp_path)))
    office.encrypt("a secret", sealed)
    sentence = refused(written(tmp_path / "p.xlsx", sealed.getvalue()), refusals.PasswordProtected)
    assert "密码" in sentence


def test_a_password_protected_old_workbook(tmp_path):
    content = old_workbook([HEADER, good_row()], is_protected=True)
    refused(written(tmp_path / "p.xls", content), refusals.PasswordProtected)


def test_a_workbook_over_the_limit_names_both_sizes(tmp_path):
    path = written(tmp_path / "big.xlsx", good(tmp_path).read_bytes().ljust(61 << 20, b"\0"))
    sentence = refused(path, refusals.TooLarge, limits=Limits(workbook_bytes=60 << 20))
    assert "61.0 MB" in sentence
    assert "60.0 MB" in sentence


def test_a_zip_that_unpacks_to_far_more_than_a_ledger(tmp_path):
    path = good(tmp_path)

    def change(members):
        sheet = members["xl/worksheets/sheet1.xml"]
        members["xl/worksheets/sheet1.xml"] = sheet.replace(
            b"</sheetData>", b" " * (5 << 20) + b"</sheetData>"
        )

    refused(files.rezipped(path, change), refusals.TooLargeInside, limits=Limits(sheet_bytes=4 << 20))


def test_entities_that_would_grow_without_end_are_not_followed(tmp_path):
    path = good(tmp_path)

    def change(members):
        book = members["xl/workbook.xml"]
        members["xl/workbook.xml"] = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + book

    refused(files.rezipped(path, change), refusals.Damaged)


def test_too_many_rows_are_counted(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [HEADER, *good_rows(130)])
    sentence = refused(path, refusals.TooManyRows, limits=Limits(rows=100))
    assert "130 行" in sentence


def test_one_point_two_million_lines_are_counted(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(",".join(HEADER).encode() + b"\n" + "何小明,1,2,3\n".encode() * 1_200_000)
    sentence = refused(path, refusals.TooManyRows)
    assert "1,200,001 行" in sentence
    assert "1,048,575 行" in sentence


def test_a_row_beyond_the_last_one_of_excel(tmp_path):
    sheet = (
        b'<worksheet><sheetData><row r="1200000"><c r="A1200000"><v>1</v></c></row></sheetData></worksheet>'
    )
    refused(files.bare_workbook(tmp_path / "a.xlsx", sheet), refusals.TooManyRows)


@pytest.mark.parametrize("address", ["XFD9000", "ZZZ3", "A1048576"])
def test_a_stray_cell_far_away_does_not_eat_the_memory(tmp_path, address):
    """A dense range of such a sheet would hold billions of cells: it is read apart, under a limit."""

    def change(members):
        row = address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        cell = f'<row r="{row}"><c r="{address}"><v>1</v></c></row></sheetData>'.encode()
        sheet = members["xl/worksheets/sheet1.xml"]
        members["xl/worksheets/sheet1.xml"] = sheet.replace(b"</sheetData>", cell)

    path = files.rezipped(good(tmp_path), change)
    if address.startswith("A"):
        assert opened(path).row_count == 4
    else:
        with pytest.raises((refusals.TooScattered, refusals.TooManyColumns)):
            opened(path, limits=Limits(apart_bytes=1 << 30))


def test_a_lying_address_is_not_believed(tmp_path):
    cells = b'<c r="A1"><v>1</v></c><c s="0" r="XFD1048576"><v>1</v></c>'
    sheet = b'<worksheet><sheetData><row r="2">' + cells + b"</row></sheetData></worksheet>"
    path = files.bare_workbook(tmp_path / "a.xlsx", sheet)
    refused(path, refusals.TooScattered, limits=Limits(apart_bytes=1 << 30))


def test_an_empty_file(tmp_path):
    assert "0 字节" in refused(written(tmp_path / "a.xlsx", b""), refusals.EmptyFile)


def test_a_workbook_without_content(tmp_path):
    refused(workbook(tmp_path / "a.xlsx", []), refusals.EmptySheet)


def test_a_text_of_blank_lines(tmp_path):
    refused(written(tmp_path / "a.csv", b"\r\n , \r\n\r\n"), refusals.EmptySheet)


def test_a_workbook_of_one_cell(tmp_path):
    sentence = refused(workbook(tmp_path / "a.xlsx", [[], ["x"]]), refusals.OneCell)
    assert "第 2 行的一个单元格" in sentence


def test_no_header_within_the_first_twenty_rows(tmp_path):
    rows = [["某某情况说明", "二〇一八年"]] * 25 + [HEADER, good_row()]
    sentence = refused(workbook(tmp_path / "a.xlsx", rows), refusals.NoHeader)
    assert "“姓名、证件号码”" in sentence


def test_a_header_with_nothing_under_it(tmp_path):
    assert "第 1 行是表头" in refused(workbook(tmp_path / "a.xlsx", [HEADER]), refusals.NoRows)


def test_two_columns_of_one_name(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [[*HEADER, "身份证号"], [*good_row(), "x"]])
    sentence = refused(path, refusals.DuplicateHeaders)
    assert "B 列“证件号码”、E 列“身份证号”" in sentence


def test_only_a_hidden_sheet_fits(tmp_path):
    def change(book):
        sheet = book.create_sheet("真名册")
        sheet.sheet_state = "hidden"
        sheet.append(HEADER)
        sheet.append(good_row())

    path = workbook(tmp_path / "a.xlsx", [["说明", "无"]], change)
    assert "“真名册”" in refused(path, refusals.OnlyHiddenSheets)


def test_a_sheet_wider_than_any_ledger(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [[*HEADER, *range(400)], good_row()])
    refused(path, refusals.TooManyColumns)


def packed(**members):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), text)
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.7\n...", "PDF"),
        (b"\x89PNG\r\n\x1a\n....", "图片"),
        (b"Rar!\x1a\x07\x00", "压缩包"),
        (packed(readme_dot_txt="x"), "压缩包"),
        (packed(word__document_dot_xml="<x/>"), "Word"),
        (compound_file({"WordDocument": b"x"}), "Word"),
        (compound_file({"Contents": b"x"}), "其他程序"),
        (b"\x00\x01\x02\x03binary\x00\x00\x04", "二进制"),
        (b"<?xml version='1.0'?><data/>", "XML"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_called_by_its_name(tmp_path, content, what):
    assert what in refused(written(tmp_path / "名册.xlsx", content), refusals.NotATable)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (packed(xl__workbook_dot_bin="x"), "xlsb"),
        (packed(mimetype="x", content_dot_xml="<x/>"), "OpenDocument"),
        (b"MIME-Version: 1.0\r\n", "mht"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "XML 表格"),
    ],
)
def test_tables_of_kinds_that_are_not_read(tmp_path, content, what):
    assert what in refused(written(tmp_path / "名册.xlsx", content), refusals.FormatNotRead)


def test_a_text_in_no_known_encoding(tmp_path):
    content = ",".join(HEADER).encode("gbk") + b"\n" * 3 + b"\xff\xfe\xff\xff\x00"[:3] + b"\x81\x20,1\n"
    assert "第 4 行" in refused(written(tmp_path / "a.csv", content), refusals.EncodingUnknown)


def test_a_lone_quotation_mark_does_not_swallow_the_file(tmp_path):
    rows = [HEADER, good_row(1), ['"何小明', *good_row(2)[1:]], *good_rows(200)]
    sentence = refused(files.text_file(tmp_path / "a.csv", rows), refusals.UnbalancedQuotes)
    assert "第 3 行" in sentence
