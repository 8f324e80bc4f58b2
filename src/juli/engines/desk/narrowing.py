"""The conditions of a list: sent by GET, kept in the address, shown as chips, each taken off by itself."""

from typing import Any, ClassVar

from django import forms
from django.http import QueryDict

from juli.engines.desk.cells import Words
from juli.engines.desk.pages import Chip

PLACES = ("after", "before")
"""Parameters that say which page of the list is shown; any other condition starts at the first."""

LOOKS = ("columns", "sort", "print")
"""Parameters that say how the list is shown, not what is in it."""


class Narrowing(forms.Form):
    """
    Conditions of a list (筛选条件).

    A condition that cannot be read narrows nothing and gets no chip. ``usual`` holds what is chosen
    until something else is, and ``everything`` is the choice that lifts it.
    """

    usual: ClassVar[dict[str, str]] = {}
    everything: ClassVar[str] = "all"

    def __init__(self, query: QueryDict, **kwargs: Any) -> None:  # as Django's own
        self.query = query
        said = query.copy()
        for name, value in self.usual.items():
            said.setdefault(name, value)
        super().__init__(said, **kwargs)

    def chosen(self, name: str) -> Any:  # Any: each field says what it cleans to
        """Return a condition, or None where there is none or where it cannot be read."""
        self.full_clean()
        value = self.cleaned_data.get(name) if name in self.fields else None
        return None if value in ("", self.everything) else value

    def chips(self) -> tuple[Chip, ...]:
        """Return every condition in force, with the address of the list without it."""
        return tuple(
            Chip(bound.label, self.spoken(bound.name), self._without(bound.name))
            for bound in self.visible_fields()
            if self.chosen(bound.name) is not None
        )

    def spoken(self, name: str) -> Words:
        """Return how a chip says a condition."""
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            choices: Any = field.choices  # Any: pairs, after every way in which Django takes them
            said = str(self.data.get(name, ""))
            return next((str(label) for value, label in choices if str(value) == said), said)
        return str(self.chosen(name))

    def _without(self, name: str) -> str:
        rest = self.query.copy()
        for each in (*PLACES, name):
            rest.pop(each, None)
        if name in self.usual:
            rest[name] = self.everything
        return f"?{rest.urlencode()}"


def turned(query: QueryDict, **place: str) -> str:
    """Return the address of another page of the same list, or nothing where there is none."""
    if not any(place.values()):
        return ""
    rest = query.copy()
    for each in PLACES:
        rest.pop(each, None)
    rest.update(place)
    return f"?{rest.urlencode()}"
