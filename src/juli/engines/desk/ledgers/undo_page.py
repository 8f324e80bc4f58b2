"""Before a batch is taken back: what would go, and what rests on it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from juli.engines.desk.cells import Text, Words
from juli.engines.desk.pages import Column, Note, Row, Table
from juli.engines.sheet.models import ImportBatch

SHOWN = 200


@dataclass(frozen=True, slots=True)
class UndoPage:
    """The question before a batch is taken back (撤回确认)."""

    title: Words
    line: Words
    submit: Words
    back_href: str
    note: Note | None = None
    table: Table | None = None


def undo_page(batch: ImportBatch, resting: list[tuple[str, str]]) -> UndoPage:
    """Return the question, with the rows that would stay and why."""
    rows = (batch.added_rows or 0) + (batch.changed_rows or 0)
    line = _("新增的 %(added)d 行会从登记册移出，更新的 %(changed)d 行恢复原来的内容，相应的统计一并冲回。")
    note = table = None
    if resting:
        more = _("至少") if len(resting) >= SHOWN else ""
        said = _("有%(more)s %(kept)d 行已有其他记录依靠它，撤回时保留不动。")
        note = Note(said % {"more": more, "kept": len(resting)})
        table = Table(
            _("撤不回的行"),
            (Column(_("行")), Column(_("依靠它的是什么"))),
            tuple(Row((Text(name), Text(reason))) for name, reason in resting),
        )
    return UndoPage(
        title=_("撤回“%(name)s”") % {"name": batch.file.name},
        line=line % {"added": batch.added_rows or 0, "changed": batch.changed_rows or 0},
        submit=_("撤回 %(rows)d 行") % {"rows": rows} if not resting else _("撤回其余的行"),
        back_href=reverse("sheet:import", args=[batch.pk]),
        note=note,
        table=table,
    )
