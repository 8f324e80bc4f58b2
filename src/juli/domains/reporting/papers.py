"""The work report as an official document, with an index of its figures."""

from pathlib import Path

from juli.domains.reporting.reports import Quoted, Report, Run, plain
from juli.engines.document.pieces import Heading, Index, IndexRow, Number, Official, Paragraph
from juli.engines.indicator.sets import Quotation

INDEX_TITLE = "附：数字索引"
INDEX_COLUMNS = ("指标", "准确数", "正文写法", "定义", "截至", "记录数", "编码和版本")
ORDINALS = frozenset({"年", "届", "次"})
"""Units of numbers that name and do not count: no separators."""

INDEX_WIDTHS = (14, 13, 11, 26, 12, 10, 18)


def write(report: Report, path: Path) -> None:
    """Write the report to ``path`` as docx, in the setting of its cut-off day."""
    from juli.engines.document import docx  # a quarter of a second that only who wants the paper spends

    docx.write(official(report), path, on=report.period.last_day)


def official(report: Report) -> Official:
    """Return the report as the pieces of an official document."""
    body: list[Heading | Paragraph] = []
    for chapter in report.chapters:
        body.append(Heading(plain(chapter.title)))
        for paragraph in chapter.paragraphs:
            body.append(Paragraph((paragraph.lead, *(_piece(run) for run in paragraph.runs))))
    return Official(
        title=tuple(plain(line) for line in report.title),
        subtitle=plain(report.subtitle),
        addressee=report.addressee,
        body=tuple(body),
        index=Index(
            INDEX_TITLE,
            INDEX_COLUMNS,
            tuple(IndexRow(each.slot.key, _cells(each)) for each in report.quotations),
            INDEX_WIDTHS,
        ),
    )


def _piece(run: Run) -> str | Number:
    return Number(run.text, run.quotation.slot.key) if isinstance(run, Quoted) else run


def _cells(quotation: Quotation) -> tuple[str, ...]:
    figure, slot = quotation.figure, quotation.slot
    value = (
        "" if figure.value is None else f"{figure.value:{'' if slot.unit in ORDINALS else ','}} {slot.unit}"
    )
    return (
        slot.label,
        value,
        quotation.spoken or quotation.note,
        figure.definition,
        figure.as_of.isoformat(),
        f"{figure.evidence_count:,}",
        f"{figure.indicator.code} 第{figure.version}版",
    )
