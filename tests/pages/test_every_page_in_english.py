"""
Every page of the table of addresses, asked for in English: no Chinese stands on it but what was entered.

What was entered, by people or by the district built for the tests, is data: names of persons, units and
employers, opinions, sources. It is read from the database itself; whatever else is Chinese was forgotten.
"""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.utils.translation import override

from tests import world as building
from tests.access.routes import ROUTES, VISITORS, Place, furnished
from tests.access.test_matrix import address_of, visitors

pytestmark = pytest.mark.django_db

CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+")
SILENT = re.compile(r"<(script|style)\b.*?</\1>|<!--.*?-->", re.DOTALL)
# What a page says besides its text: labels for ears and hints for eyes.
SAID = re.compile(r'\b(?:aria-label|title|placeholder|alt|data-copy|content)="([^"]*)"')
TAG = re.compile(r"<[^>]+>")
EAGER = ("district", "auditor", "worker", "anonymous")
ALSO = {"home": ("worker", "auditor"), "registry:members": ("town",)}
# The report is a document in Chinese, and so is the manual.
DOCUMENTS = {"reporting:report", "help", "help-chapter"}


def openings() -> list[tuple[str, str]]:
    found = []
    for name, route in ROUTES.items():
        if name in DOCUMENTS:
            continue
        may = [who for who in (*EAGER, *VISITORS) if route.expected("GET")[who] == 200]
        found += [(name, who) for who in dict.fromkeys([*may[:1], *ALSO.get(name, ())])]
    return found


def entered() -> set[str]:
    """Return every text that stands in the database: what people entered, and nothing else."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns JOIN pg_class"
            " ON relname = table_name AND relnamespace = 'public'::regnamespace WHERE table_schema = 'public'"
            " AND data_type IN ('text', 'character varying', 'jsonb') AND relkind IN ('r', 'p')"
            " AND NOT relispartition AND has_table_privilege(pg_class.oid, 'SELECT')"
            " AND table_name NOT LIKE 'rulebook%' AND table_name NOT LIKE 'django_%'"
        )
        columns = cursor.fetchall()
        found: set[str] = set()
        for table, column in columns:
            cursor.execute(f'SELECT DISTINCT "{column}"::text FROM "{table}" WHERE "{column}" IS NOT NULL')
            found.update(text for (text,) in cursor.fetchall() if CHINESE.search(text))
    return found


def said(answer: HttpResponse) -> Iterator[str]:
    """Yield what a page says, piece by piece."""
    page = SILENT.sub(" ", answer.content.decode())
    yield from (unescape(each) for each in SAID.findall(page))
    yield from (unescape(each).strip() for each in TAG.split(page))


def left_over(answer: HttpResponse, known: set[str]) -> list[str]:
    """Return the Chinese of a page that nobody has entered."""
    runs = {run for text in known for run in CHINESE.findall(text)}
    runs |= {run[0] for run in runs}  # beside a name stands its first character, as a picture would
    longest_first = sorted(runs, key=len, reverse=True)
    found = []
    for piece in said(answer):
        if not CHINESE.search(piece):
            continue
        bare = piece
        for run in longest_first:
            bare = bare.replace(run, "")
        if CHINESE.search(bare):
            found.append(piece)
    return list(dict.fromkeys(found))


@pytest.fixture(autouse=True)
def chinese_again() -> Iterator[None]:
    """A page that was asked for in English leaves English behind in this thread."""
    with override("zh-hans"):
        yield


@pytest.fixture
def place() -> Place:
    return furnished(building.build())


def test_every_page_speaks_english(place):
    everybody, known = visitors(place), entered()
    forgotten = {}
    for name, who in openings():
        address = address_of(name, place)
        answer = everybody[who].get(address, accept_language="en")
        if answer["Content-Type"].startswith("text/html") and (found := left_over(answer, {*known, address})):
            forgotten[f"{name} ({who})"] = found
    assert not forgotten, told(forgotten)


def test_every_fault_of_a_form_is_told_in_english(place):
    everybody, known = visitors(place), entered()
    forgotten = {}
    for name, who in openings():
        visitor = everybody[who]
        with transaction.atomic():
            answer = visitor.client.post(address_of(name, place), headers={"accept-language": "en"})
            transaction.set_rollback(True)
        if answer.status_code == 422 and (found := left_over(answer, known)):
            forgotten[f"{name} ({who})"] = found
    assert not forgotten, told(forgotten)


def told(forgotten: dict[str, list[str]]) -> str:
    return "\n\n".join("\n  ".join([page, *found]) for page, found in forgotten.items())
