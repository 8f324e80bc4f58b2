"""Pages of members: the list, one of them, and what is done to them."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from juli.domains.registry.models import Membership
from juli.domains.registry.permissions import Permission
from juli.domains.registry.views import reached
from juli.domains.registry.views.addresses import address
from juli.domains.registry.views.following import follows
from juli.domains.registry.views.member_verbs import ADMIT
from juli.engines.desk import asking
from juli.engines.desk.asking import Verb
from juli.engines.desk.pages import Crumb
from juli.engines.party.models import Person, Subject
from juli.engines.scope.requests import JuliRequest, needs

MODULE, LABEL = gettext_lazy("组建"), gettext_lazy("会员")


@require_http_methods(["GET", "POST"])
@needs(Permission.EDIT_MEMBERS)
def admission(request: JuliRequest) -> HttpResponse:
    """Admit somebody."""
    return asking.answer(
        request, ADMIT, None, actor=request.actor, at=timezone.now(), back_href=address("members"),
        crumbs=(Crumb(MODULE), Crumb(LABEL, address("members"))),
    )  # fmt: skip


@follows(Subject.PERSON)
@require_http_methods(["GET", "POST"])
def person_verb(request: JuliRequest, person_id: int, verb: Verb[Person]) -> HttpResponse:
    """Do one of ``PERSON_VERBS`` to a person."""
    person = reached.person(person_id, actor=request.actor, permission=Permission(verb.permission))
    return _answer(request, verb, person, person=person)


@follows(Subject.PERSON)
@require_http_methods(["GET", "POST"])
def career_verb(request: JuliRequest, person_id: int, verb: Verb[Membership]) -> HttpResponse:
    """Do one of ``CAREER_VERBS`` to the membership of a person that is in force."""
    membership = reached.membership(person_id, actor=request.actor, permission=Permission(verb.permission))
    return _answer(request, verb, membership, person=membership.person)


def _answer(
    request: JuliRequest, verb: Verb[asking.Subject], subject: asking.Subject, *, person: Person
) -> HttpResponse:
    back = address("member", person.pk)
    crumbs = (Crumb(MODULE), Crumb(LABEL, address("members")), Crumb(person.name, back))
    return asking.answer(
        request, verb, subject, actor=request.actor, at=timezone.now(), back_href=back, crumbs=crumbs
    )
