"""Folders for files in the making; what a killed process left in its own is cleared away."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_PREFIX: Final = "juli-export-"


@contextmanager
def folder() -> Iterator[Path]:
    """Lend a folder that nobody else can look into, and leave nothing of it."""
    with tempfile.TemporaryDirectory(prefix=f"{_PREFIX}{os.getpid()}-") as path:
        yield Path(path)


def clear() -> int:
    """Remove the folders of processes that are no more; return how many."""
    left = [path for path in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*") if _is_orphan(path)]
    for path in left:
        shutil.rmtree(path, ignore_errors=True)
    return len(left)


def _is_orphan(path: Path) -> bool:
    owner = path.name.removeprefix(_PREFIX).split("-")[0]
    if not owner.isdecimal() or path.stat().st_uid != os.getuid():
        return False
    try:
        os.kill(int(owner), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
