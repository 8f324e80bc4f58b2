"""Children that do not outlive their parent, however it dies (父子进程)."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable

PR_SET_PDEATHSIG = 1
# Loaded before any fork: between fork and exec nothing may be imported or locked.
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def with_parent(last_word: signal.Signals) -> Callable[[], None]:
    """
    Return what a new child must do so that it gets this signal when its parent is gone.

    For ``preexec_fn``. The kernel sends the signal when the *thread* that made the child ends, so
    children are made by the main thread. Systems other than Linux have no such promise; there the
    next start finds what was left and clears it away.
    """
    parent = os.getpid()

    def promise() -> None:
        if _libc is None:
            return
        _libc.prctl(PR_SET_PDEATHSIG, int(last_word), 0, 0, 0)
        if os.getppid() != parent:  # it died before we could promise
            os._exit(1)

    return promise


def die_with_parent(last_word: signal.Signals) -> None:
    """Make the same promise for this process, which its parent has forked."""
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, int(last_word), 0, 0, 0)
