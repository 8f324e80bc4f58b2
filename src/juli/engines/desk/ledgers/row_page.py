"""One row of a batch: what the register says, what the sheet says, and cells to mend."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from juli.engines.desk.cells import Words
from juli.engines.desk.ledgers.row_lists import Asked
from juli.engines.sheet.columns import Column, Kind
from juli.engines.sheet.entries import entry_of
from juli.engines.sheet.models import BatchRow, ImportBatch


@dataclass(frozen=True, slots=True)
class Line:
    """One cell of a row, the register's value beside the sheet's (对照行)."""

    code: str
    label: Words
    old: str
    new: str
    is_changed: bool
    faults: tuple[str, ...] = ()
    is_open: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowPage:
    """A row opened beside its list (批次行)."""

    number: int
    title: str
    lines: tuple[Line, ...]
    is_known: bool
    may_be_mended: bool
    mending_href: str
    leaving_href: str
    tab: str
    reason: str = ""


def row_page(batch: ImportBatch, row: BatchRow, asked: Asked) -> RowPage:
    """Return one row with what is to be mended in it."""
    from juli.engines.sheet.mending import opened_cells
    from juli.engines.sheet.models import RowMend

    form = entry_of(batch.ledger).loaded().form
    cells = opened_cells(row.cells_sealed) if row.cells_sealed else {}
    mend = RowMend.objects.filter(batch=batch, row_number=row.row_number).first()
    cells |= opened_cells(mend.cells_sealed) if mend else {}
    is_waiting = batch.state == ImportBatch.State.PREVIEWED and bool(row.cells_sealed)
    given = [
        column for column in form.columns
        if column.code in cells or column.code in row.shown or (column.required and is_waiting)
    ]  # fmt: skip
    lines = tuple(_line(column, row, cells, is_waiting=is_waiting) for column in given)
    names = [str(row.shown.get(code) or "") for code in row.shown]
    title = next((each for each in names if each), "")
    where = [batch.pk, row.row_number]
    return RowPage(
        number=row.row_number, title=title, lines=lines, is_known=row.subject_id is not None,
        may_be_mended=is_waiting,
        mending_href=reverse("sheet:row-mending", args=where),
        leaving_href=reverse("sheet:row-leaving", args=where), tab=asked.tab.value, reason=row.reason,
    )  # fmt: skip


def _line(column: Column, row: BatchRow, cells: dict[str, str | None], *, is_waiting: bool) -> Line:
    faults = tuple(reason for label, _code, reason in row.faults if label == column.label)
    told = next((each for each in row.differences if each[0] == column.code), None)
    shown = str(row.shown.get(column.code) or "")
    is_secret = column.is_personal or column.kind is Kind.MOBILE
    is_open = is_waiting and (bool(faults) or not is_secret)
    text = str(cells.get(column.code) or "") if is_open else shown
    old = told[1] if told else (shown or _("不变"))
    choices = tuple(choice.label for choice in column.choices)
    if column.kind is Kind.YES_NO:
        choices = ("是", "否")
    return Line(
        column.code,
        column.label,
        old,
        text,
        is_changed=told is not None,
        faults=faults,
        is_open=is_open,
        choices=choices,
    )
