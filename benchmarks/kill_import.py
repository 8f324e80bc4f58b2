"""
Twenty kills (-9) of an import at random moments: after each the register is as it was or as it should be.

Every fifth time it is not the import that is killed but the database process that works for it, which makes
the whole database recover. After each kill the same command is run again and must bring the roster to its
end.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import psutil

from benchmarks import roster_house as house
from benchmarks.verdicts import Verdict, noted, publish

KILLS, ROWS, SEED = 20, 60_000, 2018
_PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Round:
    """One kill: when it came, what the batch said of it, and what was wrong afterwards (一次强杀)."""

    number: int
    victim: str
    after: float
    state: str
    faults: tuple[str, ...]


def run(*, kills: int = KILLS, rows: int = ROWS, seed: int = SEED) -> None:
    """Kill, look, bring to an end, look again; write the section."""
    chance = random.Random(seed)
    with house.standing(rows=rows) as place:
        whole = first = _timed(place)
        indexes = _indexes()
        rounds = []
        for number in range(1, kills + 1):
            # The machine may be busy with other work: the last whole run says how long one takes now.
            done, whole = _round(number, chance.uniform(0.2, whole), place, rows, indexes)
            rounds.append(done)
    wrong = [f"{each.number}: {fault}" for each in rounds for fault in each.faults]
    states = sorted({each.state for each in rounds})
    publish(
        "kills",
        f"{kills} kills of an import of {rows:,} rows",
        [
            noted("an import left alone", f"{first:.1f} s"),
            Verdict("consistent after the kill, and brought to its end",
            f"{kills - len({each.split(':')[0] for each in wrong})} of {kills}",
                    f"{kills} of {kills}", not wrong),
            noted("killed in the state",
            "、".join(f"{state} {sum(each.state == state for each in rounds)}" for state in states)),
            *(noted("what was wrong", fault) for fault in wrong),
        ],
        notes=NOTES,
    )  # fmt: skip
    if wrong:
        raise SystemExit(1)


NOTES = """
Looked at after each kill: persons, memberships and admissions are all there or none is; the batch says which;
every index and constraint stands. After the same command was run again: every row once, nothing twice.
"""


def _round(
    number: int, after: float, place: house.House, rows: int, indexes: list[str]
) -> tuple[Round, float]:
    """Return what came of one kill, and how long the command took to bring the roster to its end."""
    _emptied()
    kills_database = number % 5 == 0
    process = subprocess.Popen(
        _words(place), env=_environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    time.sleep(after)
    if kills_database:
        _kill_backend()
        process.wait(_PATIENCE)
    else:
        process.send_signal(signal.SIGKILL)
        process.wait(_PATIENCE)
    _settled()
    state, faults = _looked(rows, indexes, when="after the kill")
    seconds = _timed(place)
    last, more = _looked(rows, indexes, when="after the end")
    if last != "posted" and state != "posted":
        more = (*more, f"after the end the batch says {last}")
    found = Round(
        number, "database" if kills_database else "import", round(after, 2), state, (*faults, *more)
    )
    print(found, flush=True)
    return found, seconds if state != "posted" else after


def _looked(rows: int, indexes: list[str], *, when: str) -> tuple[str, tuple[str, ...]]:
    """Return the state of the batch and what is not as it should be."""
    counts = house.counted()
    state = _asked("SELECT state FROM sheet_importbatch ORDER BY id DESC LIMIT 1")
    admitted = _asked("SELECT count(*) FROM facts_fact WHERE subject_kind = 'registry.membership'")
    there = {counts["party_person"], counts["registry_membership"], admitted}
    faults = []
    if there not in ({0}, {rows}):
        faults.append(f"{when}: {counts}, {admitted} admissions")
    if (state == "posted") != (there == {rows}):
        faults.append(f"{when}: the batch says {state}, there are {there}")
    if _indexes() != indexes:
        faults.append(f"{when}: {set(indexes) ^ set(_indexes())}")
    return state or "none", tuple(faults)


def _timed(place: house.House) -> float:
    """Run the command to its end and return the seconds."""
    start = time.perf_counter()
    done = subprocess.run(_words(place), env=_environment(), capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    return time.perf_counter() - start


def _words(place: house.House) -> list[str]:
    return [sys.executable, "-m", "juli", "import", "members", str(place.roster), "--json"]


def _environment() -> dict[str, str]:
    return os.environ | {"JULI_DB_AS": "app"}


def _settled() -> None:
    """Wait until the database has noticed that its client is gone, or has recovered."""
    _until(lambda: _asked("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'") == 0)


def _until(holds: Callable[[], bool]) -> None:
    from django.db import Error, connection

    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        try:
            if holds():
                return
        except Error:
            connection.close()
        time.sleep(0.1)
    raise SystemExit("the database does not settle")


def _kill_backend() -> None:
    """Kill the database process of the import, if it has one yet."""
    mine = _asked("SELECT pg_backend_pid()")
    others = [
        child for child in psutil.Process(psutil.Process(mine).ppid()).children()
        if child.pid != mine and "client" not in child.name() and "[local]" in " ".join(child.cmdline())
    ]  # fmt: skip
    for child in others[:1]:
        child.send_signal(signal.SIGKILL)


def _emptied() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM facts_fact WHERE subject_kind IN ('registry.membership', 'party.person')")
        cursor.execute(
            "TRUNCATE party_person, party_personevent, registry_membership, registry_membershipevent,"
            " registry_post, registry_postevent, sheet_rowfault, sheet_batchprogress, sheet_importbatch,"
            " files_storedfile"
        )


def _indexes() -> list[str]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' UNION ALL"
            " SELECT conrelid::regclass::text || conname || pg_get_constraintdef(oid) FROM pg_constraint"
        )
        return sorted(row[0] for row in cursor.fetchall())


def _asked(statement: str) -> Any:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement)
        found = cursor.fetchone()
        return found[0] if found else None


if __name__ == "__main__":
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--kills", type=int, default=KILLS)
    words.add_argument("--rows", type=int, default=ROWS)
    words.add_argument("--seed", type=int, default=SEED)
    given = words.parse_args()
    run(kills=given.kills, rows=given.rows, seed=given.seed)
