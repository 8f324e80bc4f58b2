"""Take a picture of every page, wide and narrow, light and dark, into docs/screenshots.

python tools/screenshots.py                 all pages of docs/screenshots/pages.toml
python tools/screenshots.py members home    some of them

A house with a small sample is made in a temporary folder, served, looked at and thrown away.
JULI_SCREENSHOTS_OF names a house that is already served instead, such as http://127.0.0.1:8000.
"""

from __future__ import annotations

import base64
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import tomllib
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Browser, FilePayload, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from tools.indexed_png import Pixels, written

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "screenshots"
LIST = FOLDER / "pages.toml"
README = FOLDER / "README.md"
SIZES = {"wide": (1440, 900), "narrow": (360, 740)}
THEMES = ("light", "dark")
PASSWORD = "juli-sample-2018"
SCALE = "0.01"
READY_SECONDS = 120.0
WORKER_SECONDS = 12.0
"""What was handed in is looked at in the meantime."""
JULI = (sys.executable, "-m", "juli")


class Untakeable(Exception):
    """A page is not where the list says, or the house does not answer."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """
    One page: who opens it, and where.

    The address stands in the list, or is found: the first link on that page that matches ``link``, with
    ``then`` behind it. ``press`` are elements to press there.
    """

    address: str
    account: str = "qu"
    link: str = ""
    then: str = ""
    press: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Shot(Place):
    """A page of which pictures are taken, after something was pressed."""

    name: str
    route: str


@dataclass(frozen=True, kw_only=True)
class Step(Place):
    """Something that is done once before, so that the pages have something to show."""

    fill: dict[str, str] = field(default_factory=dict)
    file: dict[str, str] = field(default_factory=dict)


def listed() -> list[Shot]:
    """Return the pages of the list."""
    return [Shot(**{**each, "press": tuple(each.get("press", ()))}) for each in _read("page")]


def steps() -> list[Step]:
    """Return what is done before."""
    return [Step(**{**each, "press": tuple(each.get("press", ()))}) for each in _read("step")]


def _read(table: str) -> list[dict[str, Any]]:  # Any: as the list is written
    found: list[dict[str, Any]] = tomllib.loads(LIST.read_text(encoding="utf-8")).get(table, [])
    return found


def say(sentence: str) -> None:
    print(f"· {sentence}", flush=True)


@contextmanager
def served() -> Iterator[str]:
    """Make a house with a small sample, serve it on a free port, and throw it away."""
    if given := os.environ.get("JULI_SCREENSHOTS_OF"):
        yield given.rstrip("/")
        return
    home = Path(tempfile.mkdtemp(prefix="juli-screenshots-"))
    home.chmod(0o755)
    environment = os.environ | {"JULI_DATA": str(home / "data"), "JULI_LOG_LEVEL": "WARNING"}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    try:
        say("making a small sample")
        subprocess.run([*JULI, "sample", "--scale", SCALE], env=environment, check=True)
        serving = subprocess.Popen(
            [*JULI, "serve", "--port", str(port)], env=environment, stdout=subprocess.DEVNULL
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/readyz")
            yield f"http://127.0.0.1:{port}"
        finally:
            serving.terminate()
            serving.wait()
    finally:
        shutil.rmtree(home, ignore_errors=True)


def wait_for(address: str) -> None:
    """
    Wait until the house answers.

    :raises Untakeable: it does not.
    """
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise Untakeable("the house did not come up")


class Visitor:
    """One account in one window, which is resized and re-coloured as needed."""

    def __init__(self, browser: Browser, site: str, account: str) -> None:
        self.site = site
        context = browser.new_context(locale="zh-CN", reduced_motion="reduce", timezone_id="Asia/Shanghai")
        self.page: Page = context.new_page()
        if account:
            self.page.goto(f"{site}/sign-in/")
            self.page.fill("[name=username]", account)
            self.page.fill("[name=password]", PASSWORD)
            self.page.click("main button[type=submit], main button")
            self.page.wait_for_url(re.compile(r"^(?!.*/sign-in/).*$"))

    def address_of(self, shot: Place) -> str:
        """
        Return where a page stands.

        :raises Untakeable: no link on the page before it leads there.
        """
        if not shot.link:
            return shot.address + shot.then
        self.page.goto(self.site + shot.address)
        links = self.page.eval_on_selector_all("a[href]", "all => all.map(each => each.getAttribute('href'))")
        found = next((link for link in links if re.fullmatch(shot.link, link)), None)
        if found is None:
            raise Untakeable(f"nothing on {shot.address} leads to {shot.link}")
        return str(found) + shot.then

    def do(self, step: Step) -> None:
        """Do one of the steps before."""
        self.page.set_viewport_size({"width": 1440, "height": 900})
        self.page.goto(self.site + self.address_of(step))
        for name, text in step.fill.items():
            self.page.fill(f"main [name={name}]", text)
        if step.file:
            handed = FilePayload(
                name=step.file["name"], mimeType="application/octet-stream", buffer=step.file["text"].encode()
            )
            self.page.set_input_files(f"main [name={step.file['field']}]", handed)
        for selector in step.press:
            self.page.locator(selector).first.click()
            self.page.wait_for_load_state()

    def take(self, shot: Shot) -> str:
        """Take the pictures of a page, and return its title."""
        address = self.address_of(shot)
        for size, (width, height) in SIZES.items():
            self.page.set_viewport_size({"width": width, "height": height})
            for theme in THEMES:
                self.page.context.add_cookies([{"name": "theme", "value": theme, "url": self.site}])
                answer = self.page.goto(self.site + address, wait_until="load")
                if answer is None or answer.status >= 500 or ("/sign-in/" in self.page.url and shot.account):
                    raise Untakeable(f"{shot.name}: {address} answers {answer and answer.status}")
                for selector in shot.press:
                    self.page.locator(selector).first.click()
                self.page.evaluate("document.fonts.ready.then(() => 0)")
                target = FOLDER / f"{shot.name}-{size}-{theme}.png"
                target.write_bytes(written(self.pixels(self.page.screenshot(animations="disabled"))))
        return self.page.title().split(" · ")[0]

    def pixels(self, picture: bytes) -> Pixels:
        """Let the browser itself decode its picture."""
        easel = self.page.context.new_page()
        try:
            told = easel.evaluate(DECODING, base64.b64encode(picture).decode())
        finally:
            easel.close()
        raw = np.frombuffer(base64.b64decode(told["data"]), dtype=np.uint8)
        return raw.reshape(told["height"], told["width"], 4)[..., :3]


DECODING = """async picture => {
  const bytes = Uint8Array.from(atob(picture), each => each.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes], {type: "image/png"}));
  const canvas = new OffscreenCanvas(image.width, image.height);
  const brush = canvas.getContext("2d");
  brush.drawImage(image, 0, 0);
  const raw = brush.getImageData(0, 0, image.width, image.height).data;
  let text = "";
  for (let at = 0; at < raw.length; at += 32768)
    text += String.fromCharCode.apply(null, raw.subarray(at, at + 32768));
  return {data: btoa(text), width: image.width, height: image.height};
}"""


def chromium() -> str:
    """
    Return where the browser is.

    :raises Untakeable: there is none.
    """
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        raise Untakeable("there is no chromium on this machine (make setup)")
    return found


def take_all(site: str, shots: list[Shot]) -> dict[str, str]:
    """
    Take the pictures of all these pages; return the titles by name.

    :raises Untakeable: some were not taken; the others were.
    """
    titles: dict[str, str] = {}
    failed: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(),
            args=["--no-sandbox", "--disable-gpu", "--force-color-profile=srgb", "--lang=zh-CN"],
            env={**os.environ, "LANGUAGE": "zh_CN"},
        )
        visitors = {
            account: Visitor(browser, site, account)
            for account in {each.account for each in (*shots, *steps())}
        }
        for step in steps():
            failed += _tried(f"step at {step.address}", partial(visitors[step.account].do, step))
        time.sleep(WORKER_SECONDS)
        for shot in shots:
            failed += _tried(shot.name, partial(_take, visitors[shot.account], shot, titles))
            say(f"{shot.name}: {titles.get(shot.name, 'NOT TAKEN')}")
        browser.close()
    write_readme(titles)
    if failed:
        raise Untakeable("; ".join(failed))
    return titles


def _take(visitor: Visitor, shot: Shot, titles: dict[str, str]) -> None:
    titles[shot.name] = visitor.take(shot)


def _tried(what: str, act: Callable[[], None]) -> list[str]:
    """Do something; a page that hangs or is not there must not cost the others."""
    try:
        act()
    except (Untakeable, PlaywrightError) as reason:
        return [f"{what}: {str(reason).splitlines()[0]}"]
    return []


def write_readme(titles: dict[str, str]) -> None:
    """Write the page that shows the pictures; titles that were not taken now stay as they stand there."""
    before = README.read_text(encoding="utf-8") if README.exists() else ""
    known = re.findall(r"^## (.+) `(.+)`$", before, re.MULTILINE)
    titles = {name: title for title, name in known} | titles
    parts = [HEAD]
    for shot in listed():
        if shot.name in titles:
            parts.append(f"## {titles[shot.name]} `{shot.name}`\n\n{_pictures(shot.name)}")
    README.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


HEAD = """# 每一页的样子

