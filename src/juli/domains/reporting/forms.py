"""What can be asked of the list of figures."""

from collections.abc import Iterable
from datetime import date

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from juli.engines.desk.narrowing import Narrowing


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
