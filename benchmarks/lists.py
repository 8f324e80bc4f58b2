"""The first page of every list: how long it takes, and how many statements it asks."""

from typing import TYPE_CHECKING

from benchmarks import house
from benchmarks.timing import Times, milliseconds
from benchmarks.verdicts import Verdict, noted, publish, within

if TYPE_CHECKING:
    from django.test import Client

RUNS = 40
BUDGET = 80.0
LISTS = {
    "members": "/members/",
    "unions": "/unions/",
    "employers": "/employers/",
    "figures": "/figures/",
    "imports": "/imports/",
    "accounts": "/accounts/",
}
BESIDE = {
    "home": "/",
    "members as of 2018": "/members/?on=2018-12-31",
    "figures, counted anew": "/figures/?anew=1",
}
"""Pages that are no first page of a list, for information."""


def run() -> None:
    """Measure and write the section."""
    verdicts: list[Verdict] = []
    with house.standing():
        with house.owner() as link:
            version = house.version(link)
            house.tidied(link)
        for username in (house.DISTRICT, house.TOWN):
            client = house.visitor(username)
            pages = _open_to(client, LISTS)
            for name, times, statements in _measured(client, pages):
                what = f"{name}, {house.LABELS[username]}: page p95"
                beside = f"median {times.median:.0f}, {statements} statements"
                verdicts.append(within(what, times.p95, BUDGET, beside=beside))
            for name, times, statements in _measured(client, _open_to(client, BESIDE)):
                what = f"{name}, {house.LABELS[username]}: page"
                verdicts.append(noted(what, f"median {times.median:.0f} ms, {statements} statements"))
    publish("lists", "the first page of any list", verdicts, notes=NOTES, postgresql=version)


NOTES = f"""
{RUNS} requests for each page, all pages in turn, through the real middleware, walls and templates. Every
total is exact. Those of the registers are counted anew for each page; the list of figures remembers what
it counted until anything is recorded, and is shown beside as it is after that. The tests of the pages
assert the number of statements.
"""


def _open_to(client: "Client", pages: dict[str, str]) -> dict[str, str]:
    """Return the pages that this visitor may open."""
    return {name: address for name, address in pages.items() if client.get(address).status_code == 200}


def _measured(client: "Client", pages: dict[str, str]) -> list[tuple[str, Times, int]]:
    from juli.engines.indicator import remembering

    found: dict[str, list[float]] = {name: [] for name in pages}
    statements = {}
    for name, address in pages.items():
        remembering.forget()
        with house.listening() as ledger:
            house.page(client, address)
        statements[name] = ledger.count
    for _ in range(RUNS):
        for name, address in pages.items():
            if "anew" in name:
                remembering.forget()
            found[name].append(milliseconds(lambda address=address: house.page(client, address)))
    return [(name, Times(tuple(each)), statements[name]) for name, each in found.items()]


if __name__ == "__main__":
    run()
