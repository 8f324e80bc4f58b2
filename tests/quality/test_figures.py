"""The figures of quality counted by hand, as of other days, and where their thresholds come from."""

from collections import Counter
from datetime import date, timedelta

import pytest

from juli.domains.registry.models import Committee, Coverage, Membership, Post, Term, Union
from juli.domains.registry.quality import covering, fields, levels, mobiles, orphans, tiles, topics
from juli.engines import rulebook
from juli.engines.indicator.declarations import AnyIndicator
from juli.engines.indicator.working import evidence_of, work_out
from juli.engines.party.models import Employer, Headcount
from juli.kernel.period import Day
from tests.quality.untidiness import Mess, untidy
from tests.world import MAY_9, World, machine

TODAY = date(2018, 5, 9)


@pytest.fixture
def mess(world: World) -> Mess:
    return untidy(world)


def value(declared: AnyIndicator, union: Union, *, on: date = TODAY) -> object:
    return work_out(declared, unit=union.org_unit, period=Day(on), actor=machine(), at=MAY_9).value


def holds(row: object, day: date) -> bool:
    return row.valid_from <= day and (row.valid_until is None or row.valid_until > day)


def members_on(day: date) -> list[Membership]:
    return [row for row in Membership.objects.select_related("person") if holds(row, day)]


def stands(union: Union, day: date) -> bool:
    return union.approved_on <= day and (union.ended_on is None or union.ended_on > day)


@pytest.mark.django_db
def test_fields_are_lacking_where_one_looks(world: World, mess: Mess):
    rows = members_on(TODAY)
    lacks = {
        "mobile": lambda row: row.person.mobile_digest is None,
        "education": lambda row: row.person.education == "unstated",
        "employer": lambda row: row.employer_id is None,
        "migrant": lambda row: row.person.is_migrant_worker is None,
        "bank": lambda row: row.person.bank_digest is None,
    }
    for code, is_lacking in lacks.items():
        field = next(
            each for each in fields.MEMBER_FIELDS if each.share.code == f"registry.members_{code}_share"
        )
        persons = {row.person_id for row in rows if is_lacking(row)}
        assert value(field.lacking, world.federation) == len(persons), code
    everybody = {row.person_id for row in rows}
    mobile = fields.MEMBER_FIELDS[0]
    assert value(mobile.having, world.federation) == len(everybody) - 1


@pytest.mark.django_db
def test_doubtful_mobiles_are_found_where_one_looks(world: World, mess: Mess):
    rows = members_on(TODAY)
    numbers = Counter(
        (bytes(row.person.mobile_digest), row.person.path) for row in rows if row.person.mobile_digest
    )
    fewest = rulebook.rule(mobiles.SHARED, on=TODAY).whole()
    sharing = {
        row.person_id
        for row in rows
        if row.person.mobile_digest and numbers[bytes(row.person.mobile_digest), row.person.path] >= fewest
    }
    assert value(mobiles.SHARED_MOBILES, world.federation) == len(sharing) == 3
    found = evidence_of(
        mobiles.STALE_MOBILES, unit=world.federation.org_unit, period=Day(TODAY), actor=machine()
    )
    assert [row.person_id for row in found] == [mess.stale.person_id]


@pytest.mark.django_db
def test_orphans_and_gaps_are_found_where_one_looks(world: World, mess: Mess):
    unions = [each for each in Union.objects.all() if stands(each, TODAY)]
    base = [each for each in unions if each.level == "base"]
    paths = {row.path for row in members_on(TODAY)}
    empty = [each for each in base if not any(path.startswith(each.path) for path in paths)]
    assert value(orphans.UNIONS_WITHOUT_MEMBERS, world.federation) == len(empty)
    for office, declared in (("chair", levels.WITHOUT_CHAIR), ("treasurer", levels.WITHOUT_TREASURER)):
        held = {row.union_id for row in Post.objects.filter(office=office) if holds(row, TODAY)}
        assert value(declared, world.federation) == len([each for each in unions if each.pk not in held])
    audited = {row.union_id for row in Committee.objects.filter(kind="audit") if holds(row, TODAY)}
    assert value(levels.WITHOUT_AUDIT, world.federation) == len(unions) - len(audited)
    assert value(levels.VILLAGES_WITHOUT_BASE_UNION, world.federation) == 0
    assert value(levels.TOWNS_WITHOUT_VILLAGE, world.federation) == 2
    covered = {
        row.employer_id for row in Coverage.objects.all() if holds(row, TODAY) and stands(row.union, TODAY)
    }
    last = {row.employer_id: row.employees for row in Headcount.objects.order_by("counted_on")}
    large = [pk for pk, employees in last.items() if employees >= 25 and pk not in covered]
    assert value(orphans.EMPLOYERS_TO_ORGANISE, world.federation) == len(large) == 1
    assert value(covering.EMPLOYEES, world.federation) == sum(last.values())