Every page at 1440 × 900 and 360 × 740, light and dark, on a small invented sample. Made by `make screenshots`
from the list in [pages.toml](pages.toml); nothing here is drawn by hand, and nobody in it is real."""


def _pictures(name: str) -> str:
    def picture(size: str, theme: str, width: int) -> str:
        return f'<img src="{name}-{size}-{theme}.png" width="{width}" alt="{name}, {size}, {theme}">'

    return " ".join(
        [picture("wide", theme, 560) for theme in THEMES]
        + [picture("narrow", theme, 160) for theme in THEMES]
    )


def main(arguments: list[str]) -> int:
    """Take the pictures that are asked for."""
    shots = [shot for shot in listed() if not arguments or shot.name in arguments]
    if unknown := set(arguments) - {shot.name for shot in shots}:
        print(f"Not in {LIST.relative_to(ROOT)}: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    if not arguments:
        for old in FOLDER.glob("*.png"):
            old.unlink()
    try:
        with served() as site:
            take_all(site, shots)
    except Untakeable as reason:
        print(f"Not all pictures were taken: {reason}.", file=sys.stderr)
        return 1
    size = sum(each.stat().st_size for each in FOLDER.glob("*.png")) / 1_000_000
    say(f"{len(shots)} pages, {size:.1f} MB in docs/screenshots")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
