"""Lists: what is shown, how it is narrowed, and how many statements that takes."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from juli.engines.party.models import Employer
from tests.pages.visiting import Visitor, text_of
from tests.world import make_employer, make_member, make_union

pytestmark = pytest.mark.django_db

# The door asks six times (session, account, grants, names), the walls set their reach; the rest is the page.
MOST_STATEMENTS = {"/members/": 12, "/unions/": 12, "/employers/": 12}
TOTAL = re.compile(r'<h1>[^<]*<span class="light">(?:<a[^>]*>)?([\d,]+)')


def total_of(visitor: Visitor, address: str) -> int:
    found = TOTAL.search(visitor.get(address).content.decode())
    assert found, text_of(visitor.get(address))
    return int(found[1].replace(",", ""))


@pytest.mark.parametrize(("address", "named"), [
    ("/members/", "周国平"), ("/unions/", "澜江轴承厂工会"), ("/employers/", "澜江轴承厂有限公司"),
])  # fmt: skip
def test_a_list_shows_what_lies_in_reach(he, wu, address, named):
    assert named in text_of(he.get(address))
    assert named not in text_of(wu.get(address))


def test_totals_are_exact_and_of_ones_reach(lin, he, wu):
    assert [total_of(who, "/members/") for who in (lin, he, wu)] == [2, 2, 0]
    assert [total_of(who, "/unions/") for who in (lin, he, wu)] == [3, 2, 1]
    assert [total_of(who, "/unions/?level=all") for who in (lin, he, wu)] == [6, 3, 2]
    assert [total_of(who, "/employers/") for who in (lin, he, wu)] == [5, 4, 1]


def test_rows_are_masked(lin, world):
    said = lin.get("/members/").content.decode()
    number = world.zhou_person.document_shown
    assert number.split("*")[0] in said
    assert "**********" in said
    assert not re.search(r"\b\d{17}[\dX]\b", said)


@pytest.mark.parametrize(("query", "expected"), [
    ("standing=active", 2), ("standing=retained", 0), ("verification=verified", 0), ("migrant=yes", 1),
    ("migrant=no", 0), ("on=2015-06-30", 0), ("on=2015-07-01", 2), ("employer_class=private", 2),
    ("standing=nonsense", 2), ("unit=999999999", 2), ("on=nonsense", 2), ("after=nonsense", 2),
])  # fmt: skip
def test_members_are_narrowed(lin, query, expected):
    assert total_of(lin, f"/members/?{query}") == expected


@pytest.mark.parametrize(("address", "expected"), [
    ("/members/?named=国平", 1), ("/members/?named=zgp", 1), ("/members/?named=chenxiu", 1),
    ("/members/?named=无人", 0), ("/members/?named=周", 2), ("/unions/?named=轴承", 1),
    ("/unions/?named=qh", 1), ("/employers/?named=有限公司", 3), ("/employers/?named=ljzc", 1),
])  # fmt: skip
def test_names_narrow_a_list(lin, wu, address, expected):
    assert total_of(lin, address) == expected
    assert total_of(wu, address) <= min(expected, 1)


def test_unions_and_employers_are_narrowed(lin, world):
    assert total_of(lin, f"/unions/?unit={world.qinghe.org_unit_id}") == 2
    assert total_of(lin, "/unions/?form=joint") == 1
    assert total_of(lin, "/unions/?ended=yes") == 0
    assert total_of(lin, "/employers/?covered=no") == 0
    assert total_of(lin, "/employers/?ownership=self_employed") == 1
    assert total_of(lin, f"/employers/?unit={world.baishi.org_unit_id}") == 1


def test_a_condition_is_a_chip_that_can_be_taken_off(lin):
    said = lin.get("/members/?standing=active&migrant=yes").content.decode()
    assert 'aria-label="去掉条件：会籍状态"' in said
    assert 'href="?migrant=yes"' in said
    assert 'href="?standing=active"' in said
    assert "范围" in said


def test_what_is_usual_can_be_taken_off_too(lin):
    assert 'href="?level=all"' in lin.get("/unions/").content.decode()
    assert "去掉条件：工会层级" not in lin.get("/unions/?level=all").content.decode()


def test_pages_follow_each_other_and_lead_back(lin, world):
    for number in range(60):
        make_employer(world.qinghe, name=f"青荷第{number}作坊", ownership=Employer.Ownership.SELF_EMPLOYED)
    first = lin.get("/employers/?ownership=self_employed").content.decode()
    forward = re.search(r'rel="next" href="([^"]+)"', first)
    assert forward
    second = lin.get("/employers/" + forward[1].replace("&amp;", "&")).content.decode()
    assert 'rel="next"' not in second
    back = re.search(r'rel="prev" href="([^"]+)"', second)
    assert back
    again = lin.get("/employers/" + back[1].replace("&amp;", "&")).content.decode()
    rows = re.compile(r'class="nm" href="([^"]+)"')
    assert rows.findall(again) == rows.findall(first)
    assert len(rows.findall(first)) == 50
    assert len(set(rows.findall(first)) | set(rows.findall(second))) == 61


def test_an_empty_list_says_what_to_do_first(wu):
    assert "这里列出您管理范围内的会员" in text_of(wu.get("/members/"))
    assert "去掉一两个条件" in text_of(wu.get("/members/?migrant=yes"))


def test_the_number_of_members_leads_to_them(lin, world):
    said = lin.get("/unions/").content.decode()
    assert f'href="/members/?unit={world.bearing_union.org_unit_id}"' in said
    assert total_of(lin, f"/members/?unit={world.bearing_union.org_unit_id}") == 2


@pytest.mark.parametrize("address", MOST_STATEMENTS)
def test_a_list_takes_few_statements_however_long_it_is(lin, world, address):
    for number in range(6):
        union = make_union(world.qinghe, name=f"青荷{number}厂工会")
        make_member(union)
        make_employer(world.qinghe, name=f"青荷{number}厂")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert lin.get(address).status_code == 200
    statements = [
        each["sql"] for each in asked if "set_config" not in each["sql"] and "SAVEPOINT" not in each["sql"]
    ]
    assert len(statements) <= MOST_STATEMENTS[address], "\n".join(statements)
    assert not any("_sealed" in each or "name_bigrams" in each for each in statements)
