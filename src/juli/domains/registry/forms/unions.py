"""What is asked when unions are founded, put right, moved and ended, and their offices filled."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from juli.domains.registry.actions import Approval, LegalPerson
from juli.domains.registry.forms.fields import (
    DayField,
    EmployerField,
    MemberField,
    ReasonField,
    UnionField,
    choice,
    today_or,
)
from juli.domains.registry.models import Committee, Post, Union
from juli.domains.registry.permissions import Permission
from juli.engines.desk.asking import Asking
from juli.engines.desk.pages import FieldGroup
from juli.engines.party.models import Employer

_LEGAL = FieldGroup(
    _("工会法人资格"),
    ("legal_uscc", "legal_certificate", "legal_since"),
    help=_("还没有取得法人资格的可以不填。"),
)


class _Registration(Asking):
    """What the approval and the certificate say."""

    form = choice(Union.Form, _("建会形式"), required=False, blank=_("不适用"))
    employer_class = choice(Employer.Ownership, _("单位经济类型"), required=False, blank=_("未填"))
    approved_on = DayField(_("批准成立日期"))
    approval_number = forms.CharField(label=_("批复文号"), max_length=60, required=False)
    legal_uscc = forms.CharField(label=_("法人统一社会信用代码"), max_length=40, required=False)
    legal_certificate = forms.CharField(label=_("法人资格证书号"), max_length=40, required=False)
    legal_since = DayField(_("法人登记日期"), required=False)

    def registration(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "form": said["form"] or Union.Form.NOT_APPLICABLE,
            "employer_class": said["employer_class"],
            "approval": Approval(on=said["approved_on"], number=said["approval_number"]),
            "legal_person": LegalPerson(
                uscc=said["legal_uscc"], certificate=said["legal_certificate"], since=said["legal_since"]
            ),
        }


class FoundUnion(_Registration):
    """A union below the one that approved it."""

    parent_id = UnionField(_("上级工会"), permission=Permission.ARRANGE_UNIONS)
    name = forms.CharField(label=_("工会名称"), max_length=120, help_text=_("填写批复上的全称。"))
    code = forms.CharField(label=_("组织编码"), max_length=32)
    level = choice(Union.Level, _("工会层级"))
    groups = (
        FieldGroup(_("工会"), ("parent_id", "name", "code", "level", "form", "employer_class")),
        FieldGroup(_("批准"), ("approved_on", "approval_number")),
        _LEGAL,
    )

    @classmethod
    def initial_for(cls, subject: object, query: Mapping[str, str]) -> dict[str, Any]:
        return {"level": Union.Level.BASE, **super().initial_for(subject, query)}

    def arguments(self) -> dict[str, Any]:
        named = {name: self.cleaned_data[name] for name in ("parent_id", "name", "code", "level")}
        return {**named, **self.registration(), "source": "页面登记"}


class CorrectUnion(_Registration):
    """What is registered of a union."""

    corrects = True
    reason = ReasonField()
    groups = (
        FieldGroup(_("建会"), ("form", "employer_class", "approved_on", "approval_number")),
        _LEGAL,
        FieldGroup(_("更正"), ("reason",)),
    )

    @classmethod
    def initial_for(cls, subject: object, query: Mapping[str, str]) -> dict[str, Any]:
        if not isinstance(subject, Union):
            raise TypeError(subject)
        is_base = subject.form != Union.Form.NOT_APPLICABLE
        return {
            "form": subject.form if is_base else "",
            "employer_class": subject.employer_class,
            "approved_on": today_or(subject.approved_on),
            "approval_number": subject.approval_number,
            "legal_uscc": subject.legal_uscc,
            "legal_certificate": subject.legal_certificate,
            "legal_since": today_or(subject.legal_since),
        }

    def arguments(self) -> dict[str, Any]:
        return {**self.registration(), "reason": self.cleaned_data["reason"]}


class RenameUnion(Asking):
    """A new name from a day."""

    name = forms.CharField(label=_("新名称"), max_length=120)
    on = DayField(_("更名日期"))
    reason = ReasonField()


class MoveUnion(Asking):
    """Another union to stand below."""

    to_parent_id = UnionField(_("新的上级工会"), permission=Permission.ARRANGE_UNIONS)
    on = DayField(_("调整日期"))
    reason = ReasonField()


class MergeUnion(Asking):
    """The union that takes over."""

    into_id = UnionField(_("并入的工会"), permission=Permission.ARRANGE_UNIONS)
    on = DayField(_("合并日期"))
    reason = ReasonField()


class EndAsking(Asking):
    """A day and a reason: what every ending asks for."""

    on = DayField(_("日期"))
    reason = ReasonField()


class BeginTerm(Asking):
    """A term of the committee."""

    number = forms.IntegerField(
        label=_("届次"), required=False, min_value=1, help_text=_("不填则接着上一届往下排。")
    )
    elected_on = DayField(_("选举日期"), required=False)
    begins_on = DayField(_("届期起"))
    years = forms.TypedChoiceField(
        label=_("任期"), choices=[(3, _("三年")), (5, _("五年"))], coerce=int, initial=5
    )


class TakePost(Asking):
    """Who takes which post."""

    person_id = MemberField(_("任职人"))
    office = choice(Post.Office, _("职务"))
    is_full_time = forms.BooleanField(label=_("专职"), required=False)
    on = DayField(_("任职日期"))


class FormCommittee(Asking):
    """Which committee from when."""

    kind = choice(Committee.Kind, _("类别"))
    on = DayField(_("成立日期"))


class CoverEmployer(Asking):
    """The employer that a union stands for."""

    employer_id = EmployerField(_("单位"), permission=Permission.ARRANGE_UNIONS)
    on = DayField(_("覆盖起"))


class BeCovered(Asking):
    """The union that stands for an employer."""

    union_id = UnionField(_("工会"), permission=Permission.ARRANGE_UNIONS)
    on = DayField(_("覆盖起"))
