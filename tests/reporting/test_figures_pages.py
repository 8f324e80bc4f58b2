"""The pages of figures: the list, a figure opened up, and the records behind it."""

from datetime import date

import pytest
from django.urls import reverse

from juli.domains.reporting import actions
from juli.engines.indicator import paging
from juli.engines.indicator.catalogue import every_indicator
from tests import world as building
from tests.pages.visiting import Visitor, text_of, visitor_of
from tests.world import MAY_9, World, machine, make_member, make_union

pytestmark = pytest.mark.django_db
ON = {"on": "2018-05-01"}


@pytest.fixture
def world() -> World:
    return building.build()


@pytest.fixture
def lin(world: World) -> Visitor:
    return visitor_of(world.lin)


@pytest.fixture
def he(world: World) -> Visitor:
    return visitor_of(world.he)


def address(name: str, *arguments: str, **query: str) -> str:
    return f"{reverse(f'reporting:{name}', args=arguments)}?" + "&".join(f"{k}={v}" for k, v in query.items())


def test_the_list_shows_every_wired_figure_as_a_link(lin: Visitor):
    page = lin.get(address("figures", **ON))

    assert page.status_code == 200
    listing = page.context["listing"]
    assert listing.total == len(listing.table.rows) == 11
    by_name = {row.cells[0].text: row.cells for row in listing.table.rows}
    assert by_name["会员"][2].value == 2
    assert by_name["会员"][2].href == address("figure", "registry.members", unit="990113", **ON)
    assert "全委会次数" in text_of(page)
    assert by_name["全委会次数"][6].text == "没有登记"


def test_without_a_year_the_list_shows_the_last_with_records_and_its_report(lin: Visitor, world: World):
    make_member(world.bearing_union, joined_on=date(2018, 4, 1))
    listing = lin.get(address("figures")).context["listing"]

    assert ("截至", "2018-12-31") in [(chip.label, chip.value) for chip in listing.chips]
    report, registers = listing.actions
    assert report.href == "/reports/annual-work/?unit=990113&year=2018"
    assert [lin.get(each.href).status_code for each in (report, registers)] == [200, 200]


def test_the_list_of_figures_asks_few_questions(lin: Visitor, django_assert_max_num_queries):
    lin.get(address("figures", **ON))
    with django_assert_max_num_queries(27):  # before it remembers anything: one for each figure
        lin.get(address("figures", **ON))


def test_the_list_of_all_slots_says_what_is_not_wired(lin: Visitor):
    listing = lin.get(address("figures", all="1", **ON)).context["listing"]

    assert listing.total == len(listing.table.rows) == 119
    assert sum(row.is_off for row in listing.table.rows) == 119 - 11


@pytest.mark.parametrize("code", [each.code for each in every_indicator()])
def test_every_figure_opens_and_leads_to_its_records(lin: Visitor, code: str):
    opened = lin.get(address("figure", code, **ON))
    records = lin.get(address("evidence", code, **ON))

    assert (opened.status_code, records.status_code) == (200, 200)
    shown = opened.context["figure"]
    assert shown.definition
    assert records.context["listing"].total == int(shown.records_number.replace(",", ""))


def test_a_figure_falls_apart_by_town_and_by_class(lin: Visitor):
    shown = lin.get(address("figure", "registry.members", **ON)).context["figure"]
    towns, classes, standings = shown.splits

    assert [(each.label, each.number.value) for each in towns.shares] == [
        ("青荷镇总工会", 2), ("白石镇总工会", 0),
    ]  # fmt: skip
    assert towns.shares[0].number.href == address("figure", "registry.members", unit="990113101", **ON)
    assert towns.check.label == "分项相加等于合计"
    assert [(each.label, each.percent) for each in classes.shares] == [("私营及其他内资", "100.00%")]
    assert [each.label for each in standings.shares] == ["在籍"]


def test_a_record_opens_the_member(lin: Visitor, world: World):
    page = lin.get(address("evidence", "registry.members", **ON))
    names = {row.cells[0].text: row.cells[0].href for row in page.context["listing"].table.rows}

    assert names["陈秀兰"] == reverse("registry:member", args=[world.chen_person.pk])


def test_one_part_has_records_of_its_own(lin: Visitor, world: World):
    page = lin.get(address("evidence", "registry.base_unions", by="employer_class", part="joint", **ON))
    listing = page.context["listing"]

    assert listing.total == 1
    assert [row.cells[0].text for row in listing.table.rows] == [world.traders_union.name]


