"""An officer finds, walks, opens, pins and leaves by keys alone; what opens over a page is accessible."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, sync_playwright

from juli.engines.scope import walls
from juli.engines.scope.models import Account
from tests import world as building
from tests.pages.browsing import AXE, CHROMIUM, RULES
from tests.world import PASSWORD, World

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not (CHROMIUM and AXE.exists()), reason="needs chromium and axe-core (make setup)"),
]


@pytest.fixture
def page() -> Iterator[Page]:
    # Playwright drives its browser from an event loop, which Django would take for an asynchronous view.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        context = browser.new_context(locale="zh-CN", reduced_motion="reduce", bypass_csp=True)
        yield context.new_page()
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def world() -> World:
    with walls.entered(walls.system("测试")):
        return building.build()


def faults(page: Page) -> list[str]:
    """Return what axe finds in the page as it is."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
    return [f"{each['id']}: {node['html'][:120]}" for each in found["violations"] for node in each["nodes"]]


def in_focus(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent.trim()"))


def test_an_officer_works_by_keys(page, world, live_server):
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    with walls.entered(walls.system("测试")):
        username = Account.scoped.get(pk=world.he.account_id).username
    page.goto(f"{live_server.url}/members/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("tbody tr")

    page.keyboard.press("j")
    first = in_focus(page)
    page.keyboard.press("j")
    assert in_focus(page) not in ("", first)
    page.keyboard.press("k")
    assert in_focus(page) == first
    page.keyboard.press("Enter")
    page.wait_for_url("**/members/*/")

    page.focus("form.pin button")
    page.keyboard.press("Enter")
    page.wait_for_selector("form.pin [aria-label=取消固定]")

    page.keyboard.press("Control+k")
    page.wait_for_selector("#palette-found >> text=台账导入")
    assert first in page.inner_text("#palette-found")
    assert faults(page) == []
    page.keyboard.type("商贸")
    page.wait_for_selector("#palette-found section >> text=工会 >> nth=0")
    page.wait_for_function("!document.querySelector('#palette-found').textContent.includes('台账导入')")
    assert "项" in page.inner_text("[data-live]")
    page.keyboard.press("ArrowDown")
    assert "商贸" in in_focus(page)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Escape")
    assert not page.evaluate("document.getElementById('palette').open")

    page.keyboard.press("?")
    assert page.is_visible("#keys >> text=打开这份清单")
    assert faults(page) == []
    page.keyboard.press("Escape")

    page.keyboard.press("Control+k")
    page.wait_for_selector("#palette-found a")
    page.keyboard.press("Control+a")
    page.keyboard.type("商贸")
    page.wait_for_function("!document.querySelector('#palette-found').textContent.includes('台账导入')")
    page.wait_for_function("document.querySelector('[data-palette-ask]').dataset.shown === '商贸'")
    page.keyboard.press("Enter")
    page.wait_for_url("**/unions/*/")

    page.keyboard.press("e")
    page.wait_for_url("**/unions/*/correction/")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("g")
    page.keyboard.press("h")
    page.wait_for_selector("main >> text=最近打开")
    assert first in page.inner_text(".recall")
    assert said == []
