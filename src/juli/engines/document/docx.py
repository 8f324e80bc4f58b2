"""Writes an official document as docx, which Word, WPS and LibreOffice open."""

from datetime import date, datetime
from pathlib import Path

from docx import Document
from docx.document import Document as Docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, Twips
from docx.table import _Cell
from docx.text.paragraph import Paragraph as DocxParagraph
from docx.text.run import Run

from juli.engines.document.pieces import Heading, Index, Level, Number, Official, Paragraph
from juli.engines.document.setting import A4_MM, FANG, HEI, KAI, SONG, TITLE, Setting, setting_on

FACE_OF_LEVEL = {Level.FIRST: HEI, Level.SECOND: KAI, Level.THIRD: FANG, Level.FOURTH: FANG}
INDEX_POINTS = 9
AFTER_SPACING = ("w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:highlight", "w:u", "w:lang")
"""What the schema puts behind the spacing of a run."""


def write(document: Official, path: Path, *, on: date) -> None:
    """Write the document to ``path`` in the setting that the rules prescribe on a day."""
    setting = setting_on(on)
    file = Document()
    _set_properties(file, document, on)
    _set_page(file, setting)
    _set_body_style(file, setting)
    _title(file, document, setting)
    if document.addressee:
        _line(file, setting, document.addressee, indent=False)
    for piece in document.body:
        _piece(file, setting, piece)
    _signature(file, document, setting)
    if document.index:
        _index(file, document.index, setting)
    _page_numbers(file, setting)
    file.save(str(path))


def _set_properties(file: Docx, document: Official, on: date) -> None:
    properties = file.core_properties
    properties.title = "".join(document.title)
    properties.author = document.signer
    properties.language = document.language
    properties.comments = ""
    # The day of the figures, not the minute of writing: the same figures give the same file.
    properties.created = properties.modified = datetime(on.year, on.month, on.day)  # noqa: DTZ001


def _set_page(file: Docx, setting: Setting) -> None:
    section = file.sections[0]
    section.page_width, section.page_height = Mm(A4_MM[0]), Mm(A4_MM[1])
    section.top_margin, section.bottom_margin = Mm(setting.top), Mm(setting.bottom)
    section.left_margin, section.right_margin = Mm(setting.left), Mm(setting.right)
    # The page number stands seven millimetres below the type area.
    section.footer_distance = Mm(setting.bottom - 7 - 5)
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(setting.line_twips))
    section._sectPr.append(grid)


def _set_body_style(file: Docx, setting: Setting) -> None:
    style = file.styles["Normal"]
    style.font.size = Pt(setting.body_points)
    _face(style.element.get_or_add_rPr(), FANG)
    spacing = style.paragraph_format
    spacing.space_before = spacing.space_after = Pt(0)
    spacing.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    spacing.line_spacing = Twips(setting.line_twips)
    spacing.widow_control = False


def _title(file: Docx, document: Official, setting: Setting) -> None:
    for _ in range(2):  # two empty lines above the title where no red head stands
        file.add_paragraph()
    for line in document.title:
        paragraph = file.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.line_spacing = Pt(setting.title_points * 1.6)
        _run(paragraph, line, face=TITLE, points=setting.title_points)
    if document.subtitle:
        paragraph = file.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _run(paragraph, document.subtitle, face=KAI, points=setting.body_points)
    file.add_paragraph()


def _piece(file: Docx, setting: Setting, piece: Heading | Paragraph) -> None:
    if isinstance(piece, Heading):
        paragraph = _line(file, setting, piece.text, face=FACE_OF_LEVEL[piece.level])
        paragraph.paragraph_format.keep_with_next = True
        _outline(paragraph, piece.level)
        return
    paragraph = _line(file, setting, "")
    for run in piece.runs:
        if isinstance(run, Number):
            _linked(paragraph, run, setting)
        else:
            _run(paragraph, run, points=setting.body_points, closer=setting.character_twips)


def _line(file: Docx, setting: Setting, text: str, *, face: str = FANG, indent: bool = True) -> DocxParagraph:
    paragraph = file.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(setting.body_points * 2)
        # Two characters, whatever their size: what a change of typeface by the office keeps.
        paragraph._p.get_or_add_pPr().get_or_add_ind().set(qn("w:firstLineChars"), "200")
    if text:
        _run(paragraph, text, face=face, points=setting.body_points, closer=setting.character_twips)
    return paragraph


