"""What can be asked of the list of figures, and what is asked when committees and reports are registered."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from juli.domains.reporting import selectors
from juli.engines.desk.asking import Asking
from juli.engines.desk.narrowing import Narrowing
from juli.engines.scope.models import OrgUnit


class FigureNarrowing(Narrowing):
    """Of which unit, as of which day."""

    unit = forms.ChoiceField(label=_("组织"), required=False)
    on = forms.DateField(label=_("截至"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, query: QueryDict, *, units: Iterable[tuple[str, str]], today: date) -> None:
        super().__init__(query)
        self.fields["on"].widget.attrs["max"] = today.isoformat()
        field = self.fields["unit"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("您所在的组织")), *units]


def _day(label: Any) -> forms.DateField:  # a lazy translation
    return forms.DateField(label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))


def _unit(subject: object) -> OrgUnit:
    if not isinstance(subject, OrgUnit):
        raise TypeError(subject)
    return subject


class ElectCommittee(Asking):
    """A new committee, and until when it is elected."""

    number = forms.IntegerField(label=_("届次"), min_value=1, max_value=99)
    begins_on = _day(_("产生日期"))
    expires_on = _day(_("届满日期"))

    @classmethod
    def initial_for(cls, subject: object, query: Mapping[str, str]) -> dict[str, Any]:
        latest = next(iter(selectors.terms_of(_unit(subject))), None)
        return {"number": latest.number + 1 if latest else None}


class HoldPlenary(Asking):
    """A plenary session of one of the committees."""

    term_id = forms.TypedChoiceField(label=_("委员会"), coerce=int)
    number = forms.IntegerField(label=_("次数"), min_value=1, max_value=99, help_text=_("在本届之内的次数。"))
    held_on = _day(_("召开日期"))
    is_enlarged = forms.BooleanField(label=_("扩大会议"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # as Django's own
        super().__init__(*args, **kwargs)
        terms = selectors.terms_of(_unit(self.subject))
        self.fields["term_id"].choices = [(each.pk, _term(each.number)) for each in terms]  # type: ignore[attr-defined]


class DeliverReport(Asking):
    """The report on a year, and the session that heard it."""

    plenary_id = forms.TypedChoiceField(label=_("全委会"), coerce=int)
    year = forms.IntegerField(label=_("回顾年度"), min_value=1925, max_value=2100)
    title = forms.CharField(label=_("标题"), max_length=120, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # as Django's own
        super().__init__(*args, **kwargs)
        self.fields["plenary_id"].choices = [  # type: ignore[attr-defined]
            (each.pk, session_label(each.term.number, each.number))
            for each in selectors.sessions_of(_unit(self.subject))
        ]


def _term(number: int) -> str:
    return gettext("第%(number)s届委员会") % {"number": number}


def session_label(term: int, number: int) -> str:
    """Return what a session is called."""
    return gettext("第%(term)s届第%(number)s次全委会") % {"term": term, "number": number}
