"""One union: what is registered, who leads it, whom it covers, and what happened."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from juli.domains.registry import selectors
from juli.domains.registry.models import Union
from juli.domains.registry.permissions import Permission
from juli.domains.registry.rules.founding import PARENTS
from juli.domains.registry.selectors import UnionPage
from juli.domains.registry.timeline import timeline_of_union
from juli.domains.registry.views import folders, happening, reached
from juli.domains.registry.views.acting import menu_of
from juli.domains.registry.views.addresses import address, figure, record
from juli.domains.registry.views.folders import UNION
from juli.domains.registry.views.showing import (
    correcting,
    doing_columns,
    done_cell,
    lineage_line,
    linked,
    until,
)
from juli.domains.registry.views.union_verbs import UNION_VERBS
from juli.engines.desk.cells import Day, Link, Number, Quiet, State, Text, Tone
from juli.engines.desk.pages import Action, Column, Detail, Fact, Note, Row, Section, Table, Timeline
from juli.engines.scope.requests import JuliRequest
from juli.kernel.actor import Actor

TOLD_BEFORE: Final = timedelta(days=180)
"""So long before the end of a term its page says so."""


@require_safe
def union(request: JuliRequest, union_id: int) -> HttpResponse:
    """Show one union."""
    today = timezone.localdate()
    row = reached.union(union_id, actor=request.actor, permission=Permission.SEE)
    page = selectors.union_page(union_id, actor=request.actor, on=today)
    told = timeline_of_union(union_id, actor=request.actor)
    shown = happening.timeline(told, most=folders.LATEST, all_href=UNION.href(union_id, folders.COURSE))
    may_arrange = request.actor.may(Permission.ARRANGE_UNIONS, row.path)
    detail = replace(
        _detail(page, shown, may_arrange=may_arrange, actions=_actions(page, row.path, request.actor)),
        tabs=UNION.tabs(union_id, current=folders.OVERVIEW),
        paper=UNION.paper(union_id),
        note=_next_step(page, today=today, may_arrange=may_arrange),
    )
    return render(request, "desk/detail.html", {"detail": detail, "crumbs": UNION.crumbs(row)})


def on_paper(union_id: int, *, actor: Actor) -> Detail:
    """
    Return one union as it is printed: nothing to press.

    :raises NotFound: it is out of reach.
    """
    page = selectors.union_page(union_id, actor=actor, on=timezone.localdate())
    told = happening.timeline(timeline_of_union(union_id, actor=actor))
    return _detail(page, told, may_arrange=False, actions=())


def _next_step(page: UnionPage, *, today: date, may_arrange: bool) -> Note | None:
    """Return when the committee's term is over, from half a year before on."""
    if not page.terms or not page.details.is_in_force:
        return None
    term = page.terms[0]
    left = (term.expires_on - today).days
    if left > TOLD_BEFORE.days:
        return None
    href = address("union-terms", page.details.id)
    told = {"number": term.number, "day": term.expires_on.isoformat()}
    link = Link(_("登记换届"), href) if may_arrange else None
    if left < 0:
        return Note(
            _("第 %(number)s 届任期已于 %(day)s 届满，请换届。") % told, lead=_("下一步："), tone=Tone.WARN,
            link=link, clock=_("已超期 %(days)s 天") % {"days": -left},
        )  # fmt: skip
    return Note(
        _("第 %(number)s 届任期 %(day)s 届满，请筹备换届。") % told, lead=_("下一步："), tone=Tone.INFO,
        link=link, clock=_("剩 %(days)s 天") % {"days": left},
    )  # fmt: skip


def _actions(page: UnionPage, path: str, actor: Actor) -> tuple[Action, ...]:
    if not page.details.is_in_force:
        return ()
    found: list[Action] = []
    if actor.may(Permission.EDIT_MEMBERS, path):
        href = address("member-new", query={"union_id": page.details.code})
        found.append(Action(_("新增会员"), href, icon="user-plus"))
    may_have_unions = any(page.details.level in above for above in PARENTS.values())
    if may_have_unions and actor.may(Permission.ARRANGE_UNIONS, path):
        href = address("union-new", query={"parent_id": page.details.code})
        found.append(Action(_("在此之下成立工会"), href, icon="plus"))
    return tuple(found)


def _detail(page: UnionPage, told: Timeline, *, may_arrange: bool, actions: tuple[Action, ...]) -> Detail:
    union = page.details
    more = menu_of(UNION_VERBS, state=union, href=lambda verb: address(f"union-{verb.slug}", union.id))
    return Detail(
        union.name,
        states=(
            State(union.level_label, Tone.INFO, icon="building-community"),
            State(_("存续"), Tone.OK) if union.is_in_force else State(union.ending_label, Tone.MUTE),
        ),
        line=(
            Fact(_("编码"), Text(union.code)),
            Fact(_("上级"), linked(page.parent.name, record("union", page.parent.id)))
            if page.parent
            else Fact("", Text(lineage_line(page.lineage))),
            *((Fact(_("并入"), linked(page.heir.name, record("union", page.heir.id))),) if page.heir else ()),
        ),
        actions=actions,
        more=more if may_arrange else (),
        sections=(
            _registration(page),
            *_terms(page, may_arrange=may_arrange),
            _posts(page, may_arrange=may_arrange),
            *_committees(page, may_arrange=may_arrange),
            *_employers(page),
        ),
        timeline=told,
        aside=(_numbers(page),),
    )


