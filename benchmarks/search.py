"""
Search over every member of a district: SQL, whole page, and beside it the search of a stock admin.

Queries are drawn from the register itself: names, initials, documents and mobiles of people picked at
random, so that common names come up as often as they are common.
"""

import random
from typing import TYPE_CHECKING
from urllib.parse import quote

from benchmarks import house, stock_admin
from benchmarks.timing import Times, milliseconds
from benchmarks.verdicts import Verdict, at_least, noted, publish, within

if TYPE_CHECKING:
    from django.test import Client

    from juli.kernel.actor import Actor

QUERIES = 60
PEER_QUERIES = 10
SQL_BUDGET, PAGE_BUDGET, PEER_BUDGET = 5.0, 80.0, 15.0
KINDS = {
    "two characters": "name",
    "pinyin initials": "initials",
    "identity number": "document",
    "mobile": "mobile",
}


def run() -> None:
    """Measure and write the section."""
    with house.standing():
        with house.owner() as link:
            house.tidied(link)
            version, whole = house.version(link), house.count(link, "party_person")
        verdicts: list[Verdict] = [noted("persons in the register", f"{whole:,}")]
        pages: dict[str, Times] = {}
        for username in (house.DISTRICT, house.TOWN):
            queries = _queries(house.actor_of(username))
            client = house.visitor(username)
            for kind, name in KINDS.items():
                measured, pages[f"{username} {name}"] = _measured(client, queries[name], kind, username)
                verdicts += measured
        verdicts += _peer(_queries(house.actor_of(house.DISTRICT)), pages)
    title = "one box over every member, behind both walls"
    publish("search", title, verdicts, notes=NOTES, postgresql=version)


NOTES = f"""
{QUERIES} queries of each kind, drawn from the register at random. *SQL* is the time of all statements
together that look for and name what was found, up to the fetched rows, through the socket; *slowest* is
the slowest of them (p95 of the queries). *Page* is the whole request through the real middleware and
templates, session, grants and walls included. The peer is a `ModelAdmin` of Django itself on the same table,
as the owner, without wall or sign-in, that searches {", ".join(stock_admin.FIELDS)}, 100 rows a page.
"""


def _queries(actor: "Actor") -> dict[str, list[str]]:
    """Pick people within reach and take what somebody would type to find them."""
    from juli.engines.party import vault
    from juli.engines.party.models import Person
    from juli.engines.scope import walls

    chance = random.Random(2018)
    with walls.entered(actor):
        numbers = list(Person.objects.within_reach_of(actor, "registry.see").values_list("pk", flat=True))
        people = list(Person.objects.filter(pk__in=chance.sample(numbers, QUERIES * 2)).order_by("pk"))
    chance.shuffle(people)
    mobiles = [vault.opened(each, vault.Sealed.MOBILE) for each in people]
    return {
        "name": [each.name[:2] for each in people][:QUERIES],
        "initials": [each.name_initials for each in people][:QUERIES],
        "document": [vault.opened(each, vault.Sealed.DOCUMENT) for each in people][:QUERIES],
        "mobile": [each for each in mobiles if each][:QUERIES],
    }


def _measured(client: "Client", queries: list[str], kind: str, username: str) -> tuple[list[Verdict], Times]:
    pages, sql, slowest, statements = [], [], [], set()
    for query in queries[:3]:
        house.page(client, _address(query))
    for query in queries:
        address = _address(query)
        with house.listening() as ledger:
            pages.append(milliseconds(lambda address=address: house.page(client, address)))
        found = house.between_the_walls(ledger)
        sql.append(sum(taken for _, taken in found))
        slowest.append(max(taken for _, taken in found))
        statements.add(ledger.count)
    whole, asked, single = Times(tuple(pages)), Times(tuple(sql)), Times(tuple(slowest))
    label = f"{kind}, {house.LABELS[username]}"
    return [
        within(
            f"{label}: SQL p95",
            asked.p95,
            SQL_BUDGET,
            beside=f"median {asked.median:.1f}, slowest {single.p95:.1f}",
        ),
        within(
            f"{label}: page p95",
            whole.p95,
            PAGE_BUDGET,
            beside=f"median {whole.median:.0f}, {max(statements)} statements at most",
        ),
    ], whole


def _peer(queries: dict[str, list[str]], pages: dict[str, Times]) -> list[Verdict]:
    found = []
    for kind in ("two characters", "pinyin initials"):
        name = KINDS[kind]
        peer = stock_admin.searched(queries[name][:PEER_QUERIES])
        ours = pages[f"{house.DISTRICT} {name}"]
        ratio = peer.median / ours.median
        beside = f"stock admin median {peer.median:,.0f} ms, ours {ours.median:.0f} ms"
        found.append(at_least(f"{kind}: faster than a stock admin's page", ratio, PEER_BUDGET, beside=beside))
    return found


def _address(query: str) -> str:
    return f"/search/?q={quote(query)}"


if __name__ == "__main__":
    run()
