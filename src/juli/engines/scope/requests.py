"""What a view gets, and how it says what it needs."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse

from juli.kernel.actor import Actor
from juli.kernel.refusal import NotPermitted

Rest = ParamSpec("Rest")


class JuliRequest(HttpRequest):
    """A request with the actor behind it, as the middleware leaves it."""

    actor: Actor


def needs(
    permission: str,
) -> Callable[
    [Callable[Concatenate[JuliRequest, Rest], HttpResponse]],
    Callable[Concatenate[JuliRequest, Rest], HttpResponse],
]:
    """
    Return the decorator of a view that only those see who hold the permission somewhere.

    It spares a colleague a form they could not send. Which rows the holder reaches is decided by
    the query and by the database, never here.

    :raises NotPermitted: the actor holds it nowhere.
    """

    def decorate(
        view: Callable[Concatenate[JuliRequest, Rest], HttpResponse],
    ) -> Callable[Concatenate[JuliRequest, Rest], HttpResponse]:
        @wraps(view)
        def guarded(request: JuliRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
            if not request.actor.holds(permission):
                raise NotPermitted
            return view(request, *args, **kwargs)

        return guarded

    return decorate
