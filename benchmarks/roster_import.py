"""The whole pipeline, as ``juli import members`` runs it: from the file to the committed register."""

import json
import sys
import time
from pathlib import Path

from juli.config.cli import session


def measured(file: str) -> dict[str, object]:
    """Import a roster and return the seconds it took, by phase, and what came of it."""
    with session.in_house():
        from juli.config.cli import import_

        phases: dict[str, float] = {}
        start = time.perf_counter()

        class Clock:
            def tell(self, standing: object) -> None:
                phases.setdefault(standing.phase.value, round(time.perf_counter() - start, 3))

        batch = import_._imported(Path(file), unit_code="", username="", terminal=Clock())
        seconds = round(time.perf_counter() - start, 3)
    return {
        "seconds": seconds, "begun_at": phases, "rows": batch.row_count, "added": batch.added_rows,
        "changed": batch.changed_rows, "unchanged": batch.unchanged_rows, "faulty": batch.faulty_rows,
    }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(measured(sys.argv[1])))
