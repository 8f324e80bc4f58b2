"""
A stranger's first minutes: clone, ``make run``, the first page, the whole sample behind it, and a warm start.

It clones the committed state of this folder, so that nothing of the working tree helps. Packages come from
wherever pip and npm get them on this machine, caches included; the time for that is told apart.
"""

import http.cookiejar
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import house
from benchmarks.verdicts import noted, publish, within

ROOT = Path(__file__).parents[1]
FIRST_PAGE, WHOLE_SAMPLE, WARM_START = 120.0, 300.0, 8.0
PATIENCE = 1200.0


class NotReady(Exception):
    """What was waited for did not come."""


def run() -> None:
    """Measure and write the section."""
    folder = Path(tempfile.mkdtemp(prefix="juli-first-run-"))
    folder.chmod(0o755)  # the database's own user must get through
    clone = folder / "juli"
    try:
        subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
        with _running(clone) as (start, port):
            prepared = _seconds(start, lambda: (clone / ".data").exists())
            first = _seconds(start, lambda: _shows_members(port))
            whole = _seconds(start, lambda: _is_whole(clone))
        with _running(clone) as (start, port):
            warm = _seconds(start, lambda: _answers(port))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    verdicts = [
        noted("packages, assets and translations prepared", f"{prepared:.1f} s"),
        within("first page with members on it, from `make run`", first, FIRST_PAGE, unit="s"),
        within("the whole sample, after the first page", whole - first, WHOLE_SAMPLE, unit="s"),
        noted("the whole sample, from `make run`", f"{whole:.1f} s"),
        within("warm start, from `make run` to the first page", warm, WARM_START, unit="s"),
    ]
    publish("first_run", "a fresh clone", verdicts, notes=NOTES)


NOTES = """
One run: clone of the committed state, `make run` with nothing prepared, polled five times a second from
outside. The first page counts when the district's officer has signed in and the list of members has
rows. Packages came through the machine's own package clients.
"""


@contextmanager
def _running(clone: Path) -> Iterator[tuple[float, int]]:
    """Start ``make run`` in a session of its own, and end it as Ctrl-C does."""
    port = _free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("JULI_")}
    start = time.monotonic()
    process = subprocess.Popen(
        ["make", "run", f"SERVE_ARGS=--port {port}"], cwd=clone, env=environment, start_new_session=True
    )
    try:
        yield start, port
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(120)


def _seconds(start: float, is_so: Callable[[], bool]) -> float:
    while not is_so():
        if time.monotonic() - start > PATIENCE:
            raise NotReady
        time.sleep(0.2)
    return time.monotonic() - start


def _shows_members(port: int) -> bool:
    """Sign in like a person with a browser, and look whether the list of members has rows."""
    if not _answers(port):
        return False
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    site = f"http://127.0.0.1:{port}"
    try:
        form = browser.open(f"{site}/sign-in/", timeout=20).read().decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
        told = {
            "username": house.DISTRICT,
            "password": house.PASSWORD,
            "csrfmiddlewaretoken": token[1] if token else "",
        }
        browser.open(f"{site}/sign-in/", urllib.parse.urlencode(told).encode(), timeout=20).read()
        return (
            re.search(r"/members/\d+/", browser.open(f"{site}/members/", timeout=20).read().decode())
            is not None
        )
    except OSError:
        return False


def _answers(port: int) -> bool:
    try:
        return urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in/", timeout=20).status == 200
    except OSError:
        return False


def _is_whole(clone: Path) -> bool:
    try:
        told = json.loads((clone / ".data" / "sample.json").read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return 0 < told["members_whole"] <= told["members_done"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    run()
