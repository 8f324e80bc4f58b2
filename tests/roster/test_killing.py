"""An import that is killed leaves the register as it was, its batch says so, and it is taken up again."""

import os
import subprocess
import sys
import time
from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest
from benchmarks import rosters
from django.db import connection

from juli.domains.registry import posting
from juli.domains.registry.models import Membership
from juli.domains.registry.roster import form, importing
from juli.engines.facts.models import Fact
from juli.engines.party.models import Person
from juli.engines.scope import actions as scope
from juli.engines.scope import walls
from juli.engines.sheet import batches
from juli.engines.sheet.models import ImportBatch
from tests.roster.importing import Quiet, counts, imported, received
from tests.world import CHINA, machine

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race, pytest.mark.slow]

# From ten thousand rows on, the indexes are taken down: the moment at which a kill would hurt most.
ROWS = 12_000
MAY_9 = datetime(2019, 5, 9, 10, 0, tzinfo=CHINA)


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    """A district of some unions, and a file of its members."""
    place = rosters.district(unions=60, employers=120)
    with walls.entered(machine()) as actor:
        scope.plant_tree(
            name="澜江区总工会", code=rosters.ROOT_CODE, kind="federation", opened_on=date(1985, 1, 1),
            actor=actor, at=MAY_9,
        )  # fmt: skip
        for post, frame in (
            (posting.post_unions, place.unions),
            (posting.post_employers, place.employers),
            (posting.post_coverages, place.coverages),
        ):
            post(frame, actor=actor, at=MAY_9, source="测试")
    path = tmp_path / "roster.csv"
    rosters.roster(place, rows=ROWS).with_columns(pl.col("入会日期").cast(pl.String)).write_csv(path)
    return path


@pytest.mark.parametrize("moment", ["reading", "posting 0", "indexing"])
def test_a_kill_leaves_the_register_as_it_was(roster: Path, moment: str, monkeypatch):
    monkeypatch.setattr("juli.domains.registry.posting.firstload.WORTH_WHILE", 1)
    before, indexes = standing(), indexed()
    batch = received(roster.read_bytes(), name="roster.csv", at=MAY_9)

    killed_at(moment, batch, roster)

    assert standing() == before
    assert indexed() == indexes
    assert left_behind() == [batch.pk]
    importing_again(batch, roster)
    assert counts(look_at(batch)) == (ROWS, 0, 0, 0)
    assert standing() == tuple(count + ROWS for count in before)
    assert counts(imported(roster.read_bytes(), name="roster.csv", at=MAY_9)) == (0, 0, ROWS, 0)
    assert indexed() == indexes


def killed_at(moment: str, batch: ImportBatch, file: Path) -> None:
    words = [
        sys.executable,
        "-m",
        "tests.roster.killed",
        connection.settings_dict["NAME"],
        str(batch.pk),
        str(file),
    ]
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": "."}
    ) as process:
        for line in process.stdout:
            if line.startswith(moment):
                process.kill()
                break
        else:
            pytest.fail(f"it never came to {moment!r}")


def left_behind() -> list[int]:
    """Ask until the database has noticed that the process is gone."""
    for _ in range(100):
        if found := batches.left_behind(ledger=form.CODE, waiting_since=MAY_9, actor=machine()):
            return [batch.pk for batch in found]
        time.sleep(0.1)
    return []


def importing_again(batch: ImportBatch, file: Path) -> None:
    importing.run(batch.pk, actor=machine(), clock=lambda: MAY_9, teller=Quiet(), at_hand=file)


def look_at(batch: ImportBatch) -> ImportBatch:
    with walls.entered(machine()):
        return ImportBatch.objects.get(pk=batch.pk)


def standing() -> tuple[int, ...]:
    with walls.entered(machine()):
        admissions = Fact.objects.filter(subject_kind="registry.membership")
        return (Person.objects.count(), Membership.objects.count(), admissions.count())


def indexed() -> list[tuple[str, str]]:
    """Return every index and constraint of the register."""
    with walls.entered(machine()), connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public' UNION ALL"
            " SELECT conrelid::regclass::text, conname || pg_get_constraintdef(oid) FROM pg_constraint"
        )
        return sorted(cursor.fetchall())
