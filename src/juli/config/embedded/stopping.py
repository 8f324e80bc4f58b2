"""Signals that end a command, turned into exits that let it tidy up."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

ENDING = (signal.SIGTERM, signal.SIGHUP)
# What a shell reports of a program that a signal ended.
SIGNALLED = 128


@contextmanager
def signals_as_exits() -> Iterator[None]:
    """
    Let SIGTERM and SIGHUP unwind the stack as Ctrl-C does, while the block runs.

    Handlers that somebody else has set are left alone, and so are threads other than the first.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    changed = [each for each in ENDING if signal.getsignal(each) is signal.SIG_DFL]
    for each in changed:
        signal.signal(each, _exit)
    try:
        yield
    finally:
        for each in changed:
            signal.signal(each, signal.SIG_DFL)


def _exit(number: int, _: FrameType | None) -> None:
    raise SystemExit(SIGNALLED + number)
