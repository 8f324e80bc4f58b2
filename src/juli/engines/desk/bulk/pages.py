"""Bulk runs as the desk shows them."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from juli.engines.desk.background.pages import RunPage, progress_of, state_of
from juli.engines.desk.bulk.declaring import BulkVerb, verb_of
from juli.engines.desk.bulk.results import CODE, RESULTS, ResultNarrowing
from juli.engines.desk.cells import Link, Moment, Name, Number, Text, Tone
from juli.engines.desk.lists.registers import UnknownRegister, register_of
from juli.engines.desk.models import BulkItem, BulkRun
from juli.engines.desk.pages import Action, Column, Fact, Note, Pager, Row, Section, Tab, Table, Weight
from juli.engines.desk.paging import Place, slice_of
from juli.kernel.actor import Actor
from juli.kernel.refusal import NotFound

Counts = Mapping[str, int]
"""How many records of a run have each outcome."""


def verb_behind(run: BulkRun) -> BulkVerb | None:
    """Return the verb of a run, if there still is one of that name."""
    try:
        return verb_of(register_of(run.register), run.verb)
    except (UnknownRegister, NotFound):
        return None


def run_page(run: BulkRun, counts: Counts, *, actor: Actor, asked: ResultNarrowing, place: Place) -> RunPage:
    """Return the page of one run with a page of its records."""
    part = slice_of(RESULTS.rows(asked, actor=actor), keys=RESULTS.order, place=place)
    lines = RESULTS.lines(part.rows, asked, actor=actor)
    here, outcome = reverse("desk:bulk-run", args=[run.pk]), asked.chosen("outcome")
    kept = {"outcome": outcome} if outcome else {}
    table = Table(
        RESULTS.caption,
        tuple(Column(column.label) for column in RESULTS.columns),
        tuple(Row(tuple(column.cell(line) for column in RESULTS.columns)) for line in lines),
    )
    pager = Pager(
        _("本页 %(shown)s 条") % {"shown": len(part.rows)},
        previous_href=f"{here}?{urlencode({**kept, 'before': part.before})}" if part.before else "",
        next_href=f"{here}?{urlencode({**kept, 'after': part.after})}" if part.after else "",
    )
    return _page(
        run, counts, tabs=_tabs(run, counts, current=outcome or ""), table=table, pager=pager,
        empty=_("没有这种结果的记录。"),
    )  # fmt: skip


def progress_page(run: BulkRun, counts: Counts) -> RunPage:
    """Return what changes of the page while the run is under way."""
    return _page(run, counts)


def section_of(runs: list[BulkRun]) -> Section:
    """Return the bulk runs of an account as a table."""
    columns = (
        Column(_("操作")),
        Column(_("列表")),
        Column(_("状态")),
        Column(_("已处理"), is_numeric=True),
        Column(_("共"), is_numeric=True),
        Column(_("未能办理"), is_numeric=True),
        Column(_("提出时间")),
    )
    return Section(_("批量操作"), table=Table(_("批量操作"), columns, tuple(map(_row, runs))))


def _page(
    run: BulkRun, counts: Counts, *, tabs: tuple[Tab, ...] = (), table: Table | None = None,
    pager: Pager | None = None, empty: str = "",
) -> RunPage:  # fmt: skip
    verb = verb_behind(run)
    return RunPage(
        title=str(verb.title) if verb else run.verb,
        line=_("%(register)s，%(when)s 提出")
        % {"register": _register(run), "when": f"{timezone.localtime(run.asked_at):%Y-%m-%d %H:%M}"},
        state=state_of(run),
        progress=progress_of(run, unit=_("条")),
        progress_href=reverse("desk:bulk-progress", args=[run.pk]),
        facts=tuple(_facts(run)),
        actions=tuple(_actions(run, verb, counts)),
        note=_note(run, counts),
        tabs=tabs, table=table, pager=pager, empty=empty,
    )  # fmt: skip


def _row(run: BulkRun) -> Row:
    verb = verb_behind(run)
    return Row(
        (
            Name(verb.title if verb else run.verb, reverse("desk:bulk-run", args=[run.pk])),
            Link(_register(run), _list_href(run)),
            state_of(run),
            Number(run.done),
            Number(run.total),
            Number(run.refused),
            Moment(run.asked_at),
        ),
        is_off=run.state == BulkRun.State.STOPPED,
    )


def _register(run: BulkRun) -> str:
    try:
        return str(register_of(run.register).title)
    except UnknownRegister:
        return run.register


def _list_href(run: BulkRun) -> str:
    try:
        href = register_of(run.register).href()
    except UnknownRegister:
        return ""
    return f"{href}?{run.query}" if run.query else href


def _facts(run: BulkRun) -> list[Fact]:
    facts = [
        Fact(_("列表"), Link(_register(run), _list_href(run))),
        Fact(_("已处理"), Number(run.done)),
        Fact(_("共"), Number(run.total)),
    ]
    if run.reason:
        facts.append(Fact(_("理由"), Text(run.reason)))
    if run.inverse_of_id is not None:
        href = reverse("desk:bulk-run", args=[run.inverse_of_id])
        facts.append(Fact(_("撤销的批次"), Link(f"#{run.inverse_of_id}", href)))
    undone = BulkRun.objects.filter(inverse_of_id=run.pk).first()
    if undone is not None:
        href = reverse("desk:bulk-run", args=[undone.pk])
        facts.append(Fact(_("已由这一批撤销"), Link(f"#{undone.pk}", href)))
    return facts


def _actions(run: BulkRun, verb: BulkVerb | None, counts: Counts) -> list[Action]:
    if not run.is_over:
        if run.is_stopping:
            return []
        stop = reverse("desk:bulk-stopping", args=[run.pk])
        return [Action(_("取消其余的"), stop, icon="ban", weight=Weight.DANGER, is_post=True)]
    found = []
    if run.state != BulkRun.State.DONE and (counts.get("skipped") or counts.get("waiting")):
        again = reverse("desk:bulk-resumption", args=[run.pk])
        found.append(Action(_("继续办理"), again, icon="player-play", weight=Weight.PRIMARY, is_post=True))
    results = f"{reverse('desk:export-asking', args=[CODE])}?run={run.pk}"
    found.append(Action(_("导出结果"), results, icon="download"))
    is_undone = BulkRun.objects.filter(inverse_of_id=run.pk).exists()
    if verb is not None and verb.inverse is not None and counts.get("done") and not is_undone:
        undo = reverse("desk:bulk-undoing", args=[run.pk])
        found.append(Action(_("撤销这一批"), undo, icon="arrow-back-up", weight=Weight.DANGER))
    return found


def _note(run: BulkRun, counts: Counts) -> Note | None:
    refused = counts.get(BulkItem.Outcome.REFUSED.value, 0)
    match BulkRun.State(run.state):
        case BulkRun.State.FAILED:
            return Note(run.sentence, lead=_("没有办完。"), tone=Tone.BAD)
        case BulkRun.State.STOPPED:
            return Note(_("其余的已取消；已经办理的有效。"), tone=Tone.WARN)
        case BulkRun.State.DONE if refused:
            said = _("其余的已经办理。有 %(refused)s 条没有办理，原因写在每条后面。")
            return Note(said % {"refused": f"{refused:,}"}, tone=Tone.WARN)
        case BulkRun.State.DONE:
            return Note(_("全部已经办理。"), tone=Tone.OK)
        case _:
            return Note(_("可以离开这一页，后台会接着办；结果留在“后台任务”里。"))


def _tabs(run: BulkRun, counts: Counts, *, current: str) -> tuple[Tab, ...]:
    here = reverse("desk:bulk-run", args=[run.pk])
    refused = BulkItem.Outcome.REFUSED
    tabs = [Tab(_("全部"), here, sum(counts.values()), is_current=not current)]
    for outcome in BulkItem.Outcome:
        number = counts.get(outcome.value, 0)
        if number or outcome.value == current:
            tabs.append(
                Tab(
                    outcome.label, f"{here}?outcome={outcome.value}", number,
                    is_current=outcome.value == current, is_bad=outcome is refused and number > 0,
                )
            )  # fmt: skip
    return tuple(tabs)
