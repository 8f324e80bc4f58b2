"""Pages for what goes wrong: what happened, and what to do about it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from juli.engines.desk import speaking
from juli.kernel.refusal import NotFound, NotPermitted, Refusal


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Answer a refusal: absent and invisible look the same, the rest says its sentence."""
    match refusal:
        case NotFound():
            return render(request, "404.html", {"sentence": speaking.told(refusal)}, status=404)
        case NotPermitted():
            return render(request, "403.html", {"sentence": speaking.told(refusal)}, status=403)
        case _:
            return render(
                request, "desk/refused.html", {"sentence": speaking.told(refusal)}, status=refusal.status
            )
