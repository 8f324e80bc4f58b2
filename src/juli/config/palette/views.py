"""
The palette: one box for records and pages, opened by a key from anywhere.

It answers with a fragment to the page that opened it, and with a page of its own to whoever comes
without a script. What is typed is treated as in the search: nothing personal is repeated, kept by
anybody on the way or written down.
"""

from collections.abc import Iterator
from typing import Final
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from juli.domains.registry import selectors
from juli.domains.registry.permissions import Permission
from juli.domains.registry.selectors import Findings
from juli.domains.registry.views.addresses import record
from juli.domains.registry.views.search import LONGEST_QUERY, is_personal
from juli.engines.desk import navigation, recalling
from juli.engines.desk.homepage import Recalled
from juli.engines.desk.pages import Crumb
from juli.engines.desk.quick import Found, Palette
from juli.engines.scope.requests import JuliRequest
from juli.kernel.actor import Actor
from juli.kernel.refusal import NotFound, NotPermitted
from juli.kernel.text import fold_query, full_pinyin, initials

MOST_KEPT: Final = 12
MOST_OF_A_KIND: Final = 6
"""The search page shows more; whoever reads on is led there."""


@sensitive_variables()
@require_safe
@never_cache
def palette(request: JuliRequest) -> HttpResponse:
    """Show where one can go: records that match, records kept at hand, pages."""
    actor = request.actor
    query = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    shown = Palette(
        query="" if is_personal(query) else query,
        is_asked=bool(query),
        groups=tuple(_found(query, actor=actor)) if query else (),
        kept=() if query else recalling.records_kept(actor=actor, most=MOST_KEPT),
        pages=tuple(_pages(query, actor=actor, path=request.path)),
        all_href=_search_for(query) if query and actor.holds(Permission.SEE) else "",
    )
    template = "desk/_palette.html" if request.headers.get("HX-Request") else "desk/palette.html"
    context = {"palette": shown, "crumbs": (Crumb(_("快速前往")),)}
    response = render(request, template, context)
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_POST
def pin(request: JuliRequest, kind_code: str, subject_id: int) -> HttpResponse:
    """Pin a record, or let go of it, and show it again."""
    kind = recalling.kind_of(kind_code)
    if not recalling.keeps(request.actor):
        raise NotPermitted
    if kind is None or not kind.records(request.actor).filter(pk=subject_id).exists():
        raise NotFound
    change = recalling.unpin if request.POST.get("pinned") == "no" else recalling.pin
    change(kind, subject_id, actor=request.actor, at=timezone.now())
    return HttpResponseRedirect(reverse(kind.url_name, args=[subject_id]))


def _search_for(query: str) -> str:
    return reverse("search") if is_personal(query) else f"{reverse('search')}?{urlencode({'q': query})}"


def _found(query: str, *, actor: Actor) -> Iterator[Found]:
    if not actor.holds(Permission.SEE):
        return
    found = selectors.find(query, actor=actor, on=timezone.localdate())
    for title, lines in _lines(found):
        if shown := tuple(lines)[:MOST_OF_A_KIND]:
            yield Found(title, shown)


def _lines(found: Findings) -> Iterator[tuple[str, Iterator[Recalled]]]:
    yield _("会员"), (
        Recalled(_("会员"), "user", hit.name, record("member", hit.person_id),
                 " · ".join(filter(None, (hit.union_name, hit.document_shown))))
        for hit in found.persons
    )  # fmt: skip
    yield (
        _("工会"),
        (
            Recalled(_("工会"), "building-community", hit.name, record("union", hit.id), hit.code)
            for hit in found.unions
        ),
    )
    yield (
        _("单位"),
        (
            Recalled(
                _("单位"), "building-factory-2", hit.name, record("employer", hit.id), hit.territory_name
            )
            for hit in found.employers
        ),
    )


def _pages(query: str, *, actor: Actor, path: str) -> Iterator[Recalled]:
    """Yield the pages of the navigation whose name, or its pinyin, holds what was typed."""
    wanted = fold_query(query)
    for group in navigation.groups_for(actor, path=path):
        for line in group.lines:
            label = str(line.label)
            spellings = (fold_query(label), full_pinyin(label), initials(label))
            if not wanted or any(wanted in each for each in spellings):
                yield Recalled(_("页面"), line.icon, label, line.href, str(group.label))


urlpatterns = [
    path("palette/", palette, name="palette"),
    path("pins/<str:kind_code>/<int:subject_id>/", pin, name="pin"),
]
