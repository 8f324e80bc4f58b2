"""Registering committees, sessions and reports."""

from datetime import date, timedelta

import pytest

from juli.domains.reporting import actions
from juli.domains.reporting.models import AnnualReport, CommitteeTerm, Plenary
from juli.engines.facts.models import Fact
from juli.engines.scope import walls
from juli.kernel.refusal import NotFound, NotPermitted
from tests import world as building
from tests.world import MAY_9, World, machine

pytestmark = pytest.mark.django_db
BY = {"actor": machine(), "at": MAY_9}


@pytest.fixture
def world() -> World:
    return building.build()


@pytest.fixture
def term(world: World) -> CommitteeTerm:
    return elected(world, number=13, begins_on=date(2012, 1, 10))


def elected(world: World, *, number: int, begins_on: date) -> CommitteeTerm:
    return actions.elect_committee(
        world.federation.org_unit_id, number=number, begins_on=begins_on,
        expires_on=begins_on + timedelta(5 * 365), **BY,
    )  # fmt: skip


def test_a_new_committee_takes_over_from_the_old(world: World, term: CommitteeTerm):
    following = elected(world, number=14, begins_on=date(2016, 1, 10))
    term.refresh_from_db()

    assert term.ended_on == following.begins_on
    assert list(CommitteeTerm.objects.in_force_on(date(2016, 1, 9))) == [term]
    assert list(CommitteeTerm.objects.in_force_on(date(2016, 1, 10))) == [following]
    assert Fact.objects.filter(kind="reporting.committee_elected").count() == 2


@pytest.mark.parametrize(
    ("number", "begins_on"), [(13, date(2016, 1, 10)), (12, date(2016, 1, 10)), (14, date(2012, 1, 10))]
)
def test_a_committee_out_of_order_leaves_no_trace(
    world: World, term: CommitteeTerm, number: int, begins_on: date
):
    with pytest.raises(actions.TermOutOfOrder):
        elected(world, number=number, begins_on=begins_on)

    assert CommitteeTerm.objects.count() == 1
    assert Fact.objects.filter(kind="reporting.committee_elected").count() == 1


def test_a_session_is_held_within_the_term_and_once(term: CommitteeTerm):
    actions.hold_plenary(term.pk, number=1, held_on=date(2012, 3, 1), is_enlarged=False, **BY)
    for number, day in ((1, date(2013, 3, 1)), (2, date(2011, 3, 1)), (0, date(2013, 3, 1))):
        with pytest.raises(actions.PlenaryOutOfTerm):
            actions.hold_plenary(term.pk, number=number, held_on=day, is_enlarged=False, **BY)
    with pytest.raises(actions.DayNotCome):
        actions.hold_plenary(term.pk, number=2, held_on=date(2018, 5, 10), is_enlarged=False, **BY)

    assert Plenary.objects.count() == 1


def test_a_year_has_one_report(term: CommitteeTerm):
    plenary = actions.hold_plenary(term.pk, number=1, held_on=date(2013, 1, 20), is_enlarged=True, **BY)
    report = actions.deliver_report(plenary.pk, year=2012, title=" 工作报告 ", **BY)
    with pytest.raises(actions.ReportAlreadyThere):
        actions.deliver_report(plenary.pk, year=2012, title="", **BY)

    assert (report.plan_year, report.title) == (2013, "工作报告")
    assert AnnualReport.objects.count() == 1


def test_a_stranger_finds_nothing_and_a_colleague_may_not(world: World, term: CommitteeTerm):
    with walls.entered(world.wu), pytest.raises(NotFound):
        actions.hold_plenary(
            term.pk, number=1, held_on=date(2013, 1, 20), is_enlarged=False, actor=world.wu, at=MAY_9
        )
    reader = building.granted(world.federation, ["reporting.see"])
    with walls.entered(reader), pytest.raises(NotPermitted):
        actions.hold_plenary(
            term.pk, number=1, held_on=date(2013, 1, 20), is_enlarged=False, actor=reader, at=MAY_9
        )
    with walls.entered(reader), pytest.raises(NotPermitted):
        actions.elect_committee(
            world.federation.org_unit_id, number=14, begins_on=date(2017, 1, 1), expires_on=date(2022, 1, 1),
            actor=reader, at=MAY_9,
        )  # fmt: skip

    assert not Plenary.objects.exists()
