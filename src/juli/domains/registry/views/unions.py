"""Pages of unions: the list, and what is done to them and their offices."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from juli.domains.registry.models import Committee, Coverage, Post, Union
from juli.domains.registry.permissions import Permission
from juli.domains.registry.views import reached
from juli.domains.registry.views.addresses import address
from juli.domains.registry.views.union_verbs import END_COMMITTEE, FOUND, LEAVE_POST, UNCOVER
from juli.engines.desk import asking
from juli.engines.desk.asking import Verb
from juli.engines.desk.pages import Crumb
from juli.engines.scope.requests import JuliRequest, needs

MODULE, LABEL = gettext_lazy("组建"), gettext_lazy("基层工会")


@require_http_methods(["GET", "POST"])
@needs(Permission.ARRANGE_UNIONS)
def founding(request: JuliRequest) -> HttpResponse:
    """Found a union."""
    return asking.answer(
        request, FOUND, None, actor=request.actor, at=timezone.now(), back_href=address("unions"),
        crumbs=(Crumb(MODULE), Crumb(LABEL, address("unions"))),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def union_verb(request: JuliRequest, union_id: int, verb: Verb[Union]) -> HttpResponse:
    """Do one of ``UNION_VERBS`` to a union."""
    union = reached.union(union_id, actor=request.actor, permission=Permission(verb.permission))
    return _answer(request, verb, union, union=union)


@require_http_methods(["GET", "POST"])
def post_leaving(request: JuliRequest, post_id: int) -> HttpResponse:
    """Let somebody leave a post."""
    rows = Post.objects.select_related("union").defer("union__name_bigrams")
    post = reached.sought(rows, post_id, actor=request.actor, permission=Permission.ARRANGE_UNIONS)
    return _answer(request, LEAVE_POST, post, union=post.union)


@require_http_methods(["GET", "POST"])
def committee_ending(request: JuliRequest, committee_id: int) -> HttpResponse:
    """End a committee."""
    rows = Committee.objects.select_related("union").defer("union__name_bigrams")
    committee = reached.sought(rows, committee_id, actor=request.actor, permission=Permission.ARRANGE_UNIONS)
    return _answer(request, END_COMMITTEE, committee, union=committee.union)


@require_http_methods(["GET", "POST"])
def coverage_ending(request: JuliRequest, coverage_id: int) -> HttpResponse:
    """Let a union stand for an employer no longer."""
    rows = Coverage.objects.select_related("union").defer("union__name_bigrams")
    coverage = reached.sought(rows, coverage_id, actor=request.actor, permission=Permission.ARRANGE_UNIONS)
    return _answer(request, UNCOVER, coverage, union=coverage.union)


def _answer(
    request: JuliRequest, verb: Verb[asking.Subject], subject: asking.Subject, *, union: Union
) -> HttpResponse:
    back = address("union", union.pk)
    crumbs = (Crumb(MODULE), Crumb(LABEL, address("unions")), Crumb(union.name, back))
    return asking.answer(
        request, verb, subject, actor=request.actor, at=timezone.now(), back_href=back, crumbs=crumbs
    )
