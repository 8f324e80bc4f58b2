"""A form as a browser sends it: with the slip and whatever else stood hidden on the page."""

import re
from html import unescape

from django.http import HttpResponse

from tests.pages.visiting import Visitor

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


def hidden_of(
    page: HttpResponse, *, but: tuple[str, ...] = ("csrfmiddlewaretoken", "next")
) -> dict[str, str]:
    """Return the hidden fields of the form on a page."""
    found = HIDDEN.findall(page.content.decode())
    return {unescape(name): unescape(value) for name, value in found if name not in but}


def opened(visitor: Visitor, address: str) -> dict[str, str]:
    """Open a form and return what it carries along."""
    page = visitor.get(address)
    assert page.status_code == 200, page.status_code
    return {"slip": hidden_of(page)["slip"]}
