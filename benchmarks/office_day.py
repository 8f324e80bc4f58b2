"""
A day in the office: staff who read, search and write, over the full sample, against the real server.

The house is copied first, because the day changes it; the copy is served by ``juli serve`` as in any
office and thrown away afterwards. The staff are one process beside it (``clerks``).

    JULI_OFFICE_SECONDS=60 python -m benchmarks.office_day    a shorter day
"""

import json
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks import house
from benchmarks.timing import Times
from benchmarks.verdicts import Verdict, noted, publish, within
from juli.config.embedded.folders import data_folder

READERS, WRITERS = 40, 10
EVERY_SECONDS = 5.0
SECONDS = float(os.environ.get("JULI_OFFICE_SECONDS", "600"))
ARRIVING_SECONDS = 20.0
BUDGETS = {False: (50.0, 150.0, 300.0), True: (100.0, 300.0, 500.0)}
PASSWORD = "office-day-2018"
ROOT = Path(__file__).resolve().parent.parent
WORDS = (sys.executable, "-m")
READY_SECONDS = 120


def run() -> None:
    """Measure and write the section."""
    with _copied(data_folder()) as copy:
        plan, version = _prepared(copy)
        with _served(copy) as port:
            plan["port"] = port
            record = _worked(copy, plan)
    verdicts = _verdicts(record)
    publish("office_day", "a day in the office", verdicts, notes=NOTES + _priority(), postgresql=version)


NOTES = f"""
{READERS} staff read and search, {WRITERS} write, each asks for a page every {EVERY_SECONDS:g} s, for
{SECONDS / 60:g} minutes, over the full sample, against `juli serve` as it comes; half of them work in a town.
They sign in at the door, send the forms that they were shown with every field and token, over one open
connection each, from one process on the same machine. Counted is from the first byte sent to the last byte
received; style sheets and scripts, which browsers keep, are not asked for. An error is any answer but the one
wanted. The page that follows a form that was sent counts as read. The thresholds are those that OpenCRVS
publishes for a million records.
"""


def _priority() -> str:
    """Say so where the day was given way to by other work on the machine."""
    niceness = os.nice(0)
    return (
        f"House and staff ran at niceness {niceness}, before other work on the machine.\n" if niceness else ""
    )


@contextmanager
def _copied(folder: Path) -> Iterator[Path]:
    """Copy the house, whose database must not be running, and remove the copy afterwards."""
    place = Path(tempfile.mkdtemp(prefix="office-", dir=folder.parent))
    place.chmod(0o711)
    copy = place / "house"
    with house.standing():
        pass  # whoever ran it has stopped, and it was brought to rest by us
    subprocess.run(["cp", "-a", "--reflink=auto", str(folder), str(copy)], check=True)
    os.sync()  # what was copied is on disk before anybody waits for a commit
    try:
        yield copy
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _prepared(copy: Path) -> tuple[dict[str, Any], str]:
    """Open the accounts of the staff in the copy; return the plan of the day and what PostgreSQL it is."""
    done = subprocess.run(
        [*WORDS, "benchmarks.office_staff", str(READERS), str(WRITERS), PASSWORD],
        cwd=ROOT, env=_environment(copy), stdout=subprocess.PIPE, check=True,
    )  # fmt: skip
    plan = json.loads(done.stdout)
    plan |= {
        "host": "127.0.0.1", "password": PASSWORD, "seed": 2018, "seconds": SECONDS,
        "every_seconds": EVERY_SECONDS, "arriving_seconds": ARRIVING_SECONDS,
    }  # fmt: skip
    random.Random(2018).shuffle(plan["staff"])
    return plan, plan.pop("postgresql")


@contextmanager
def _served(copy: Path) -> Iterator[int]:
    """Start the whole house on a free port, and stop it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    serving = subprocess.Popen(
        [*WORDS, "juli", "serve", "--port", str(port)], cwd=ROOT, env=_environment(copy),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait_for(f"http://127.0.0.1:{port}/readyz")
        yield port
    finally:
        serving.terminate()
        serving.wait()


def _wait_for(address: str) -> None:
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("The house did not come up.")


def _worked(copy: Path, plan: dict[str, Any]) -> dict[str, Any]:
    """Let the staff work, and return what they wrote down."""
    written, record = copy.parent / "plan.json", copy.parent / "record.json"
    written.write_text(json.dumps(plan, ensure_ascii=False), "utf-8")
    subprocess.run(
        [*WORDS, "benchmarks.clerks", str(written), str(record)], cwd=ROOT, env=_environment(copy), check=True
    )
    found: dict[str, Any] = json.loads(record.read_text("utf-8"))
    return found


def _environment(copy: Path) -> dict[str, str]:
    return os.environ | {"JULI_DATA": str(copy), "JULI_LOG_LEVEL": "WARNING"}


def _verdicts(record: dict[str, Any]) -> list[Verdict]:
    pages = record["pages"]
    faults = [page for page in pages if page["fault"]]
    found = [noted("pages asked for", f"{len(pages):,} ({len(pages) / SECONDS:.1f} a second)")]
    for is_write, name in ((False, "read"), (True, "write")):
        times = [page["milliseconds"] for page in pages if page["is_write"] == is_write and not page["fault"]]
        found += _against_budget(name, times, BUDGETS[is_write])
    found.append(within("errors", len(faults), 0, unit="", beside=_told(faults)))
    kinds = sorted({(page["is_write"], page["kind"]) for page in pages})
    for is_write, kind in kinds:
        times = Times(tuple(page["milliseconds"] for page in pages if page["kind"] == kind))
        what = f"{'write' if is_write else 'read'}: {kind}"
        found.append(noted(what, f"p50 {times.median:.0f}, p95 {times.p95:.0f} ms ({len(times.each)} times)"))
    arrived = Times(tuple(record["sign_ins"]))
    found.append(noted("signing in (a slow hash on purpose)", f"p50 {arrived.median:.0f} ms"))
    return found


def _against_budget(name: str, times: list[float], budgets: tuple[float, ...]) -> list[Verdict]:
    ordered = sorted(times)
    shares = (50, 95, 99)
    return [
        within(f"{name}: p{share}", _percentile(ordered, share), budget, beside=f"{len(times):,} pages")
        for share, budget in zip(shares, budgets, strict=True)
    ]


def _percentile(ordered: list[float], share: int) -> float:
    return ordered[min(len(ordered) - 1, len(ordered) * share // 100)] if ordered else float("inf")


def _told(faults: list[dict[str, Any]]) -> str:
    """Return the first few faults in a few words."""
    told = dict.fromkeys(f"{fault['kind']}: {fault['fault'][:160]}" for fault in faults)
    return "; ".join(list(told)[:5]).replace("|", "/")


if __name__ == "__main__":
    run()
