"""Two clicks at the same moment, and two officers at the same moment: each thing is done once."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.http import HttpResponse

from juli.engines.facts.models import Fact
from juli.engines.scope import walls
from tests import world as building
from tests.pages.filling import opened
from tests.pages.visiting import Visitor, visitor_of
from tests.world import World

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race, pytest.mark.xdist_group("race")]


@pytest.fixture
def world(transactional_db) -> World:
    with walls.entered(building.machine()):
        return building.build()


def at_once(*senders: Callable[[], HttpResponse]) -> Counter[int]:
    """Let everybody send at once; return what they were answered."""
    start = Barrier(len(senders))

    def send(sender: Callable[[], HttpResponse]) -> int:
        try:
            start.wait(timeout=10)
            return sender().status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(senders)) as pool:
        return Counter(pool.map(send, senders))


def told(kind: str) -> int:
    with walls.entered(building.machine()):
        return Fact.objects.filter(kind=kind).count()


def test_two_clicks_at_once_do_it_once(world: World):
    address = f"/employers/{world.bearing.pk}/marks/"
    first = visitor_of(world.he)
    said = {"mark": "park", "on": "2018-05-01", "source": "摸查", **opened(first, address)}
    second = Visitor(visitor_of(world.he).client, world.he)
    answers = at_once(*(lambda who=who: who.post(address, **said) for who in (first, second)))
    assert answers == {302: 2}
    assert told("registry.employer_flagged") == 1


def test_two_officers_at_once_and_one_of_them_chooses(world: World):
    address = f"/employers/{world.bearing.pk}/correction/"
    said = {
        "uscc": world.bearing.uscc, "name": world.bearing.name, "ownership": "private",
        "business": "operating", "reason": "更正",
    }  # fmt: skip
    senders = []
    for actor, industry in ((world.he, "C34"), (world.lin, "C35")):
        visitor = visitor_of(actor)
        sent = {**said, "industry": industry, **opened(visitor, address)}
        senders.append(lambda visitor=visitor, sent=sent: visitor.post(address, **sent))
    assert at_once(*senders) == {302: 1, 409: 1}
    assert told("registry.employer_corrected") == 1