def _numbers(page: UnionPage) -> Section:
    unit = page.details.org_unit_id
    is_above = page.details.level not in {Union.Level.BASE, Union.Level.SUB, Union.Level.GROUP}
    facts = [
        Fact(
            _("会员"),
            Number(
                page.members,
                _("人"),
                figure("registry.members", unit_code=page.details.code)
                or address("members", query={"unit": unit}),
            ),
        )
    ]
    if is_above:
        href = figure("registry.base_unions", unit_code=page.details.code) or address(
            "unions", query={"unit": unit}
        )
        facts.append(Fact(_("基层工会"), Number(page.base_unions, _("家"), href)))
    facts.append(Fact(_("本工会覆盖单位"), Number(page.employers_covered, _("家"))))
    links = (
        Fact(_("名册"), Link(_("会员"), address("members", query={"unit": unit}))),
        Fact("", Link(_("下属工会"), address("unions", query={"unit": unit, "level": "all"}))),
        Fact("", Link(_("单位"), address("employers", query={"unit": unit}))),
    )
    return Section(_("人数和家数"), facts=(*facts, *links), words=_("含全部下级组织，截至今天。"))


def _registration(page: UnionPage) -> Section:
    union = page.details
    return Section(
        _("登记事项"),
        facts=(
            Fact(_("建会形式"), Text(union.form_label)),
            Fact(_("单位经济类型"), Text(union.employer_class_label)),
            Fact(_("批准成立"), Day(union.approved_on)),
            Fact(_("批复文号"), Text(union.approval_number)),
            Fact(_("法人代码"), Text(union.legal_uscc)),
            Fact(_("法人资格证书号"), Text(union.legal_certificate)),
            Fact(_("法人登记日期"), Day(union.legal_since)),
            Fact(_("登记来源"), Text(union.source)),
            *((Fact(_("终止日期"), Day(union.ended_on)),) if union.ended_on else ()),
        ),
    )


def _terms(page: UnionPage, *, may_arrange: bool) -> tuple[Section, ...]:
    if not page.terms:
        return ()
    today = timezone.localdate()
    columns = (
        Column(_("届次")), Column(_("选举日期")), Column(_("起")), Column(_("止")), Column(_("状态")),
        *doing_columns(may=may_arrange),
    )  # fmt: skip
    rows = tuple(
        Row(
            (
                Text(_("第 %(number)s 届") % {"number": term.number}),
                Day(term.elected_on),
                Day(term.begins_on),
                Day(term.expires_on),
                State(_("任期内"), Tone.OK) if term.expires_on > today else State(_("已届满"), Tone.WARN),
                *done_cell(correcting("term", term.id), may=may_arrange),
            ),
            is_off=term is not page.terms[0],
        )
        for term in page.terms
    )
    return (Section(_("届期"), table=Table(_("届期"), columns, rows)),)


def _posts(page: UnionPage, *, may_arrange: bool) -> Section:
    if not page.posts:
        return Section(_("任职"), words=_("还没有登记任职人员。"))
    columns = (
        Column(_("姓名")), Column(_("职务")), Column(_("起")), Column(_("止")),
        *doing_columns(may=may_arrange),
    )  # fmt: skip
    rows = tuple(
        Row(
            (
                linked(post.person_name or _("（不在您的管理范围内）"),
                       record("member", post.person_id) if post.person_name else ""),
                Text(f"{post.office_label}{_('（专职）') if post.is_full_time else ''}"),
                Day(post.valid_from),
                until(post.valid_until),
                *done_cell(
                    Link(_("离任"), address("post-leaving", post.id)) if post.is_in_force else None,
                    correcting("post", post.id),
                    may=may_arrange,
                ),
            ),
            is_off=not post.is_in_force,
        )
        for post in page.posts
    )  # fmt: skip
    in_force = sum(post.is_in_force for post in page.posts)
    return Section(
        _("任职"),
        number=_("现任 %(number)s 人次") % {"number": in_force},
        table=Table(_("任职"), columns, rows),
    )


def _committees(page: UnionPage, *, may_arrange: bool) -> tuple[Section, ...]:
    if not page.committees:
        return ()
    columns = (Column(_("专门委员会")), Column(_("起")), Column(_("止")), *doing_columns(may=may_arrange))
    rows = tuple(
        Row(
            (
                Text(each.kind_label),
                Day(each.valid_from),
                until(each.valid_until),
                *done_cell(
                    Link(_("撤销"), address("committee-ending", each.id))
                    if each.valid_until is None
                    else None,
                    correcting("committee", each.id),
                    may=may_arrange,
                ),
            ),
            is_off=each.valid_until is not None,
        )
        for each in page.committees
    )
    return (Section(_("专门委员会"), table=Table(_("专门委员会"), columns, rows)),)


def _employers(page: UnionPage) -> tuple[Section, ...]:
    if not page.employers:
        return ()
    columns = (
        Column(_("单位")), Column(_("统一社会信用代码")), Column(_("经济类型")),
        Column(_("职工"), is_numeric=True), Column(_("会员"), is_numeric=True),
    )  # fmt: skip
    rows = tuple(
        Row(
            (
                linked(row.name, record("employer", row.id)),
                Quiet(row.uscc),
                Text(row.ownership_label),
                Number(row.employees),
                Number(row.members, href=address("members", query={"employer": row.id})),
            )
        )
        for row in page.employers
    )
    number = _("%(number)s 家") % {"number": f"{page.employers_covered:,}"}
    return (Section(_("覆盖单位"), number=number, table=Table(_("覆盖单位"), columns, rows)),)
