"""What every list can do: columns, order, saved filters, printing; and the statements that it takes."""

import re
from datetime import date

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from juli.engines.desk.lists import declared, register_of
from juli.engines.desk.lists.state import ListState
from juli.engines.desk.lists.totals import Total, up_to
from juli.engines.desk.models import SavedFilter
from juli.engines.party.models import Employer
from tests.pages.visiting import Visitor, visitor_of
from tests.world import World, make_employer, make_member, make_union

pytestmark = pytest.mark.django_db

MOST_STATEMENTS = 12
"""Statements that ask or write; what opens and closes a transaction and its walls does not count."""

HEADINGS = re.compile(r"<th scope=\"col\"[^>]*>(?:<a[^>]*>)?([^<]+)")
NAMES = re.compile(r'class="nm" href="[^"]*">([^<]+)')


def said_by(visitor: Visitor, address: str) -> str:
    answer = visitor.get(address)
    assert answer.status_code == 200, address
    return str(answer.content.decode())


def headings(said: str) -> list[str]:
    return HEADINGS.findall(said)


def test_the_columns_are_those_that_were_chosen_and_the_name(lin: Visitor) -> None:
    usual = headings(said_by(lin, "/members/"))
    assert usual[:3] == ["姓名", "会员号", "证件号码"]
    assert "性别" not in usual

    chosen = headings(said_by(lin, "/members/?columns=sex&columns=union"))

    assert chosen == ["姓名", "性别", "工会"]
    assert headings(said_by(lin, "/members/?columns=nonsense")) == usual


def test_a_list_sorts_by_a_column_in_both_directions_over_its_pages(lin: Visitor, world: World) -> None:
    for number in range(55):
        make_employer(world.qinghe, name=f"青荷第{number}厂")
    days = {
        way: re.findall(r'data-label="批准日期">([\d-]+)', said_by(lin, f"/unions/?level=all&sort={way}"))
        for way in ("approved_on", "-approved_on")
    }
    assert days["approved_on"] == sorted(days["approved_on"])
    assert days["-approved_on"] == days["approved_on"][::-1]
    assert len(set(days["approved_on"])) > 1


def test_falling_pages_hold_every_row_once(lin: Visitor, world: World) -> None:
    union = make_union(world.qinghe, name="青荷大厂工会")
    for _number in range(53):
        make_member(union)
    seen: list[str] = []
    address = f"/members/?unit={union.org_unit_id}&sort=-joined_on"
    for _page in range(3):
        said = said_by(lin, address)
        seen += re.findall(r'data-label="会员号"><span class="dim">(\d+)', said)
        onward = re.search(r'rel="next" href="([^"]+)"', said)
        if not onward:
            break
        address = "/members/" + onward[1].replace("&amp;", "&")
    assert len(seen) == len(set(seen)) == 53


@pytest.mark.parametrize(
    "wrong", ["after=%7B%7D", "after=WzEsMl0", "after=WyJ4IiwieSIsIDVd", "sort=--x", "sort=name"]
)
def test_what_an_address_says_wrongly_is_passed_over(lin: Visitor, wrong: str) -> None:
    assert NAMES.findall(said_by(lin, f"/members/?{wrong}")) == NAMES.findall(said_by(lin, "/members/"))


def test_a_filter_is_saved_with_columns_and_order_and_comes_back(lin: Visitor) -> None:
    state = "migrant=yes&columns=sex&sort=-joined_on"
    answer = lin.client.post("/lists/members/filters/", {"name": "农民工会员", "state": state})
    assert answer.headers["Location"] == f"/members/?{state}"

    said = said_by(lin, "/members/")
    assert "农民工会员" in said
    assert f'href="/members/?{state.replace("&", "&amp;")}"' in said

    kept = SavedFilter.objects.get()
    lin.client.post(f"/filters/{kept.pk}/removal/")
    assert not SavedFilter.objects.exists()


def test_a_name_is_used_once_and_an_empty_one_is_asked_for_again(lin: Visitor) -> None:
    for _twice in range(2):
        lin.client.post("/lists/members/filters/", {"name": "甲", "state": "migrant=yes"})
    assert "您已有名为“甲”的常用筛选" in said_by(lin, "/members/")
    lin.client.post("/lists/members/filters/", {"name": " ", "state": "migrant=yes"})
    assert "请先给常用筛选起一个名称" in said_by(lin, "/members/")
    assert SavedFilter.objects.count() == 1


def test_colleagues_of_the_unit_see_what_is_shared_and_nothing_else(
    he: Visitor, xu: Visitor, wu: Visitor
) -> None:
    he.client.post("/lists/members/filters/", {"name": "只给自己", "state": "migrant=yes"})
    he.client.post("/lists/members/filters/", {"name": "大家用", "state": "migrant=no", "is_shared": "on"})

    assert "大家用" in said_by(xu, "/members/")
    assert "只给自己" not in said_by(xu, "/members/")
    assert "大家用" not in said_by(wu, "/members/")
    shared = SavedFilter.objects.get(name="大家用")
    assert xu.client.post(f"/filters/{shared.pk}/removal/").status_code == 404
    assert SavedFilter.objects.count() == 2


def test_a_list_is_printed_without_the_console_around_it(lin: Visitor) -> None:
    said = said_by(lin, "/members/?print=1&standing=active")
    assert "周国平" in said
    assert "在籍" in said
    assert 'class="j-side"' not in said


def test_a_total_beyond_what_is_worth_counting_says_so(world: World) -> None:
    for number in range(4):
        make_employer(world.qinghe, name=f"青荷第{number}店")
    assert up_to(Employer.objects.all(), most=3) == Total(3, is_more=True)
    assert str(Total(10_000, is_more=True)) == "10,000+"
    assert up_to(Employer.objects.all()).is_more is False


@pytest.mark.parametrize("code", sorted(code for code, each in declared().items() if each.address))
def test_every_list_takes_few_statements_however_long_it_is(lin: Visitor, world: World, code: str) -> None:
    for number in range(52):
        union = make_union(world.qinghe, name=f"青荷{number}厂工会")
        make_member(union)
        make_employer(world.qinghe, name=f"青荷{number}厂")
    register = register_of(code)
    lin.client.post(f"/lists/{code}/filters/", {"name": "甲", "state": ""})
    lin.get(register.href())  # the page after saving says that it was saved
    with CaptureQueriesContext(connection) as asked:
        assert lin.get(register.href()).status_code == 200
    opening = ("set_config", "SAVEPOINT")
    said = [each["sql"] for each in asked if not any(word in each["sql"] for word in opening)]
    assert len(said) <= MOST_STATEMENTS, "\n".join(said)
    assert not any("_sealed" in each or "name_bigrams" in each for each in said)


def test_every_column_of_every_list_gives_a_bare_value_for_a_sheet(world: World) -> None:
    member = register_of("members")
    asked = member.narrowed(QueryDict(""), actor=world.lin)
    rows = list(member.rows(asked, actor=world.lin)[:2])
    items = member.lines(rows, asked, actor=world.lin)
    values = [column.value(items[0]) for column in member.columns]
    assert all(value is None or isinstance(value, str | int | date) for value in values)
    state = ListState.of(QueryDict("sort=-joined_on"), member)
    assert state.is_falling
    assert state.keys == ("joined_on", "pk")


def test_a_reader_finds_no_bulk_action(xu: Visitor, world: World) -> None:
    assert 'formaction="' not in said_by(xu, "/members/")
    assert 'formaction="' in said_by(visitor_of(world.he), "/members/")