@pytest.mark.django_db
def test_a_figure_stands_as_of_its_day(world: World, mess: Mess):
    ended, ran_out = date(2018, 3, 1), date(2018, 4, 1)
    eve = timedelta(days=1)

    assert value(orphans.MEMBERS_OF_ENDED_UNIONS, world.baishi, on=ended - eve) == 0
    assert value(orphans.MEMBERS_OF_ENDED_UNIONS, world.baishi, on=ended) == 1
    assert value(orphans.TERMS_OVERDUE, world.qinghe, on=ran_out - eve) == 0
    assert value(orphans.TERMS_OVERDUE, world.qinghe, on=ran_out) == 1
    Term.objects.filter(union=world.bearing_union).update(begins_on=date(2016, 1, 1))
    assert value(fields.UNION_FIELDS[-1].having, world.qinghe, on=date(2015, 12, 31)) == 1
    assert value(covering.EMPLOYEES, world.federation, on=date(2017, 12, 30)) == 0


@pytest.mark.django_db
def test_a_closed_employer_is_no_gap(world: World, mess: Mess):
    Employer.objects.filter(pk=mess.firm.pk).update(business=Employer.Business.CLOSED)

    assert value(orphans.EMPLOYERS_TO_ORGANISE, world.federation) == 0


@pytest.mark.django_db
def test_a_place_without_a_union_is_a_gap(world: World, mess: Mess):
    Union.objects.filter(pk=mess.village.pk).update(ended_on=date(2018, 5, 1), ending="dissolved")

    assert value(levels.VILLAGES_WITHOUT_UNION, world.federation) == 1
    assert value(levels.TOWNS_WITHOUT_UNION, world.federation) == 0


@pytest.mark.parametrize("code", [mobiles.STALE, mobiles.SHARED, orphans.FOUNDING])
def test_thresholds_stand_in_the_rulebook_to_be_confirmed(code: str):
    for day in (TODAY, date(2026, 11, 22)):
        rule = rulebook.rule(code, on=day)
        assert rule.whole() > 0
        assert not rule.is_confirmed
        assert rule.note


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2018, 5, 9), 24, date(2016, 5, 9)), (date(2018, 3, 31), 1, date(2018, 2, 28)),
        (date(2020, 3, 31), 1, date(2020, 2, 29)), (date(2018, 1, 15), 1, date(2017, 12, 15)),
        (date(2018, 12, 31), 3, date(2018, 9, 30)),
    ],
)  # fmt: skip
def test_months_are_counted_back_to_a_day_that_exists(day: date, months: int, before: date):
    assert mobiles.months_before(day, months) == before


def test_tiles_lie_where_the_districts_file_says_and_else_nowhere():
    assert tiles.spot_of("市桥街总工会", district="440113") == tiles.Spot(3, 4)
    assert tiles.spot_of("青荷镇总工会", district="440113") is None
    assert tiles.spot_of("市桥街总工会", district="990113") is None
    assert tiles.spot_of("市桥街总工会", district="../440113") is None
    with pytest.raises(ValueError, match="one spot"):
        tiles.read({"tile": [{"name": name, "column": 1, "row": 1} for name in ("甲", "乙")]})


def test_every_layout_fits_the_grid_that_pages_draw():
    for path in tiles.LAYOUTS.glob("*.toml"):
        spots = tiles._layout(path.stem).values()
        assert all(1 <= spot.column <= 5 and 1 <= spot.row <= 8 for spot in spots), path.name


def test_shades_rise_with_the_value():
    share = tiles.scale_of(covering.EMPLOYEE_COVERAGE, [])
    assert [share.shade(value) for value in (None, 0, 40, 60, 80, 95, 100)] == [0, 1, 2, 3, 4, 5, 5]
    count = tiles.scale_of(covering.EMPLOYEES, [10, None, 0])
    assert [count.shade(value) for value in (0, 2, 4, 6, 8, 10)] == [1, 2, 3, 4, 5, 5]
    assert tiles.scale_of(covering.EMPLOYEES, []).shade(0) == 1


def test_every_line_of_the_page_is_kept_and_surveyed():
    kept = {each.code for each in topics.KEPT}
    lines = [line for topic in topics.TOPICS for line in topic.lines]

    assert {line.wrong.code for line in lines} <= kept
    assert {line.share.code for line in lines if line.share} <= kept
    assert {each.code for each in covering.COVERAGE} <= kept
    assert len({each.code for each in topics.SURVEYED}) == len(topics.SURVEYED)
