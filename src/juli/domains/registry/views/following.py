"""The old address of a record that was merged leads to the record that stands for it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from juli.engines.party import merged
from juli.engines.party.models import Subject
from juli.engines.scope.requests import JuliRequest
from juli.kernel.refusal import NotFound

View = Callable[..., HttpResponse]


def follows(subject: Subject) -> Callable[[View], View]:
    """
    Return the decorator of a page of one record, named ``person_id`` or ``employer_id`` in its address.

    Only what cannot be found is looked up, so every other page costs what it did; and it may be found
    again when the merge is undone, so nobody keeps the way.

    :raises NotFound: nothing stands for the record, or the page is asked to change something.
    """
    name = f"{subject.value}_id"

    def decorate(view: View) -> View:
        @wraps(view)
        def following(request: JuliRequest, **named: Any) -> HttpResponse:  # Any: as the address holds them
            try:
                return view(request, **named)
            except NotFound:
                kept = merged.kept_in_place_of(subject, named[name])
                match = request.resolver_match
                if kept is None or match is None or request.method not in ("GET", "HEAD"):
                    raise
                captured = match.captured_kwargs  # type: ignore[attr-defined]  # the stubs do not know it
                told = {**captured, name: kept}
                return HttpResponseRedirect(reverse(match.view_name, kwargs=told))

        return following

    return decorate
