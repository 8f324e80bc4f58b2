"""One batch as the desk shows it, from the file to the register and back."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from juli.engines.desk import speaking
from juli.engines.desk.cells import Link, Quiet, Text, Tone
from juli.engines.desk.figures import BatchPage, Progress, Step
from juli.engines.desk.ledgers.list_page import TONES
from juli.engines.desk.ledgers.row_lists import TABS, Asked, Listed, Verdict
from juli.engines.desk.pages import Action, Fact, Note, Section, Tab, Weight
from juli.engines.sheet.entries import entry_of
from juli.engines.sheet.models import BatchProgress, ImportBatch
from juli.engines.sheet.telling import Phase

_State = ImportBatch.State
REACHED = {
    _State.RECEIVED: 0, _State.INTERRUPTED: 0, _State.READING: 1, _State.JUDGED: 2, _State.PREVIEWED: 2,
    _State.POSTING: 3, _State.POSTED: 4, _State.UNDOING: 4, _State.UNDONE: 4,
}  # fmt: skip
"""How many steps lie behind a batch; where it failed, none is marked."""


def batch_page(batch: ImportBatch, rows: Listed | None, asked: Asked, *, at: datetime) -> BatchPage:
    """Return the page of one batch."""
    return BatchPage(
        title=batch.file.name,
        line=_line(batch, at),
        steps=_steps(batch),
        progress=_progress(batch),
        progress_href=reverse("sheet:import-progress", args=[batch.pk]),
        tabs=_tabs(batch, asked),
        error_workbook=_error_workbook(batch),
        table=rows.table if rows else None,
        pager=rows.pager if rows else None,
        empty=_empty(batch, asked),
        actions=tuple(_actions(batch)),
        note=_note(batch),
        aside=tuple(_aside(batch)),
    )


def _line(batch: ImportBatch, at: datetime) -> str:
    moment = timezone.localtime(batch.received_at)
    is_today = timezone.localdate(batch.received_at) == timezone.localdate(at)
    when = _("今天 %(time)s") % {"time": f"{moment:%H:%M}"} if is_today else f"{moment:%Y-%m-%d %H:%M}"
    return _("%(ledger)s，%(unit)s，%(who)s %(when)s 上传") % {
        "ledger": speaking.said(entry_of(batch.ledger).label),
        "unit": batch.org_unit.name,
        "who": batch.received_as,
        "when": when,
    }


def _steps(batch: ImportBatch) -> tuple[Step, ...]:
    labels = (_("上传"), _("认列"), _("核对与修改"), _("写入"))
    behind = REACHED.get(_State(batch.state), 0)
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


def _tabs(batch: ImportBatch, asked: Asked) -> tuple[Tab, ...]:
    if batch.row_count is None:
        return ()
    twice = batch.duplicate_rows or 0
    wrong = (batch.faulty_rows or 0) - twice
    counts = {
        Verdict.ADDED: batch.added_rows, Verdict.CHANGED: batch.changed_rows, Verdict.DUPLICATE: twice,
        Verdict.FAULTY: wrong, Verdict.UNCHANGED: batch.unchanged_rows,
    }  # fmt: skip
    return tuple(
        Tab(
            tab.label, Asked(tab).href(batch), counts[tab], is_current=asked.tab == tab,
            is_bad=tab == Verdict.FAULTY and bool(wrong),
        )
        for tab in TABS
    )  # fmt: skip


def _error_workbook(batch: ImportBatch) -> Link | None:
    if batch.error_workbook_id is None:
        return None
    return Link(_("错误清单 xlsx，改好可直接再导"), reverse("sheet:error-workbook", args=[batch.pk]))


def _empty(batch: ImportBatch, asked: Asked) -> str:
    if batch.row_count is None:
        return ""
    if asked.tab in {Verdict.ADDED, Verdict.UNCHANGED} and not batch.asks_first:
        return _("这一批没有经过核对直接写入，没有逐行留底。")
    if asked.tab == Verdict.FAULTY:
        return _("每一行都没有问题。")
    return _("没有这样的行。")


def _actions(batch: ImportBatch) -> list[Action]:
    report = Action(_("差异报告"), reverse("sheet:import-differences", args=[batch.pk]), icon="download")
    return [*([report] if batch.row_count is not None else []), *_verbs(batch)]


def _verbs(batch: ImportBatch) -> list[Action]:
    if batch.state == _State.PREVIEWED:
        drop, confirm = (
            reverse(f"sheet:import-{name}", args=[batch.pk]) for name in ("dropping", "confirmation")
        )
        found = [Action(_("放弃这一批"), drop, weight=Weight.DANGER, is_post=True)]
        if batch.added_rows or batch.changed_rows:
            found.append(Action(_("写入登记册"), confirm, weight=Weight.PRIMARY, is_post=True))
        return found
    found = [
        Action(_("再导入一份"), f"{reverse('sheet:imports')}?ledger={batch.ledger}", icon="table-import")
    ]
    if batch.may_be_undone:
        found.insert(0, Action(_("撤回这一批"), reverse("sheet:import-undoing", args=[batch.pk]),
                               weight=Weight.DANGER))  # fmt: skip
    return found


def _note(batch: ImportBatch) -> Note | None:
    rows = (batch.added_rows or 0) + (batch.changed_rows or 0)
    match _State(batch.state):
        case _State.FAILED:
            return Note(batch.reason, lead=_("没有导入完。"), tone=Tone.BAD)
        case _State.INTERRUPTED:
            return Note(_("导入中断，系统会在一分钟内接着做，已写入的行不会重复。"), tone=Tone.WARN)
        case _State.PREVIEWED if rows:
            said = _(
                "现在可写 %(rows)d 行。错误和重复的 %(bad)d 行不写，留在错误清单里，可以在这里逐行改好。"
            )
            return Note(said % {"rows": rows, "bad": batch.faulty_rows or 0}, lead=_("还没有写入。"))
        case _State.PREVIEWED:
            return Note(_("没有可写的行：要么都与登记册相同，要么都有错。"), lead=_("还没有写入。"))
        case _State.POSTED if batch.faulty_rows:
            said = _("其余的行已经写入。有错的 %(rows)d 行没有写入，请下载错误清单，改好后再导入。")
            return Note(said % {"rows": batch.faulty_rows}, tone=Tone.WARN)
        case _State.UNDONE:
            return _undone(batch, rows)
        case _State.DROPPED:
            return Note(_("这一批已放弃，登记册没有改动。"))
        case _:
            return None


def _undone(batch: ImportBatch, rows: int) -> Note:
    gone = batch.undone_rows or 0
    if gone < rows:
        said = _("撤回了 %(gone)d 行；另有 %(kept)d 行已有其他记录依靠它，仍在登记册里。")
        return Note(said % {"gone": gone, "kept": rows - gone}, tone=Tone.WARN)
    return Note(_("整批 %(gone)d 行已撤回，登记册恢复原样。") % {"gone": gone})


def _aside(batch: ImportBatch) -> list[Section]:
    known = [(text, label) for text, label in batch.noticed.get("columns", ()) if label]
    unknown = [text or _("（没有列名）") for text, label in batch.noticed.get("columns", ()) if not label]
    facts = [
        Fact(_("列"), Text(_("认出 %(known)d 列") % {"known": len(known)})),
        *(Fact(text, Quiet(label)) for text, label in known if text != label),
    ]
    if unknown:
        facts.append(Fact(_("没有读入的列"), Text(speaking.listed(unknown))))
    found = [Section(_("列的对应"), facts=tuple(facts))] if known or unknown else []
    notes = [each for each in batch.noticed.get("notes", ()) if "不认识的列" not in each]
    if notes:
        found.append(Section(_("读入提示"), words="".join(notes)))
    found.append(Section(_("这一批"), facts=tuple(_history(batch))))
    return found


def _history(batch: ImportBatch) -> list[Fact]:
    facts = [
        Fact(_("上传"), Text(f"{batch.received_as} {_moment(batch.received_at)}")),
        Fact(_("文件指纹"), Quiet(f"SHA-256 {batch.file.sha256[:16]}")),
    ]
    if batch.confirmed_at:
        facts.append(Fact(_("确认写入"), Text(f"{batch.confirmed_as} {_moment(batch.confirmed_at)}")))
    if batch.ended_at and batch.state in {_State.POSTED, _State.UNDONE, _State.UNDOING}:
        facts.append(Fact(_("写入完成"), Text(_moment(batch.ended_at))))
    if batch.undone_at:
        facts.append(Fact(_("撤回"), Text(f"{batch.undone_as} {_moment(batch.undone_at)}")))
    return facts


def _moment(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
