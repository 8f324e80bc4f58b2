"""Memory that a large file took, given back to the machine before the next step wants some."""

import ctypes
import sys


def give_back_memory() -> None:
    """Let the C library return what it keeps for later: after a large file that is hundreds of megabytes."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # only glibc has it
        if trim is not None:
            trim(0)
