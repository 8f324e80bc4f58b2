"""Draws a sample page without a database and without the middleware."""

from django.template.loader import render_to_string
from django.test import RequestFactory

from juli.kernel.actor import Actor, Door, PathRange, Standing
from tests.desk.samples import PAGES, Context

RIGHTS = ("registry.import", "registry.see", "reporting.see", "scope.grant", "scope.see")
OFFICER = Actor(
    "何慧仪", Standing.STAFF, Door.PAGE, 7, tuple((right, (PathRange.under("/1/"),)) for right in RIGHTS)
)


def drawn(name: str, *, cookies: str = "", actor: Actor = OFFICER) -> str:
    """Return the HTML of one sample page as this actor would get it."""
    template, context = PAGES[name]
    return drawn_with(template, context(), cookies=cookies, actor=actor)


def drawn_with(template: str, context: Context, *, cookies: str = "", actor: Actor = OFFICER) -> str:
    """Return the HTML of a template with values of the test's own."""
    request = RequestFactory().get("/registry/members/", headers={"cookie": cookies})
    request.actor = actor
    request.actor_place = "澜江区总"
    request.federation_name = "澜江区总工会"
    request.csp_nonce = ""
    request.htmx = False
    return render_to_string(template, context, request=request)
