"""Pages of employers: the list, and what is done to them and reported of them."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from juli.domains.registry.permissions import Permission
from juli.domains.registry.views import reached
from juli.domains.registry.views.addresses import address
from juli.domains.registry.views.employer_verbs import REGISTER, UNFLAG
from juli.domains.registry.views.following import follows
from juli.engines.desk import asking
from juli.engines.desk.asking import Verb
from juli.engines.desk.pages import Crumb
from juli.engines.party.models import Employer, EmployerFlag, Subject
from juli.engines.scope.requests import JuliRequest, needs

MODULE, LABEL = gettext_lazy("组建"), gettext_lazy("单位")


@require_http_methods(["GET", "POST"])
@needs(Permission.EDIT_EMPLOYERS)
def registration(request: JuliRequest) -> HttpResponse:
    """Register an employer."""
    return asking.answer(
        request, REGISTER, None, actor=request.actor, at=timezone.now(), back_href=address("employers"),
        crumbs=(Crumb(MODULE), Crumb(LABEL, address("employers"))),
    )  # fmt: skip


@follows(Subject.EMPLOYER)
@require_http_methods(["GET", "POST"])
def employer_verb(request: JuliRequest, employer_id: int, verb: Verb[Employer]) -> HttpResponse:
    """Do one of ``EMPLOYER_VERBS`` to an employer."""
    employer = reached.employer(employer_id, actor=request.actor, permission=Permission(verb.permission))
    return _answer(request, verb, employer, employer=employer)


@require_http_methods(["GET", "POST"])
def mark_ending(request: JuliRequest, mark_id: int) -> HttpResponse:
    """Take a mark off an employer."""
    rows = EmployerFlag.objects.select_related("employer").defer("employer__name_bigrams")
    mark = reached.sought(rows, mark_id, actor=request.actor, permission=Permission.EDIT_EMPLOYERS)
    return _answer(request, UNFLAG, mark, employer=mark.employer)


def _answer(
    request: JuliRequest, verb: Verb[asking.Subject], subject: asking.Subject, *, employer: Employer
) -> HttpResponse:
    back = address("employer", employer.pk)
    crumbs = (Crumb(MODULE), Crumb(LABEL, address("employers")), Crumb(employer.name, back))
    return asking.answer(
        request, verb, subject, actor=request.actor, at=timezone.now(), back_href=back, crumbs=crumbs
    )
