"""A process of its own for one run in the background, as the worker would do it: ``export`` or ``bulk``."""

import json
import resource
import sys
import time

from benchmarks import house

MEBIBYTE = 1024


def main(kind: str, number: int) -> None:
    """Do the run, and say how long it took, how much processor and how much memory."""
    with house.standing():
        from django.utils import timezone

        if kind == "export":
            from juli.engines.desk.exports import making

            def act() -> None:
                making.make(number, clock=timezone.now)
        else:
            from juli.engines.desk.bulk import working

            def act() -> None:
                working.work(number, clock=timezone.now)

        print("ready", flush=True)
        start, busy = time.perf_counter(), time.process_time()
        act()
        told = {
            "seconds": time.perf_counter() - start,
            "processor": time.process_time() - busy,
            "mebibytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEBIBYTE,
        }
    print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
