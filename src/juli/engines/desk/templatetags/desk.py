"""Template tags of the desk: ``{% load desk %}``."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.http import HttpRequest
from django.template.context import RequestContext
from django.utils.safestring import SafeString

from juli.engines.desk import fields, markup, recalling, shells, speaking
from juli.engines.desk.cells import Cell, Masked, Number, State, Words
from juli.engines.desk.homepage import Clock
from juli.engines.desk.pages import FieldGroup, Table
from juli.engines.desk.recalling import Pinning
from juli.engines.desk.shells import Shell

register = template.Library()


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """Draw a line icon: ``{% icon "users" %}``, smaller ``{% icon "x" "i-14" %}``."""
    return markup.icon(name, extra)


@register.simple_tag
def cell(value: Cell) -> SafeString:
    """Draw what one place of a table or a list of facts holds."""
    return markup.cell(value)


@register.simple_tag(takes_context=True)
def cells(context: RequestContext, values: Sequence[Cell], table: Table) -> SafeString:
    """Draw the cells of one row of a table; the first one is the row's heading."""
    rendering: Any = context.render_context  # Any: Django keeps there what it likes
    known: dict[int, tuple[SafeString, ...]] = rendering.setdefault("heads", {})
    if id(table) not in known:
        known[id(table)] = markup.heads(table.columns)
    return markup.table_cells(values, table.columns, known[id(table)])


@register.simple_tag
def figure_link(value: Number) -> SafeString:
    """Draw a number with its unit, leading to its records."""
    return markup.number(value)


@register.simple_tag
def state(value: State) -> SafeString:
    """Draw a state: an icon and a word."""
    return markup.state(value)


@register.simple_tag
def badge(value: State) -> SafeString:
    """Draw a state on its wash, as it stands once beside a page's title."""
    return markup.state(value, "fill")


@register.simple_tag
def masked(text: str, reveal_href: str = "") -> SafeString:
    """Draw a value with its middle hidden, and the way to the whole of it."""
    return markup.masked(Masked(text, reveal_href))


@register.simple_tag
def bar(share: float) -> SafeString:
    """Draw a bar of this share, 0 to 1."""
    return markup.bar(share)


@register.simple_tag
def sparkline(trend: Sequence[float]) -> SafeString:
    """Draw the line of a figure's last months."""
    return markup.sparkline(trend)


@register.simple_tag
def clock(value: Clock) -> SafeString:
    """Draw how much time is left."""
    return markup.clock(value)


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """Draw the input of a form field with the classes and references of the house."""
    return fields.widget(bound)


@register.simple_tag(takes_context=True)
def query(context: RequestContext, name: str, value: object) -> str:
    """Return this page's query with one parameter replaced; an empty value removes it."""
    parameters = _request_of(context).GET.copy()
    parameters.pop("after", None)
    parameters.pop("before", None)
    parameters.pop(name, None)
    if value not in (None, ""):
        parameters[name] = str(value)
    return f"?{parameters.urlencode()}"


@register.simple_tag(takes_context=True)
def pinning(context: RequestContext) -> Pinning | None:
    """Return whether the record of this page is pinned: ``{% pinning as pin %}``."""
    return recalling.pinning_of(_request_of(context))


@register.simple_tag(takes_context=True)
def shell(context: RequestContext) -> Shell:
    """Return what stands around every page of the console: ``{% shell as shell %}``."""
    return shells.shell_of(_request_of(context))


@register.simple_tag(takes_context=True)
def theme(context: RequestContext) -> str:
    """Return "light" or "dark", as the visitor last chose."""
    request = context.get("request")
    return shells.theme_of(request) if request is not None else shells.LIGHT


@register.filter
def said(words: Words) -> str:
    """Say words of the house in the visitor's language: ``{{ column.label|said }}``."""
    return speaking.said(words)


@register.filter
def number(value: int | Decimal | None) -> str:
    """Write a number with thousands separated."""
    return "" if value is None else markup.digits(value)


@register.filter
def day(on: date | None) -> str:
    """Write a day in full, as 2018-12-31."""
    return "" if on is None else markup.day(on)


@register.filter
def short_day(on: date | None) -> str:
    """Write a day without its year, as 12-31."""
    return "" if on is None else markup.short_day(on)


@register.filter
def moment(at: datetime | None) -> str:
    """Write a local time to the minute, as 2018-12-31 10:40."""
    return "" if at is None else markup.moment(at)


@register.filter
def shape(bound: BoundField) -> str:
    """Say whether a field is a "tick", a "choice" of several inputs, or one "input"."""
    return fields.shape_of(bound)


@register.filter
def grouped(form: BaseForm, group: FieldGroup) -> list[BoundField]:
    """Return the visible fields of one group, in the group's order."""
    return [form[name] for name in group.names if name in form.fields]


@register.filter
def ungrouped(form: BaseForm, groups: Sequence[FieldGroup]) -> list[BoundField]:
    """Return the visible fields that no group names."""
    named = {name for group in groups for name in group.names}
    return [bound for bound in form.visible_fields() if bound.name not in named]


@register.filter
def is_quote(run: object) -> bool:
    """Say whether a run of a paragraph is a quoted number rather than words."""
    return hasattr(run, "href")


def _request_of(context: RequestContext) -> HttpRequest:
    request: HttpRequest = context["request"]
    return request
