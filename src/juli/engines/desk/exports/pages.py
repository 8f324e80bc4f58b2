"""Exports as the desk shows them."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from juli.engines.desk import speaking
from juli.engines.desk.background.pages import RunPage, progress_of, state_of
from juli.engines.desk.cells import Link, Moment, Name, Number, Quiet, Text, Tone
from juli.engines.desk.exports.orders import Order
from juli.engines.desk.lists.registers import UnknownRegister
from juli.engines.desk.models import Export
from juli.engines.desk.pages import Action, Column, Fact, Note, Row, Section, Table, Weight
from juli.engines.files.models import StoredFile


def run_page(export: Export, *, at: datetime) -> RunPage:
    """Return the page of one export."""
    order = _order(export)
    return RunPage(
        title=_("导出：%(title)s") % {"title": title_of(export)},
        line=_("%(form)s，%(when)s 提出") % {
            "form": speaking.said(export.get_form_display()),
            "when": f"{timezone.localtime(export.asked_at):%Y-%m-%d %H:%M}",
        },
        state=state_of(export),
        progress=progress_of(export, unit=_("行")),
        progress_href=reverse("desk:export-progress", args=[export.pk]),
        facts=tuple(_facts(export, order)),
        actions=tuple(_actions(export, order, at=at)),
        note=_note(export, at=at),
    )  # fmt: skip


def section_of(exports: list[Export], *, at: datetime) -> Section:
    """Return the exports of an account as a table."""
    columns = (
        Column(_("列表")),
        Column(_("状态")),
        Column(_("行数"), is_numeric=True),
        Column(_("格式")),
        Column(_("提出时间")),
        Column(_("文件")),
    )
    rows = tuple(_row(each, at=at) for each in exports)
    return Section(_("导出"), table=Table(_("导出"), columns, rows))


def title_of(export: Export) -> str:
    """Return the title of the list that was taken out."""
    order = _order(export)
    return str(order.register.title) if order else export.register


def is_there(export: Export, *, at: datetime) -> bool:
    """Say whether the file can still be fetched."""
    return export.file_id is not None and export.expires_at is not None and export.expires_at > at


def _row(export: Export, *, at: datetime) -> Row:
    return Row(
        (
            Name(title_of(export), reverse("desk:export", args=[export.pk])),
            state_of(export),
            Number(export.done),
            Quiet(export.get_form_display()),
            Moment(export.asked_at),
            Link(_("下载"), reverse("desk:export-file", args=[export.pk]))
            if is_there(export, at=at)
            else Quiet(_("已过期") if export.state == Export.State.DONE else "—"),
        ),
        is_off=export.is_over and not is_there(export, at=at),
    )


def _facts(export: Export, order: Order | None) -> list[Fact]:
    facts = []
    facts.append(Fact(_("行数"), Number(export.done)))
    if order is not None:
        facts.append(Fact(_("列"), Text(speaking.listed(order.headings))))
        facts.append(Fact(_("条件"), Link(_("打开这个列表"), _list_href(order))))
    if export.is_plain:
        facts.append(Fact(_("含明文，理由"), Text(export.reason)))
    if export.file is not None:
        facts.append(Fact(_("大小"), Text(_size(export.file))))
        facts.append(Fact(_("链接有效至"), Moment(export.expires_at)))
    return facts


def _actions(export: Export, order: Order | None, *, at: datetime) -> list[Action]:
    if not export.is_over:
        if export.is_stopping:
            return []
        href = reverse("desk:export-stopping", args=[export.pk])
        return [Action(_("取消导出"), href, icon="ban", weight=Weight.DANGER, is_post=True)]
    found = []
    if is_there(export, at=at):
        href = reverse("desk:export-file", args=[export.pk])
        found.append(Action(_("下载文件"), href, icon="download", weight=Weight.PRIMARY))
    if order is not None:
        again = f"{reverse('desk:export-asking', args=[export.register])}?{export.query}"
        found.append(Action(_("重新导出"), again, icon="refresh"))
    return found


def _note(export: Export, *, at: datetime) -> Note | None:
    match Export.State(export.state):
        case Export.State.FAILED:
            return Note(export.sentence, lead=_("没有导出。"), tone=Tone.BAD)
        case Export.State.STOPPED:
            return Note(_("导出已取消，没有留下文件。"))
        case Export.State.DONE if not is_there(export, at=at):
            return Note(_("文件已过期删除，可以重新导出。"))
        case Export.State.DONE:
            return Note(_("文件已备好。只有您本人能下载，每次下载都会留痕。"), tone=Tone.OK)
        case _:
            return Note(_("可以离开这一页，导出会在后台继续；做好后在“后台任务”里下载。"))


def _order(export: Export) -> Order | None:
    try:
        return Order.of(export.register, export.query)
    except UnknownRegister:
        return None


def _list_href(order: Order) -> str:
    if not order.register.address:
        return reverse("desk:runs")
    query = order.query.urlencode()
    return f"{order.register.href()}?{query}" if query else order.register.href()


def _size(stored: StoredFile) -> str:
    kilobytes = max(stored.size // 1024, 1)
    return f"{kilobytes:,} KB" if kilobytes < 10_240 else f"{kilobytes / 1024:,.1f} MB"
