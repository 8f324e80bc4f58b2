"""What is asked when accounts are opened and rights are given, ended and handed over."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from juli.config import duties
from juli.domains.registry.forms.fields import Candidate, DayField, ReasonField, RecordField
from juli.engines.desk.asking import Asking
from juli.engines.desk.pages import FieldGroup
from juli.engines.scope.models import Account, Grant, OrgUnit
from juli.engines.scope.permissions import Permission

_DUTIES = [("", _("请选择")), *((duty.code, duty.label) for duty in duties.DUTIES)]
_EXTENTS = [
    (Grant.Extent.SUBTREE.value, Grant.Extent.SUBTREE.label),
    (Grant.Extent.UNIT.value, Grant.Extent.UNIT.label),
]
MOST_NAMED = 6


class UnitField(RecordField):
    """A unit of the tree by its code or name (组织)."""

    permission = Permission.GRANT
    hint = _("填写组织编码，或名称中的几个字。")

    def found(self, text: str) -> Sequence[Candidate]:
        rows = OrgUnit.objects.within_reach_of(self.actor, self.permission).filter(closed_on__isnull=True)
        for narrowed in (rows.filter(code=text), rows.filter(name=text), rows.filter(name__contains=text)):
            found = narrowed.order_by("depth", "pk").values_list("pk", "name", "code")[:MOST_NAMED]
            if candidates := [Candidate(*each) for each in found]:
                return candidates
        return ()


class AccountField(RecordField):
    """An account by the name it signs in with (账号)."""

    permission = Permission.GRANT
    hint = _("填写登录名。")

    def found(self, text: str) -> Sequence[Candidate]:
        rows = Account.scoped.within_reach_of(self.actor, self.permission).filter(username__iexact=text)
        return [Candidate(*each) for each in rows.values_list("pk", "display_name", "username")]


class _WithPassword(Asking):
    """A password that the rules allow; it is told to its owner by other means."""

    password = forms.CharField(
        label=_("初始密码"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("至少 10 个字符，不能全是数字，也不要用常见的密码。请当面或用其他办法告诉本人。"),
    )

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        who = Account(
            username=self.cleaned_data.get("username", ""),
            display_name=self.cleaned_data.get("display_name", ""),
        )
        try:
            password_validation.validate_password(password, user=who)
        except ValidationError as error:
            weaknesses = [
                _WEAKNESSES.get(each.code or "", _("这个密码不合要求。")) for each in error.error_list
            ]
            raise ValidationError([str(weakness) for weakness in weaknesses]) from error
        return password


_WEAKNESSES: Mapping[str, Any] = {
    "password_too_short": _("密码至少要有 10 个字符。"),
    "password_too_common": _("这个密码太常见，容易被猜中。"),
    "password_entirely_numeric": _("密码不能全是数字。"),
    "password_too_similar": _("密码不能与登录名或姓名相近。"),
}


class OpenAccount(_WithPassword):
    """Who signs in, where they work and as what."""

    username = forms.CharField(
        label=_("登录名"), max_length=64, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    display_name = forms.CharField(label=_("姓名"), max_length=64)
    org_unit_id = UnitField(_("所在组织"))
    duty = forms.ChoiceField(label=_("岗位"), choices=_DUTIES)
    reason = ReasonField(_("授权理由"), help_text=_("例如“新到岗”，理由会留在授权记录里。"))
    groups = (
        FieldGroup(_("账号"), ("username", "display_name", "password")),
        FieldGroup(_("岗位"), ("org_unit_id", "duty", "reason")),
    )
    field_order = ("username", "display_name", "password")


class GiveDuty(Asking):
    """A duty at a unit, from today."""

    duty = forms.ChoiceField(label=_("岗位"), choices=_DUTIES)
    org_unit_id = UnitField(_("在哪个组织"))
    extent = forms.TypedChoiceField(label=_("数据范围"), choices=_EXTENTS, coerce=Grant.Extent)
    until = DayField(_("到哪天为止"), required=False, help_text=_("不填表示长期有效。"))
    reason = ReasonField(_("授权理由"))

    def clean_until(self) -> Any:
        until = self.cleaned_data["until"]
        if until is not None and until <= timezone.localdate():
            raise ValidationError(gettext("截止日期应晚于今天。"))
        return until

    @classmethod
    def initial_for(cls, subject: object, query: Mapping[str, str]) -> dict[str, Any]:
        return {"extent": Grant.Extent.SUBTREE.value}


class EndDuty(Asking):
    """From when a duty is no longer held, and why."""

    on = DayField(_("自哪天起停止"))
    reason = ReasonField(_("停止理由"))


class HandOver(Asking):
    """Who takes over from when, and why."""

    to_account_id = AccountField(_("交接给"))
    on = DayField(_("交接日期"))
    reason = ReasonField(_("交接理由"))


class NewPassword(_WithPassword):
    """Another password."""
