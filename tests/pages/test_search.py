"""The one box: what it finds, for whom, and what it keeps to itself."""

import logging

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from juli.domains.registry.views.search import is_personal
from tests.pages.visiting import text_of
from tests.world import make_member, resident_number

pytestmark = pytest.mark.django_db
MOST_STATEMENTS = 12
NUMBER, MOBILE = resident_number(serial=77), "13800007777"


@pytest.fixture
def lin_xiaoman(world):
    return make_member(
        world.bearing_union, name="林晓曼", employer=world.bearing, document_number=NUMBER, mobile=MOBILE
    )


@pytest.mark.parametrize("query", ["林晓", "林晓曼", "lxm", "linxiaoman", NUMBER, MOBILE])
def test_a_member_is_found(he, wu, lin_xiaoman, query):
    assert "会员 1 人 找到的会员" in text_of(he.get(f"/search/?q={query}"))
    assert "找到的会员" not in text_of(wu.get(f"/search/?q={query}"))


def test_by_member_number(he, lin_xiaoman):
    assert "林晓曼" in text_of(he.get(f"/search/?q={lin_xiaoman.number}"))


def test_unions_and_employers_are_found_by_name_and_code(he, world):
    assert "澜江轴承厂工会" in text_of(he.get("/search/?q=轴承"))
    assert "澜江轴承厂有限公司" in text_of(he.get("/search/?q=轴承"))
    assert "澜江轴承厂有限公司" in text_of(he.get(f"/search/?q={world.bearing.uscc}"))
    assert "澜江轴承厂工会" in text_of(he.get(f"/search/?q={world.bearing_union.code}"))


@pytest.mark.parametrize("query", [NUMBER, MOBILE, f" {NUMBER[:6]} {NUMBER[6:14]} {NUMBER[14:]}"])
def test_a_number_of_a_person_is_repeated_nowhere(he, lin_xiaoman, query, caplog):
    with caplog.at_level(logging.DEBUG):
        answer = he.get(f"/search/?q={query}")
    assert "林晓曼" in text_of(answer)
    assert NUMBER not in answer.content.decode()
    assert MOBILE not in answer.content.decode()
    assert query.strip() not in answer.content.decode()
    kept = "\n".join(each.getMessage() for each in caplog.records if not each.name.startswith("django.db"))
    assert NUMBER not in kept
    assert MOBILE not in kept
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]


def test_words_are_repeated_so_that_they_can_be_mended(he):
    assert 'value="林晓"' in he.get("/search/?q=林晓").content.decode()


@pytest.mark.parametrize(("query", "expected"), [
    (NUMBER, True), (MOBILE, True), ("6222 0200 1122 3344 556", True), ("林晓曼", False), ("lxm", False),
    ("990113", False),
])  # fmt: skip
def test_what_counts_as_personal(query, expected):
    assert is_personal(query) is expected


def test_nothing_found_says_what_else_to_try(he):
    assert "没有找到" in text_of(he.get("/search/?q=查无此人"))
    assert "回车即可" in text_of(he.get("/search/"))
    assert "至少输入两个字" in text_of(he.get("/search/?q=l"))


@pytest.mark.parametrize("query", ["林晓", "linxm", "7777", "林7777", "澜轴", NUMBER, "龘龘"])
def test_a_search_takes_few_statements(he, lin_xiaoman, query):
    with CaptureQueriesContext(connection) as asked:
        he.get(f"/search/?q={query}")

    walls_raised = ("set_config", "SAVEPOINT")
    ours = [each["sql"] for each in asked if not any(word in each["sql"] for word in walls_raised)]
    assert len(ours) <= MOST_STATEMENTS, "\n".join(ours)


@pytest.mark.parametrize("query", ["linxm", "林xm", "７７７７", "林晓曼 7777", NUMBER[-4:]])
def test_a_member_is_found_by_letters_mixed_and_by_last_digits(he, wu, lin_xiaoman, query):
    assert "林晓曼" in text_of(he.get(f"/search/?q={query}"))
    assert "找到的会员" not in text_of(wu.get(f"/search/?q={query}"))
