"""The manual in the console: its chapters, and a search within."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from juli.config.help import manual
from juli.engines.desk.pages import Crumb
from juli.engines.scope.requests import JuliRequest
from juli.kernel.refusal import NotFound

LABEL = gettext_lazy("帮助")
LONGEST_QUERY = 60


@require_safe
def contents(request: JuliRequest) -> HttpResponse:
    """List the chapters, or what of them speaks of a word."""
    query = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    context = {
        "chapters": manual.chapters(),
        "query": query,
        "mentions": manual.mentions(query),
        "crumbs": (Crumb(LABEL),),
    }
    return render(request, "help/contents.html", context)


@require_safe
def chapter(request: JuliRequest, slug: str) -> HttpResponse:
    """Show one chapter."""
    found = manual.chapter(slug)
    if found is None:
        raise NotFound
    every = manual.chapters()
    place = every.index(found)
    context = {
        "chapter": found,
        "chapters": every,
        "previous": every[place - 1] if place else None,
        "next": every[place + 1] if place + 1 < len(every) else None,
        "crumbs": (Crumb(LABEL, reverse("help")), Crumb(found.title)),
    }
    return render(request, "help/chapter.html", context)


urlpatterns = [
    path("help/", contents, name="help"),
    path("help/<slug:slug>/", chapter, name="help-chapter"),
]
