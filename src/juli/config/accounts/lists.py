"""The lists of accounts and of what they were granted (账号、授权)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juli.config import duties
from juli.engines.desk.cells import Cell, Day, Moment, Name, Quiet, State, Text, Tone
from juli.engines.desk.lists import ListColumn, Register
from juli.engines.desk.lists.totals import Total, exactly
from juli.engines.desk.narrowing import Narrowing
from juli.engines.desk.pages import Action, Weight
from juli.engines.scope.models import Account, Grant
from juli.engines.scope.permissions import Permission
from juli.kernel.actor import Actor

MODULE = gettext_lazy("管理")
_ANY = gettext_lazy("不限")


class AccountNarrowing(Narrowing):
    """Which accounts."""

    active = forms.ChoiceField(
        label=gettext_lazy("状态"),
        required=False,
        choices=[("", _ANY), ("yes", gettext_lazy("启用")), ("no", gettext_lazy("停用"))],
    )
    duty = forms.ChoiceField(
        label=gettext_lazy("岗位"),
        required=False,
        choices=[("", _ANY), *((each.code, each.label) for each in duties.DUTIES)],
    )


class GrantNarrowing(Narrowing):
    """Which grants; those in force unless something else is said."""

    usual = {"ended": "no"}
    ended = forms.ChoiceField(
        label=gettext_lazy("状态"),
        required=False,
        choices=[
            ("all", gettext_lazy("全部")),
            ("no", gettext_lazy("有效")),
            ("yes", gettext_lazy("已停止")),
        ],
    )
    duty = forms.ChoiceField(
        label=gettext_lazy("岗位"),
        required=False,
        choices=[("", _ANY), *((each.code, each.label) for each in duties.DUTIES)],
    )

    def __init__(self, query: QueryDict) -> None:
        super().__init__(query)
        self.today = timezone.localdate()


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account with the duties it holds today (账号行)."""

    account: Account
    held: tuple[str, ...]


class AccountList(Register[Account, AccountRow, AccountNarrowing]):
    """Accounts within reach, in the order of the tree."""

    code = "accounts"
    title = gettext_lazy("账号与授权")
    caption = gettext_lazy("账号")
    module = MODULE
    unit = gettext_lazy("个")
    address = "scope:accounts"
    permission = Permission.SEE
    narrowing = AccountNarrowing
    order = ("path", "pk")
    empty_sentence = gettext_lazy("这里列出您管理范围内的账号。")
    columns = (
        ListColumn("name", gettext_lazy("姓名"), lambda row: _name(row.account)),
        ListColumn(
            "username", gettext_lazy("登录名"), lambda row: Quiet(row.account.username), keys=("username",)
        ),
        ListColumn("unit", gettext_lazy("所在组织"), lambda row: Text(row.account.org_unit.name)),
        ListColumn("duties", gettext_lazy("岗位"), lambda row: Text(_held(row))),
        ListColumn("last_login", gettext_lazy("最近登录"), lambda row: _last_login(row.account)),
        ListColumn("state", gettext_lazy("状态"), lambda row: account_state(row.account)),
    )

    def rows(self, asked: AccountNarrowing, *, actor: Actor) -> "QuerySet[Account]":
        rows = Account.scoped.within_reach_of(actor, Permission.SEE)
        rows = rows.select_related("org_unit").defer("password")
        if active := asked.chosen("active"):
            rows = rows.filter(is_active=active == "yes")
        if duty := asked.chosen("duty"):
            holders = Grant.objects.in_force_on(timezone.localdate()).filter(duty=duty)
            rows = rows.filter(pk__in=holders.values("account_id"))
        return rows

    def lines(
        self, rows: Sequence[Account], asked: AccountNarrowing, *, actor: Actor
    ) -> Sequence[AccountRow]:
        held = _duties_of([each.pk for each in rows])
        return [AccountRow(each, tuple(held[each.pk])) for each in rows]

    def count(self, asked: AccountNarrowing, *, actor: Actor) -> Total:
        """Return the exact number: accounts are few."""
        return exactly(self.rows(asked, actor=actor))

    def counted(self, asked: AccountNarrowing) -> str:
        return _("您的管理范围内的登录账号和它们现在的岗位。")

    def actions(self, *, actor: Actor) -> tuple[Action, ...]:
        every = Action(_("授权清单"), reverse("scope:grants"), icon="list-details")
        if not actor.holds(Permission.GRANT):
            return (every,)
        href = reverse("scope:account-new")
        return (every, Action(_("新建账号"), href, icon="user-plus", weight=Weight.PRIMARY))

    def is_off(self, item: AccountRow) -> bool:
        return not item.account.is_active


