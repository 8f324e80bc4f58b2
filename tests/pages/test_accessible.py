"""
Every page of the house in a real browser: accessible in both themes, wide and narrow.

The pages are those of the table of addresses (tests/access/routes.py): a new one is looked at as soon as
it stands there, opened by the first visitor who may see it.
"""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.http import HttpResponse
from playwright.sync_api import Browser

from tests import world as building
from tests.access.routes import ROUTES, VISITORS, Place, furnished
from tests.access.test_matrix import address_of, visitors
from tests.pages.browsing import AXE, CHROMIUM, COLOURS, NARROW, RULES, WIDE, Desk, chromium

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db,
    pytest.mark.skipif(not (CHROMIUM and AXE.exists()), reason="needs chromium and axe-core (make setup)"),
]

# The first of them who may open a page opens it.
EAGER = ("district", "auditor", "worker", "anonymous")
# These look different to somebody else.
ALSO = {"home": ("worker", "auditor"), "sign-in": ("anonymous",)}
NOWHERE = "/members/999999999/"
PARTS = 4


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


def openings() -> list[tuple[str, str]]:
    """Return every address that somebody may open, with who opens it."""
    found = []
    for name, route in ROUTES.items():
        may = [who for who in (*EAGER, *VISITORS) if route.expected("GET")[who] == 200]
        found += [(name, who) for who in dict.fromkeys([*may[:1], *ALSO.get(name, ())])]
    return found


def is_a_page(answer: HttpResponse) -> bool:
    return answer["Content-Type"].startswith("text/html") and b"<html" in answer.content


def found_wrong(desk: Desk, *, themes: tuple[str, ...] = ("light", "dark")) -> list[str]:
    """
    Look at the page that is shown, in the window as it is.

    The first theme is asked everything; the others differ from it in their colours alone.
    """
    found = ["the page is wider than the window"] if desk.is_too_wide() else []
    for theme in themes:
        desk.wear(theme)
        rules = RULES if theme == themes[0] else COLOURS
        found += [f"{theme}: {each}" for each in desk.violations(rules)]
        if desk.fold(is_open=True):
            found += ["unfolded, the page is wider than the window"] if desk.is_too_wide() else []
            found += [f"{theme}, unfolded: {each}" for each in desk.violations(rules, within="details[open]")]
            desk.fold(is_open=False)
    desk.wear(themes[0])
    return found


def told(wrong: dict[str, list[str]]) -> str:
    return "\n\n".join("\n  ".join([page, *dict.fromkeys(found)]) for page, found in wrong.items())


def asked_for(part: int, place: Place) -> list[tuple[str, str, str]]:
    """Return the pages of one part: name, who opens it, address."""
    refusals = [("not found", "district", NOWHERE), ("not permitted", "worker", "/members/")]
    pages = [(name, who, address_of(name, place)) for name, who in openings()[part::PARTS]]
    return pages + refusals[part : part + 1]


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_is_accessible_in_both_themes(browser, part):
    place = furnished(building.build())
    everybody = visitors(place)
    asked = asked_for(part, place)
    desk = Desk.at(browser)
    looked_at, wrong = 0, {}
    for name, who, address in asked:
        answer = everybody[who].get(address)
        assert answer.status_code in {200, 403, 404}, f"{name} ({who})"
        if is_a_page(answer):
            looked_at += 1
            found = desk.show(answer, address)
            for size in (WIDE, NARROW):
                desk.resize(size)
                found += [f"{size[0]} px, {each}" for each in found_wrong(desk)]
            wrong |= {f"{name} ({who}) {address}": found} if found else {}
    desk.page.context.close()
    assert looked_at > len(asked) // 2
    assert not wrong, told(wrong)


@pytest.mark.parametrize("part", range(PARTS))
def test_every_form_with_faults_is_accessible(browser, part):
    """A form sent empty comes back with its faults; that page is read by somebody who is in trouble."""
    place = furnished(building.build())
    everybody = visitors(place)
    desk = Desk.at(browser)
    desk.resize(NARROW)
    looked_at, wrong = 0, {}
    for name, who in openings()[part::PARTS]:
        address = address_of(name, place)
        with transaction.atomic():
            answer = everybody[who].post(address)
            transaction.set_rollback(True)
        if answer.status_code == 422 and is_a_page(answer):
            looked_at += 1
            found = desk.show(answer, address) + found_wrong(desk, themes=("light",))
            wrong |= {f"{name} ({who}) {address}": found} if found else {}
    desk.page.context.close()
    assert looked_at > 3
    assert not wrong, told(wrong)


def test_what_is_wrong_is_found_and_told(browser):
    """The looking itself is looked at: a picture without words, grey on white, a line that does not fit."""
    answer = HttpResponse(
        '<!doctype html><html lang="zh-hans"><title>坏页</title><main><h1>坏页</h1>'
        '<img src="x.svg"><p style="color: #ddd; width: 3000px">看不清</p></main></html>'
    )
    desk = Desk.at(browser)
    found = told({"bad": desk.show(answer, "/bad/") + found_wrong(desk)})
    desk.page.context.close()
    assert "light: image-alt" in found
    assert "dark: color-contrast" in found
    assert "wider than the window" in found
