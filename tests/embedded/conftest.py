"""Other processes that start the database, or want to."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest

from tests.embedded.places import data

__all__ = ["data", "elsewhere"]


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