def test_a_town_officer_starts_at_the_town_and_cannot_ask_for_the_district(he: Visitor):
    shown = he.get(address("figure", "registry.base_unions", **ON)).context["figure"]

    assert shown.number.value == 2
    assert he.get(address("figure", "registry.base_unions", unit="990113", **ON)).status_code == 404


def test_whoever_may_see_figures_but_no_member_is_told_so(world: World):
    somebody = visitor_of(building.granted(world.qinghe, ["reporting.see"]))

    assert somebody.get(address("figure", "registry.members", **ON)).status_code == 403
    assert somebody.get(address("figure", "reporting.report_year", **ON)).status_code == 200


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"on": "2018-13-01"}, 400), ({"year": "20 18"}, 400), ({"year": "9999"}, 409),
        ({"on": "2999-01-01"}, 409), ({"year": "1800"}, 409), ({"unit": "404"}, 404),
        ({"by": "nothing"}, 409),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused_in_words(lin: Visitor, query: dict[str, str], status: int):
    page = lin.get(address("evidence", "registry.members", **query))

    assert page.status_code == status
    assert "。" in text_of(page)


def test_an_unknown_figure_is_not_found(lin: Visitor):
    assert lin.get(address("figure", "registry.nothing")).status_code == 404


def test_the_number_is_the_one_of_the_day(lin: Visitor, world: World):
    make_union(world.qinghe, name="新厂工会", founded_on=date(2018, 3, 1))

    def value(on: str) -> int:
        return lin.get(address("figure", "registry.base_unions", on=on)).context["figure"].number.value

    assert [value(on) for on in ("2018-02-28", "2018-03-01")] == [3, 4]


def test_a_figure_asks_few_questions(lin: Visitor, django_assert_max_num_queries):
    lin.get(address("figure", "registry.members", **ON))
    with django_assert_max_num_queries(24):
        lin.get(address("figure", "registry.members", **ON))


def test_records_are_paged_by_key_and_none_is_missed(lin: Visitor, world: World, monkeypatch):
    monkeypatch.setattr(paging.page_of, "__kwdefaults__", {"after": "", "before": "", "size": 3})
    for number in range(8):
        make_member(world.bearing_union, name=f"会员{'甲乙丙丁戊己庚辛'[number]}", joined_on=date(2018, 2, 1))
    seen, pages, link = [], 0, address("evidence", "registry.members", **ON)
    while link:
        listing = lin.get(link).context["listing"]
        seen += [row.cells[1].text for row in listing.table.rows]
        pages, back = pages + 1, listing.pager.previous_href
        following = listing.pager.next_href
        link = f"{reverse('reporting:evidence', args=['registry.members'])}{following}" if following else ""
    assert (len(seen), len(set(seen)), pages) == (10, 10, 4)
    before = lin.get(f"{reverse('reporting:evidence', args=['registry.members'])}{back}").context["listing"]
    assert [row.cells[1].text for row in before.table.rows] == seen[6:9]


@pytest.mark.parametrize(
    "mark", ["x", "W10", "WyJcdTAwMDAiLCAiMjAxOCIsIDFd", "bnVsbA", "WyIvIiwgIjIwMTgtOTktMDEiLCAxXQ"]
)
def test_a_mark_that_nobody_wrote_is_the_first_page(lin: Visitor, mark: str):
    page = lin.get(address("evidence", "registry.members", after=mark, **ON))

    assert page.status_code == 200
    assert len(page.context["listing"].table.rows) == 2


def test_figures_of_the_report_are_read_off_its_registers(lin: Visitor, world: World):
    unit, by = world.federation.org_unit_id, {"actor": machine(), "at": MAY_9}
    term = actions.elect_committee(
        unit, number=3, begins_on=date(2014, 1, 1), expires_on=date(2019, 1, 1), **by
    )
    plenary = actions.hold_plenary(term.pk, number=5, held_on=date(2018, 1, 20), is_enlarged=True, **by)
    actions.deliver_report(plenary.pk, year=2017, title="", **by)
    listing = lin.get(address("figures", year="2017")).context["listing"]
    by_name = {row.cells[0].text: row.cells[2].value for row in listing.table.rows}

    assert [by_name[name] for name in ("委员会届次", "全委会次数", "报告回顾年度", "报告计划年度")] == [
        3, 5, 2017, 2018,
    ]  # fmt: skip
    assert {
        row.cells[0].text: row.cells[2].value
        for row in lin.get(address("figures", year="2018")).context["listing"].table.rows
    }["报告计划年度"] is None
