"""One employer: what is registered and reported, which union covers it, and what happened."""

from dataclasses import replace
from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from juli.domains.registry import selectors
from juli.domains.registry.permissions import Permission
from juli.domains.registry.selectors import EmployerPage
from juli.domains.registry.timeline import timeline_of_employer
from juli.domains.registry.views import folders, happening, reached
from juli.domains.registry.views.acting import menu_of
from juli.domains.registry.views.addresses import address, record
from juli.domains.registry.views.employer_verbs import EMPLOYER_VERBS
from juli.domains.registry.views.folders import EMPLOYER
from juli.domains.registry.views.following import follows
from juli.domains.registry.views.merged_section import merged_section
from juli.domains.registry.views.showing import (
    answer_of,
    correcting,
    doing_columns,
    done_cell,
    linked,
    unless_empty,
    until,
)
from juli.domains.registry.views.states import business_state
from juli.engines.desk.cells import Day, Link, Number, State, Text, Tone
from juli.engines.desk.pages import Action, Column, Detail, Fact, Note, Row, Section, Table, Timeline
from juli.engines.party.models import Employer, Subject
from juli.engines.scope.requests import JuliRequest
from juli.kernel.actor import Actor, Door, Standing


@follows(Subject.EMPLOYER)
@require_safe
def employer(request: JuliRequest, employer_id: int) -> HttpResponse:
    """Show one employer."""
    row = reached.employer(employer_id, actor=request.actor, permission=Permission.SEE)
    page = selectors.employer_page(employer_id, actor=request.actor, on=timezone.localdate())
    told = timeline_of_employer(employer_id, actor=request.actor)
    shown = happening.timeline(told, most=folders.LATEST, all_href=EMPLOYER.href(employer_id, folders.COURSE))
    detail = replace(
        _detail(page, row, shown, actor=request.actor),
        tabs=EMPLOYER.tabs(employer_id, current=folders.OVERVIEW),
        paper=EMPLOYER.paper(employer_id),
        note=_next_step(page, row, actor=request.actor),
    )
    return render(request, "desk/detail.html", {"detail": detail, "crumbs": EMPLOYER.crumbs(row)})


def on_paper(employer_id: int, *, actor: Actor) -> Detail:
    """
    Return one employer as it is printed: nothing to press.

    :raises NotFound: it is out of reach.
    """
    row = reached.employer(employer_id, actor=actor, permission=Permission.SEE)
    page = selectors.employer_page(employer_id, actor=actor, on=timezone.localdate())
    told = happening.timeline(timeline_of_employer(employer_id, actor=actor))
    return replace(_detail(page, row, told, actor=_READING), aside=(_numbers(page),))


_READING: Final = Actor(name="", standing=Standing.STAFF, door=Door.PAGE)
"""Somebody who may do nothing: what is drawn for them has no buttons."""


def _next_step(page: EmployerPage, employer: Employer, *, actor: Actor) -> Note | None:
    """Return what is missing of an employer, if whoever looks can mend it."""
    if page.row.employees is None and actor.may(Permission.EDIT_EMPLOYERS, employer.path):
        href = address("employer-headcounts", page.row.id)
        return Note(
            _("还没有上报过职工人数。"),
            lead=_("下一步："),
            tone=Tone.INFO,
            link=Link(_("上报职工人数"), href),
        )
    return None


def _detail(page: EmployerPage, employer: Employer, told: Timeline, *, actor: Actor) -> Detail:
    row = page.row
    may_edit = actor.may(Permission.EDIT_EMPLOYERS, employer.path)
    may_arrange = actor.may(Permission.ARRANGE_UNIONS, employer.path)
    return Detail(
        row.name,
        states=(
            State(_("已建会"), Tone.OK)
            if row.union_id
            else State(_("未建会"), Tone.WARN, icon="circle-dashed"),
            business_state(row.business, row.business_label),
        ),
        line=(
            Fact(_("统一社会信用代码"), Text(row.uscc)),
            Fact(_("工会"), linked(row.union_name, record("union", row.union_id))),
            Fact("", Text(row.territory_name)),
        ),
        more=_menu(page, employer, actor),
        sections=(
            _registration(page),
            *_marks(page, may_edit=may_edit),
            *_headcounts(page, may_edit=may_edit),
            *_hazards(page, may_edit=may_edit),
            *_coverages(page, may_arrange=may_arrange),
        ),
        timeline=told,
        aside=(_numbers(page), *merged_section(Subject.EMPLOYER, row.id, actor=actor)),
    )


def _menu(page: EmployerPage, employer: Employer, actor: Actor) -> tuple[Action, ...]:
    verbs = tuple(verb for verb in EMPLOYER_VERBS if actor.may(verb.permission, employer.path))
    return menu_of(verbs, state=page.row, href=lambda verb: address(f"employer-{verb.slug}", page.row.id))


