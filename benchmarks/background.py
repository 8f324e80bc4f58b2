"""
A process of its own for one run in the background, as the worker would do it: ``export`` or ``bulk``.

The database is kept running by whoever starts this.
"""

import json
import os
import resource
import sys
import time

import django

MEBIBYTE = 1024


def main(kind: str, number: int) -> None:
    """Do the run, and say how long it took, how much processor and how much memory."""
    os.environ |= {"JULI_DB_AS": "app", "DJANGO_SETTINGS_MODULE": "juli.config.settings"}
    django.setup()
    from django.utils import timezone

    from juli.engines.desk.bulk import working
    from juli.engines.desk.exports import making

    act = making.make if kind == "export" else working.work
    print("ready", flush=True)
    start, busy = time.perf_counter(), time.process_time()
    act(number, clock=timezone.now)
    told = {
        "seconds": time.perf_counter() - start,
        "processor": time.process_time() - busy,
        "mebibytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEBIBYTE,
    }
    print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
