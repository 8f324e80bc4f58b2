"""How the inputs of Django's forms look and what they tell a screen reader."""

from typing import Any

from django.forms import (
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    FileInput,
    RadioSelect,
    Select,
    Textarea,
    Widget,
)
from django.forms.widgets import ChoiceWidget
from django.utils.safestring import SafeString

from juli.engines.desk.speaking import is_chinese, said


def widget(bound: BoundField) -> SafeString:
    """Return the field's input with our class; Django adds aria-invalid and aria-describedby."""
    classes = _class_of(bound.field.widget)
    if bound.errors:
        classes += " bad"
    if isinstance(bound.field.widget, ChoiceWidget) and not is_chinese():
        choices: Any = bound.field.widget.choices  # Any: pairs and groups, as Django takes them
        bound.field.widget.choices = [(value, _option(label)) for value, label in choices]
    return bound.as_widget(attrs={"class": classes})


def _option(label: Any) -> Any:  # Any: words, or the pairs of a group
    if isinstance(label, list | tuple):
        return [(value, said(each)) for value, each in label]
    return said(label)


def shape_of(bound: BoundField) -> str:
    """Say how a field is labelled: "tick" (label behind), "choice" (a group) or "input"."""
    match bound.field.widget:
        case CheckboxInput():
            return "tick"
        case RadioSelect() | CheckboxSelectMultiple():
            return "choice"
        case _:
            return "input"


def _class_of(shape: Widget) -> str:
    match shape:
        case RadioSelect() | CheckboxSelectMultiple():
            return "radios"
        case CheckboxInput():
            return "ck"
        case Select():
            return "in in-select"
        case FileInput():
            return "in in-file"
        case Textarea():
            return "in in-area"
        case _:
            return "in"
