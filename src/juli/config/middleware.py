"""Turns a request into an actor, and puts the whole of it, rendering included, inside the walls."""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from juli.config import errors
from juli.engines.scope import reaching, walls
from juli.engines.scope.models import Account
from juli.kernel.actor import Door
from juli.kernel.refusal import Refusal

Handler = Callable[[HttpRequest], HttpResponse]

WITHOUT_DATABASE = ("/healthz", "/static/")
"""Addresses that answer without asking the database, even when it is down."""


class DoorMiddleware:
    """Opens the transaction of a request in the standing that may read accounts and sessions only."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(WITHOUT_DATABASE):
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
        user: Account | AnonymousUser = request.user  # type: ignore[assignment]  # lazy object
        actor = walls.stranger() if not user.is_authenticated else self._actor_of(user)
        request.actor = actor  # type: ignore[attr-defined]
        with walls.entered(actor):
            response = self.get_response(request)
            if isinstance(response, TemplateResponse) and not response.is_rendered:
                response.render()
            if response.streaming and not _is_a_file(response):
                raise RuntimeError("A streamed answer would ask the database outside the walls.")
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response

    @staticmethod
    def _actor_of(user: "Account | AnonymousUser") -> "reaching.Actor":
        return reaching.actor_for(user.pk, on=timezone.localdate(), door=Door.PAGE)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal that a view did not catch with a page that says why."""
        if isinstance(exception, Refusal):
            return errors.refused(request, exception)
        return None


def _is_a_file(response: HttpResponse | StreamingHttpResponse) -> bool:
    return getattr(response, "file_to_stream", None) is not None
