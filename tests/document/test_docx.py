"""An official document as docx: its measures, its faces, its page numbers and its links."""

import zipfile
from datetime import date
from pathlib import Path

from docx import Document
from docx.oxml.ns import qn

from juli.engines.document import docx
from juli.engines.document.pieces import Heading, Index, IndexRow, Level, Number, Official, Paragraph
from juli.engines.document.setting import setting_on

DAY = date(2018, 12, 31)
DOCUMENT = Official(
    title=("二〇一八年工作报告",),
    subtitle="——在澜江区总工会全委会议上",
    addressee="各位委员：",
    body=(
        Heading("一、组织建设"),
        Paragraph(("全区现有基层工会", Number("3", "base_unions"), "家。")),
        Heading("（一）会员", Level.SECOND),
        Paragraph(("会员在册。",)),
    ),
    signer="澜江区总工会",
    signed_on=DAY,
    index=Index("数字索引", ("指标", "数值"), (IndexRow("base_unions", ("基层工会", "3 家")),), (3, 1)),
)


def written(folder: Path) -> Path:
    path = folder / "report.docx"
    docx.write(DOCUMENT, path, on=DAY)
    return path


def test_the_page_is_that_of_the_standard(folder: Path) -> None:
    section = Document(str(written(folder))).sections[0]

    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(each.mm) for each in margins] == [37, 35, 28, 26]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    grid = section._sectPr.find(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "lines"
    assert grid.get(qn("w:linePitch")) == "580"


def test_twenty_eight_characters_and_twenty_two_lines_fill_the_type_area() -> None:
    setting = setting_on(DAY)

    width = 156 / 25.4 * 72
    pitch = setting.body_points + setting.character_twips / 20
    assert pitch * 28 <= width < pitch * 29
    assert abs(setting.line_twips / 20 * 22 - 225 / 25.4 * 72) < 1


def test_headings_and_body_have_their_faces(folder: Path) -> None:
    faces = {
        run.text: run._r.rPr.rFonts.get(qn("w:eastAsia"))
        for paragraph in Document(str(written(folder))).paragraphs
        for run in paragraph.runs
    }

    assert faces["一、组织建设"] == "黑体"
    assert faces["（一）会员"] == "楷体_GB2312"
    assert faces["会员在册。"] == "仿宋_GB2312"
    assert faces["二〇一八年工作报告"] == "方正小标宋简体"


def test_a_quoted_figure_leads_to_its_line_in_the_index(folder: Path) -> None:
    with zipfile.ZipFile(written(folder)) as package:
        body = package.read("word/document.xml").decode()

    assert body.count('<w:hyperlink w:anchor="base_unions"') == 1
    assert body.count('w:name="base_unions"') == 1


def test_odd_pages_are_numbered_at_the_right_and_even_ones_at_the_left(folder: Path) -> None:
    section = Document(str(written(folder))).sections[0]

    assert section.footer.paragraphs[0].text == "—  —"
    assert (section.footer.paragraphs[0].alignment, section.even_page_footer.paragraphs[0].alignment) == (
        2,
        0,
    )


def test_the_same_figures_give_the_same_file(folder: Path) -> None:
    first = written(folder).read_bytes()
    with zipfile.ZipFile(written(folder)) as package:
        names = {name: package.read(name) for name in package.namelist()}
    (folder / "again.docx").write_bytes(first)
    with zipfile.ZipFile(folder / "again.docx") as package:
        assert {name: package.read(name) for name in package.namelist()} == names
