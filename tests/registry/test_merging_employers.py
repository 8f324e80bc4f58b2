"""Two records of one employer made one, and two again."""

from datetime import date

import pytest

from juli.domains.registry import actions
from juli.domains.registry.actions.merging import undo_merge
from juli.domains.registry.actions.merging_employers import merge_employers
from juli.domains.registry.models import Coverage, Membership
from juli.domains.registry.rules import merging as rules
from juli.engines.indicator import catalogue
from juli.engines.indicator.working import work_out
from juli.engines.party.models import Employer, EmployerFlag, Headcount
from juli.engines.scope import walls
from juli.engines.scope.models import OrgUnit
from juli.kernel.period import Year
from tests import world as building
from tests.registry.merging import differences, everything
from tests.world import MAY_9

pytestmark = pytest.mark.django_db

BY = {"actor": building.machine(), "at": MAY_9}


@pytest.fixture
def world():
    return building.build()


@pytest.fixture
def other(world) -> Employer:
    """The teahouse once more, with brackets written otherwise."""
    return building.make_employer(world.qinghe, name="青荷茶楼(有限公司)")


def merge(world, kept, gone, **more):
    with walls.entered(world.he) as he:
        return merge_employers(kept.pk, gone_id=gone.pk, reason="同一家", actor=he, at=MAY_9, **more)


def undo(world, act):
    with walls.entered(world.he) as he:
        return undo_merge(act.pk, reason="不是同一家", actor=he, at=MAY_9)


def covered(world) -> int:
    with walls.entered(world.lin) as who:
        figure = work_out(
            catalogue.indicator("registry.covered_employers"),
            unit=OrgUnit.objects.get(pk=world.federation.org_unit_id), period=Year(2018), actor=who, at=MAY_9,
        )  # fmt: skip
    return figure.value


def lively(world, first: Employer, second: Employer) -> None:
    """Let both be covered by the same union, counted, marked and worked for."""
    building.cover(world.traders_union, second, on=date(2012, 1, 1))
    for employer, people in ((first, 10), (second, 12)):
        actions.report_headcount(employer.pk, counted_on=date(2018, 1, 1), employees=people, **BY)
        actions.flag_employer(
            employer.pk, mark=EmployerFlag.Flag.CATERING, on=date(2018, 1, people), source="摸查", **BY
        )
    actions.report_headcount(second.pk, counted_on=date(2018, 2, 1), employees=13, **BY)
    building.make_member(world.traders_union, name="李茶", employer=second)


def test_one_employer_is_left_with_what_both_had(world, other):
    lively(world, world.teahouse, other)
    before = covered(world)

    merge(world, world.teahouse, other, taken=["name", "uscc"])

    kept = Employer.objects.get(pk=world.teahouse.pk)
    assert (kept.name, kept.uscc) == ("青荷茶楼(有限公司)", other.uscc)
    assert covered(world) == before - 1
    assert list(
        Headcount.objects.filter(employer=kept).order_by("counted_on").values_list("counted_on", "employees")
    ) == [(date(2018, 1, 1), 10), (date(2018, 2, 1), 13)]
    assert kept.flags.filter(valid_until__isnull=True).count() == 1
    assert Coverage.objects.filter(employer=kept, valid_until__isnull=True).count() == 1
    assert Membership.objects.get(person__name="李茶").employer_id == kept.pk
    with walls.entered(world.lin):
        assert not Employer.objects.filter(pk=other.pk).exists()


def test_undone_everything_is_as_it_was(world, other):
    lively(world, world.teahouse, other)
    before = everything()

    act = merge(world, world.teahouse, other, taken=["uscc", "name", "ownership"])
    undo(world, act)

    assert differences(before, everything()) == {}


def test_what_nobody_covered_goes_to_the_union_that_covers_the_other(world, other):
    before = everything()

    act = merge(world, other, world.teahouse)

    kept = Employer.objects.get(pk=other.pk)
    assert kept.org_unit_id == world.traders_union.org_unit_id
    undo(world, act)
    assert differences(before, everything()) == {}


def test_two_unions_that_stand_for_them_are_named(world):
    before = everything()

    with pytest.raises(rules.TwoCoverages) as refused:
        merge(world, world.teahouse, world.bearing)

    assert "澜江轴承厂工会" in refused.value.sentence
    assert differences(before, everything()) == {}


def test_a_headcount_since_rests_on_the_merge(world, other):
    act = merge(world, world.teahouse, other)
    with walls.entered(world.he) as he:
        actions.report_headcount(
            world.teahouse.pk, counted_on=date(2018, 5, 1), employees=3, actor=he, at=MAY_9
        )

    with pytest.raises(rules.SomethingRests) as refused:
        undo(world, act)

    assert "职工人数 1 条" in refused.value.sentence
