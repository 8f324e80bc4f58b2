"""Data folders that the database's user can reach, and other processes that start it."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from juli.config.embedded import leftovers
from juli.config.embedded.folders import Folders


@pytest.fixture
def data(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty data folder. Not below ``tmp_path``: pytest closes that to every other user."""
    home = Path(tempfile.mkdtemp(prefix="juli-test-", dir="/tmp"))
    home.chmod(0o755)
    place = home / "data"
    for name in ("JULI_DATABASE_URL", "JULI_DATABASE_OWNER_URL", "JULI_SECRET_KEY", "JULI_CRYPTO_KEYS_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("JULI_DATA", str(place))
    yield place
    for each in home.rglob("postgres"):
        leftovers.clear(Folders(each.parent), print)
    shutil.rmtree(home)


@pytest.fixture
def elsewhere() -> Iterator[Callable[[str], subprocess.Popen[str]]]:
    """Run a few lines of Python in a process of their own."""
    processes: list[subprocess.Popen[str]] = []

    def run(code: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-u", "-c", PRELUDE + code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=dict(os.environ),
        )
        processes.append(process)
        return process

    yield run
    for process in processes:
        process.kill()
        process.communicate()


PRELUDE = """
import sys
from juli.config.embedded.folders import data_folder
from juli.config.embedded.server import Server, running
data = data_folder()
"""
