"""Keeping a draft while somebody types or asks for it, and throwing one away."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from juli.engines.desk import markup
from juli.engines.desk.filling import drafts, interrupted
from juli.engines.scope.requests import JuliRequest
from juli.kernel.refusal import NotFound


@require_POST
@sensitive_post_parameters()
def draft_keeping(request: JuliRequest) -> HttpResponse:
    """
    Keep a draft of the form that is sent; while somebody types, say so in a line under the form.

    :raises NotFound: what came stood on no page of ours, or on somebody else's.
    """
    slip = interrupted.slip_in(request)
    if slip is None or slip.account_id != request.actor.account_id:
        raise NotFound
    at = timezone.now()
    drafts.keep(slip, dict(request.POST.lists()), at=at)
    if interrupted.is_while_typing(request):
        return render(request, "desk/_draft_kept.html", {"saved_at": at})
    messages.success(
        request, _("草稿已存（%(moment)s），十四天内可以接着填。") % {"moment": markup.moment(at)}
    )
    return HttpResponseRedirect(interrupted.with_draft(slip))


@require_POST
def draft_removal(request: JuliRequest, draft_id: int) -> HttpResponse:
    """
    Throw a draft away, and go where the visitor came from: the form, or the list of drafts.

    :raises NotFound: the visitor has no such draft.
    """
    address = drafts.throw_away(draft_id, actor=request.actor)
    messages.success(request, _("草稿已丢弃。"))
    return HttpResponseRedirect("/" if request.POST.get("from") == "home" else address)
