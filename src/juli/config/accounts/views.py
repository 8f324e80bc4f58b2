"""Pages of accounts: who they are, what they hold, and what is done about it."""

from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from juli.config.accounts import actions, forms
from juli.config.accounts.lists import account_state, duty_label
from juli.engines.desk import asking
from juli.engines.desk.asking import Verb
from juli.engines.desk.cells import Day, Link, Moment, Quiet, Text
from juli.engines.desk.pages import (
    Action,
    Column,
    Crumb,
    Detail,
    Fact,
    Row,
    Section,
    Table,
    Weight,
)
from juli.engines.scope import accounts as scope_accounts
from juli.engines.scope.models import Account, Grant
from juli.engines.scope.permissions import Permission
from juli.engines.scope.requests import JuliRequest, needs
from juli.kernel.refusal import NotFound, NotPermitted

MODULE, LABEL = gettext_lazy("管理"), gettext_lazy("账号与授权")


def _on_account(action: asking.Act) -> asking.Act:
    def act(subject: Any, **said: object) -> object:  # Any: an account or a grant
        return action(subject.pk, **said)

    return act


def _open(_subject: object, **said: object) -> object:
    return actions.open_account(**said)  # type: ignore[arg-type]  # the form's own names


OPEN: Final = Verb[None](
    "new", gettext_lazy("新建账号"), gettext_lazy("建立账号并授予岗位"), gettext_lazy("账号已建立。"),
    forms.OpenAccount, _open, Permission.GRANT, icon="user-plus",
    lead=gettext_lazy("只能授出您自己在该范围内持有的权限。"),
    leads_to=lambda account: reverse("scope:account", args=[account.pk]),
)  # fmt: skip
ACCOUNT_VERBS: Final[tuple[Verb[Account], ...]] = (
    Verb("duties", gettext_lazy("授予岗位"), gettext_lazy("授予岗位"), gettext_lazy("岗位已授予。"),
         forms.GiveDuty, _on_account(actions.give_duty), Permission.GRANT, icon="key"),
    Verb("handover", gettext_lazy("交接"), gettext_lazy("交接全部岗位"), gettext_lazy("岗位已交接。"),
         forms.HandOver, _on_account(actions.hand_over), Permission.GRANT, icon="arrows-right-left",
         lead=gettext_lazy("这个账号现有的全部授权，自交接日起转到另一个账号。")),
    Verb("password", gettext_lazy("重设密码"), gettext_lazy("重设密码"),
         gettext_lazy("密码已重设，原来的登录已失效。"),
         forms.NewPassword, _on_account(actions.reset_password), Permission.GRANT, icon="lock"),
)  # fmt: skip
END_DUTY: Final = Verb[Grant](
    "ending", gettext_lazy("停止岗位"), gettext_lazy("停止这个岗位"), gettext_lazy("岗位已停止。"),
    forms.EndDuty, _on_account(actions.end_duty), Permission.GRANT, icon="ban", is_danger=True,
)  # fmt: skip


@require_safe
def account(request: JuliRequest, account_id: int) -> HttpResponse:
    """Show one account and what it holds and held."""
    found = _sought(account_id, request, Permission.SEE)
    may = request.actor.may(Permission.GRANT, found.path)
    crumbs = (Crumb(MODULE), Crumb(LABEL, reverse("scope:accounts")), Crumb(found.display_name))
    return render(request, "desk/detail.html", {"detail": _detail(found, may=may), "crumbs": crumbs})


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@needs(Permission.GRANT)
def opening(request: JuliRequest) -> HttpResponse:
    """Open an account with a duty."""
    return asking.answer(
        request, OPEN, None, actor=request.actor, at=timezone.now(), back_href=reverse("scope:accounts"),
        crumbs=(Crumb(MODULE), Crumb(LABEL, reverse("scope:accounts"))),
    )  # fmt: skip


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def account_verb(request: JuliRequest, account_id: int, verb: Verb[Account]) -> HttpResponse:
    """Do one of ``ACCOUNT_VERBS`` to an account."""
    found = _sought(account_id, request, Permission.GRANT)
    return _answer(request, verb, found, account=found)


@require_http_methods(["GET", "POST"])
def duty_ending(request: JuliRequest, grant_id: int) -> HttpResponse:
    """End a duty."""
    rows = Grant.objects.filter(pk=grant_id).select_related("account", "org_unit")
    found = rows.within_reach_of(request.actor, Permission.GRANT).first()
    if found is None:
        raise NotPermitted if rows.within_reach_of(request.actor, Permission.SEE).exists() else NotFound
    return _answer(request, END_DUTY, found, account=found.account)


