"""Turns a request into an actor, and puts the whole of it, rendering included, inside the walls."""

from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from juli.config import errors
from juli.engines.scope import reaching, walls
from juli.engines.scope.models import Account, OrgUnit
from juli.kernel.actor import Actor, Door
from juli.kernel.refusal import Refusal

Handler = Callable[[HttpRequest], HttpResponse]

WITHOUT_DATABASE = ("/healthz", "/readyz", "/static/")
"""Addresses that answer even when the database is down; one that asks it enters the walls itself."""


class DoorMiddleware:
    """Opens the transaction of a request in the standing that may read accounts and sessions only."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(WITHOUT_DATABASE):
            # Nobody asks there: a session would have to be looked up outside the walls.
            request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
            return self.get_response(request)
        with walls.entered(walls.doorkeeper()):
            return self.get_response(request)


class ActorMiddleware:
    """Finds out who asks, and answers inside the walls of that actor."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(WITHOUT_DATABASE):
            return self.get_response(request)
        actor = request.actor = _actor_of(request)  # type: ignore[attr-defined]
        with walls.entered(actor):
            response = self.get_response(request)
            if isinstance(response, TemplateResponse) and not response.is_rendered:
                response.render()
            if response.streaming and not _is_a_file(response):
                raise RuntimeError("A streamed answer would ask the database outside the walls.")
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal that a view did not catch with a page that says why."""
        if isinstance(exception, Refusal):
            return errors.refused(request, exception)
        return None


def _actor_of(request: HttpRequest) -> Actor:
    """Find out who asks and where they work, while still at the door."""
    if not isinstance(request.user, Account) or not request.user.is_authenticated:
        return walls.stranger()
    account = request.user
    root = account.path.split("/")[1]
    units = OrgUnit.objects.in_bulk([int(root), account.org_unit_id])
    request.federation_name = units[int(root)].name if int(root) in units else ""  # type: ignore[attr-defined]
    request.actor_unit = unit = units.get(account.org_unit_id)  # type: ignore[attr-defined]
    request.actor_place = unit.name if unit else ""  # type: ignore[attr-defined]
    return reaching.actor_for(account, on=timezone.localdate(), door=Door.PAGE)


def _is_a_file(response: HttpResponse | StreamingHttpResponse) -> bool:
    return getattr(response, "file_to_stream", None) is not None
