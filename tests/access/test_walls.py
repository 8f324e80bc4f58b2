"""No statement is sent outside the walls: no page, no job and no command asks the database there."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from juli.config import cli
from juli.config.cli import program, session
from juli.engines.scope import walls
from tests import world as building
from tests.access.routes import ROUTES, Place, furnished
from tests.access.test_matrix import PATTERNS, address_of, visitors

pytestmark = pytest.mark.django_db(transaction=True)

# The walls themselves are raised before anything stands inside them.
RAISING = "SELECT set_config('role'"


@contextmanager
def watched() -> Iterator[list[str]]:
    """Note every statement that is sent outside the walls."""
    outside: list[str] = []

    def watch(execute: Callable[..., object], sql: str, *rest: object) -> object:
        if not walls.is_entered() and not str(sql).startswith(RAISING):
            outside.append(str(sql))
        return execute(sql, *rest)

    with connection.execute_wrapper(watch):
        yield outside


@pytest.fixture
def place() -> Iterator[Place]:
    with walls.entered(walls.system("测试")):
        built = furnished(building.build())
    yield built
    # The queue's tables are not Django's: what was queued and committed would wait for the next test.
    with walls.entered(walls.system("测试")), connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def test_a_statement_outside_is_noticed():
    with watched() as outside, connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    assert outside == ["SELECT 1"]


def test_no_page_asks_outside(place):
    """Every address, as the district's officer, as a stranger, as a member and as nobody."""
    with walls.entered(walls.system("测试")):
        everybody = visitors(place)
        addresses = {name: address_of(name, place) for name in ROUTES}
        said = {name: dict(route.said(place)) for name, route in ROUTES.items()}
    found = {}
    for name, address in addresses.items():
        for who in ("district", "stranger", "worker", "anonymous"):
            with watched() as outside:
                everybody[who].get(address)
                if who != "district" and name != "sign-out":
                    everybody[who].post(address, **said[name])
            if outside:
                found[name, who] = outside
    assert found == {}
    assert set(PATTERNS) == set(ROUTES)


JOBS: dict[str, dict[str, object]] = {
    "indicator.refresh_cells": {"since": "2018-01-01", "kinds": "registry.member_admitted"},
    "indicator.fill_trends": {"through": "2018-05-09"},
    "indicator.fill_all_trends": {"timestamp": 0},
    "indicator.follow_facts": {"timestamp": 0},
    "sheet.resume": {"timestamp": 0},
    "registry.find_lookalikes": {"timestamp": 0},
    "registry.keep_quality_week": {"timestamp": 0},
    "registry.renew_import_tasks": {"timestamp": 0},
    "registry.renew_tasks": {"timestamp": 0},
    "registry.survey_quality": {"timestamp": 0},
    "desk.clean_exports": {"timestamp": 0},
    "desk.renew_tasks": {"timestamp": 0},
    "desk.resume_runs": {"timestamp": 0},
    "desk.export": {"export_id": 0},
    "desk.bulk": {"run_id": 0},
    "sheet.bring_in": {"batch_id": 0},
    "sheet.take_back": {"batch_id": 0},
}


def test_every_job_is_watched():
    """A job that is missing here has not been tried: procrastinate's own belong to nobody's record."""
    ours = {name for name in app.tasks if not name.startswith(("builtin", "procrastinate"))}
    assert ours == set(JOBS)


@pytest.mark.parametrize("name", sorted(set(JOBS) - {"sheet.bring_in", "sheet.take_back"}))
def test_no_job_asks_outside(place, name):
    arguments = dict(JOBS[name])
    if name in {"indicator.refresh_cells", "indicator.fill_trends"}:
        arguments["org_unit_id"] = place.world.federation.org_unit_id
    with watched() as outside:
        app.tasks[name](**arguments)
    assert [each for each in outside if ProcrastinateJob._meta.db_table not in each] == []


COMMANDS = (
    ["user", "list"],
    ["user", "disable", "周会员"],
    ["figures", "annual-work", "--year", "2018", "--unit", "990113", "--json"],
    ["report", "annual-work", "--year", "2018", "--unit", "990113", "--out", "report.docx"],
)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_no_command_asks_outside(place, words, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(session, "in_house", contextmanager(lambda: iter([None])))
    with watched() as outside:
        assert program.run(cli.COMMANDS, words) == 0
    assert outside == []
