"""The home page: what waits, what went wrong, what runs, the figures, and what was opened lately."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from juli.config.home import figures, running, unsent, work
from juli.config.home.ways import address_of, first_steps, shortcuts, ways
from juli.domains.registry.permissions import Permission
from juli.domains.registry.selectors.looks import latest_looks
from juli.domains.registry.views import search
from juli.domains.registry.views.own_pages import own_detail
from juli.engines.desk import recalling
from juli.engines.desk.cells import Moment, Quiet, Text
from juli.engines.desk.homepage import Home
from juli.engines.desk.pages import Column, Crumb, Row, Section, Table
from juli.engines.scope.models import OrgUnit
from juli.engines.scope.requests import JuliRequest
from juli.kernel.actor import Actor, Standing

MOST_KEPT = 8


@require_safe
def home(request: JuliRequest) -> HttpResponse:
    """Show staff what waits for them, and members their own record."""
    now = timezone.now()
    today = timezone.localdate(now)
    actor = request.actor
    if actor.standing is Standing.SELF:
        detail = own_detail(actor=actor, today=today)
        return render(request, "desk/detail.html", {"detail": detail, "crumbs": (Crumb(_("我的记录")),)})
    tasks = work.waiting(actor)
    groups = tuple(work.groups(tasks, actor=actor, today=today))
    unit = _home_unit(request)
    values = figures.values_of(unit, actor=actor, at=now, today=today) if unit else None
    shown = Home(
        _("我的工作"),
        work.line_of_the_day(request, tasks, today=today),
        headlines=figures.headlines(values, unit=unit, actor=actor, today=today) if unit and values else (),
        actions=shortcuts(actor, first_href=groups[0].lines[0].href if groups else ""),
        groups=groups,
        nothing=_("现在没有等您办的事。到期的、退回的和系统查出的问题会列在这里。") if unit else "",
        all_href=address_of("tasks:tasks"),
        alarms=work.alarms(tasks, today=today),
        sections=tuple(_log(actor)),
        running=tuple(running.running(actor=actor, at=now)),
        running_href=address_of("desk:runs"),
        kept=recalling.records_kept(actor=actor, most=MOST_KEPT),
        aside=(
            *unsent.unsent(actor=actor, at=now),
            *work.overdue(actor=actor, today=today),
            ways(actor),
        ),
    )
    context: dict[str, object] = {"home": shown, "crumbs": (Crumb(_("我的工作")),)}
    if values and values.are_nothing:
        context["message"] = first_steps(actor)
    return render(request, "desk/home.html", context)


def _home_unit(request: JuliRequest) -> OrgUnit | None:
    """Return the unit that the visitor works at, if they may see its records at all."""
    unit: OrgUnit | None = getattr(request, "actor_unit", None)
    return unit if unit is not None and request.actor.may(Permission.SEE, unit.path) else None


def _log(actor: Actor) -> Iterator[Section]:
    """Show whoever audits the latest lines of the log of looking."""
    if not actor.holds("audit.see"):
        return
    columns = (
        Column(_("时间")),
        Column(_("谁")),
        Column(_("所在组织")),
        Column(_("行为")),
        Column(_("理由")),
    )
    rows = tuple(
        Row(
            (
                Moment(look.at),
                Text(look.who or _("本人或系统")),
                Quiet(look.place),
                Text(f"{look.act_label} {look.field_label}".strip()),
                Quiet(look.reason),
            )
        )
        for look in latest_looks()
    )
    if rows:
        yield Section(_("最近的查阅记录"), table=Table(_("最近的查阅记录"), columns, rows))


urlpatterns = [
    path("", home, name="home"),
    path("search/", search.search, name="search"),
]
