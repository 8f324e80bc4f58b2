"""What the lists of the registry have in common: units to choose from, and the day they are shown of."""

from collections.abc import Sequence
from typing import Any, ClassVar, TypeVar

from django.db.models import Model
from django.http import QueryDict
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from juli.domains.registry.forms.filters import Placed
from juli.domains.registry.permissions import Permission
from juli.domains.registry.selectors.places import towns_in_reach, unit_named
from juli.engines.desk.cells import Words
from juli.engines.desk.lists import Register
from juli.engines.desk.pages import Action
from juli.kernel.actor import Actor

Subject = TypeVar("Subject", bound=Model)
Item = TypeVar("Item")
Asked = TypeVar("Asked", bound=Placed)


class PlacedList(Register[Subject, Item, Asked]):
    """A list that can be narrowed to a unit and shown as of a day."""

    module: ClassVar[Words] = gettext_lazy("组建")
    permission = Permission.SEE

    def narrowed(self, query: QueryDict, *, actor: Actor) -> Asked:
        """Return the conditions, with the units within reach to choose from."""
        return self.narrowing(query, units=units_for(query, actor=actor), today=timezone.localdate())


def units_for(query: QueryDict, *, actor: Actor) -> Sequence[tuple[int, str]]:
    """Return the units to choose from: the towns, and the one that the address names already."""
    units = towns_in_reach(actor=actor)
    named = query.get("unit", "")
    if named.isdecimal() and len(named) < 19 and int(named) not in {number for number, _name in units}:
        found = unit_named(int(named), actor=actor)
        return [*units, found] if found else units
    return units


def offered(actor: Actor, permission: Permission, action: Action) -> tuple[Action, ...]:
    """Return a button for those who hold the permission somewhere."""
    return (action,) if action.href and actor.holds(permission) else ()


def imports() -> str:
    """Return where ledgers are brought in; nothing where there is no such page."""
    try:
        return reverse("sheet:imports")
    except NoReverseMatch:
        return ""


def is_narrowed_only_by(form: Any, *names: str) -> bool:  # Any: a narrowing of whatever register
    """Say whether nothing but these conditions narrows the list, so that its total is a figure."""
    return {bound.name for bound in form if form.chosen(bound.name) is not None} <= set(names)
