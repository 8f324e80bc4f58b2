"""What waits for whoever opens the home page, as lines in groups."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from juli.engines.desk.cells import Bar, Number, Quiet, State, Text, Tone
from juli.engines.desk.homepage import Alarm, Clock, WorkGroup, WorkLine
from juli.engines.desk.pages import Column, Row, Section, Table
from juli.engines.scope.requests import JuliRequest
from juli.engines.tasks import selectors
from juli.engines.tasks.models import Task
from juli.kernel.actor import Actor

MOST_SHOWN: Final = 60
TONES: Final = {
    Task.Severity.HIGH.value: Tone.BAD,
    Task.Severity.MIDDLE.value: Tone.WARN,
    Task.Severity.LOW.value: Tone.INFO,
}


def waiting(actor: Actor) -> Sequence[Task]:
    """Return what waits for somebody, the most urgent first: in one statement."""
    return list(selectors.tasks_waiting(actor=actor).select_related("org_unit")[:MOST_SHOWN])


def groups(tasks: Iterable[Task], *, actor: Actor, today: date) -> Iterator[WorkGroup]:
    """Return the work in groups: what has come due, what came back, and the rest."""
    work = [task for task in tasks if not task.declared.is_alarm]
    returned = [task for task in work if task.is_returned]
    others = [task for task in work if not task.is_returned]
    due = [task for task in others if task.due_on is not None and task.due_on <= today]
    rest = [task for task in others if task not in due]
    for title, found in ((_("今天到期和已逾期"), due), (_("等我处理"), rest), (_("退回给我"), returned)):
        if found:
            yield WorkGroup(title, tuple(line(task, actor=actor, today=today) for task in found))


def line(task: Task, *, actor: Actor, today: date) -> WorkLine:
    """Return one task as a line."""
    declared = task.declared
    since = timezone.localdate(task.opened_at)
    clock = Clock.until(task.due_on, since=since, today=today) if task.due_on else None
    is_sent = task.sent_by is not None and task.sent_by != actor.account_id
    return WorkLine(
        declared.label,
        declared.icon,
        task.title,
        declared.leads_to(task),
        task.org_unit.name,
        remark=task.remark,
        sent=_("%(who)s %(day)s")
        % {"who": task.sent_as if is_sent else _("系统"), "day": _short(since, today)},
        clock=clock,
    )


def alarms(tasks: Iterable[Task], *, today: date) -> tuple[Alarm, ...]:
    """Return what went wrong, the gravest first."""
    gravest = list(TONES)
    found = [task for task in tasks if task.declared.is_alarm]
    found.sort(key=lambda task: gravest.index(task.severity) if task.severity in gravest else len(gravest))
    return tuple(
        Alarm(
            State(task.get_severity_display() or _("提醒"), TONES.get(task.severity, Tone.INFO)),
            task.title,
            task.declared.leads_to(task),
            f"{task.org_unit.name} · {_short(timezone.localdate(task.opened_at), today)}",
        )
        for task in found
    )


def overdue(*, actor: Actor, today: date) -> Iterator[Section]:
    """Show whoever has others below them where work is overdue, and for how long."""
    found = selectors.overdue_below(actor=actor, today=today)
    if not found:
        return
    most = max(each.number for each in found)
    href = f"{reverse('tasks:tasks')}?whose=below&due=over"
    rows = tuple(
        Row(
            (
                Text(each.place),
                Bar(each.number / most),
                Number(each.number, _("件"), href),
                Quiet(_("最长 %(days)s 天") % {"days": f"{each.days:,}"}),
            )
        )
        for each in found
    )
    columns = (Column(_("组织")), Column(""), Column(_("逾期"), is_numeric=True), Column(_("最长")))
    yield Section(_("逾期在哪里"), table=Table(_("逾期在哪里"), columns, rows))


def line_of_the_day(request: JuliRequest, tasks: Sequence[Task], *, today: date) -> str:
    """Say where one is, what day it is, and how much has come due."""
    place = getattr(request, "actor_place", "")
    said = _("%(year)s年%(month)s月%(day)s日 星期%(weekday)s。") % {
        "year": today.year, "month": today.month, "day": today.day, "weekday": _(_WEEKDAYS[today.weekday()]),
    }  # fmt: skip
    overdue = sum(task.is_overdue(today) for task in tasks)
    due = sum(task.due_on == today for task in tasks)
    if due or overdue:
        said += _("今天 %(due)s 件到期，%(overdue)s 件已逾期。") % {"due": due, "overdue": overdue}
    return _("%(place)s，%(said)s") % {"place": place, "said": said} if place else said


_WEEKDAYS = ("一", "二", "三", "四", "五", "六", "日")


def _short(day: date, today: date) -> str:
    if day == today:
        return _("今天")
    if (today - day).days == 1:
        return _("昨天")
    return f"{day.month}-{day.day}" if day.year == today.year else day.isoformat()
