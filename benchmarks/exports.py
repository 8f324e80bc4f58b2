"""Lists taken out in the background: time, memory, and what others notice of it."""

import json
import subprocess
import sys
from datetime import timedelta
from typing import Any

from benchmarks import house
from benchmarks.timing import Times, milliseconds
from benchmarks.verdicts import Verdict, noted, publish, within

WANTED = 100_000
BUDGETS = {"xlsx": 20.0, "csv": 5.0}
MEMORY, SLOWER = 250.0, 2.0
QUIET_RUNS, FEWEST = 60, 20
PAGE = "/members/"


def run() -> None:
    """Measure and write the section."""
    verdicts: list[Verdict] = []
    with house.standing():
        with house.owner() as link:
            version = house.version(link)
            house.tidied(link)
        query, rows = _nearest()
        client = house.visitor(house.TOWN)
        for form, budget in BUDGETS.items():
            quiet = _pages(client, lambda done: done >= QUIET_RUNS)
            told, busy = _exported(query, form, client)
            scaled = told["seconds"] * WANTED / rows
            beside = f"{told['processor'] * WANTED / rows:.1f} s of one processor; {rows:,} rows taken out"
            verdicts.append(within(f"{form}: 100,000 members", scaled, budget, unit="s", beside=beside))
            verdicts.append(within(f"{form}: memory of the process", told["mebibytes"], MEMORY, unit="MiB"))
            if len(busy.each) >= FEWEST:
                beside = f"p95 {busy.p95:.0f} ms beside {quiet.p95:.0f} ms, {len(busy.each)} pages"
                ratio = busy.p95 / quiet.p95
                verdicts.append(
                    within(f"{form}: another's list meanwhile", ratio, SLOWER, unit="× quiet", beside=beside)
                )
            else:
                verdicts.append(noted(f"{form}: another's list meanwhile", "over before it could be seen"))
        _tidied()
    publish("exports", "lists taken out in the background", verdicts, notes=NOTES, postgresql=version)


NOTES = f"""
The job itself, in a process of its own, from the row that asks for it to the sealed file. The list is the
smallest of the sample's members' lists with at least {WANTED:,} rows, with its usual columns; seconds are
scaled to {WANTED:,}. Meanwhile an officer of a town asks for the list of members again and again.
"""


def _nearest() -> tuple[str, int]:
    """Return the query of the smallest list of members that is large enough, and its rows."""
    from juli.domains.registry.selectors.places import towns_in_reach
    from juli.engines.desk.exports.orders import Order
    from juli.engines.scope import walls

    actor = house.actor_of(house.DISTRICT)
    with walls.entered(actor):
        towns = [f"unit={number}" for number, _name in towns_in_reach(actor=actor)]
        candidates = ["", "migrant=yes", "migrant=no", "verification=unverified", *towns]
        counted = [(Order.of("members", each).number_of_rows(actor=actor), each) for each in candidates]
    enough = [each for each in counted if each[0] >= WANTED] or [max(counted)]
    rows, query = min(enough)
    return query, rows


def _exported(query: str, form: str, client: Any) -> tuple[dict[str, float], Times]:
    """Have a list taken out by another process, and ask for pages until it is done."""
    from django.utils import timezone

    from juli.engines.desk.exports import actions
    from juli.engines.desk.exports.orders import Order
    from juli.engines.desk.models import Export
    from juli.engines.scope import walls

    actor = house.actor_of(house.DISTRICT)
    with walls.entered(actor):
        order = Order.of("members", query)
        asked = actions.ask_for_export(order, form=Export.Form(form), actor=actor, at=timezone.now())
    words = [sys.executable, "-m", "benchmarks.background", "export", str(asked.pk)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        pages = _pages(client, lambda _done: process.poll() is not None)
        told = json.loads(process.stdout.readlines()[-1])
    with walls.entered(actor):
        ended = Export.objects.get(pk=asked.pk)
    if ended.state != Export.State.DONE:
        raise SystemExit(f"the export ended as {ended.state}: {ended.sentence}")
    return told, pages


def _pages(client: Any, is_enough: Any) -> Times:
    each: list[float] = []
    house.page(client, PAGE)
    while not is_enough(len(each)):
        each.append(milliseconds(lambda: house.page(client, PAGE)))
    return Times(tuple(each))


def _tidied() -> None:
    """Let go of the files that were made."""
    from django.utils import timezone

    from juli.engines.desk.background.behind import account_of, keeper
    from juli.engines.desk.exports import cleaning
    from juli.engines.desk.models import Export
    from juli.engines.scope import walls

    now = timezone.now()
    account = account_of(house.actor_of(house.DISTRICT))
    with walls.entered(keeper()):
        mine = Export.objects.filter(file__isnull=False, account_id=account)
        mine.update(expires_at=now - timedelta(seconds=1))
        cleaning.clean(at=now)


if __name__ == "__main__":
    run()
