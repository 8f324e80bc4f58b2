"""A house of its own for the roster benchmarks: an empty district, made for the run and removed after it."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import psutil

from benchmarks import rosters
from juli.config.cli import session

_COUNTED = ("party_person", "registry_membership", "facts_fact")


@dataclass(frozen=True, slots=True)
class House:
    """The folder of the house, with the files to bring in (测量用库)."""

    folder: Path

    @property
    def roster(self) -> Path:
        return self.folder / "roster.xlsx"

    @property
    def changed(self) -> Path:
        return self.folder / "changed.xlsx"

    @property
    def postmaster(self) -> int:
        """The number of the database's first process."""
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            return psutil.Process(cursor.fetchone()[0]).ppid()


@contextmanager
def standing(*, rows: int) -> Iterator[House]:
    """Make the house with its database running, the district in it, and two rosters beside it."""
    # Beside the house's own data, where there is room: not in memory, as /tmp may be.
    kept = Path(os.environ.get("JULI_DATA") or ".data").resolve()
    kept.mkdir(parents=True, exist_ok=True)
    folder = kept / f"roster-{os.getpid()}"
    folder.mkdir(mode=0o755)  # the database's own user must be able to pass
    os.environ["JULI_DATA"] = str(folder / "data")
    try:
        place = rosters.district()
        roster = rosters.roster(place, rows=rows)
        rosters.write_workbook(roster, folder / "roster.xlsx")
        rosters.write_workbook(rosters.changed(roster), folder / "changed.xlsx")
        del roster
        with session.in_new_house(as_owner=True):
            from juli.config.cli import migrate

            migrate.apply()
            _settle(place)
            yield House(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.environ["JULI_DATA"] = str(kept)


def _settle(place: rosters.District) -> None:
    """Put the tree, the employers and who covers them into the register."""
    from django.utils import timezone

    from juli.domains.registry import posting
    from juli.engines.scope import actions, walls

    at = timezone.now()
    with walls.entered(walls.system("测量")) as actor:
        actions.plant_tree(
            name="澜江区总工会", code=rosters.ROOT_CODE, kind="federation", opened_on=date(1985, 1, 1),
            actor=actor, at=at,
        )  # fmt: skip
        posting.post_unions(place.unions, actor=actor, at=at, source="测量")
        posting.post_employers(place.employers, actor=actor, at=at, source="测量")
        posting.post_coverages(place.coverages, actor=actor, at=at, source="测量")
    analyse()


def analyse() -> None:
    """Let the database know its tables, as it would by itself after a minute."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def counted() -> dict[str, int]:
    """Return how many rows stand in the tables of the register, seen by their owner."""
    from django.db import connection

    with connection.cursor() as cursor:
        found = {}
        for table in _COUNTED:
            cursor.execute(f"SELECT count(*) FROM {table}")
            found[table] = cursor.fetchone()[0]
        return found


def in_a_process(module: str, *words: str) -> dict[str, Any]:
    """Run a module in a fresh process, as a command would be, and return what it prints as JSON."""
    environment = os.environ | {"JULI_DB_AS": "app", "PYTHONPATH": "."}
    done = subprocess.run(
        [sys.executable, "-m", module, *words], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{module} {' '.join(words)}:\n{done.stderr}")
    return json.loads(done.stdout.strip().splitlines()[-1])
