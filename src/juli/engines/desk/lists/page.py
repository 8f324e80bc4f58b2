"""The page of a list, the same for every register."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from juli.engines.desk.lists import saving
from juli.engines.desk.lists.columns import ListColumn
from juli.engines.desk.lists.registers import AnyRegister
from juli.engines.desk.lists.state import ListState, conditions, looks, pairs, sorted_by, without
from juli.engines.desk.lists.totals import Total
from juli.engines.desk.models import SavedFilter
from juli.engines.desk.narrowing import PLACES, Narrowing, turned
from juli.engines.desk.pages import (
    Action,
    Chip,
    Choice,
    Column,
    Crumb,
    Kept,
    Listing,
    Pager,
    Row,
    Tab,
    Table,
    Toolbox,
)
from juli.engines.desk.paging import PAGE_SIZE, Slice, slice_of
from juli.engines.scope.models import Account
from juli.engines.scope.requests import JuliRequest, needs

MOST_PRINTED = 500


def list_view(register: AnyRegister) -> Callable[[JuliRequest], HttpResponse]:
    """Return the view of a register's list, for those who hold its permission somewhere."""

    @require_safe
    @needs(register.permission)
    def shown(request: JuliRequest) -> HttpResponse:
        return list_page(request, register)

    return shown


def list_page(request: JuliRequest, register: AnyRegister) -> HttpResponse:
    """
    Show a list, its rows alone where htmx asks for a page of it, or all of it for the printer.

    :raises NotFound: a unit to look below is out of reach.
    """
    asked = register.narrowed(request.GET, actor=request.actor)
    state = ListState.of(request.GET, register)
    is_print = bool(request.GET.get("print"))
    listing = _listing(request, register, asked, state, is_print=is_print)
    context = {
        "listing": listing,
        "filter_form": asked,
        "crumbs": (*((Crumb(register.module),) if register.module else ()), Crumb(register.title)),
    }
    return render(request, "desk/list_print.html" if is_print else "desk/list.html", context)


def _listing(
    request: JuliRequest, register: AnyRegister, asked: Narrowing, state: ListState, *, is_print: bool
) -> Listing:
    actor = request.actor
    part = slice_of(
        register.rows(asked, actor=actor),
        keys=state.keys,
        place=state.place,
        size=MOST_PRINTED if is_print else PAGE_SIZE,
        is_falling=state.is_falling,
    )
    is_all = not (part.after or part.before)
    total = Total(len(part.rows)) if is_all else register.count(asked, actor=actor)
    is_narrowed = bool(conditions(request.GET))
    return Listing(
        title=register.title_for(asked),
        total=total.number,
        unit=register.unit,
        table=Table(
            register.caption, _headings(request, state), _rows(register, part, asked, state, request)
        ),
        pager=_pager(request, part, total),
        empty=register.empty(actor=actor, is_narrowed=is_narrowed),
        counted=register.counted(asked),
        total_href="" if total.is_more else register.total_href(asked),
        actions=register.actions(actor=actor),
        tabs=tuple(_tabs(request, register)),
        chips=(_scope_chip(request), *register.chips(asked, actor=actor)),
        tools=_toolbox(request, register, state),
        is_more=total.is_more,
    )


def _headings(request: HttpRequest, state: ListState) -> tuple[Column, ...]:
    return tuple(
        Column(
            column.label,
            is_numeric=column.is_numeric,
            sort_href=sorted_by(request.GET, column, now=state.direction_of(column)) if column.keys else "",
            sorted=state.direction_of(column),
        )
        for column in state.columns
    )


def _rows(
    register: AnyRegister, part: Slice[Any], asked: Narrowing, state: ListState, request: JuliRequest
) -> tuple[Row, ...]:
    items = register.lines(part.rows, asked, actor=request.actor)
    return tuple(
        Row(
            tuple(column.cell(item) for column in state.columns),
            is_off=register.is_off(item),
            number=register.record_number(row),
        )
        for row, item in zip(part.rows, items, strict=True)
    )


def _pager(request: HttpRequest, part: Slice[Any], total: Total) -> Pager:
    return Pager(
        _("本页 %(shown)s 条，共 %(total)s 条") % {"shown": len(part.rows), "total": str(total)},
        previous_href=turned(request.GET, before=part.before),
        next_href=turned(request.GET, after=part.after),
    )


def _tabs(request: HttpRequest, register: AnyRegister) -> Iterator[Tab]:
    """Return the conditions that are asked for most, the one in force marked; the looks stay."""
    current, kept = conditions(request.GET).urlencode(), looks(request.GET).urlencode()
    for label, query in register.usual:
        said = "&".join(part for part in (query, kept) if part)
        yield Tab(label, f"{request.path}?{said}" if said else request.path, is_current=query == current)


def _scope_chip(request: HttpRequest) -> Chip:
    """Return the condition that nobody can take off: the reach."""
    place = getattr(request, "actor_place", "")
    return Chip(_("范围"), _("%(place)s及以下") % {"place": place} if place else _("您的管理范围"))


def _toolbox(request: JuliRequest, register: AnyRegister, state: ListState) -> Toolbox:
    query = conditions(request.GET)
    shown = without(request.GET, *PLACES, "print")
    return Toolbox(
        columns=tuple(_choices(register.columns, state)),
        conditions=tuple(pairs(without(request.GET, *PLACES, "columns", "print"))),
        carried=tuple(pairs(looks(request.GET))),
        filters=tuple(_filters(request, register)),
        saving_href=reverse("desk:filter-saving", args=[register.code]),
        state=shown.urlencode(),
        query=query.urlencode(),
        export_href=_leading("desk:export-asking", register, shown.urlencode()),
        print_href=_with(shown.urlencode(), "print=1"),
        bulk=tuple(_bulk(request, register)),
    )


def _choices(columns: Sequence[ListColumn[Any]], state: ListState) -> Iterator[Choice]:
    shown = {column.name for column in state.columns}
    for place, column in enumerate(columns):
        yield Choice(column.name, column.label, column.name in shown, is_locked=not place)


def _filters(request: JuliRequest, register: AnyRegister) -> Iterator[Kept]:
    unit = request.user.org_unit_id if isinstance(request.user, Account) else None
    here = without(request.GET, *PLACES, "print").urlencode()
    for each in saving.filters_for(register.code, actor=request.actor, unit_id=unit):
        yield _kept(each, request, is_current=each.query == here)


def _kept(each: SavedFilter, request: JuliRequest, *, is_current: bool) -> Kept:
    is_mine = each.account_id == request.actor.account_id
    return Kept(
        each.name,
        f"{request.path}?{each.query}",
        is_current=is_current,
        is_shared=each.is_shared,
        removal_href=reverse("desk:filter-removal", args=[each.pk]) if is_mine else "",
    )


def _bulk(request: JuliRequest, register: AnyRegister) -> Iterator[Action]:
    for verb in register.bulk:
        if request.actor.holds(verb.permission):
            href = reverse("desk:bulk-asking", args=[register.code, verb.slug])
            yield Action(verb.title, href, icon=verb.icon)


def _leading(name: str, register: AnyRegister, query: str) -> str:
    try:
        found = reverse(name, args=[register.code])
    except NoReverseMatch:
        return ""
    return _with(query, path=found)


def _with(query: str, more: str = "", *, path: str = "") -> str:
    said = "&".join(part for part in (query, more) if part)
    return f"{path}?{said}" if said else path
