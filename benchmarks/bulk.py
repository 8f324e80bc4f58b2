"""One thing done to fifty thousand members in the background, also when the process is killed."""

import json
import os
import subprocess
import sys
import tempfile
import time
from typing import Any

from benchmarks import house
from benchmarks.verdicts import Verdict, noted, publish, within

WANTED, BUDGET = 50_000, 45.0
SCALE = "0.1"
VERBS: dict[str, dict[str, list[str]]] = {
    "verification": {"source": ["公安比对"], "on": ["2020-01-02"], "reason": ["名单由公安反馈"]},
    "retention": {"on": ["2026-01-01"], "reason": ["停产"]},
    "resumption": {"on": ["2026-01-02"]},
    "transfer": {"on": ["2026-01-03"], "reason": ["划转"], "to_union_id": [""]},
}
INSIDE = "JULI_BENCH_BULK"


def run() -> None:
    """Make a house of its own, since what is done cannot be taken back, and measure in there."""
    if os.environ.get(INSIDE):
        measured()
        return
    with tempfile.TemporaryDirectory(prefix="juli-bench-bulk-") as folder:
        there = os.environ | {"JULI_DATA": folder, INSIDE: "1"}
        sample = [sys.executable, "-m", "juli", "sample", "panyu-2018", "--scale", SCALE]
        subprocess.run(sample, env=there, check=True)
        subprocess.run([sys.executable, "-m", "benchmarks.bulk"], env=there, check=True)


def measured() -> None:
    """Measure and write the section."""
    verdicts: list[Verdict] = []
    with house.standing():
        with house.owner() as link:
            version = house.version(link)
            house.tidied(link)
        for slug, filled in VERBS.items():
            number, total = _asked(slug, filled)
            told, steps = _worked(number)
            scaled = told["seconds"] * WANTED / total
            beside = (
                f"{told['processor'] * WANTED / total:.1f} s of one processor; progress seen {steps} times,"
                f" {told['refused']:,} of {total:,} refused with their reason"
            )
            verdicts.append(within(f"{slug}: 50,000 members", scaled, BUDGET, unit="s", beside=beside))
            verdicts.append(noted(f"{slug}: memory of the process", f"{told['mebibytes']:.0f} MiB"))
        verdicts.append(_killed())
    publish("bulk", "one thing done to 50,000 members", verdicts, notes=NOTES, postgresql=version)


NOTES = f"""
In a house of its own with a tenth of the sample (59,750 members), since what is done to them cannot be taken
back; seconds are scaled to {WANTED:,}. The job itself, in a process of its own, chunk after chunk, each with
its facts, its histories and an answer for every member, while this process looks how far it has come. Then
one more run is killed in its middle with SIGKILL and begun again: nobody may be done twice or left out.
"""


def _asked(slug: str, filled: dict[str, list[str]]) -> tuple[int, int]:
    from django.utils import timezone

    from juli.domains.registry.models import Union
    from juli.engines.desk import lists
    from juli.engines.desk.bulk import actions
    from juli.engines.desk.bulk.declaring import verb_of
    from juli.engines.desk.bulk.selections import Selection
    from juli.engines.scope import walls

    actor = house.actor_of(house.DISTRICT)
    with walls.entered(actor):
        if "to_union_id" in filled:
            filled = {
                **filled,
                "to_union_id": [Union.objects.filter(level="town").values_list("code", flat=True)[0]],
            }
        register = lists.register_of("members")
        verb, selection = verb_of(register, slug), Selection(register, is_everything=True)
        number = selection.count(verb, actor=actor)
        run = actions.ask_for_bulk(
            selection, verb, filled=filled, expected=number, actor=actor, at=timezone.now()
        )
    return run.pk, number


def _started(number: int) -> "subprocess.Popen[str]":
    words = [sys.executable, "-m", "benchmarks.background", "bulk", str(number)]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    process.stdout.readline()
    return process


def _worked(number: int) -> tuple[dict[str, float], int]:
    """Let another process work a run; return what it told and how often progress was seen."""
    seen: set[int] = set()
    with _started(number) as process:
        while process.poll() is None:
            seen.add(_look_at(number).done)
            time.sleep(0.2)
        told = json.loads(process.stdout.readlines()[-1])  # type: ignore[union-attr]
    ended = _look_at(number)
    if ended.state != "done":
        raise SystemExit(f"the run ended as {ended.state}: {ended.sentence}")
    return told | {"refused": ended.refused}, len(seen)


def _killed() -> Verdict:
    """Kill a run in its middle, begin it again, and count."""
    from juli.engines.facts.models import Fact
    from juli.engines.scope import walls

    number, total = _asked("verification", {**VERBS["verification"], "on": ["2020-01-03"]})
    with _started(number) as process:
        while _look_at(number).done < total // 2 and process.poll() is None:
            time.sleep(0.05)
        process.kill()
    half = _look_at(number).done
    _worked(number)
    with walls.entered(house.actor_of(house.DISTRICT)):
        told = Fact.objects.filter(kind="registry.person_verified", occurred_on="2020-01-03")
        people = told.values("person_id").distinct().count()
        twice = told.count() - people
    beside = f"killed at {half:,} of {total:,}, {people:,} done in the end"
    return within("killed in the middle: done twice or left out", twice + total - people, 0, unit="members",
                  beside=beside)  # fmt: skip


def _look_at(number: int) -> Any:  # Any: a run; its module is imported late
    from juli.engines.desk.models import BulkRun
    from juli.engines.scope import walls

    with walls.entered(house.actor_of(house.DISTRICT)):
        return BulkRun.objects.get(pk=number)


if __name__ == "__main__":
    run()
