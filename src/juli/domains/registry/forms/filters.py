"""By what the lists of members, unions and employers can be narrowed."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from juli.domains.registry.forms.fields import DayField, choice
from juli.domains.registry.models import Membership, Post, Union
from juli.domains.registry.selectors import EmployerFilter, MemberFilter, UnionFilter
from juli.domains.registry.selectors.attached import AttachedFilter
from juli.domains.registry.selectors.naming import SHORTEST
from juli.domains.registry.selectors.terms import Standing
from juli.engines.desk.narrowing import Narrowing
from juli.engines.party.models import Employer, EmployerFlag, HazardousPost, Person

_ANY = _("不限")
_CLASSES = [*Employer.Ownership.choices]


def _either(label: Any, yes: Any, no: Any) -> Any:  # Any: words, and Django's own field
    return forms.TypedChoiceField(
        label=label,
        required=False,
        choices=[("", _ANY), ("yes", yes), ("no", no)],
        coerce=lambda said: said == "yes",
        empty_value=None,
    )


class Placed(Narrowing):
    """Conditions that every list has: below which unit, and as of which day."""

    named = forms.CharField(label=_("名称含"), required=False, min_length=SHORTEST, max_length=40)
    unit = forms.TypedChoiceField(label=_("镇街或工会"), required=False, coerce=int, empty_value=None)
    on = DayField(_("截至"), required=False)

    def __init__(self, query: QueryDict, *, units: Iterable[tuple[int, str]], today: date) -> None:
        super().__init__(query)
        self.today = today
        field = self.fields["unit"]
        if isinstance(field, forms.TypedChoiceField):
            field.choices = [("", _ANY), *units]

    @property
    def day(self) -> date:
        """The day as of which the list is shown: never one that has not come."""
        chosen: date | None = self.chosen("on")
        return min(chosen, self.today) if chosen else self.today


class MemberNarrowing(Placed):
    """Which members."""

    standing = choice(Membership.Standing, _("会籍状态"), required=False, blank=_ANY)
    verification = choice(Person.Verification, _("实名状态"), required=False, blank=_ANY)
    migrant = _either(_("农民工"), _("是农民工"), _("不是农民工"))
    employer_class = forms.ChoiceField(
        label=_("单位经济类型"), required=False, choices=[("", _ANY), *_CLASSES]
    )
    employer = forms.IntegerField(label=_("单位编号"), required=False, widget=forms.HiddenInput)

    def filter(self) -> MemberFilter:
        """Return the conditions as the register understands them."""
        return MemberFilter(
            on=self.day,
            unit_id=self.chosen("unit"),
            named=self.chosen("named") or "",
            employer_id=self.chosen("employer"),
            standing=self.chosen("standing"),
            verification=self.chosen("verification"),
            is_migrant_worker=self.chosen("migrant"),
            employer_class=self.chosen("employer_class") or "",
        )


class UnionNarrowing(Placed):
    """Which unions; base unions unless something else is said."""

    usual = {"level": Union.Level.BASE.value}
    level = forms.ChoiceField(
        label=_("工会层级"), required=False, choices=[("all", _("全部层级")), *Union.Level.choices]
    )
    form = choice(Union.Form, _("建会形式"), required=False, blank=_ANY)
    employer_class = forms.ChoiceField(
        label=_("单位经济类型"), required=False, choices=[("", _ANY), *_CLASSES]
    )
    term = forms.ChoiceField(
        label=_("届期"),
        required=False,
        choices=[("", _ANY), (Standing.OVERDUE, _("已届满未换届")), (Standing.EXPIRING, _("90 天内届满"))],
    )
    ended = _either(_("状态"), _("已终止"), _("存续"))

    def filter(self) -> UnionFilter:
        """Return the conditions as the register understands them."""
        level, term = self.chosen("level"), self.chosen("term")
        return UnionFilter(
            on=self.day,
            unit_id=self.chosen("unit"),
            named=self.chosen("named") or "",
            level=Union.Level(level) if level else None,
            form=self.chosen("form"),
            employer_class=self.chosen("employer_class") or "",
            is_in_force=not self.chosen("ended"),
            term=Standing(term) if term else None,
        )


class EmployerNarrowing(Placed):
    """Which employers."""

    covered = _either(_("建会"), _("已由工会覆盖"), _("未由工会覆盖"))
    ownership = choice(Employer.Ownership, _("经济类型"), required=False, blank=_ANY)
    business = choice(Employer.Business, _("经营状态"), required=False, blank=_ANY)
    mark = choice(EmployerFlag.Flag, _("标识"), required=False, blank=_ANY)
    industry = forms.CharField(label=_("行业代码"), required=False, max_length=8)

    def filter(self) -> EmployerFilter:
        """Return the conditions as the register understands them."""
        return EmployerFilter(
            on=self.day,
            unit_id=self.chosen("unit"),
            named=self.chosen("named") or "",
            ownership=self.chosen("ownership"),
            business=self.chosen("business"),
            industry=self.chosen("industry") or "",
            mark=self.chosen("mark"),
            is_covered=self.chosen("covered"),
        )


class AttachedNarrowing(Placed):
    """Which of what hangs on unions and employers."""

    usual = {"ended": "no"}
    ended = forms.ChoiceField(
        label=_("状态"), required=False,
        choices=[("all", _("全部")), ("no", _("有效")), ("yes", _("已终止"))],
    )  # fmt: skip
    employer = forms.IntegerField(label=_("单位编号"), required=False, widget=forms.HiddenInput)

    def __init__(self, query: QueryDict, **kwargs: Any) -> None:
        super().__init__(query, **kwargs)
        del self.fields["named"]

    def filter(self) -> AttachedFilter:
        """Return the conditions as the register understands them."""
        ended = self.chosen("ended")
        return AttachedFilter(
            on=self.day,
            unit_id=self.chosen("unit"),
            employer_id=self.chosen("employer"),
            is_in_force=None if ended is None else ended == "no",
            kind=self.chosen("kind") or "" if "kind" in self.fields else "",
        )


class PostNarrowing(AttachedNarrowing):
    """Which offices held."""

    kind = choice(Post.Office, _("职务"), required=False, blank=_ANY)


class HazardNarrowing(AttachedNarrowing):
    """Which hazardous posts."""

    kind = choice(HazardousPost.Hazard, _("危害类别"), required=False, blank=_ANY)


class HeadcountNarrowing(AttachedNarrowing):
    """Which headcounts: they do not end."""

    usual = {}

    def __init__(self, query: QueryDict, **kwargs: Any) -> None:
        super().__init__(query, **kwargs)
        del self.fields["ended"]


class PersonNarrowing(Placed):
    """Which persons, with a membership or without."""

    verification = choice(Person.Verification, _("实名状态"), required=False, blank=_ANY)
    membership = _either(_("会籍"), _("有会籍"), _("没有会籍"))

    def __init__(self, query: QueryDict, **kwargs: Any) -> None:
        super().__init__(query, **kwargs)
        for name in ("named", "on"):
            del self.fields[name]