def _signature(file: Docx, document: Official, setting: Setting) -> None:
    if not document.signer or document.signed_on is None:
        return
    day = document.signed_on
    file.add_paragraph()
    for text in (document.signer, f"{day.year}年{day.month}月{day.day}日"):
        paragraph = file.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.right_indent = Pt(setting.body_points * 4)  # four characters free
        _run(paragraph, text, points=setting.body_points)


def _index(file: Docx, index: Index, setting: Setting) -> None:
    heading = file.add_paragraph()
    heading.paragraph_format.page_break_before = True
    _run(heading, index.title, face=HEI, points=setting.body_points)
    table = file.add_table(rows=1, cols=len(index.columns))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for cell, text in zip(table.rows[0].cells, index.columns, strict=True):
        _cell(cell, text, face=HEI)
    _repeat_as_header(table.rows[0]._tr)
    for number, row in enumerate(index.rows, start=1):
        line = table.add_row()
        line._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        cells = line.cells
        for cell, text in zip(cells, row.cells, strict=True):
            _cell(cell, text)
        _bookmark(cells[0].paragraphs[0], row.anchor, number)
    table.autofit = False
    whole = sum(index.widths)
    for column, width in zip(table.columns, index.widths, strict=True):
        column.width = Mm(setting.width * width / whole)
        for cell in column.cells:
            cell.width = column.width


def _cell(cell: _Cell, text: str, *, face: str = SONG) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    off_the_grid = OxmlElement("w:snapToGrid")  # else each line of small print would take a whole line
    off_the_grid.set(qn("w:val"), "0")
    paragraph._p.get_or_add_pPr().insert_element_before(off_the_grid, "w:spacing", "w:ind", "w:jc")
    _run(paragraph, text, face=face, points=INDEX_POINTS)


def _run(paragraph: DocxParagraph, text: str, *, points: float, face: str = FANG, closer: int = 0) -> Run:
    run = paragraph.add_run(text)
    run.font.size = Pt(points)
    _face(run._r.get_or_add_rPr(), face)
    if closer:
        mark = OxmlElement("w:spacing")
        mark.set(qn("w:val"), str(closer))
        run._r.get_or_add_rPr().insert_element_before(mark, *AFTER_SPACING)
    return run


def _face(properties: object, face: str) -> None:
    """Set the typeface for Chinese and for digits alike, as the standard wants the body in one face."""
    fonts = properties.get_or_add_rFonts()  # type: ignore[attr-defined]  # python-docx's own element
    for script in ("w:eastAsia", "w:ascii", "w:hAnsi", "w:cs"):
        fonts.set(qn(script), face)


def _linked(paragraph: DocxParagraph, number: Number, setting: Setting) -> None:
    """Write a figure that leads to its line in the index."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), number.anchor)
    link.set(qn("w:history"), "1")
    run = _run(paragraph, number.text, points=setting.body_points, closer=setting.character_twips)
    link.append(run._r)
    paragraph._p.append(link)


def _bookmark(paragraph: DocxParagraph, name: str, number: int) -> None:
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for each in (start, end):
        each.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    paragraph._p.insert(0, start)
    paragraph._p.append(end)


def _outline(paragraph: DocxParagraph, level: Level) -> None:
    outline = OxmlElement("w:outlineLvl")
    outline.set(qn("w:val"), str(level - 1))
    paragraph._p.get_or_add_pPr().append(outline)


def _repeat_as_header(row: object) -> None:
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row.get_or_add_trPr().append(mark)  # type: ignore[attr-defined]  # python-docx's own element


def _page_numbers(file: Docx, setting: Setting) -> None:
    """Set the page number between dashes: odd pages at the right, even pages at the left."""
    file.settings.odd_and_even_pages_header_footer = True
    section = file.sections[0]
    sides = (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    )
    for footer, side in sides:
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = side
        free = Pt(setting.page_number_points)  # one character free at the outer edge
        if side == WD_ALIGN_PARAGRAPH.RIGHT:
            paragraph.paragraph_format.right_indent = free
        else:
            paragraph.paragraph_format.left_indent = free
        _run(paragraph, "— ", face=SONG, points=setting.page_number_points)
        _page_field(_run(paragraph, "", face=SONG, points=setting.page_number_points))
        _run(paragraph, " —", face=SONG, points=setting.page_number_points)


def _page_field(run: Run) -> None:
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.set(qn("xml:space"), "preserve")
            mark.text = text
        run._r.append(mark)
