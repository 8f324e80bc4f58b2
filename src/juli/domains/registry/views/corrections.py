"""One page for whatever is put right of an entry."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from juli.domains.registry.permissions import Permission
from juli.domains.registry.views import reached
from juli.domains.registry.views.correction_verbs import Part
from juli.engines.desk import asking
from juli.engines.scope.requests import JuliRequest


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def correction(request: JuliRequest, part: Part, **named: int) -> HttpResponse:
    """Do the verb of a part to one of its entries."""
    number, permission = named[part.number], Permission(part.verb.permission)
    entry = reached.sought(part.rows(), number, actor=request.actor, permission=permission)
    crumbs = part.crumbs_of(entry)
    return asking.answer(
        request, part.verb, entry, actor=request.actor, at=timezone.now(), back_href=crumbs[-1].href,
        crumbs=crumbs,
    )  # fmt: skip
