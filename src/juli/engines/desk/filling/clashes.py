"""
What to do when somebody else saved first: the fields side by side, to choose from.

A form that puts a record right shows what stands there and carries that along. Were something else to
stand there when it comes back, sending it would wipe out what a colleague has written meanwhile.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django import forms
from django.db import connection, models
from django.http import QueryDict
from django.utils.translation import gettext as _

from juli.engines.desk.cells import Words
from juli.engines.scope import tree

MINE, THEIRS = "mine", "theirs"
CHOICE: Final = "take-"
"""What the name of a choice begins with; the field's name follows."""

_HIDDEN: Final = "\x00"
"""Parts the mask of a sealed value from the mark that tells one value from another behind it."""


@dataclass(frozen=True, slots=True)
class Clash:
    """
    One field in which the record says something else than when the form was opened (冲突).

    Of a sealed value only masks are shown, and theirs cannot be taken over: who wants to keep it leaves.
    """

    name: str
    label: Words
    before: str
    theirs: str
    mine: str
    is_sealed: bool = False
    is_untouched: bool = False

    @property
    def choice(self) -> str:
        """The name under which the choice is sent."""
        return f"{CHOICE}{self.name}"


@dataclass(frozen=True, slots=True)
class Hand:
    """Who changed a record last, and when (最后更改)."""

    who: str
    at: datetime


def standing(form: forms.Form, *, sealed: Mapping[str, str]) -> dict[str, str]:
    """Return what a form shows at first, as its fields would send it back untouched."""
    shown = {
        name: _sent(field, form.get_initial_for_field(field, name))
        for name, field in form.fields.items()
        if name in form.initial and name not in sealed
    }
    return shown | dict(sealed)


def hidden(shown: str, mark: bytes | memoryview | None) -> str:
    """Return what is carried along for a sealed value: its mask, and what tells it from others."""
    return f"{shown}{_HIDDEN}{bytes(mark).hex()[:16] if mark is not None else ''}"


def locked(subject: models.Model) -> models.Model | None:
    """Return a record as it stands now, locked until it has been put right; None out of reach."""
    tree.hold()
    rows = type(subject)._default_manager.select_for_update(of=("self",))
    return rows.filter(pk=subject.pk).first()


def found(
    form: forms.Form, *, before: Mapping[str, str], now: Mapping[str, str], said: QueryDict
) -> tuple[Clash, ...]:
    """Return the fields in which a record has changed, but not into what is being sent."""
    return tuple(
        _clash(name, form.fields[name], before=before[name], theirs=now[name], said=said)
        for name in form.fields
        if name in before and name in now and before[name] != now[name]
        if _HIDDEN in now[name] or said.get(name, "") != now[name]
    )


def settled(said: QueryDict, *, before: Mapping[str, str]) -> QueryDict:
    """Return what was sent with the choices carried out: where theirs was taken, it stands in the field."""
    chosen = said.copy()
    for name, value in before.items():
        if said.get(f"{CHOICE}{name}") == THEIRS:
            chosen[name] = value
    return chosen


def carried(said: QueryDict, form: forms.Form) -> tuple[tuple[str, str], ...]:
    """Return every value that was sent, so that the page of choices loses none."""
    return tuple((name, value) for name in form.fields if name in said for value in said.getlist(name))


def last_hand(subject: models.Model) -> Hand | None:
    """Return who changed a record last, from its history; None where none is kept."""
    events = getattr(subject, "events", None)
    newest = events.order_by("-pgh_id").values("pgh_created_at", "pgh_context").first() if events else None
    if newest is None:
        return None
    context = newest["pgh_context"] or {}
    return Hand(_named(context), newest["pgh_created_at"])


def _named(context: Mapping[str, Any]) -> str:  # Any: as the history keeps it
    account = context.get("account")
    if account is None:
        return str(context.get("actor", ""))
    with connection.cursor() as cursor:
        cursor.execute("SELECT display_name, unit_name FROM scope_account_labels(%s)", [[account]])
        found = cursor.fetchone()
    return f"{found[0]}（{found[1]}）" if found else str(context.get("actor", ""))


def _clash(name: str, field: forms.Field, *, before: str, theirs: str, said: QueryDict) -> Clash:
    mine = said.get(name, "")
    if _HIDDEN in theirs:
        return Clash(
            name,
            field.label or name,
            _masked(before),
            _masked(theirs),
            _("（您新填的）") if mine else _("（空）"),
            is_sealed=True,
        )
    return Clash(
        name,
        field.label or name,
        _shown(field, before),
        _shown(field, theirs),
        _shown(field, mine),
        is_untouched=mine == before,
    )


def _masked(carried_along: str) -> str:
    return carried_along.split(_HIDDEN, 1)[0] or _("（空）")


def _sent(field: forms.Field, value: object) -> str:
    said = field.prepare_value(value)
    if isinstance(field, forms.BooleanField):
        return "on" if said else ""
    return "" if said is None else str(said)


def _shown(field: forms.Field, value: str) -> str:
    """Return a value in the words of its field."""
    if isinstance(field, forms.BooleanField):
        return _("是") if value else _("否")
    if not value:
        return _("（空）")
    if isinstance(field, forms.ChoiceField):
        labels: Any = field.choices  # Any: as Django lets choices be given
        return str(dict(labels).get(value, value))
    return value
