"""Who gets what where: every address, by every kind of visitor, and a refusal changes nothing."""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests import world as building
from tests.access.routes import ROUTES, VISITORS, Place, furnished
from tests.pages.visiting import Visitor, visitor_of

pytestmark = pytest.mark.django_db

# Looking may leave a line, and so may coming and going.
MAY_GROW = {"audit_access", "desk_recent", "django_session"}
DENIED = {403, 404, 405}
POSTED = {"suspension", "reinstatement", "pin", "lookalike_merging", "lookalike_decision"}
POSTED |= {"confirmation", "dropping", "mending", "leaving"}
POSTED |= {"filter_removal", "draft_removal", "export_stopping", "bulk_stopping", "bulk_resumption"}


def patterns(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Yield every address with its name, as ``reverse`` takes it."""
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            inner = f"{namespace}{each.namespace}:" if each.namespace else namespace
            yield from patterns(each, inner)
        else:
            yield f"{namespace}{each.name}" if each.name else f"unnamed {each.pattern}", each


PATTERNS = dict(patterns(get_resolver()))


@pytest.fixture
def place() -> Place:
    return furnished(building.build())


def visitors(place: Place) -> dict[str, Visitor]:
    cast = place.world
    actors = (None, cast.wu, cast.xu, cast.he, cast.bai, cast.lin, cast.auditor, cast.zhou)
    return {name: visitor_of(actor) for name, actor in zip(VISITORS, actors, strict=True)}


def address_of(name: str, place: Place) -> str:
    route = ROUTES[name]
    wanted = PATTERNS[name].pattern.converters
    named = {key: (place.numbers | dict(route.extra))[key] for key in wanted}
    return reverse(name, kwargs=named | dict(PATTERNS[name].default_args)) + route.query(place)


def state_of_the_house() -> dict[str, tuple[int, int]]:
    """Return how many rows each table has, and a sum over what they say: no change goes unseen."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class"
            " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
            " AND NOT relispartition AND has_table_privilege(oid, 'SELECT') ORDER BY 1"
        )
        tables = [row[0] for row in cursor.fetchall() if row[0] not in MAY_GROW]
        parts = [
            f"SELECT '{table}', count(*), coalesce(sum(hashtext(each::text)::bigint), 0) FROM {table} AS each"
            for table in tables
        ]
        cursor.execute(" UNION ALL ".join(parts))
        return {table: (int(rows), int(content)) for table, rows, content in cursor.fetchall()}


def test_every_address_is_in_the_table():
    assert set(PATTERNS) == set(ROUTES)


def test_the_state_of_the_house_sees_facts_and_people(place):
    state = state_of_the_house()
    assert {"facts_fact", "party_person", "registry_membership", "scope_grant"} <= set(state)
    assert state["facts_fact"][0] > 10


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_everybody_gets_what_is_theirs(name, place):
    """One address: GET and POST by all eight, each undone before the next."""
    route, address = ROUTES[name], address_of(name, place)
    everybody = visitors(place)
    before = state_of_the_house()
    answered: dict[tuple[str, str], int] = {}
    changed: list[tuple[str, str]] = []
    for who, visitor in everybody.items():
        for method in ("GET", "POST"):
            with transaction.atomic():
                answer = (
                    visitor.get(address) if method == "GET" else visitor.post(address, **route.said(place))
                )
                answered[who, method] = answer.status_code
                is_denied = answer.status_code in DENIED or who == "anonymous" or method == "GET"
                if is_denied and state_of_the_house() != before:
                    changed.append((who, method))
                transaction.set_rollback(True)
    expected = {
        (who, method): status for method in ("GET", "POST") for who, status in route.expected(method).items()
    }
    assert {key: status for key, status in answered.items() if status != expected[key]} == {}
    assert changed == []


OF_A_RECORD = sorted(
    name for name, each in PATTERNS.items() if any(key.endswith("_id") for key in each.pattern.converters)
)


@pytest.mark.parametrize("name", OF_A_RECORD)
def test_a_record_of_another_town_is_not_there(name, place):
    """Whoever has every right in 白石 gets the same answer for a record of 青荷 as for none at all."""
    wu = visitor_of(place.world.wu)
    address = address_of(name, place)
    nowhere = address
    for number in sorted(map(str, place.numbers.values()), key=len, reverse=True):
        nowhere = nowhere.replace(f"/{number}/", "/999999999/")
    method = wu.post if PATTERNS[name].callback.__name__ in POSTED else wu.get
    there, none = method(address), method(nowhere)
    assert (there.status_code, none.status_code) == (404, 404)
    assert there.content.replace(address.encode(), b"") == none.content.replace(nowhere.encode(), b"")
