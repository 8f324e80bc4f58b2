"""One step of a ledger's way, as a command or the worker takes it: looked at, posted, taken back."""

import json
import sys
import time
from pathlib import Path
from typing import Any

from juli.config.cli import session


def taken(step: str, *words: str) -> dict[str, Any]:
    """Take one step and return its seconds, by phase, and what came of it."""
    with session.in_house():
        from django.utils import timezone

        from juli.config.cli import import_
        from juli.engines.scope import walls
        from juli.engines.sheet import batches, working
        from juli.engines.sheet.models import ImportBatch
        from juli.engines.sheet.telling import Teller

        phases: dict[str, float] = {}
        start = time.perf_counter()

        class Clock:
            def tell(self, standing: Any) -> None:
                phases.setdefault(standing.phase.value, round(time.perf_counter() - start, 3))

        match step:
            case "preview" | "import":
                word, file = words
                batch = import_._imported(
                    Path(file), unit_code="", username="", terminal=Clock(), word=word,
                    asking_first=step == "preview",
                )  # fmt: skip
            case "post":
                actor = walls.system("测量")
                with walls.entered(actor):
                    batch = ImportBatch.objects.get(pk=int(words[0]))
                    batches.confirm(batch, actor=actor, at=timezone.now())
                with Teller(batch.pk, actor=actor, clock=timezone.now, also=Clock().tell) as teller:
                    batch = working.run(batch.pk, actor=actor, clock=timezone.now, teller=teller)
            case _:
                batch = import_._undone(int(words[0]), username="", terminal=Clock())
        seconds = round(time.perf_counter() - start, 3)
    return {
        "seconds": seconds, "begun_at": phases, "batch": batch.pk, "state": batch.state,
        "rows": batch.row_count, "added": batch.added_rows, "changed": batch.changed_rows,
        "faulty": batch.faulty_rows, "undone": batch.undone_rows, "reason": batch.reason,
    }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(taken(*sys.argv[1:])))
