"""By what the queue of records that look alike is narrowed, and what is said of a pair."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from juli.domains.registry.forms.fields import EmployerField, MemberField, ReasonField
from juli.domains.registry.permissions import Permission
from juli.engines.desk.asking import Asking
from juli.engines.desk.narrowing import Narrowing
from juli.engines.party.models import Lookalike, Subject

_ANY = _("不限")


class LookalikeNarrowing(Narrowing):
    """Which pairs."""

    subject = forms.ChoiceField(label=_("对象"), required=False, choices=[("", _ANY), *Subject.choices])
    state = forms.ChoiceField(label=_("处理状态"), required=False, choices=Lookalike.State.choices)
    reason = forms.ChoiceField(
        label=_("疑似原因"), required=False, choices=[("", _ANY), *Lookalike.Reason.choices]
    )
    usual: ClassVar[dict[str, str]] = {"state": Lookalike.State.OPEN.value}


class ReportPerson(Asking):
    """The other record of the same person."""

    second_id = MemberField(_("另一份记录"), help_text=_("填写另一份记录的会员号或证件号码。"))

    def arguments(self) -> dict[str, Any]:
        return {"second_id": self.cleaned_data["second_id"]}


class ReportEmployer(Asking):
    """The other record of the same employer."""

    second_id = EmployerField(_("另一份记录"), permission=Permission.EDIT_EMPLOYERS)


class UndoMerge(Asking):
    """Why two records are parted again."""

    reason = ReasonField(_("为什么撤销"))
