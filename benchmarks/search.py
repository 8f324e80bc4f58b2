"""
Search over every member of a district: SQL, whole page, and beside it the search of a stock admin.

Queries are drawn from the register itself: names, initials, documents and mobiles of people picked at
random, so that common names come up as often as they are common.
"""

import random
from functools import partial
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
    "letters whole and first": "letters",
    "last four digits": "ending",
    "surname and last four": "named_ending",
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
            actor, client = house.actor_of(username), house.visitor(username)
            queries = _queries(actor)
            for kind, name in KINDS.items():
                label = f"{kind}, {house.LABELS[username]}"
                measured, pages[f"{username} {name}"] = _measured(client, actor, queries[name], label)
                verdicts += measured
        verdicts += _peer(_queries(house.actor_of(house.DISTRICT)), pages)
    title = "one box over every member, behind both walls"
    publish("search", title, verdicts, notes=NOTES, postgresql=version)


NOTES = f"""
{QUERIES} queries of each kind, drawn from the register at random, after as many others that do not
count. *SQL* is the time of all statements together that look for and name what was found, as the
application waits for them, through the socket; *in the server* is what the database says of planning
and executing the same statements (EXPLAIN ANALYZE). *Page* is the whole request through the real
middleware and templates, session, grants and walls included. The peer is a `ModelAdmin` of Django
itself on the same table, as the owner, without wall or sign-in, that searches names, initials and
pinyin, 100 rows a page.
"""


def _queries(actor: "Actor") -> dict[str, list[str]]:
    """Pick people within reach and take what somebody would type to find them."""
    from juli.engines.party import vault
    from juli.engines.party.models import Person
    from juli.engines.scope import walls
    from juli.kernel.text import full_pinyin

    chance = random.Random(2018)
    with walls.entered(actor):
        numbers = list(Person.objects.within_reach_of(actor, "registry.see").values_list("pk", flat=True))
        people = list(Person.objects.filter(pk__in=chance.sample(numbers, QUERIES * 2)).order_by("pk"))
    chance.shuffle(people)
    return {
        "name": [each.name[:2] for each in people],
        "initials": [each.name_initials for each in people],
        "letters": [full_pinyin(each.name[:1]) + each.name_initials[1:] for each in people],
        "ending": [each.document_shown[-4:] for each in people],
        "named_ending": [each.name[:1] + each.document_shown[-4:] for each in people],
        "document": [vault.opened(each, vault.Sealed.DOCUMENT) for each in people],
        "mobile": [vault.opened(each, vault.Sealed.MOBILE) or each.name for each in people],
    }


def _measured(
    client: "Client", actor: "Actor", queries: list[str], label: str
) -> tuple[list[Verdict], Times]:
    pages, asked, planned, most = [], [], [], 0
    for query in queries[QUERIES:]:
        house.page(client, _address(query))
    for query in queries[:QUERIES]:
        with house.listening() as ledger:
            pages.append(milliseconds(partial(house.page, client, _address(query))))
        place = house.between_the_walls(ledger)
        asked.append(sum(taken for _, taken in ledger.statements[place]))
        planned.append(house.in_the_server(ledger, place, actor))
        most = max(most, ledger.count)
    page, sql, server = Times(tuple(pages)), Times(tuple(asked)), Times(tuple(planned))
    beside = f"median {sql.median:.1f}; in the server p95 {server.p95:.1f}, median {server.median:.1f}"
    return [
        within(f"{label}: SQL p95", sql.p95, SQL_BUDGET, beside=beside),
        within(
            f"{label}: page p95",
            page.p95,
            PAGE_BUDGET,
            beside=f"median {page.median:.0f}, {most} statements at most",
        ),
    ], page


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
