"""Remembers which records somebody has opened: whichever page of a record was shown, as a whole."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from juli.engines.desk import recalling
from juli.kernel.actor import Actor

SHOWN = 200


class RecallMiddleware:
    """Stands inside the walls of the actor, so that what it writes is undone with everything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        actor: Actor | None = getattr(request, "actor", None)
        match = request.resolver_match
        if request.method != "GET" or response.status_code != SHOWN or match is None or actor is None:
            return response
        found = recalling.shown_at(match.view_name, match.kwargs)
        if found and recalling.keeps(actor):
            recalling.note_opened(*found, actor=actor, at=timezone.now())
        return response
