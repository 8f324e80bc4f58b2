"""Records on paper: what stands on the pages, without navigation and with nothing to press."""

from collections.abc import Callable
from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from juli.domains.registry.views import employer_pages, member_pages, union_pages
from juli.domains.registry.views.folders import EMPLOYER, MEMBER, UNION, Folder
from juli.engines.audit import recording
from juli.engines.audit.models import Access
from juli.engines.desk.pages import Detail
from juli.engines.scope.requests import JuliRequest

_DRAWN: Final[dict[str, Callable[..., Detail]]] = {
    MEMBER.name: member_pages.on_paper,
    UNION.name: union_pages.on_paper,
    EMPLOYER.name: employer_pages.on_paper,
}


@require_safe
@never_cache
def paper(request: JuliRequest, folder: Folder, **named: int) -> HttpResponse:
    """Show a record as it is printed, and write down that it was taken out."""
    row = folder.seen(named[folder.number], actor=request.actor)
    at = timezone.now()
    recording.looked(
        row, path=row.path, act=Access.Act.EXPORTED, field="print",
        person_id=row.pk if folder is MEMBER else None, actor=request.actor, at=at,
    )  # fmt: skip
    context = {
        "detail": _DRAWN[folder.name](row.pk, actor=request.actor),
        "label": folder.label, "printed_at": at, "back_href": folder.href(row.pk),
        "by": request.actor.name, "place": getattr(request, "actor_place", ""),
        "federation": getattr(request, "federation_name", ""),
    }  # fmt: skip
    return render(request, "desk/paper.html", context)
