"""The list of tasks within reach (待办列表)."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from django import forms
from django.db.models import DateField, QuerySet, Value
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juli.config.home import work
from juli.engines.desk import navigation
from juli.engines.desk.cells import Cell, Day, Link, Moment, Name, Quiet, State, Text, Tone
from juli.engines.desk.lists import ListColumn, Register
from juli.engines.desk.lists.totals import Total, exactly
from juli.engines.desk.narrowing import Narrowing
from juli.engines.tasks import catalogue, selectors
from juli.engines.tasks.models import Task
from juli.kernel.actor import Actor

FAR: Final = date(9999, 12, 31)
"""Where tasks without a day stand in the order: last."""

_ANY = gettext_lazy("不限")


class TaskNarrowing(Narrowing):
    """Which tasks; the open ones unless something else is said."""

    usual = {"state": Task.State.OPEN.value}
    whose = forms.ChoiceField(
        label=gettext_lazy("等谁办"),
        required=False,
        choices=[
            ("", _ANY), ("mine", gettext_lazy("等我处理")), ("below", gettext_lazy("等下级和同事")),
        ],
    )  # fmt: skip
    state = forms.ChoiceField(
        label=gettext_lazy("状态"), required=False, choices=[("all", _ANY), *Task.State.choices]
    )
    kind = forms.ChoiceField(label=gettext_lazy("类别"), required=False)
    due = forms.ChoiceField(
        label=gettext_lazy("时限"),
        required=False,
        choices=[
            ("", _ANY), ("over", gettext_lazy("已逾期")), ("today", gettext_lazy("今天到期")),
            ("none", gettext_lazy("没有时限")),
        ],
    )  # fmt: skip
    returned = forms.ChoiceField(
        label=gettext_lazy("退回"), required=False, choices=[("", _ANY), ("yes", gettext_lazy("退回的"))]
    )

    def __init__(self, query: QueryDict, *, today: date) -> None:
        super().__init__(query)
        self.today = today
        kinds = [(each.code, _spoken(each)) for each in catalogue.every_kind()]
        field = self.fields["kind"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _ANY), *kinds]


def _spoken(kind: catalogue.Kind) -> str:
    """Return what a kind is called without its number."""
    return str(kind.title).replace("%(number)s", "…")


class TaskList(Register[Task, Task, TaskNarrowing]):
    """Tasks that the actor may work on, the most urgent first."""

    code = "tasks"
    title = gettext_lazy("待办")
    caption = gettext_lazy("待办列表")
    unit = gettext_lazy("件")
    address = "tasks:tasks"
    permission = navigation.SEE
    narrowing = TaskNarrowing
    order = ("due", "pk")
    usual = (
        (gettext_lazy("待办"), ""),
        (gettext_lazy("等我处理"), "whose=mine"),
        (gettext_lazy("等下级和同事"), "whose=below"),
        (gettext_lazy("已逾期"), "due=over"),
        (gettext_lazy("已办结"), "state=done"),
    )
    empty_sentence = gettext_lazy("没有待办。到期的、退回的和系统查出的问题会列在这里。")
    columns = (
        ListColumn(
            "title",
            gettext_lazy("事项"),
            lambda task: Name(task.title, reverse("tasks:task", args=[task.pk])),
        ),
        ListColumn("kind", gettext_lazy("类别"), lambda task: Quiet(task.declared.label)),
        ListColumn("unit", gettext_lazy("所在组织"), lambda task: Text(task.org_unit.name)),
        ListColumn("account", gettext_lazy("等谁办"), lambda task: _waits_for(task)),
        ListColumn("due_on", gettext_lazy("到期日"), lambda task: _due(task), keys=("due",)),
        ListColumn(
            "opened_at", gettext_lazy("列出时间"), lambda task: Moment(task.opened_at), keys=("opened_at",)
        ),
        ListColumn("state", gettext_lazy("状态"), lambda task: state_of(task, today=timezone.localdate())),
        ListColumn("work", gettext_lazy("办理"), lambda task: _work(task)),
    )

    def narrowed(self, query: QueryDict, *, actor: Actor) -> TaskNarrowing:
        return TaskNarrowing(query, today=timezone.localdate())

    def rows(self, asked: TaskNarrowing, *, actor: Actor) -> "QuerySet[Task]":
        match asked.chosen("whose"):
            case "mine":
                rows = selectors.tasks_waiting(actor=actor)
            case "below":
                rows = selectors.tasks_below(actor=actor)
            case _:
                rows = selectors.tasks_in_reach(actor=actor)
        if state := asked.chosen("state"):
            rows = rows.filter(state=state)
        if kind := asked.chosen("kind"):
            rows = rows.filter(kind=kind)
        if asked.chosen("returned"):
            rows = rows.filter(is_returned=True)
        rows = _due_as(rows, asked.chosen("due"), today=asked.today)
        return rows.annotate(due=Coalesce("due_on", Value(FAR), output_field=DateField())).select_related(
            "org_unit", "account"
        )

    def lines(self, rows: Sequence[Task], asked: TaskNarrowing, *, actor: Actor) -> Sequence[Task]:
        return rows

    def count(self, asked: TaskNarrowing, *, actor: Actor) -> Total:
        return exactly(self.rows(asked, actor=actor))

    def is_off(self, item: Task) -> bool:
        return not item.is_open


TASKS: Final = TaskList()


def _due_as(rows: "QuerySet[Task]", due: str | None, *, today: date) -> "QuerySet[Task]":
    match due:
        case "over":
            return rows.filter(due_on__lt=today)
        case "today":
            return rows.filter(due_on=today)
        case "none":
            return rows.filter(due_on__isnull=True)
        case _:
            return rows


def state_of(task: Task, *, today: date) -> State:
    """Return how a task stands, in a word."""
    if not task.is_open:
        return State(task.get_state_display(), Tone.MUTE)
    if task.is_overdue(today):
        return State(_("已逾期"), Tone.BAD)
    if task.is_returned:
        return State(_("退回"), Tone.WARN)
    if task.severity:
        return State(task.get_severity_display(), work.TONES[task.severity])
    return State(task.get_state_display(), Tone.INFO)


def _waits_for(task: Task) -> Cell:
    return Text(task.account.display_name) if task.account else Quiet(_("本级有权限的人"))


def _due(task: Task) -> Cell:
    return Day(task.due_on) if task.due_on else Quiet(_("没有时限"))


def _work(task: Task) -> Cell:
    return Link(_("去办理"), task.declared.leads_to(task)) if task.is_open else Quiet("")
