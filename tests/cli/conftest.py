"""Calling the command as a shell does."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.embedded.places import data

__all__ = ["data", "juli"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a command ended and what it said."""

    code: int
    said: str
    complained: str


Juli = Callable[..., Outcome]


@pytest.fixture
def juli() -> Juli:
    """Run a command of ours in a process of its own, and return how it ended."""

    def run(*arguments: str, answers: str = "") -> Outcome:
        done = subprocess.run(
            [sys.executable, "-m", "juli", *arguments],
            input=answers,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "juli.config.settings"},
        )
        return Outcome(done.returncode, done.stdout, done.stderr)

    return run
