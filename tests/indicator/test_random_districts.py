"""Figures of districts made by chance against a count by hand, and the cache against the figures."""

from datetime import date, timedelta
from random import Random

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from juli.domains.registry import indicators as registry
from juli.engines.indicator import rollups
from juli.engines.indicator.catalogue import indicator
from juli.engines.indicator.models import Rollup
from juli.engines.indicator.moves import Moves
from juli.engines.indicator.periods import PeriodKind
from juli.engines.indicator.rollups import Cell
from juli.engines.indicator.working import TOWN, work_out
from juli.engines.scope.models import OrgUnit
from juli.kernel.period import Day, Month, Period, Quarter
from tests.indicator.random_district import FIRST, LAST, District
from tests.world import MAY_9, machine

pytestmark = pytest.mark.django_db

BY_CHANCE = settings(
    max_examples=8,
    deadline=None,
    database=None,
    phases=[Phase.generate],  # a seed cannot be made simpler
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def day_of(chance: Random) -> date:
    return FIRST + timedelta(chance.randrange((LAST - FIRST).days))


@BY_CHANCE
@given(seed=st.integers(0, 2**32))
def test_figures_are_what_counting_by_hand_gives_as_of_any_day(seed: int):
    chance = Random(seed)
    with transaction.atomic():
        district = District.grown(chance)
        for _ in range(25):
            district.happen()
        units = OrgUnit.objects.in_bulk(district.parents)
        for day in (day_of(chance) for _ in range(4)):
            for number in [district.root, *district.towns, *district.villages]:
                unit, asked = units[number], {"period": Day(day), "actor": machine(), "at": MAY_9}
                assert work_out(registry.MEMBERS, unit=unit, **asked).value == district.members(number, day)
                assert work_out(registry.BASE_UNIONS, unit=unit, **asked).value == district.base_unions(
                    number, day
                )
            towns = work_out(registry.MEMBERS, unit=units[district.root], by=TOWN, **asked)
            children = {int(part.code): part.value for part in towns.parts if part.code}
            assert set(district.towns) <= set(children)
            assert children == {number: district.members(number, day) for number in children}
        transaction.set_rollback(True)


@BY_CHANCE
@example(seed=23)  # a move written down after the facts, and going further back than they do
@example(seed=386)
@given(seed=st.integers(0, 2**32))
def test_flows_are_what_counting_by_hand_gives_whatever_has_moved_since(seed: int):
    chance = Random(seed)
    with transaction.atomic():
        district = District.grown(chance)
        for _ in range(20):
            district.happen()
        units = OrgUnit.objects.in_bulk(district.parents)
        first, last = sorted((day_of(chance), day_of(chance)))
        for number in [*district.towns, *district.villages]:
            asked = {"period": Period(first, last + timedelta(1)), "actor": machine(), "at": MAY_9}
            new = work_out(registry.NEW_MIGRANT_MEMBERS, unit=units[number], **asked)
            assert new.value == district.new_migrant_members(number, first, last) == new.evidence_count
        transaction.set_rollback(True)


CODES = (
    "registry.base_unions", "registry.members", "registry.new_migrant_members", "registry.new_unions",
    "registry.women_committee_share",
)  # fmt: skip


def kept() -> dict[Cell, list[tuple[str, object, object, object]]]:
    found: dict[Cell, list[tuple[str, object, object, object]]] = {}
    for row in Rollup.objects.all():
        cell = Cell(
            row.indicator, row.org_unit_id, PeriodKind(row.period_kind), row.period_start, row.dimension
        )
        found.setdefault(cell, []).append((row.part, row.value, row.numerator, row.denominator))
    return found


def the_slow_way(cell: Cell) -> list[tuple[str, object, object, object]]:
    unit = OrgUnit.objects.get(pk=cell.unit_id)
    figure = work_out(
        indicator(cell.indicator), unit=unit, period=cell.period, actor=machine(), at=MAY_9,
        by=cell.dimension or None,
    )  # fmt: skip
    if not cell.dimension:
        return [("", figure.value, figure.numerator, figure.denominator)]
    return [(part.code, part.value, part.numerator, part.denominator) for part in figure.parts]


@settings(BY_CHANCE, max_examples=4)
@given(seed=st.integers(0, 2**32))
def test_the_cache_is_what_the_slow_way_gives_after_any_events(seed: int):
    chance = Random(seed)
    with transaction.atomic():
        district = District.grown(chance)
        root = OrgUnit.objects.get(pk=district.root)
        cells = set(rollups.trend_cells(root, through=LAST, codes=CODES))
        cells |= {
            Cell(code, number, PeriodKind.QUARTER, Quarter.of(LAST - timedelta(200)).start)
            for code in ("registry.new_unions", "registry.new_migrant_members")
            for number in district.villages
        }
        cells |= {Cell("registry.members", district.root, PeriodKind.DAY, LAST, "employer_class")}
        rollups.refresh(cells, actor=machine(), at=MAY_9)
        for _ in range(8):
            event = district.happen()
            unit = OrgUnit.objects.get(pk=event.unit)
            touched = rollups.touched_cells(unit, kinds=event.kinds, since=event.day, until=event.day)
            rollups.refresh(touched, actor=machine(), at=MAY_9)
        found = kept()
        for cell in chance.sample(sorted(found, key=str), 60):
            rows = found[cell]
            assert sorted(rows, key=str) == sorted(the_slow_way(cell), key=str), cell
        transaction.set_rollback(True)


def test_a_cell_that_nothing_touched_is_left_alone(world):
    unit = world.federation.org_unit
    cells = rollups.trend_cells(
        unit, through=date(2018, 5, 9), codes=["registry.members", "registry.new_members"]
    )
    rollups.refresh(cells, actor=machine(), at=MAY_9)
    touched = rollups.touched_cells(
        world.bearing_union.org_unit,
        kinds=["registry.member_admitted"],
        since=date(2018, 3, 5),
        until=date(2018, 3, 5),
    )

    assert {(cell.indicator, cell.unit_id, cell.period_start) for cell in touched} == {
        (code, number, start)
        for number in (unit.pk, world.qinghe.org_unit_id)
        for code, start in (
            ("registry.members", date(2018, 3, 31)),
            ("registry.members", date(2018, 4, 30)),
            ("registry.new_members", Month(2018, 3).start),
        )
    }


def test_the_cache_can_be_dropped(world):
    unit = world.federation.org_unit
    cells = rollups.trend_cells(unit, through=date(2018, 5, 9), codes=["registry.members"])
    rollups.refresh(cells, actor=machine(), at=MAY_9)
    before = kept()
    Rollup.objects.all().delete()
    rollups.refresh(cells, actor=machine(), at=MAY_9)

    assert kept() == before
    points = rollups.trend(registry.MEMBERS, unit=unit, through=date(2018, 5, 9), actor=world.lin)
    assert [point.value for point in points] == [2] * 12


def test_a_trend_is_shown_to_whoever_reaches_the_whole(world):
    unit = world.federation.org_unit
    cells = rollups.trend_cells(unit, through=date(2018, 5, 9), codes=["registry.members"])
    rollups.refresh(cells, actor=machine(), at=MAY_9)

    assert {
        point.value
        for point in rollups.trend(registry.MEMBERS, unit=unit, through=date(2018, 5, 9), actor=world.he)
    } == {None}


def test_what_is_seen_in_part_is_not_kept(world):
    rollups.refresh(
        [Cell("registry.members", world.federation.org_unit_id, PeriodKind.DAY, date(2018, 5, 1))],
        actor=world.he, at=MAY_9,
    )  # fmt: skip

    assert not Rollup.objects.exists()


def test_without_moves_nothing_is_asked_of_the_tree(django_assert_num_queries, world):
    with django_assert_num_queries(1):
        assert Moves.since(date(2018, 1, 1)) == Moves.none()
