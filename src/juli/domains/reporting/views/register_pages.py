"""Committees, plenary sessions and annual reports of a unit: shown, and registered by plain forms."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from juli.domains.reporting import selectors
from juli.domains.reporting.forms import session_label
from juli.domains.reporting.models import AnnualReport
from juli.domains.reporting.permissions import Permission
from juli.domains.reporting.views.register_verbs import VERBS, address_of
from juli.engines.desk import asking
from juli.engines.desk.asking import Verb
from juli.engines.desk.cells import Cell, Day, Quiet, Text
from juli.engines.desk.pages import Action, Column, Crumb, Detail, Row, Section, Table
from juli.engines.indicator.asking import unit_of
from juli.engines.scope.models import OrgUnit
from juli.engines.scope.requests import JuliRequest, needs
from juli.kernel.refusal import NotFound, NotPermitted


@require_safe
@needs(Permission.SEE)
def registers(request: JuliRequest) -> HttpResponse:
    """Show what is registered of a unit: its committees, their sessions, the reports heard there."""
    code = request.GET.get("unit", "")
    unit = unit_of(code) if code else OrgUnit.objects.order_by("depth", "path").first()
    if unit is None or not request.actor.may(Permission.SEE, unit.path):
        raise NotFound
    detail = Detail(
        _("%(unit)s：届次与报告") % {"unit": unit.name},
        actions=_actions(request, unit),
        sections=(_terms(unit), _sessions(unit), _reports(unit)),
    )
    return render(request, "desk/detail.html", {"detail": detail, "crumbs": _crumbs()})


@require_http_methods(["GET", "POST"])
def entry(request: JuliRequest, unit_id: int, verb: Verb[OrgUnit]) -> HttpResponse:
    """Register one of ``VERBS`` of a unit."""
    unit = OrgUnit.objects.filter(pk=unit_id).first()
    if unit is None or not request.actor.may(Permission.SEE, unit.path):
        raise NotFound
    if not request.actor.may(verb.permission, unit.path):
        raise NotPermitted
    back = address_of(unit)
    return asking.answer(
        request, verb, unit, actor=request.actor, at=timezone.now(), back_href=back,
        crumbs=(*_crumbs(), Crumb(unit.name, back)),
    )  # fmt: skip


def _actions(request: JuliRequest, unit: OrgUnit) -> tuple[Action, ...]:
    if not request.actor.may(Permission.WRITE, unit.path):
        return ()
    return tuple(
        Action(verb.title, reverse(f"reporting:{verb.slug}", args=[unit.pk]), icon=verb.icon)
        for verb in VERBS
    )


def _crumbs() -> tuple[Crumb, ...]:
    return (Crumb(_("管理")), Crumb(_("指标与报告"), reverse("reporting:figures")), Crumb(_("届次与报告")))


def _terms(unit: OrgUnit) -> Section:
    rows = tuple(
        Row(
            (
                Text(_("第%(number)s届") % {"number": each.number}),
                Day(each.begins_on),
                Day(each.expires_on),
                Day(each.ended_on) if each.ended_on else Quiet(_("在任")),
            ),
            is_off=each.ended_on is not None,
        )
        for each in selectors.terms_of(unit)
    )
    columns = (Column(_("届次")), Column(_("产生日期")), Column(_("届满日期")), Column(_("卸任日期")))
    return _section(_("委员会"), columns, rows)


def _sessions(unit: OrgUnit) -> Section:
    rows = tuple(
        Row(
            (
                Text(session_label(each.term.number, each.number)),
                Day(each.held_on),
                Quiet(_("扩大会议") if each.is_enlarged else ""),
            )
        )
        for each in selectors.sessions_of(unit)
    )
    return _section(_("全委会"), (Column(_("次数")), Column(_("召开日期")), Column(_("形式"))), rows)


def _reports(unit: OrgUnit) -> Section:
    rows = tuple(Row(_report(each)) for each in selectors.reports_of(unit))
    columns = (
        Column(_("回顾年度"), is_numeric=True), Column(_("计划年度"), is_numeric=True), Column(_("标题")),
        Column(_("全委会")),
    )  # fmt: skip
    return _section(_("年度工作报告"), columns, rows)


def _report(report: AnnualReport) -> tuple[Cell, ...]:
    heard = report.plenary
    at = session_label(heard.term.number, heard.number) if heard else ""
    return Text(str(report.year)), Text(str(report.plan_year)), Text(report.title), Quiet(at)


def _section(title: str, columns: tuple[Column, ...], rows: tuple[Row, ...]) -> Section:
    if not rows:
        return Section(title, words=_("还没有登记。"))
    number = _("%(number)s 条") % {"number": len(rows)}
    return Section(title, number=number, table=Table(title, columns, rows))
