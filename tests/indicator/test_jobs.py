"""The jobs that keep the cache."""

from datetime import date

import pytest
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from juli.engines import queue
from juli.engines.indicator import jobs, rollups
from juli.engines.indicator.models import Rollup
from juli.engines.indicator.periods import PeriodKind
from juli.engines.indicator.rollups import Cell
from tests.world import MAY_9, World, machine, make_member

pytestmark = pytest.mark.django_db


def test_the_jobs_are_known_to_the_queue_and_take_ids_and_codes(world: World):
    assert {"indicator.refresh_cells", "indicator.fill_trends", "indicator.fill_all_trends"} <= set(app.tasks)
    queue.later(
        "indicator.refresh_cells", org_unit_id=world.qinghe.org_unit_id, since="2018-05-01",
        kinds="registry.member_admitted",
    )  # fmt: skip

    job = ProcrastinateJob.objects.get(task_name="indicator.refresh_cells")
    assert job.args == {
        "org_unit_id": world.qinghe.org_unit_id, "since": "2018-05-01", "kinds": "registry.member_admitted",
    }  # fmt: skip


def test_what_a_fact_moved_is_worked_out_again(world: World):
    cell = Cell("registry.members", world.federation.org_unit_id, PeriodKind.DAY, date(2018, 5, 1))
    rollups.refresh([cell], actor=machine(), at=MAY_9)
    make_member(world.bearing_union, joined_on=date(2018, 4, 1))
    unit, since = world.bearing_union.org_unit_id, "2018-04-01"

    jobs.refresh_cells(org_unit_id=unit, since=since, kinds="registry.union_founded,registry.union_merged")
    assert Rollup.objects.get().value == 2
    jobs.refresh_cells(org_unit_id=unit, since=since, kinds="registry.member_admitted", until=since)
    jobs.refresh_cells(org_unit_id=unit, since=since, kinds="registry.member_admitted", until=since)
    assert Rollup.objects.get().value == 3


def test_a_batch_that_was_posted_has_its_figures_worked_out_again(world: World, monkeypatch):
    monkeypatch.setattr(jobs, "_followed", {})
    make_member(world.bearing_union, joined_on=date(2018, 4, 1))
    jobs.follow_facts(timestamp=0)
    ProcrastinateJob.objects.all().delete()
    jobs._followed[jobs.FOLLOWING] = jobs.watermark.mark().number
    jobs.follow_facts(timestamp=0)
    assert not ProcrastinateJob.objects.exists()

    make_member(world.bearing_union, joined_on=date(2018, 4, 2))
    make_member(world.bearing_union, joined_on=date(2018, 4, 4))
    jobs.follow_facts(timestamp=0)

    (job,) = ProcrastinateJob.objects.filter(task_name="indicator.refresh_cells")
    assert job.args == {
        "org_unit_id": world.bearing_union.org_unit_id, "since": "2018-04-02", "until": "2018-04-04",
        "kinds": "registry.member_admitted",
    }  # fmt: skip


def test_what_moved_in_many_units_is_worked_out_for_the_whole_tree(world: World, monkeypatch):
    monkeypatch.setattr(jobs.following, "MOST_UNITS", 1)
    monkeypatch.setattr(jobs, "_followed", {jobs.FOLLOWING: jobs.watermark.mark().number})
    make_member(world.bearing_union, joined_on=date(2018, 4, 2))
    make_member(world.traders_union, joined_on=date(2018, 4, 3))
    jobs.follow_facts(timestamp=0)

    (job,) = ProcrastinateJob.objects.filter(task_name="indicator.refresh_cells")
    assert job.args["org_unit_id"] == world.federation.org_unit_id


def test_every_quoted_figure_gets_twelve_months(world: World):
    jobs.fill_trends(org_unit_id=world.federation.org_unit_id, through="2018-05-09")

    kept = Rollup.objects.filter(org_unit=world.federation.org_unit_id)
    by_code = {code: kept.filter(indicator=code).count() for code in kept.values_list("indicator", flat=True)}
    assert set(by_code.values()) == {12}
    assert "reporting.committee_term" not in by_code


def test_a_unit_that_is_gone_is_passed_over():
    jobs.refresh_cells(org_unit_id=0, since="2018-04-01", kinds="registry.member_admitted")
    jobs.fill_trends(org_unit_id=0, through="2018-05-09")


def test_the_night_fills_every_tree(world: World):
    jobs.fill_all_trends(timestamp=0)

    assert Rollup.objects.filter(org_unit=world.federation.org_unit_id).exists()
