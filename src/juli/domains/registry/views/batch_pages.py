"""Import batches as the desk shows them."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from juli.engines.desk.cells import Link, Moment, Name, Number, Quiet, State, Text, Tone
from juli.engines.desk.figures import BatchPage, ImportsPage, Progress, Step
from juli.engines.desk.pages import Action, Column, Note, Row, Tab, Table
from juli.engines.sheet.models import BatchProgress, ImportBatch, RowFault
from juli.engines.sheet.telling import Phase

TONES = {
    ImportBatch.State.POSTED: Tone.OK,
    ImportBatch.State.FAILED: Tone.BAD,
    ImportBatch.State.INTERRUPTED: Tone.WARN,
}
REACHED = {
    ImportBatch.State.RECEIVED: 0,
    ImportBatch.State.INTERRUPTED: 0,
    ImportBatch.State.READING: 1,
    ImportBatch.State.JUDGED: 2,
    ImportBatch.State.POSTING: 3,
    ImportBatch.State.POSTED: 4,
}
"""How many steps lie behind a batch; where it failed, none is marked."""


def imports_page(batches: list[ImportBatch]) -> ImportsPage:
    """Return the page on which rosters are handed in."""
    return ImportsPage(
        title=_("台账导入"),
        line=_("会员名册：有错的行单独列出，其余的一次写入；同一份文件可以重复导入。"),
        submit=_("开始导入"),
        batches=Table(
            caption=_("以往批次"),
            columns=(
                Column(_("文件")),
                Column(_("组织")),
                Column(_("状态")),
                Column(_("新增"), is_numeric=True),
                Column(_("更新"), is_numeric=True),
                Column(_("未变"), is_numeric=True),
                Column(_("错误"), is_numeric=True),
                Column(_("导入人")),
                Column(_("收到时间")),
            ),
            rows=tuple(_row(each) for each in batches),
        ),
        templates=(Link(_("会员名册模板"), reverse("sheet:template")),),
        empty=_("还没有导入过台账。选择一份会员名册，从这里开始。"),
    )


def _row(batch: ImportBatch) -> Row:
    return Row(
        (
            Name(batch.file.name, reverse("sheet:import", args=[batch.pk])),
            Quiet(batch.org_unit.name),
            state_of(batch),
            Number(batch.added_rows),
            Number(batch.changed_rows),
            Number(batch.unchanged_rows),
            Number(batch.faulty_rows),
            Quiet(batch.received_as),
            Moment(batch.received_at),
        )
    )


def state_of(batch: ImportBatch) -> State:
    """Return the state of a batch with its weight."""
    return State(batch.get_state_display(), TONES.get(ImportBatch.State(batch.state), Tone.INFO))


def batch_page(batch: ImportBatch, faults: list[RowFault]) -> BatchPage:
    """Return the page of one import."""
    return BatchPage(
        title=batch.file.name,
        line=_line(batch),
        steps=_steps(batch),
        progress=_progress(batch),
        progress_href=reverse("sheet:import-progress", args=[batch.pk]),
        tabs=_tabs(batch),
        error_workbook=_error_workbook(batch),
        table=_faults(batch, faults),
        empty=_("每一行都没有问题。") if batch.state == ImportBatch.State.POSTED else "",
        actions=(Action(_("再导入一份"), reverse("sheet:imports"), icon="table-import"),),
        note=_note(batch),
    )


def _line(batch: ImportBatch) -> str:
    moment = timezone.localtime(batch.received_at)
    return _("%(unit)s，%(who)s %(when)s 上传") % {
        "unit": batch.org_unit.name,
        "who": batch.received_as,
        "when": f"{moment:%Y-%m-%d %H:%M}",
    }


def _steps(batch: ImportBatch) -> tuple[Step, ...]:
    labels = (_("上传"), _("读取"), _("核对"), _("写入"))
    behind = REACHED.get(ImportBatch.State(batch.state), 0)
    standings = ["done" if at < behind else "now" if at == behind else "later" for at in range(len(labels))]
    return tuple(Step(label, standing) for label, standing in zip(labels, standings, strict=True))


def _progress(batch: ImportBatch) -> Progress:
    told: BatchProgress | None = getattr(batch, "progress", None)
    is_running = batch.state not in TONES
    if told is None or not is_running:
        rows = batch.row_count
        return Progress(_("共"), rows or 0, rows, _("行"), is_running=is_running)
    phase = Phase(told.phase) if told.phase else None
    label = phase.label if phase else batch.get_state_display()
    return Progress(label, told.done, told.total or None, phase.unit if phase else _("行"), is_running=True)


def _tabs(batch: ImportBatch) -> tuple[Tab, ...]:
    if batch.row_count is None:
        return ()
    here = reverse("sheet:import", args=[batch.pk])
    faulty = batch.faulty_rows or 0
    return (
        Tab(_("错误"), here, faulty, is_current=True, is_bad=bool(faulty)),
        Tab(_("新增"), here, batch.added_rows),
        Tab(_("更新"), here, batch.changed_rows),
        Tab(_("未变"), here, batch.unchanged_rows),
    )


def _error_workbook(batch: ImportBatch) -> Link | None:
    if batch.error_workbook_id is None:
        return None
    return Link(_("错误清单 xlsx，改好可直接再导"), reverse("sheet:error-workbook", args=[batch.pk]))


def _faults(batch: ImportBatch, faults: list[RowFault]) -> Table | None:
    if not faults:
        return None
    return Table(
        caption=_("有错的行"),
        columns=(Column(_("行号"), is_numeric=True), Column(_("列")), Column(_("原因"))),
        rows=tuple(Row((Number(each.row_number), Text(each.column), Text(each.reason))) for each in faults),
    )


def _note(batch: ImportBatch) -> Note | None:
    match ImportBatch.State(batch.state):
        case ImportBatch.State.FAILED:
            return Note(batch.reason, lead=_("没有写入任何一行。"), tone=Tone.BAD)
        case ImportBatch.State.INTERRUPTED:
            return Note(_("导入中断，没有写入任何一行；系统会在一分钟内接着导入。"), tone=Tone.WARN)
        case ImportBatch.State.POSTED if batch.faulty_rows:
            return Note(
                _("其余的行已经写入。有错的 %(rows)d 行没有写入，请下载错误清单，改好后再导入。")
                % {"rows": batch.faulty_rows},
                tone=Tone.WARN,
            )
        case _:
            return None
