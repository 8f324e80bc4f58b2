"""The difference report of a batch: what each row would change, or why it cannot be taken in (差异报告)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from juli.engines.sheet import writing
from juli.engines.sheet.columns import Column, Kind, LedgerForm
from juli.engines.sheet.models import BatchRow, ImportBatch

_COLUMNS: Final = (
    Column(code="row", label="行号", kind=Kind.INTEGER),
    Column(code="title", label="对象", max_length=120),
    Column(code="verdict", label="结论"),
    Column(code="standing", label="处理情况"),
    Column(code="column", label="列"),
    Column(code="old", label="登记册现值"),
    Column(code="new", label="表里的值"),
    Column(code="reason", label="原因", width=60),
)
_UNCHANGED: Final = (BatchRow.Verdict.UNCHANGED,)


def write_report(path: Path, batch: ImportBatch, form: LedgerForm) -> int:
    """Write one line for every difference and every fault of a batch; return how many there are."""
    return writing.write_workbook(path, columns=_COLUMNS, rows=_lines(batch, form), sheet_name="差异报告")


def _lines(batch: ImportBatch, form: LedgerForm) -> Iterator[tuple[object, ...]]:
    rows = (
        BatchRow.objects.filter(batch=batch).exclude(verdict__in=_UNCHANGED).defer("cells_sealed", "effects")
    )
    for row in rows.order_by("row_number").iterator(2_000):
        head = (row.row_number, _title(row), row.get_verdict_display(), row.get_standing_display())
        for code, old, new in row.differences:
            yield (*head, form.column(code).label, old, new, row.reason)
        for label, _code, reason in row.faults:
            yield (*head, label, None, None, reason)
        if not row.differences and not row.faults:
            yield (*head, None, None, None, row.reason)


def _title(row: BatchRow) -> str:
    return "　".join([str(text) for text in row.shown.values() if text][:2])
