"""One task, and what is done about it."""

from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from juli.config.tasks import forms
from juli.config.tasks.listing import TASKS, state_of
from juli.engines.desk import asking, navigation
from juli.engines.desk.cells import Day, Moment, Number, Quiet, Text
from juli.engines.desk.lists.page import list_view
from juli.engines.desk.pages import Action, Crumb, Detail, Fact, Section, Weight
from juli.engines.desk.verbs import Verb
from juli.engines.scope.requests import JuliRequest, needs
from juli.engines.tasks import actions, selectors
from juli.engines.tasks.models import Task
from juli.kernel.refusal import NotFound

LABEL = gettext_lazy("待办")


def _on_task(action: Any) -> Any:  # an action of the engine, which takes the number
    def act(task: Task, **said: object) -> object:
        return action(task.pk, **said)

    return act


def _can_close(task: Task) -> bool:
    return task.is_open and not task.declared.is_counted


def _can_return(task: Task) -> bool:
    return task.is_open and task.sent_by is not None


def _can_hand(task: Task) -> bool:
    return task.is_open


CLOSE: Final = Verb[Task](
    "closing", gettext_lazy("办结"), gettext_lazy("办结这件待办"), gettext_lazy("待办已办结。"),
    forms.CloseTask, _on_task(actions.close_task), "", icon="circle-check", is_open=_can_close,
    leads_to=lambda _task: reverse("tasks:tasks"),
)  # fmt: skip
HAND: Final = Verb[Task](
    "handover", gettext_lazy("转交"), gettext_lazy("转交这件待办"), gettext_lazy("待办已转交。"),
    forms.HandTask, _on_task(actions.reassign_task), "", icon="user-share", is_open=_can_hand,
)  # fmt: skip
RETURN: Final = Verb[Task](
    "return", gettext_lazy("退回"), gettext_lazy("退回这件待办"), gettext_lazy("待办已退回。"),
    forms.ReturnTask, _on_task(actions.return_task), "", icon="arrow-back-up", is_open=_can_return,
    leads_to=lambda _task: reverse("tasks:tasks"),
)  # fmt: skip
VERBS: Final = (CLOSE, HAND, RETURN)


@require_safe
@needs(navigation.SEE)
def task(request: JuliRequest, task_id: int) -> HttpResponse:
    """Show one task."""
    found = _sought(task_id, request)
    crumbs = (Crumb(LABEL, reverse("tasks:tasks")), Crumb(found.title))
    return render(request, "desk/detail.html", {"detail": _detail(found), "crumbs": crumbs})


@require_http_methods(["GET", "POST"])
@needs(navigation.SEE)
def task_verb(request: JuliRequest, task_id: int, verb: Verb[Task]) -> HttpResponse:
    """Do one of ``VERBS`` to a task."""
    found = _sought(task_id, request)
    back = reverse("tasks:task", args=[found.pk])
    crumbs = (Crumb(LABEL, reverse("tasks:tasks")), Crumb(found.title, back))
    return asking.answer(
        request, verb, found, actor=request.actor, at=timezone.now(), back_href=back, crumbs=crumbs
    )


def _sought(task_id: int, request: JuliRequest) -> Task:
    rows = Task.objects.filter(pk=task_id).select_related("org_unit", "account")
    if (found := rows.first()) is not None and selectors.may_work_on(found, actor=request.actor):
        return found
    raise NotFound


def _detail(task: Task) -> Detail:
    go = Action(_("去办理"), task.declared.leads_to(task), icon=task.declared.icon, weight=Weight.PRIMARY)
    verbs = tuple(
        Action(verb.title, reverse(f"tasks:task-{verb.slug}", args=[task.pk]), icon=verb.icon)
        for verb in VERBS
        if verb.is_open(task)
    )
    return Detail(
        task.title,
        states=(state_of(task, today=timezone.localdate()),),
        line=(Fact("", Text(task.declared.label)), Fact(_("所在组织"), Text(task.org_unit.name))),
        actions=(*verbs, go) if task.is_open else (),
        sections=(Section(_("事项"), facts=_facts(task)), *_ending(task)),
    )


def _facts(task: Task) -> tuple[Fact, ...]:
    who = Text(task.account.display_name) if task.account else Quiet(_("本级有权限的人"))
    return (
        Fact(_("等谁办"), who),
        Fact(_("数量"), Number(task.number) if task.number is not None else Quiet(_("不计数"))),
        Fact(_("到期日"), Day(task.due_on) if task.due_on else Quiet(_("没有时限"))),
        Fact(_("列出时间"), Moment(task.opened_at)),
        Fact(_("交办人"), Text(_("系统") if task.sent_by is None else task.sent_as)),
        Fact(_("计数时间"), Moment(task.counted_at)),
        Fact(_("附言"), Text(task.remark) if task.remark else Quiet(_("没有"))),
    )


def _ending(task: Task) -> tuple[Section, ...]:
    if task.is_open:
        words = _("这件待办按登记情况自动计数，逐条办完后会自动消失。") if task.declared.is_counted else ""
        return (Section(_("怎样算办完"), words=words),) if words else ()
    facts = (Fact(_("办结时间"), Moment(task.closed_at)), Fact(_("办结人"), Text(task.closed_as)))
    return (Section(_("办结"), facts=facts),)


app_name = "tasks"
urlpatterns = [
    path("tasks/", list_view(TASKS), name="tasks"),
    path("tasks/<int:task_id>/", task, name="task"),
    *(
        path(f"tasks/<int:task_id>/{verb.slug}/", task_verb, {"verb": verb}, name=f"task-{verb.slug}")
        for verb in VERBS
    ),
]
