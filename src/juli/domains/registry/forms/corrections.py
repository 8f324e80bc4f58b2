"""What is asked when entries of the registers are put right: what stands there, and why it changes."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from juli.domains.registry.forms.fields import (
    DayField,
    ReasonField,
    TerritoryField,
    choice,
    said_of,
    today_or,
    yes_no,
)
from juli.domains.registry.models import Committee, Coverage, Membership, Post, Term, Union
from juli.domains.registry.permissions import Permission
from juli.engines.desk.asking import Asking
from juli.engines.desk.pages import FieldGroup
from juli.engines.party.models import Employer, EmployerFlag, HazardousPost, Headcount

Entry = TypeVar("Entry", bound=Model)

_MOST = 1_000_000
_WHY = FieldGroup(_("更正"), ("reason",))
_STILL = _("还没有结束的留空；误登记了结束的，清空即恢复。")


class _Correction(Asking):
    """An entry as it should have been, and why."""

    corrects = True
    reason = ReasonField()
    groups = (_WHY,)


class _OfAStretch(_Correction):
    """An entry that holds from a day until a day."""

    begins_on = DayField(_("起"))
    ends_on = DayField(_("止"), required=False, help_text=_STILL)


class CorrectTerm(_Correction):
    """A term of a committee."""

    number = forms.IntegerField(label=_("届次"), min_value=1)
    elected_on = DayField(_("选举日期"), required=False)
    begins_on = DayField(_("届期起"))
    years = forms.TypedChoiceField(label=_("任期"), choices=[(3, _("三年")), (5, _("五年"))], coerce=int)

    @classmethod
    def initial_for(cls, subject: object, query: Mapping[str, str]) -> dict[str, Any]:
        term = _entry(subject, Term)
        return {
            "number": term.number,
            "elected_on": today_or(term.elected_on),
            "begins_on": today_or(term.begins_on),
            "years": term.expires_on.year - term.begins_on.year,
        }


class CorrectPost(_OfAStretch):
    """Who holds which post since when."""

    office = choice(Post.Office, _("职务"))
    is_full_time = forms.BooleanField(label=_("专职"), required=False)

    @classmethod
    def initial_for(cls, subject: object, query: Mapping[str, str]) -> dict[str, Any]:
        post = _entry(subject, Post)
        return {"office": post.office, "is_full_time": post.is_full_time, **_stretch(post)}


class CorrectCommittee(_OfAStretch):
    """Which committee exists since when."""

    kind = choice(Committee.Kind, _("类别"))

    @classmethod
    def initial_for(cls, subject: object, query: Mapping[str, str]) -> dict[str, Any]:
        committee = _entry(subject, Committee)
        return {"kind": committee.kind, **_stretch(committee)}


class CorrectCoverage(_OfAStretch):
    """Since when and until when a union stood for an employer."""

    @classmethod
    def initial_for(cls, subject: object, query: Mapping[str, str]) -> dict[str, Any]:
        return _stretch(_entry(subject, Coverage))


class CorrectMembership(_OfAStretch):
    """Since when and until when a segment of a membership lasted."""

    @classmethod
    def initial_for(cls, subject: object, query: Mapping[str, str]) -> dict[str, Any]:
        return _stretch(_entry(subject, Membership))


class CorrectHeadcount(_Correction):
    """How many people worked there on a day."""

    counted_on = DayField(_("统计日期"))
    employees = forms.IntegerField(label=_("职工人数"), min_value=0, max_value=_MOST)
    migrant_workers = forms.IntegerField(label=_("其中农民工"), min_value=0, max_value=_MOST, required=False)
    women = forms.IntegerField(label=_("其中女职工"), min_value=0, max_value=_MOST, required=False)
    source = forms.CharField(label=_("来源"), max_length=32, required=False)

    @classmethod
    def initial_for(cls, subject: object, query: Mapping[str, str]) -> dict[str, Any]:
        counted = _entry(subject, Headcount)
        names = ("employees", "migrant_workers", "women", "source")
        return {name: getattr(counted, name) for name in names} | {"counted_on": today_or(counted.counted_on)}


class CorrectHazard(_OfAStretch):
    """A post that exposes its workers."""

    title = forms.CharField(label=_("岗位名称"), max_length=60)
    hazard = choice(HazardousPost.Hazard, _("危害类别"))
    workers = forms.IntegerField(label=_("接触人数"), min_value=0, max_value=_MOST)
    is_checked_by_employer = yes_no(_("单位已安排职业健康检查"))

    @classmethod
    def initial_for(cls, subject: object, query: Mapping[str, str]) -> dict[str, Any]:
        post = _entry(subject, HazardousPost)
        return {
            "title": post.title,
            "hazard": post.hazard,
            "workers": post.workers,
            "is_checked_by_employer": said_of(post.is_checked_by_employer),
            **_stretch(post),
        }


class CorrectMark(_OfAStretch):
    """Since when an employer bears a mark, and who says so."""

    source = forms.CharField(label=_("来源"), max_length=32)

    @classmethod
    def initial_for(cls, subject: object, query: Mapping[str, str]) -> dict[str, Any]:
        mark = _entry(subject, EmployerFlag)
        return {"source": mark.source, **_stretch(mark)}


class CorrectTerritory(_Correction):
    """The town or village where an employer lies."""

    territory_id = TerritoryField(_("所在镇街或村社区"), permission=Permission.EDIT_EMPLOYERS)

    @classmethod
    def initial_for(cls, subject: object, query: Mapping[str, str]) -> dict[str, Any]:
        employer = _entry(subject, Employer)
        codes = Union.objects.filter(org_unit_id=employer.territory_id).values_list("code", flat=True)
        return {"territory_id": codes.first() or ""}


def _stretch(entry: Any) -> dict[str, str]:  # Any: whatever has two days
    return {"begins_on": today_or(entry.valid_from), "ends_on": today_or(entry.valid_until)}


def _entry(subject: object, kind: type[Entry]) -> Entry:
    if not isinstance(subject, kind):
        raise TypeError(subject)
    return subject
