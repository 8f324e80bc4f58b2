"""What is asked when employers are registered and put right, and what is reported of them."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from juli.domains.registry.forms.fields import (
    DayField,
    ReasonField,
    TerritoryField,
    choice,
    today_or,
    yes_no,
)
from juli.domains.registry.permissions import Permission
from juli.engines.desk.asking import Asking
from juli.engines.desk.pages import FieldGroup
from juli.engines.party.models import Employer, EmployerFlag, HazardousPost
from juli.engines.party.particulars import Business

_BUSINESS_GROUP = FieldGroup(
    _("单位"), ("uscc", "name", "ownership", "industry", "address", "business", "business_as_of")
)


class _WithBusiness(Asking):
    """What is known of an employer."""

    uscc = forms.CharField(label=_("统一社会信用代码"), max_length=40)
    name = forms.CharField(label=_("单位名称"), max_length=120, help_text=_("填写证照上的全称。"))
    ownership = choice(Employer.Ownership, _("经济类型"))
    industry = forms.CharField(
        label=_("国民经济行业"), max_length=8, required=False, help_text=_("GB/T 4754 的代码，例如 C33。")
    )
    address = forms.CharField(label=_("地址"), max_length=200, required=False)
    business = choice(Employer.Business, _("经营状态"))
    business_as_of = DayField(_("经营状态日期"), required=False)

    def known(self) -> Business:
        said = self.cleaned_data
        return Business(
            name=said["name"], ownership=said["ownership"], industry=said["industry"],
            address=said["address"], business=said["business"], business_as_of=said["business_as_of"],
        )  # fmt: skip


class RegisterEmployer(_WithBusiness):
    """An employer in a territory."""

    territory_id = TerritoryField(_("所在镇街或村社区"), permission=Permission.EDIT_EMPLOYERS)
    groups = (_BUSINESS_GROUP, FieldGroup(_("属地"), ("territory_id",)))

    @classmethod
    def initial_for(cls, subject: object, query: Mapping[str, str]) -> dict[str, Any]:
        return {"business": Employer.Business.OPERATING, **super().initial_for(subject, query)}

    def arguments(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "uscc": said["uscc"], "business": self.known(), "territory_id": said["territory_id"],
            "source": "页面登记",
        }  # fmt: skip


class CorrectEmployer(_WithBusiness):
    """What is registered of an employer."""

    corrects = True
    reason = ReasonField()
    groups = (_BUSINESS_GROUP, FieldGroup(_("更正"), ("reason",)))

    @classmethod
    def initial_for(cls, subject: object, query: Mapping[str, str]) -> dict[str, Any]:
        if not isinstance(subject, Employer):
            raise TypeError(subject)
        names = ("uscc", "name", "ownership", "industry", "address", "business")
        known = {name: getattr(subject, name) for name in names}
        return {**known, "business_as_of": today_or(subject.business_as_of)}

    def arguments(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"uscc": said["uscc"], "business": self.known(), "reason": said["reason"]}


class ReportHeadcount(Asking):
    """How many people work there on a day."""

    counted_on = DayField(_("统计日期"))
    employees = forms.IntegerField(label=_("职工人数"), min_value=0, max_value=1_000_000)
    migrant_workers = forms.IntegerField(
        label=_("其中农民工"), min_value=0, max_value=1_000_000, required=False
    )
    women = forms.IntegerField(label=_("其中女职工"), min_value=0, max_value=1_000_000, required=False)
    source = forms.CharField(label=_("来源"), max_length=32, required=False)


class FlagEmployer(Asking):
    """A mark from a day."""

    mark = choice(EmployerFlag.Flag, _("标识"))
    on = DayField(_("起"))
    source = forms.CharField(label=_("来源"), max_length=32)


class ReportHazard(Asking):
    """A post that exposes its workers."""

    title = forms.CharField(label=_("岗位名称"), max_length=60)
    hazard = choice(HazardousPost.Hazard, _("危害类别"))
    workers = forms.IntegerField(label=_("接触人数"), min_value=0, max_value=1_000_000)
    is_checked_by_employer = yes_no(_("单位已安排职业健康检查"))
    on = DayField(_("登记日期"))
