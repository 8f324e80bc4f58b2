"""What is asked when one thing is done to many records."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from juli.domains.registry.forms.fields import DayField, EmployerField, ReasonField, UnionField, choice
from juli.domains.registry.permissions import Permission
from juli.engines.desk.verbs import Asking
from juli.engines.party.models import EmployerFlag


class VerifyMany(Asking):
    """Who checked the real names, when, and on what occasion."""

    source = forms.CharField(
        label=_("核验来源"), max_length=32, help_text=_("例如“公安比对”或“现场核对证件”。")
    )
    on = DayField(_("核验日期"))
    reason = ReasonField(_("为什么可以成批标记"))


class TransferMany(Asking):
    """The union and the employer to go to."""

    to_union_id = UnionField(_("转入工会"), permission=Permission.EDIT_MEMBERS)
    employer_id = EmployerField(_("转入单位"), required=False)
    on = DayField(_("转接日期"))
    reason = ReasonField()


class RetainMany(Asking):
    """From when, and why."""

    on = DayField(_("保留日期"))
    reason = ReasonField()


class ResumeMany(Asking):
    """From when."""

    on = DayField(_("恢复日期"))


class FlagMany(Asking):
    """Which mark, from when, and who said so."""

    mark = choice(EmployerFlag.Flag, _("标识"))
    on = DayField(_("起"))
    source = forms.CharField(label=_("来源"), max_length=32)


class UnflagMany(Asking):
    """Which mark goes, from when, and why."""

    mark = choice(EmployerFlag.Flag, _("标识"))
    on = DayField(_("止"))
    reason = ReasonField()


class BeginTerms(Asking):
    """A term that begins in many unions on one day, each counted on by itself."""

    elected_on = DayField(_("选举日期"), required=False)
    begins_on = DayField(_("届期起"))
    years: Any = forms.TypedChoiceField(  # Any: it cleans to a number
        label=_("任期"), choices=[(3, _("三年")), (5, _("五年"))], coerce=int, initial=5
    )
