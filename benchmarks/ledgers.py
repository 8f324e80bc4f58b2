"""
Ledgers on their way in and back: a roster of 100,000 looked at, posted and taken back; employers row by row.

Every step runs in a fresh process against the same running database, in which as many other members stand.
"""

import argparse
import csv
from pathlib import Path

from benchmarks import roster_house as house
from benchmarks import rosters
from benchmarks.verdicts import noted, publish, within
from juli.kernel.idcodes import uscc_check_character

ROWS = 100_000
PREVIEW, POST, UNDO = 6.0, 10.0, 10.0
EMPLOYERS = 1_000


def run(*, rows: int = ROWS) -> None:
    """Measure and write the section."""
    with house.standing(rows=2 * rows) as place:
        whole = rosters.roster(rosters.district(), rows=2 * rows)
        first, second = place.folder / "first.xlsx", place.folder / "second.xlsx"
        rosters.write_workbook(whole.head(rows), first)
        rosters.write_workbook(whole.tail(rows), second)
        _took("import", "members", str(first))
        house.analyse()
        preview = _took("preview", "members", str(second))
        post = _took("post", str(preview["batch"]))
        undo = _took("undo", str(preview["batch"]))
        counts = house.counted()
        assert (post["added"], post["faulty"], undo["undone"]) == (rows, 0, rows), (post, undo)
        assert counts["party_person"] == counts["registry_membership"] == rows, counts
        shops = _employers(place.folder / "employers.csv")
        seen = _took("preview", "employers", str(shops))
        kept = _took("post", str(seen["batch"]))
        gone = _took("undo", str(seen["batch"]))
        assert (kept["added"], gone["undone"]) == (EMPLOYERS, EMPLOYERS), (kept, gone)
    publish(
        "ledgers",
        f"{rows:,} rows looked at, posted and taken back",
        [
            within("preview", preview["seconds"], PREVIEW, unit="s", beside=_phases(preview)),
            within("post", post["seconds"], POST, unit="s", beside=_phases(post)),
            within("undo", undo["seconds"], UNDO, unit="s"),
            noted(
                f"{EMPLOYERS:,} employers through the actions, one by one",
                f"preview with a trial {seen['seconds']:.1f} s, post {kept['seconds']:.1f} s,"
                f" undo {gone['seconds']:.1f} s",
            ),
        ],
        notes=NOTES,
    )


NOTES = """
A members' roster as xlsx of 16 columns, all rows new, into a register that holds as many others. Preview
reads the stored file, judges, compares and puts every row down for the page; post reads and compares again,
because the register may have moved, and posts in one transaction with facts, history and walls; undo reverses
every fact, takes memberships and persons out and checks that nothing rests on them. The other registers are
posted row by row through their actions, in chunks of 200 that each say what they have done.
"""


def _took(*words: str) -> dict[str, object]:
    found = house.in_a_process("benchmarks.ledger_steps", *words)
    assert found["state"] != "failed", found
    return found


def _phases(found: dict[str, object]) -> str:
    begun = found["begun_at"]
    assert isinstance(begun, dict)
    return ", ".join(f"{name} at {second:.1f}" for name, second in begun.items())


def _employers(path: Path) -> Path:
    """Write a ledger of made-up employers."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["统一社会信用代码", "单位名称", "经济类型", "所在地编码"])
        for number in range(EMPLOYERS):
            code = f"91990113MB{number:07d}"
            writer.writerow(
                [code + uscc_check_character(code), f"测量商店{number}", "私营", f"{rosters.ROOT_CODE}T00"]
            )
    return path


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=ROWS)
    run(rows=parser.parse_args().rows)
