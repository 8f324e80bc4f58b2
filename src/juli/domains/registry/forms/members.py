"""What is asked when members are admitted, put right, transferred, rested and let go."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from juli.domains.registry.forms.fields import (
    DayField,
    EmployerField,
    ReasonField,
    UnionField,
    choice,
    said_of,
    today_or,
    yes_no,
)
from juli.domains.registry.models import Membership
from juli.domains.registry.permissions import Permission
from juli.engines.desk.asking import Asking
from juli.engines.desk.filling.clashes import hidden
from juli.engines.desk.pages import FieldGroup
from juli.engines.party.models import Person
from juli.engines.party.particulars import Contact, Identity, Particulars

_STATED = ("is_migrant_worker", "is_party_member", "is_model_worker")
_UNSTATED = {
    "household": Person.Household.UNSTATED,
    "education": Person.Education.UNSTATED,
    "skill": Person.Skill.UNSTATED,
    "employment": Person.Employment.UNSTATED,
}
_IDENTITY_GROUP = FieldGroup(
    _("身份"),
    ("name", "document_kind", "document_number", "sex", "born_on"),
    help=_("居民身份证和港澳台居民居住证会自动带出性别和出生日期。"),
)
_PARTICULARS_GROUP = FieldGroup(
    _("个人情况"),
    (
        "household", "is_migrant_worker", "migrant_source", "migrant_as_of", "education", "skill",
        "employment", "is_party_member", "party_source", "is_model_worker", "model_source",
    ),
    help=_("是否农民工不由证件号码推断，填写时请写明信息来源和日期。"),
)  # fmt: skip
_CONTACT_GROUP = FieldGroup(_("联系方式"), ("mobile", "bank_account"))


class _WithIdentity(Asking):
    """Who somebody is, by their document."""

    name = forms.CharField(label=_("姓名"), max_length=64, help_text=_("与证件上的姓名一致。"))
    document_kind = choice(Person.Document, _("证件类型"))
    document_number = forms.CharField(
        label=_("证件号码"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    sex = choice(Person.Sex, _("性别"), required=False, blank=_("按证件"))
    born_on = DayField(_("出生日期"), required=False)

    def identity(self) -> Identity:
        said = self.cleaned_data
        return Identity(**{each.name: said[each.name] for each in fields(Identity)})


class _WithContact(Asking):
    """How to reach and to pay somebody."""

    mobile = forms.CharField(
        label=_("手机号码"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    bank_account = forms.CharField(
        label=_("银行账号"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def contact(self) -> Contact:
        said = self.cleaned_data
        return Contact(mobile=said["mobile"], bank_account=said["bank_account"])


class _WithParticulars(Asking):
    """What is known of somebody besides who they are."""

    household = choice(Person.Household, _("户籍性质"), required=False, blank=_("未填"))
    is_migrant_worker = yes_no(_("农民工"))
    migrant_source = forms.CharField(label=_("农民工信息来源"), max_length=32, required=False)
    migrant_as_of = DayField(_("农民工信息日期"), required=False)
    education = choice(Person.Education, _("学历"), required=False, blank=_("未填"))
    skill = choice(Person.Skill, _("技能等级"), required=False, blank=_("未填"))
    employment = choice(Person.Employment, _("就业状态"), required=False, blank=_("未填"))
    is_party_member = yes_no(_("中共党员"))
    party_source = forms.CharField(label=_("党员信息来源"), max_length=32, required=False)
    is_model_worker = yes_no(_("劳模"))
    model_source = forms.CharField(label=_("劳模信息来源"), max_length=32, required=False)

    def particulars(self) -> Particulars:
        said: dict[str, Any] = {}  # Any: each field says what it cleans to
        for each in fields(Particulars):
            value = self.cleaned_data[each.name]
            said[each.name] = _UNSTATED.get(each.name) if value is None else value
        return Particulars(**said)


class AdmitMember(_WithIdentity, _WithContact, _WithParticulars):
    """Somebody who joins."""

    union_id = UnionField(_("工会"), permission=Permission.EDIT_MEMBERS)
    employer_id = EmployerField(
        _("单位"),
        required=False,
        help_text=_("工会覆盖的单位，填写统一社会信用代码或名称；没有单位的可以不填。"),
    )
    joined_on = DayField(_("入会日期"))
    groups = (
        FieldGroup(_("入会"), ("union_id", "employer_id", "joined_on")),
        _IDENTITY_GROUP, _CONTACT_GROUP, _PARTICULARS_GROUP,
    )  # fmt: skip

    @classmethod
    def initial_for(cls, subject: object, query: Mapping[str, str]) -> dict[str, Any]:
        named = {name: query[name] for name in ("union_id", "employer_id") if name in query}
        return {"document_kind": Person.Document.RESIDENT, **named}

    def arguments(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "union_id": said["union_id"], "employer_id": said["employer_id"], "joined_on": said["joined_on"],
            "identity": self.identity(), "contact": self.contact(), "particulars": self.particulars(),
            "source": "页面登记",
        }  # fmt: skip


class CorrectIdentity(_WithIdentity):
    """Name and document as the document says."""

    corrects = True
    reason = ReasonField()
    groups = (_IDENTITY_GROUP, FieldGroup(_("更正"), ("reason",)))

    @classmethod
    def initial_for(cls, subject: object, query: Mapping[str, str]) -> dict[str, Any]:
        person = _person(subject)
        return {"name": person.name, "document_kind": person.document_kind}

    @classmethod
    def sealed_for(cls, subject: object) -> Mapping[str, str]:
        person = _person(subject)
        return {"document_number": hidden(person.document_shown, person.document_digest)}

    def arguments(self) -> dict[str, Any]:
        return {"identity": self.identity(), "reason": self.cleaned_data["reason"]}


class ChangeContact(_WithContact):
    """Another mobile number and bank account; what is left blank stays, as nobody sees it to copy it."""

    corrects = True
    without = forms.MultipleChoiceField(
        label=_("从记录上去掉"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("mobile", _("手机号码")), ("bank_account", _("银行账号"))],
        help_text=_("号码留空不变；要去掉的，在这里勾选。"),
    )
    reason = ReasonField()
    groups = (
        FieldGroup(_("联系方式"), ("mobile", "bank_account", "without")),
        FieldGroup(_("更正"), ("reason",)),
    )

    @classmethod
    def sealed_for(cls, subject: object) -> Mapping[str, str]:
        person = _person(subject)
        return {
            "mobile": hidden(person.mobile_shown, person.mobile_digest),
            "bank_account": hidden(person.bank_shown, person.bank_digest),
        }

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for name in said.get("without", ()):
            if said.get(name):
                self.add_error(name, _("既填了新号码，又勾选了去掉，请只选一种。"))
        return said

    def arguments(self) -> dict[str, Any]:
        said = self.cleaned_data
        told = {
            name: "" if name in said["without"] else said[name] or None for name in ("mobile", "bank_account")
        }
        return {"contact": Contact(**told), "reason": said["reason"]}


class CorrectPerson(_WithParticulars):
    """What is known of a person."""

    corrects = True
    reason = ReasonField()
    groups = (_PARTICULARS_GROUP, FieldGroup(_("更正"), ("reason",)))

    @classmethod
    def initial_for(cls, subject: object, query: Mapping[str, str]) -> dict[str, Any]:
        person = _person(subject)
        known = {each.name: getattr(person, each.name) for each in fields(Particulars)}
        known |= {name: said_of(known[name]) for name in _STATED}
        return {**known, "migrant_as_of": today_or(person.migrant_as_of)}

    def arguments(self) -> dict[str, Any]:
        return {"particulars": self.particulars(), "reason": self.cleaned_data["reason"]}


class VerifyPerson(Asking):
    """What came of checking a real name."""

    outcome = choice(Person.Verification, _("核验结果"))
    source = forms.CharField(
        label=_("核验来源"), max_length=32, help_text=_("例如“公安比对”或“现场核对证件”。")
    )
    on = DayField(_("核验日期"))


class TransferMember(Asking):
    """The union and the employer to go to."""

    to_union_id = UnionField(_("转入工会"), permission=Permission.EDIT_MEMBERS)
    employer_id = EmployerField(_("转入单位"), required=False)
    on = DayField(_("转接日期"))
    reason = ReasonField(required=False)


class WithdrawAdmission(Asking):
    """Why an admission was a mistake."""

    reason = ReasonField()


class ResumeMembership(Asking):
    """When, and where they work now."""

    on = DayField(_("恢复日期"))
    employer_id = EmployerField(_("单位"), required=False)


class RecordDeath(Asking):
    """The day, and who told."""

    on = DayField(_("去世日期"))
    source = forms.CharField(label=_("信息来源"), max_length=100, help_text=_("例如“家属告知”或“单位来函”。"))


class Reveal(Asking):
    """Why somebody wants to see a sealed value."""

    reason = ReasonField(_("为什么要看"), help_text=_("理由会记入查看记录，本人看得到。"))


def _person(subject: object) -> Person:
    if isinstance(subject, Membership):
        return subject.person
    if not isinstance(subject, Person):
        raise TypeError(subject)
    return subject
