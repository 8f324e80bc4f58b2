"""What the three lists have in common: scope, conditions, exact total, pages."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from juli.domains.registry.permissions import Permission
from juli.domains.registry.selectors import Page, Place
from juli.domains.registry.selectors.places import towns_in_reach, unit_named
from juli.engines.desk.cells import Words
from juli.engines.desk.narrowing import PLACES, Narrowing, turned
from juli.engines.desk.pages import Action, Chip, Crumb, Listing, Pager, Tab
from juli.engines.scope.requests import JuliRequest
from juli.kernel.actor import Actor


def place_of(request: JuliRequest) -> Place:
    """Return which page of the list is asked for."""
    return Place(after=request.GET.get("after", ""), before=request.GET.get("before", ""))


def units_for(request: JuliRequest) -> Sequence[tuple[int, str]]:
    """Return the units to choose from: the towns, and the one that the address names already."""
    units = towns_in_reach(actor=request.actor)
    named = request.GET.get("unit", "")
    if named.isdecimal() and len(named) < 19 and int(named) not in {number for number, _name in units}:
        found = unit_named(int(named), actor=request.actor)
        return [*units, found] if found else units
    return units


def scope_chip(request: JuliRequest) -> Chip:
    """Return the condition that nobody can take off: the reach."""
    place = getattr(request, "actor_place", "")
    return Chip(_("范围"), _("%(place)s及以下") % {"place": place} if place else _("您的管理范围"))


def pager_of(request: JuliRequest, page: Page[Any]) -> Pager:
    """Return the way to the pages around this one."""
    shown = len(page.items)
    return Pager(
        _("本页 %(shown)s 条，共 %(total)s 条") % {"shown": shown, "total": f"{page.total:,}"},
        previous_href=turned(request.GET, before=page.before),
        next_href=turned(request.GET, after=page.after),
    )


def tabs(request: JuliRequest, usual: Iterable[tuple[Words, str]]) -> Iterator[Tab]:
    """Return the conditions that are asked for most, the one in force marked."""
    said = {name: value for name, value in request.GET.items() if value and name not in PLACES}
    current = urlencode(said)
    for label, query in usual:
        yield Tab(label, f"{request.path}?{query}" if query else request.path, is_current=query == current)


def offered(actor: Actor, permission: Permission, action: Action) -> tuple[Action, ...]:
    """Return a button for those who hold the permission somewhere."""
    return (action,) if action.href and actor.holds(permission) else ()


def shown(
    request: JuliRequest, listing: Listing, form: Narrowing, *, module: Words, label: Words
) -> HttpResponse:
    """Render a list, or its rows alone where htmx asks for a page of it."""
    context = {"listing": listing, "filter_form": form, "crumbs": (Crumb(module), Crumb(label))}
    return render(request, "desk/list.html", context)


def imports() -> str:
    """Return where ledgers are brought in; nothing where there is no such page."""
    try:
        return reverse("sheet:imports")
    except NoReverseMatch:
        return ""
