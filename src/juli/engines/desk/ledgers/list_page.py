"""The page on which ledgers are handed in, with those of before."""

from django.urls import reverse
from django.utils.translation import gettext as _

from juli.engines.desk import speaking
from juli.engines.desk.cells import Link, Moment, Name, Number, Quiet, State, Tone
from juli.engines.desk.figures import ImportsPage
from juli.engines.desk.pages import Column, Row, Table
from juli.engines.sheet.entries import Entry, entry_of
from juli.engines.sheet.models import ImportBatch

TONES = {
    ImportBatch.State.POSTED: Tone.OK,
    ImportBatch.State.FAILED: Tone.BAD,
    ImportBatch.State.INTERRUPTED: Tone.WARN,
    ImportBatch.State.PREVIEWED: Tone.WARN,
    ImportBatch.State.DROPPED: Tone.MUTE,
    ImportBatch.State.UNDONE: Tone.MUTE,
}
"""How the states weigh in which nobody is at work on a batch."""


def imports_page(batches: list[ImportBatch], entries: tuple[Entry, ...]) -> ImportsPage:
    """Return the page on which ledgers are handed in."""
    return ImportsPage(
        title=_("台账导入"),
        line=_("先核对，再写入：新增、更新、重复和错误逐行列出，确认之后才写入登记册，写入的整批可以撤回。"),
        submit=_("上传并核对"),
        batches=Table(
            caption=_("以往批次"),
            columns=(
                Column(_("文件")),
                Column(_("台账")),
                Column(_("组织")),
                Column(_("状态")),
                Column(_("新增"), is_numeric=True),
                Column(_("更新"), is_numeric=True),
                Column(_("未变"), is_numeric=True),
                Column(_("错误"), is_numeric=True),
                Column(_("导入人")),
                Column(_("收到时间")),
                Column(_("文件指纹")),
            ),
            rows=tuple(_row(each) for each in batches),
        ),
        templates=tuple(_templates(entries)),
        sheets=tuple(_sheets(entries)),
        empty=_("还没有导入过台账。选择一份手头的台账，从这里开始。"),
    )


def _templates(entries: tuple[Entry, ...]) -> list[Link]:
    address = reverse("sheet:template")
    found = [Link(speaking.said(each.label), f"{address}?ledger={each.code}") for each in entries]
    return found + [
        Link(speaking.said(label), f"{address}?ledger={each.code}%23{preset}")
        for each in entries
        for preset, label in each.presets
    ]


def _sheets(entries: tuple[Entry, ...]) -> list[Link]:
    """Return the foreign sheets as which a register can be taken out."""
    address = reverse("sheet:foreign-sheet")
    return [
        Link(speaking.said(label), f"{address}?ledger={each.code}%23{preset}")
        for each in entries
        for preset, label in each.presets
    ]


def _row(batch: ImportBatch) -> Row:
    return Row(
        (
            Name(batch.file.name, reverse("sheet:import", args=[batch.pk])),
            Quiet(entry_of(batch.ledger).label),
            Quiet(batch.org_unit.name),
            state_of(batch),
            Number(batch.added_rows),
            Number(batch.changed_rows),
            Number(batch.unchanged_rows),
            Number(batch.faulty_rows),
            Quiet(batch.received_as),
            Moment(batch.received_at),
            Quiet(batch.file.sha256[:12]),
        )
    )


def state_of(batch: ImportBatch) -> State:
    """Return the state of a batch with its weight."""
    return State(batch.get_state_display(), TONES.get(ImportBatch.State(batch.state), Tone.INFO))
