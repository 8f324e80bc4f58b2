"""A real browser in front of the house: the test itself hands it every page, without a server."""

import json
import mimetypes
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from django.http import HttpResponse
from playwright.sync_api import Browser, Page, Route, sync_playwright

from tools.assets import MODULES

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
AXE = MODULES / "axe-core" / "axe.min.js"
SITE = "http://localhost"
WIDE, NARROW = (1440, 900), (360, 740)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start Debian's chromium, and end it."""
    # Playwright drives its browser from an event loop, which Django would take for an asynchronous view.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@dataclass
class Desk:
    """One window of the browser, at which visitors take turns."""

    page: Page
    answer: HttpResponse | None = None
    said: list[str] = field(default_factory=list)

    @classmethod
    def at(cls, browser: Browser) -> "Desk":
        """Open a window in which nothing moves."""
        context = browser.new_context(locale="zh-CN", reduced_motion="reduce")
        desk = cls(context.new_page())
        context.route("**/*", desk.hand_over)
        desk.page.on("console", lambda each: desk.said.append(each.text) if each.type == "error" else None)
        desk.page.on("pageerror", lambda error: desk.said.append(str(error)))
        return desk

    def hand_over(self, route: Route) -> None:
        """Hand the browser a file, or the page that waits for it; it asks for nothing else that matters."""
        path = urlsplit(route.request.url).path
        if path.startswith("/static/"):
            found = finders.find(path.removeprefix("/static/"))
            kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
            route.fulfill(body=Path(found).read_bytes(), content_type=kind) if found else route.abort()
        elif route.request.is_navigation_request() and self.answer is not None:
            route.fulfill(headers=dict(self.answer.items()), body=self.answer.content)
        else:
            route.fulfill(status=204)

    def show(self, answer: HttpResponse, address: str) -> list[str]:
        """
        Show what the house has answered, and return what went wrong in the page.

        The answer was made before: the browser's own calls come in a context without the test's database.
        """
        self.answer = answer
        self.said.clear()
        self.page.goto(SITE + address, wait_until="load")
        return list(self.said)

    def resize(self, size: tuple[int, int]) -> None:
        """Make the window as wide and as high as told."""
        self.page.set_viewport_size({"width": size[0], "height": size[1]})

    def wear(self, theme: str) -> None:
        """Change the theme as the button does."""
        self.page.evaluate("theme => { document.documentElement.dataset.bsTheme = theme; }", theme)

    def fold(self, *, is_open: bool) -> bool:
        """Open or close whatever can be folded, and say whether anything can."""
        return self.page.evaluate(
            "open => [...document.querySelectorAll('details')].map(each => { each.open = open; }).length > 0",
            is_open,
        )

    def is_too_wide(self) -> bool:
        """Say whether the page must be moved sideways to be read."""
        return self.page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )

    def violations(self, rules: list[str], *, within: str = "html") -> list[str]:
        """
        Return what axe finds in a part of the page, a line each.

        It is handed to the page by the debugger, which no policy binds.
        """
        session = self.page.context.new_cdp_session(self.page)
        if not self.page.evaluate("'axe' in window"):
            session.send("Runtime.evaluate", {"expression": f"{AXE.read_text()};0"})
        asked = f"({ASKING})({json.dumps(within)}, {json.dumps(rules)})"
        answer = session.send(
            "Runtime.evaluate", {"expression": asked, "awaitPromise": True, "returnByValue": True}
        )
        session.detach()
        return json.loads(answer["result"]["value"])


ASKING = """(within, rules) => axe.run({include: [within]}, {runOnly: rules, resultTypes: ["violations"]})
  .then(found => JSON.stringify(found.violations.flatMap(each => each.nodes.map(node =>
    `${each.id}: ${each.help}: ${node.target.join(" ")} ${node.any.concat(node.all, node.none)
      .map(check => check.message).join("; ")}`))))"""
