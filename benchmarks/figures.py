"""The first figures of the annual report, cold, as of any day; and the pages that open them."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from benchmarks import house
from benchmarks.timing import Times, milliseconds, timed
from benchmarks.verdicts import Verdict, noted, publish, within

if TYPE_CHECKING:
    from juli.kernel.actor import Actor

COLD_RUNS, PAGE_RUNS = 12, 15
COLD_BUDGET, PAGE_BUDGET = 1000.0, 300.0
DAYS = (date(2018, 12, 31), date(2018, 6, 30), date(2016, 3, 31), date(2026, 11, 20))
FIGURES = (
    "registry.members", "registry.base_unions", "registry.covered_employers", "registry.new_unions",
    "registry.new_migrant_members",
)  # fmt: skip
DRILLED = {
    "figure": "/figures/{code}/?on={day}",
    "records": "/figures/{code}/records/?on={day}",
    "records of a town": "/figures/{code}/records/?on={day}&by=town&part={town}",
}


def run() -> None:
    """Measure and write the section."""
    with house.standing():
        with house.owner() as link:
            version = house.version(link)
            house.tidied(link)
            link.execute("DELETE FROM indicator_rollup")
            kind = "SELECT id FROM scope_orgunit WHERE kind = 'town' ORDER BY code DESC LIMIT 1"
            town = link.execute(kind).fetchone()
        verdicts = _cold(house.actor_of(house.DISTRICT))
        verdicts += _pages(town=town[0] if town else 0)
    publish("figures", "from the records to the report and back", verdicts, notes=NOTES, postgresql=version)


NOTES = f"""
The wired figures of the set `annual-work` for the whole district, worked out from the records behind
both walls: each of {COLD_RUNS} runs on a new connection (opened within the time), with every roll-up
deleted and without any cache of ours; the database's own buffers are warm. Pages through the real
middleware, {PAGE_RUNS} requests each; given is the slowest of the {len(FIGURES)} figures by p95.
"""


def _cold(actor: "Actor") -> list[Verdict]:
    found = []
    for day in DAYS:
        times = Times(
            tuple(milliseconds(lambda day=day: _quoted(actor, day, None)) for _ in range(COLD_RUNS))
        )
        beside = f"median {times.median:.0f}"
        found.append(within(f"first figures as of {day}, cold: p95", times.p95, COLD_BUDGET, beside=beside))
    for by in ("town", "employer_class"):
        times = Times(tuple(milliseconds(lambda by=by: _quoted(actor, DAYS[0], by)) for _ in range(5)))
        found.append(noted(f"the same broken down by {by}, cold", f"median {times.median:.0f} ms"))
    return found


def _quoted(actor: "Actor", day: date, by: str | None) -> None:
    from django.db import connection
    from django.utils import timezone

    from juli.engines.indicator import asking, remembering, sets
    from juli.engines.scope import walls
    from juli.engines.scope.models import OrgUnit

    connection.close()
    remembering.forget()
    at = timezone.now()
    slots = sets.figure_set("annual-work").slots
    with walls.entered(actor):
        unit = OrgUnit.objects.get(parent__isnull=True)
        period = asking.period_of(day.year, as_of=day, today=timezone.localdate(at))
        assert sets.quote(slots, unit=unit, period=period, actor=actor, at=at, by=by)


def _pages(*, town: int) -> list[Verdict]:
    found = []
    for username in (house.DISTRICT, house.TOWN):
        client = house.visitor(username)
        for name, address in DRILLED.items():
            if "{town}" in address and username != house.DISTRICT:
                continue
            each: dict[str, Times] = {}
            for code in FIGURES:
                place = address.format(code=code, day=DAYS[0], town=town)
                each[code] = timed(partial(house.page, client, place), runs=PAGE_RUNS, warm=1)
            slowest = max(each, key=lambda code: each[code].p95)
            beside = f"{slowest}, median {each[slowest].median:.0f}"
            what = f"drill-down, {name}, {house.LABELS[username]}: p95"
            found.append(within(what, each[slowest].p95, PAGE_BUDGET, beside=beside))
    return found


if __name__ == "__main__":
    run()
