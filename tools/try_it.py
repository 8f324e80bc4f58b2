"""Start Juli with a sample district: the first page at once on a part of it, the rest loaded behind.

python tools/try_it.py [options of juli serve]

The sample is made where JULI_DATA points, once; a later start takes up where it was. A house that was
founded with `juli init` is started as it is.
"""

from __future__ import annotations

import itertools
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

JULI = (sys.executable, "-m", "juli")
Process = subprocess.Popen[bytes]


def has_sample() -> bool:
    return (Path(os.environ.get("JULI_DATA") or ".data") / "sample.json").is_file()


def address(arguments: list[str]) -> tuple[str, int]:
    """Return where the site will answer, as far as the options say."""
    given = dict(itertools.pairwise(arguments))
    return given.get("--host", "127.0.0.1").replace("0.0.0.0", "127.0.0.1"), int(given.get("--port", "8000"))


def is_answering(place: tuple[str, int]) -> bool:
    try:
        socket.create_connection(place, timeout=1).close()
    except OSError:
        return False
    return True


class Trial:
    """The house, and beside it the loading of the rest of the sample."""

    def __init__(self, arguments: list[str]) -> None:
        self.arguments = arguments
        self.house: Process | None = None
        self.loading: Process | None = None
        self.is_stopping = False

    def run(self) -> int:
        """Start both, the loading once the site answers, and return the exit code of the house."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.stop)
        if not has_sample():
            # In a house of one's own this is refused with a sentence, and the house is served as it is.
            self.loading = start("sample", "--only-first")
            self.loading.wait()
        if self.is_stopping:
            return 130
        self.house = start("serve", *self.arguments)
        while self.house.poll() is None and not is_answering(address(self.arguments)):
            time.sleep(0.2)
        if self.house.poll() is None and has_sample() and not self.is_stopping:
            self.loading = start("sample")
        return self.house.wait()

    def stop(self, number: int, _: FrameType | None) -> None:
        """End the loading before the house: it needs the database, and goes on next time."""
        self.is_stopping = True
        if self.loading and self.loading.poll() is None:
            self.loading.terminate()
            self.loading.wait()
        if self.house and self.house.poll() is None:
            self.house.terminate()


def start(*words: str) -> Process:
    """Start one command in a group of its own: Ctrl-C reaches it through ``stop``, in the right order."""
    return subprocess.Popen([*JULI, *words], start_new_session=True)


if __name__ == "__main__":
    sys.exit(Trial(sys.argv[1:]).run())
