"""Pages in a real browser: nothing overflows, nothing is out of reach, and the keys do what they say."""

import json
import mimetypes
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

from tests.desk.drawing import drawn
from tests.desk.samples import PAGES
from tools.assets import MODULES

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
AXE = MODULES / "axe-core" / "axe.min.js"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not (CHROMIUM and AXE.exists()), reason="needs chromium and axe-core (make setup)"),
]

SITE = "http://juli.test"
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDE, NARROW = (1440, 900), (360, 780)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    # Playwright drives its browser from an event loop, which Django would take for an asynchronous view.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def visitor(browser: Browser, *, size: tuple[int, int] = WIDE, theme: str = "light", scripts: bool = True):
    """Return a visitor to whom every page and file is handed by the test itself: no server, no network."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, locale="zh-CN", java_script_enabled=scripts
    )
    context.add_cookies([{"name": "theme", "value": theme, "url": SITE}])
    context.route("**/*", answer)
    return context


def answer(route: Route) -> None:
    path = route.request.url.removeprefix(SITE).split("?")[0].split("#")[0]
    name = path.strip("/")
    if path.startswith("/static/"):
        found = finders.find(path.removeprefix("/static/"))
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        route.fulfill(body=Path(str(found)).read_bytes(), content_type=kind) if found else route.abort()
    elif name in PAGES:
        cookies = route.request.headers.get("cookie", "")
        headers = {"Content-Security-Policy": POLICY, "Content-Type": "text/html; charset=utf-8"}
        route.fulfill(body=drawn(name, cookies=cookies), headers=headers)
    else:
        route.fulfill(status=204)


def opened(context: BrowserContext, name: str) -> tuple[Page, list[str]]:
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{SITE}/{name}/", wait_until="load")
    return page, said


def violations(page: Page) -> list[list[object]]:
    """Return what axe finds; it is handed to the page by the debugger, which no policy binds."""
    session = page.context.new_cdp_session(page)
    session.send("Runtime.evaluate", {"expression": AXE.read_text() + ";0"})
    asked = (
        f"axe.run(document, {{runOnly: {json.dumps(RULES)}}}).then(found => JSON.stringify("
        "found.violations.map(each => [each.id, each.nodes.map(node => node.target.join(' '))])))"
    )
    answer = session.send(
        "Runtime.evaluate", {"expression": asked, "awaitPromise": True, "returnByValue": True}
    )
    return json.loads(answer["result"]["value"])


@pytest.mark.parametrize(
    ("size", "theme"),
    [(WIDE, "light"), (WIDE, "dark"), (NARROW, "light"), (NARROW, "dark")],
    ids=["wide-light", "wide-dark", "narrow-light", "narrow-dark"],
)
def test_every_page_is_accessible_and_fits(browser, size, theme):
    context = visitor(browser, size=size, theme=theme)
    found = {}
    for name in PAGES:
        page, said = opened(context, name)
        width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        wrong = [*said, *violations(page), *(["overflows"] if width > 0 else [])]
        if wrong:
            found[name] = wrong
        page.close()
    context.close()
    assert found == {}


def test_the_theme_switches_and_is_remembered(browser):
    context = visitor(browser)
    page, said = opened(context, "home")
    page.click("[data-theme-switch]")
    assert page.evaluate("document.documentElement.dataset.bsTheme") == "dark"
    page.goto(f"{SITE}/list/")
    assert page.evaluate("document.documentElement.dataset.bsTheme") == "dark"
    assert said == []
    context.close()


def test_keys_find_and_walk(browser):
    context = visitor(browser)
    page, _said = opened(context, "list")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.textContent") == "林小满"
    page.keyboard.press("Control+k")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.type("jk/")
    assert page.evaluate("document.activeElement.value") == "jk/"
    context.close()


def test_the_next_page_is_swapped_in_and_can_be_gone_back_from(browser):
    context = visitor(browser)
    page, said = opened(context, "list")
    page.evaluate("window.still = true")
    page.click("a[rel=next]")
    page.wait_for_url("**/list/?after=x")
    assert page.evaluate("window.still"), "only the rows were fetched"
    assert page.locator("#rows tbody tr").count() == 5
    page.go_back()
    page.wait_for_url("**/list/")
    assert said == []
    context.close()


def test_errors_take_the_focus(browser):
    context = visitor(browser)
    page, _said = opened(context, "form")
    assert "还没有保存" in page.evaluate("document.activeElement.textContent")
    context.close()


def test_the_drawer_and_the_filter_open_without_a_script(browser):
    context = visitor(browser, size=NARROW, scripts=False)
    page, _said = opened(context, "list")
    assert not page.is_visible("#nav")
    page.click("a[href='#nav'] >> visible=true")
    assert page.is_visible("#nav")
    page.click(".j-shut")
    assert not page.is_visible("#nav")
    page.click("summary")
    assert page.is_visible("#id_town")
    context.close()


def test_progress_is_fetched_again_and_again(browser):
    context = visitor(browser)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page, said = opened(context, "batch")
    page.wait_for_timeout(2500)
    assert f"{SITE}/b/progress/" in asked
    assert said == []
    context.close()


def test_targets_are_large_enough_for_a_thumb(browser):
    context = visitor(browser, size=NARROW)
    page, _said = opened(context, "list")
    reachable = ".btn, .in, summary, .tb tbody th a, .j-top a"
    heights = page.eval_on_selector_all(
        reachable, "all => all.map(each => each.getBoundingClientRect().height)"
    )
    small = [height for height in heights if 0 < height < 36]
    assert small == []
    context.close()
