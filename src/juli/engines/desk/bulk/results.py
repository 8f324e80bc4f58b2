"""What came of each record of a bulk run, as a list that can be taken out like any other."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from juli.engines.desk.background.behind import account_of
from juli.engines.desk.bulk.declaring import verb_of
from juli.engines.desk.bulk.naming import names_of
from juli.engines.desk.cells import Cell, Quiet, State, Text, Tone
from juli.engines.desk.lists.columns import ListColumn
from juli.engines.desk.lists.registers import Register, register_of
from juli.engines.desk.models import BulkItem, BulkRun
from juli.engines.desk.narrowing import Narrowing
from juli.kernel.actor import Actor

CODE = "bulk-results"
_TONES = {
    BulkItem.Outcome.WAITING: Tone.MUTE,
    BulkItem.Outcome.DONE: Tone.OK,
    BulkItem.Outcome.REFUSED: Tone.WARN,
    BulkItem.Outcome.SKIPPED: Tone.MUTE,
}


class ResultNarrowing(Narrowing):
    """Which run, and which of its records."""

    run = forms.IntegerField(label=_("批次"), required=False, widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label=_("办理结果"), required=False, choices=[("", _("不限")), *BulkItem.Outcome.choices]
    )


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One record of a run in a list (批量操作结果行)."""

    number: int
    name: Cell
    outcome: State
    sentence: str


class BulkResults(Register[BulkItem, ResultLine, ResultNarrowing]):
    """The records of one run; the wall shows everybody their own."""

    code = CODE
    title = _("批量操作结果")
    caption = _("每条记录的办理结果")
    unit = _("条")
    address = ""
    permission = ""
    order = ("subject_id", "pk")
    narrowing = ResultNarrowing
    columns = (
        ListColumn("name", _("记录"), lambda line: line.name),
        ListColumn("outcome", _("办理结果"), lambda line: line.outcome),
        ListColumn(
            "sentence",
            _("未能办理的原因"),
            lambda line: Text(line.sentence) if line.sentence else Quiet("—"),
            plain=lambda line: line.sentence,
        ),
    )

    def rows(self, asked: ResultNarrowing, *, actor: Actor) -> "QuerySet[BulkItem]":
        rows = BulkItem.objects.filter(run_id=asked.chosen("run") or 0, run__account_id=account_of(actor))
        outcome = asked.chosen("outcome")
        return rows.filter(outcome=outcome) if outcome else rows

    def lines(
        self, rows: Sequence[BulkItem], asked: ResultNarrowing, *, actor: Actor
    ) -> Sequence[ResultLine]:
        run = BulkRun.objects.filter(pk=asked.chosen("run") or 0).first()
        if run is None or not rows:
            return ()
        register = register_of(run.register)
        numbers = [row.subject_id for row in rows]
        names = names_of(register, verb_of(register, run.verb), numbers, actor=actor)
        beyond = Quiet(_("（不在您的管理范围内）"))
        return [
            ResultLine(
                row.subject_id,
                names.get(row.subject_id, beyond),
                State(row.get_outcome_display(), _TONES[BulkItem.Outcome(row.outcome)]),
                row.sentence,
            )
            for row in rows
        ]

    def record_number(self, row: BulkItem) -> int:
        return row.subject_id


RESULTS = BulkResults()