@require_POST
def suspension(request: JuliRequest, account_id: int) -> HttpResponse:
    """Let nobody sign in with an account any more."""
    scope_accounts.suspend_account(account_id, actor=request.actor, at=timezone.now())
    return redirect("scope:account", account_id)


@require_POST
def reinstatement(request: JuliRequest, account_id: int) -> HttpResponse:
    """Let a suspended account sign in again."""
    scope_accounts.reinstate_account(account_id, actor=request.actor, at=timezone.now())
    return redirect("scope:account", account_id)


def _answer(
    request: JuliRequest, verb: Verb[asking.Subject], subject: asking.Subject, *, account: Account
) -> HttpResponse:
    back = reverse("scope:account", args=[account.pk])
    crumbs = (Crumb(MODULE), Crumb(LABEL, reverse("scope:accounts")), Crumb(account.display_name, back))
    return asking.answer(
        request, verb, subject, actor=request.actor, at=timezone.now(), back_href=back, crumbs=crumbs
    )


def _sought(account_id: int, request: JuliRequest, permission: Permission) -> Account:
    rows = Account.scoped.filter(pk=account_id).select_related("org_unit").defer("password")
    if found := rows.within_reach_of(request.actor, permission).first():
        return found
    raise NotPermitted if rows.within_reach_of(request.actor, Permission.SEE).exists() else NotFound


def _detail(account: Account, *, may: bool) -> Detail:
    switch = (
        Action(_("停用"), reverse("scope:account-suspension", args=[account.pk]), icon="ban", is_post=True,
               weight=Weight.DANGER)
        if account.is_active
        else Action(
            _("启用"), reverse("scope:account-reinstatement", args=[account.pk]), icon="check", is_post=True
        )
    )  # fmt: skip
    verbs = tuple(
        Action(verb.title, reverse(f"scope:account-{verb.slug}", args=[account.pk]), icon=verb.icon)
        for verb in ACCOUNT_VERBS
    )
    return Detail(
        account.display_name,
        states=(account_state(account),),
        line=(Fact(_("登录名"), Text(account.username)), Fact("", Text(account.org_unit.name))),
        actions=(*verbs, switch) if may else (),
        initial=account.display_name[:1],
        sections=(_grants(account, may=may),),
        aside=(
            Section(
                _("账号"),
                facts=(
                    Fact(_("建立时间"), Moment(account.created_at)),
                    Fact(_("最近登录"), Moment(account.last_login)),
                    Fact(_("样例账号"), Text(_("是") if account.is_sample else _("否"))),
                ),
            ),
        ),
    )


def _grants(account: Account, *, may: bool) -> Section:
    """Return what an account holds and held, one line for each duty at each unit."""
    today = timezone.localdate()
    rows = Grant.objects.filter(account_id=account.pk).select_related("org_unit", "granted_by")
    shown: dict[tuple[object, ...], tuple[Grant, int]] = {}
    for each in rows.order_by("-valid_from", "pk"):
        key = (each.duty or each.permission, each.org_unit_id, each.extent, each.valid_from, each.valid_until)
        first, number = shown.get(key, (each, 0))
        shown[key] = (first, number + 1)
    columns = (
        Column(_("岗位")), Column(_("组织")), Column(_("数据范围")), Column(_("权限"), is_numeric=True),
        Column(_("起")), Column(_("止")), Column(_("理由")), Column(_("办理")),
    )  # fmt: skip
    lines = tuple(_grant_line(first, number, may=may, today=today) for first, number in shown.values())
    if not lines:
        return Section(_("授权"), words=_("这个账号没有授权。"))
    return Section(
        _("授权"), number=_("%(number)s 条") % {"number": len(lines)}, table=Table(_("授权"), columns, lines)
    )


def _grant_line(grant: Grant, number: int, *, may: bool, today: Any) -> Row:
    is_over = grant.valid_until is not None and grant.valid_until <= today
    return Row(
        (
            Text(duty_label(grant.duty) if grant.duty else grant.permission),
            Text(grant.org_unit.name),
            Text(grant.get_extent_display()),
            Text(_("%(number)s 项") % {"number": number}),
            Day(grant.valid_from),
            Day(grant.valid_until) if grant.valid_until else Quiet(_("长期")),
            Quiet(grant.reason),
            Link(_("停止"), reverse("scope:duty-ending", args=[grant.pk]))
            if may and not is_over
            else Quiet(""),
        ),
        is_off=is_over,
    )
