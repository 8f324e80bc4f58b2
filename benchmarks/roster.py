"""
A roster of the whole district: how many times the bare floor the pipeline takes, and the same roster again.

Floor and pipeline run in turn, each in a fresh process against the same running database, so that other
work on the machine weighs on both alike. ``--rows`` makes a smaller file.
"""

import argparse
import statistics
from typing import Any

from benchmarks import roster_house as house
from benchmarks import rosters
from benchmarks.machine import Watch
from benchmarks.verdicts import at_least, noted, publish, within

FIRST, AGAIN, FASTER, PEAK_MIB = 6.0, 2.5, 60.0, 1_536
PEER_ROWS = 2_000


def run(*, rows: int = rosters.MEMBERS) -> None:
    """Measure and write the section."""
    with house.standing(rows=rows) as place:
        floors = [_floor(place)]
        first, first_memory = _imported(place, str(place.roster))
        floors.append(_floor(place))
        again, again_memory = _imported(place, str(place.changed))
        floors.append(_floor(place))
        same, _ = _imported(place, str(place.changed))
        peer = house.in_a_process("benchmarks.roster_peer", str(place.roster), str(PEER_ROWS))
        counts, version = house.counted(), _version()
    assert (first["added"], first["faulty"], same["unchanged"]) == (rows, 0, rows), (first, same)
    assert counts["party_person"] == counts["registry_membership"] == rows, counts
    beside_first = statistics.mean(each["seconds"] for each in floors[:2])
    beside_again = statistics.mean(each["seconds"] for each in floors[1:])
    ours, theirs = first["seconds"] / rows, peer["seconds"] / peer["rows"]
    largest = max(first_memory["largest_process_mib"], again_memory["largest_process_mib"])
    together = max(first_memory["all_processes_mib"], again_memory["all_processes_mib"])
    publish(
        "roster",
        f"a roster of {rows:,} rows into the register",
        [
            noted("bare floor", f"{beside_first:.1f} s ({_steps(floors[0])})"),
            within("first load, times the floor", first["seconds"] / beside_first, FIRST, unit="×",
                   beside=f"{first['seconds']:.1f} s: {_phases(first)}"),
            within("the same roster with 1 % changed, times the floor", again["seconds"] / beside_again,
            AGAIN,
                   unit="×", beside=f"{again['seconds']:.1f} s, {again['changed']:,} rows changed"),
            noted("the same roster once more", f"{same['seconds']:.1f} s, nothing changed"),
            at_least("faster a row than django-import-export use_bulk", theirs / ours, FASTER,
                     beside=f"{1 / theirs:,.0f} → {1 / ours:,.0f} rows a second"),
            within("peak memory of the largest process", largest, PEAK_MIB, unit="MiB"),
            within("peak memory of all processes together", together, PEAK_MIB, unit="MiB"),
        ],
        notes=NOTES,
        postgresql=version,
    )  # fmt: skip


NOTES = """
One xlsx file of 16 columns with shared strings, as spreadsheet programs write them. The floor is Polars
with calamine, nine rules as columns, COPY into a plain table, its primary key and five indexes: no
encryption, no history, no facts, no foreign keys, no wall. The pipeline is `juli import members` from the
file to the commit: stored sealed, read, judged, sealed and digested, compared, posted as persons,
memberships and facts with every index and constraint, behind the wall. Memory counts what is a process's
own, the database's processes included.
The peer brings 2,000 of the rows into the same two tables, empty, with the same sealing and keys for each row
and related rows by its own widgets; without facts, history, walls and set-wise checks, and without its diff.
"""


def _floor(place: house.House) -> dict[str, Any]:
    return house.in_a_process("benchmarks.roster_floor", str(place.roster))


def _imported(place: house.House, file: str) -> tuple[dict[str, Any], dict[str, float]]:
    with Watch(others=(place.postmaster,)) as watch:
        found = house.in_a_process("benchmarks.roster_import", file)
    return found, watch.figures


def _steps(floor: dict[str, Any]) -> str:
    return ", ".join(f"{name} {floor[name]:.1f}" for name in ("read", "check", "copy", "indexes"))


def _phases(found: dict[str, Any]) -> str:
    return ", ".join(f"{name} from {seconds:.1f}" for name, seconds in found["begun_at"].items())


def _version() -> str:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return str(cursor.fetchone()[0]).split()[0]


if __name__ == "__main__":
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--rows", type=int, default=rosters.MEMBERS)
    run(rows=words.parse_args().rows)
