"""How a page asks for what a verb takes, and carries it out: one way for every form of the house."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse

from juli.engines.desk.filling.seats import Seat
from juli.engines.desk.pages import Crumb, Section
from juli.engines.desk.verbs import Act, Asking, Said, Subject, Verb, WithinReach
from juli.kernel.actor import Actor

__all__ = ["Act", "Asking", "Said", "Subject", "Verb", "WithinReach", "answer"]


def answer(
    request: HttpRequest,
    verb: Verb[Subject],
    subject: Subject,
    *,
    actor: Actor,
    at: datetime,
    back_href: str,
    crumbs: tuple[Crumb, ...],
    aside: tuple[Section, ...] = (),
) -> HttpResponse:
    """
    Show the form of a verb, or carry the verb out and lead back to the record.

    A refusal comes back as the same page with status 422 and its sentence on top; what somebody else
    has saved meanwhile, as a page of choices with status 409. Sent twice, it is carried out once.

    :raises NotFound: the action found the record out of reach.
    :raises NotPermitted: the actor may not do this to it.
    """
    seat = Seat(request, verb, subject, actor, at, back_href, crumbs, aside)
    return seat.sent() if request.method == "POST" else seat.asked()
