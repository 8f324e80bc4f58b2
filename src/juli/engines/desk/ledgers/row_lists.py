"""The rows of a batch by what they mean, a page at a time."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from juli.engines.desk.cells import Name, Number, Quiet, State, Text, Tone
from juli.engines.desk.pages import Column, Pager, Row, Table
from juli.engines.sheet.columns import LedgerForm
from juli.engines.sheet.entries import entry_of
from juli.engines.sheet.models import BatchRow, ImportBatch, RowFault
from juli.engines.sheet.saying import RECORD

ROWS_ON_A_PAGE = 50
Verdict = BatchRow.Verdict
TABS = (Verdict.ADDED, Verdict.CHANGED, Verdict.DUPLICATE, Verdict.FAULTY, Verdict.UNCHANGED)
_TONES = {
    BatchRow.Standing.POSTED: Tone.OK,
    BatchRow.Standing.REFUSED: Tone.BAD,
    BatchRow.Standing.HELD: Tone.WARN,
}
_VERDICTS = {Verdict.FAULTY: Tone.BAD, Verdict.DUPLICATE: Tone.WARN, Verdict.CHANGED: Tone.INFO}
_MOST_NAMED = 4
_LONGEST_SAID = 48


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a batch somebody wants to see (查看方式)."""

    tab: Verdict
    after: int = 0
    row: int = 0

    @classmethod
    def of(cls, query: Mapping[str, str], batch: ImportBatch) -> "Asked":
        """Read what an address asks for; of nothing, what needs a look first."""
        tab = query.get("tab", "")
        return cls(
            Verdict(tab) if tab in Verdict.values else _first(batch),
            after=_number(query.get("after", "")),
            row=_number(query.get("row", "")),
        )

    def href(self, batch: ImportBatch, *, row: int = 0, after: int | None = None) -> str:
        """Return the address of the same view, with a row opened or a page further."""
        start = self.after if after is None else after
        beside = f"&after={start}" if start else ""
        opened = f"&row={row}#row" if row else ""
        return f"{reverse('sheet:import', args=[batch.pk])}?tab={self.tab.value}{beside}{opened}"


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of rows (行列表)."""

    table: Table
    pager: Pager | None = None


def listed(batch: ImportBatch, asked: Asked) -> Listed | None:
    """Return the rows of one verdict, or the plain list of faults of a batch that kept no rows."""
    rows = BatchRow.objects.filter(batch=batch, verdict=asked.tab, row_number__gt=asked.after)
    found = list(rows.defer("cells_sealed", "effects").order_by("row_number")[: ROWS_ON_A_PAGE + 1])
    if not found:
        return _plain_faults(batch) if asked.tab == Verdict.FAULTY else None
    form = entry_of(batch.ledger).loaded().form
    shown = found[:ROWS_ON_A_PAGE]
    is_wrong = asked.tab in {Verdict.FAULTY, Verdict.DUPLICATE}
    columns = _titles(form, shown)[: 2 if is_wrong else 3]
    heads = tuple(Column(form.column(code).label) for code in columns)
    table = Table(
        caption=_("%(verdict)s的行") % {"verdict": asked.tab.label},
        columns=(Column(_("行号"), is_numeric=True), *heads, Column(_("说明")), Column(_("结论"))),
        rows=tuple(_row(batch, each, columns, form, asked) for each in shown),
    )
    first, last = shown[0].row_number, shown[-1].row_number
    following = asked.href(batch, after=last) if len(found) > ROWS_ON_A_PAGE else ""
    back = asked.href(batch, after=0) if asked.after else ""
    sentence = _("第 %(first)d 至 %(last)d 行") % {"first": first, "last": last}
    return Listed(table, Pager(sentence, back, following))


def _row(batch: ImportBatch, row: BatchRow, columns: list[str], form: LedgerForm, asked: Asked) -> Row:
    cells = [str(row.shown.get(code) or "") for code in columns]
    href = asked.href(batch, row=row.row_number)
    first = Name(cells[0] or _("（空白）"), href) if cells else Name(str(row.row_number), href)
    return Row(
        (
            Number(row.row_number),
            first,
            *(Quiet(each) for each in cells[1:]),
            Text(_said(row, form)) if _said(row, form) else Quiet("—"),
            _conclusion(row),
        ),
        is_off=row.standing == BatchRow.Standing.LEFT_OUT,
    )


def _said(row: BatchRow, form: LedgerForm) -> str:
    if row.reason:
        return _short(row.reason)
    if row.faults:
        column, _code, reason = row.faults[0]
        more = _("，另有 %(more)d 处") % {"more": len(row.faults) - 1} if len(row.faults) > 1 else ""
        return f"{column}：{_short(reason.rstrip('。'))}{more}"
    labels = [form.column(code).label for code, _old, _new in row.differences[:_MOST_NAMED]]
    return "、".join(labels) + (_("等") if len(row.differences) > _MOST_NAMED else "")


def _short(reason: str) -> str:
    """Return the beginning of a reason: the whole stands beside the list, and in the list of faults."""
    return reason if len(reason) <= _LONGEST_SAID else f"{reason[:_LONGEST_SAID]}…"


def _conclusion(row: BatchRow) -> State:
    standing = BatchRow.Standing(row.standing)
    if standing == BatchRow.Standing.WAITING:
        verdict = Verdict(row.verdict)
        return State(verdict.label, _VERDICTS.get(verdict, Tone.OK))
    return State(standing.label, _TONES.get(standing, Tone.MUTE))


def _titles(form: LedgerForm, rows: list[BatchRow]) -> list[str]:
    """Return the columns by which people recognise a row, as far as these rows have them."""
    given = {code for row in rows for code, text in row.shown.items() if text}
    return [each.code for each in form.columns if each.code in given and each.code != RECORD]


def _plain_faults(batch: ImportBatch) -> Listed | None:
    faults = RowFault.objects.filter(batch=batch).order_by("row_number", "pk")[: 2 * ROWS_ON_A_PAGE]
    rows = tuple(Row((Number(each.row_number), Text(each.column), Text(each.reason))) for each in faults)
    heads = (Column(_("行号"), is_numeric=True), Column(_("列")), Column(_("原因")))
    return Listed(Table(_("有错的行"), heads, rows)) if rows else None


def _first(batch: ImportBatch) -> Verdict:
    if batch.state == ImportBatch.State.PREVIEWED or not batch.added_rows:
        counts = (
            ((batch.faulty_rows or 0) - (batch.duplicate_rows or 0), Verdict.FAULTY),
            (batch.changed_rows, Verdict.CHANGED),
            (batch.added_rows, Verdict.ADDED),
            (batch.duplicate_rows, Verdict.DUPLICATE),
            (batch.unchanged_rows, Verdict.UNCHANGED),
        )
        return next((verdict for count, verdict in counts if count), Verdict.FAULTY)
    return Verdict.FAULTY if batch.faulty_rows else Verdict.ADDED


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