def _numbers(page: EmployerPage) -> Section:
    row = page.row
    facts = (
        Fact(_("职工"), Number(row.employees, _("人") if row.employees is not None else "")),
        Fact(_("统计日期"), Day(row.counted_on)),
        Fact(_("会员"), Number(row.members, _("人"), address("members", query={"employer": row.id}))),
    )
    return Section(_("人数"), facts=facts, words=_("会员按今天在册的会籍计数。"))


def _registration(page: EmployerPage) -> Section:
    told = page.details
    return Section(
        _("登记事项"),
        facts=(
            Fact(_("经济类型"), Text(told.ownership.label)),
            Fact(_("国民经济行业"), Text(told.industry)),
            Fact(_("地址"), Text(told.address)),
            Fact(_("所在镇街或村社区"), Text(page.row.territory_name)),
            Fact(_("经营状态日期"), Day(told.business_as_of)),
            Fact(_("登记日期"), Day(page.registered_on)),
            Fact(_("登记来源"), Text(page.source)),
        ),
    )


def _marks(page: EmployerPage, *, may_edit: bool) -> tuple[Section, ...]:
    if not page.marks:
        return ()
    columns = (
        Column(_("标识")), Column(_("来源")), Column(_("起")), Column(_("止")), *doing_columns(may=may_edit)
    )  # fmt: skip
    rows = tuple(
        Row(
            (
                Text(mark.label),
                unless_empty(mark.source),
                Day(mark.valid_from),
                until(mark.valid_until),
                *done_cell(
                    Link(_("取消"), address("mark-ending", mark.id)) if mark.valid_until is None else None,
                    correcting("mark", mark.id),
                    may=may_edit,
                ),
            ),
            is_off=mark.valid_until is not None,
        )
        for mark in page.marks
    )
    return (Section(_("标识"), table=Table(_("标识"), columns, rows)),)


def _headcounts(page: EmployerPage, *, may_edit: bool) -> tuple[Section, ...]:
    if not page.headcounts:
        return (Section(_("职工人数"), words=_("还没有上报过职工人数。")),)
    columns = (
        Column(_("统计日期")), Column(_("职工"), is_numeric=True), Column(_("其中农民工"), is_numeric=True),
        Column(_("其中女职工"), is_numeric=True), Column(_("来源")), *doing_columns(may=may_edit),
    )  # fmt: skip
    rows = tuple(
        Row(
            (
                Day(each.counted_on),
                Number(each.employees),
                Number(each.migrant_workers),
                Number(each.women),
                unless_empty(each.source),
                *done_cell(correcting("headcount", each.id), may=may_edit),
            )
        )
        for each in page.headcounts
    )
    return (Section(_("职工人数"), table=Table(_("职工人数"), columns, rows)),)


def _hazards(page: EmployerPage, *, may_edit: bool) -> tuple[Section, ...]:
    if not page.hazards:
        return ()
    columns = (
        Column(_("岗位")), Column(_("危害类别")), Column(_("接触人数"), is_numeric=True),
        Column(_("已安排职业健康检查")), Column(_("起")), Column(_("止")), *doing_columns(may=may_edit),
    )  # fmt: skip
    rows = tuple(
        Row(
            (
                Text(each.title),
                Text(each.hazard_label),
                Number(each.workers),
                unless_empty(answer_of(each.is_checked_by_employer)),
                Day(each.valid_from),
                until(each.valid_until),
                *done_cell(
                    Link(_("登记消除"), address("hazard-ending", each.id))
                    if each.valid_until is None
                    else None,
                    correcting("hazard", each.id),
                    may=may_edit,
                ),
            ),
            is_off=each.valid_until is not None,
        )
        for each in page.hazards
    )
    return (Section(_("有害岗位"), table=Table(_("有害岗位"), columns, rows)),)


def _coverages(page: EmployerPage, *, may_arrange: bool) -> tuple[Section, ...]:
    if not page.coverages:
        return ()
    columns = (Column(_("工会")), Column(_("起")), Column(_("止")), *doing_columns(may=may_arrange))
    rows = tuple(
        Row(
            (
                linked(each.union_name or _("（不在您的管理范围内）"),
                       record("union", each.union_id) if each.union_name else ""),
                Day(each.valid_from),
                until(each.valid_until),
                *done_cell(
                    Link(_("解除覆盖"), address("coverage-ending", each.id))
                    if each.valid_until is None
                    else None,
                    correcting("coverage", each.id),
                    may=may_arrange,
                ),
            ),
            is_off=each.valid_until is not None,
        )
        for each in page.coverages
    )  # fmt: skip
    return (Section(_("覆盖沿革"), table=Table(_("覆盖沿革"), columns, rows)),)