class GrantList(Register[Grant, Grant, GrantNarrowing]):
    """What was granted to whom, at which unit, from when until when."""

    code, ledger, address = "grants", "grants", "scope:grants"
    title = caption = gettext_lazy("授权清单")
    module = MODULE
    unit = gettext_lazy("项")
    permission = Permission.SEE
    narrowing = GrantNarrowing
    order = ("path", "valid_from", "pk")
    usual = (
        (gettext_lazy("有效"), ""),
        (gettext_lazy("已停止"), "ended=yes"),
        (gettext_lazy("全部"), "ended=all"),
    )
    empty_sentence = gettext_lazy("这里列出您管理范围内的授权。在账号页面授予岗位，或者导入授权台账。")
    columns = (
        ListColumn("name", gettext_lazy("姓名"), lambda row: _name(row.account)),
        ListColumn("username", gettext_lazy("登录名"), lambda row: Quiet(row.account.username)),
        ListColumn("duty", gettext_lazy("岗位"), lambda row: Text(duty_label(row.duty))),
        ListColumn("permission", gettext_lazy("权限"), lambda row: Quiet(row.permission)),
        ListColumn("unit", gettext_lazy("组织"), lambda row: Text(row.org_unit.name)),
        ListColumn("extent", gettext_lazy("数据范围"), lambda row: Text(row.get_extent_display())),
        ListColumn("valid_from", gettext_lazy("起"), lambda row: Day(row.valid_from), keys=("valid_from",)),
        ListColumn("valid_until", gettext_lazy("止"), lambda row: _until(row.valid_until)),
        ListColumn("reason", gettext_lazy("理由"), lambda row: Quiet(row.reason), is_usual=False),
    )

    def rows(self, asked: GrantNarrowing, *, actor: Actor) -> "QuerySet[Grant]":
        rows = Grant.objects.within_reach_of(actor, Permission.SEE).select_related("org_unit", "account")
        if duty := asked.chosen("duty"):
            rows = rows.filter(duty=duty)
        match asked.chosen("ended"):
            case "no":
                return rows.in_force_on(asked.today)
            case "yes":
                return rows.filter(valid_until__lte=asked.today)
            case _:
                return rows

    def lines(self, rows: Sequence[Grant], asked: GrantNarrowing, *, actor: Actor) -> Sequence[Grant]:
        return rows

    def count(self, asked: GrantNarrowing, *, actor: Actor) -> Total:
        """Return the exact number: grants are thousands at most."""
        return exactly(self.rows(asked, actor=actor))

    def is_off(self, item: Grant) -> bool:
        return item.valid_until is not None and item.valid_until <= timezone.localdate()


def account_state(account: Account) -> State:
    """Return how it is shown whether an account can sign in."""
    return State(_("启用"), Tone.OK) if account.is_active else State(_("停用"), Tone.MUTE)


def duty_label(duty: str) -> str:
    """Return what a duty is called."""
    return duties.BY_CODE[duty].label if duty in duties.BY_CODE else duty or _("单项授权")


def _name(account: Account) -> Cell:
    return Name(account.display_name, reverse("scope:account", args=[account.pk]))


def _held(row: AccountRow) -> str:
    return "、".join(row.held) or (_("会员本人") if row.account.person_id else _("没有岗位"))


def _last_login(account: Account) -> Cell:
    return Moment(account.last_login) if account.last_login else Quiet(_("从未登录"))


def _until(day: date | None) -> Cell:
    return Day(day) if day else Quiet(_("长期"))


def _duties_of(numbers: list[int]) -> dict[int, list[str]]:
    """Return the labels of the duties that accounts hold today."""
    held: dict[int, list[str]] = defaultdict(list)
    rows = Grant.objects.in_force_on(timezone.localdate()).filter(account_id__in=numbers)
    for number, duty in rows.order_by("duty").values_list("account_id", "duty").distinct():
        held[number].append(duty_label(duty))
    return held


ACCOUNTS, GRANTS = AccountList(), GrantList()
