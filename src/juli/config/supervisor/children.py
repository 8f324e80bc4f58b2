"""The processes that the house keeps alive, each behind the same four questions (子进程)."""

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from typing import Protocol

from juli.config.embedded.lineage import with_parent
from juli.config.embedded.server import Server


class Kept(Protocol):
    """Something that runs, may die, and can be started and stopped."""

    @property
    def label(self) -> str:
        """What an operator calls it."""

    def start(self) -> None:
        """Start it, without waiting until it is ready."""

    def is_running(self) -> bool:
        """Say whether its process lives."""

    def how_it_ended(self) -> str:
        """Say in a word how the last run ended."""

    def stop(self, *, limit: float) -> None:
        """Stop it, by force after so many seconds."""


class Program:
    """One of our own commands as a child process, in a process group of its own."""

    def __init__(
        self, label: str, command: Sequence[str], environment: Mapping[str, str] | None = None
    ) -> None:
        self.label = label
        self._command = tuple(command)
        self._environment = dict(environment or {})
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def process_id(self) -> int | None:
        """The number of the process."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start it; Ctrl-C at the terminal does not reach it, and it does not outlive us."""
        self._process = subprocess.Popen(
            self._command,
            stdin=subprocess.DEVNULL,
            env={**os.environ, **self._environment},
            start_new_session=True,
            preexec_fn=with_parent(signal.SIGTERM),
        )

    def is_running(self) -> bool:
        """Say whether the process lives."""
        return self._process is not None and self._process.poll() is None

    def has_succeeded(self) -> bool:
        """Say whether it ended, and ended well."""
        return self._process is not None and self._process.poll() == 0

    def how_it_ended(self) -> str:
        """Say in a word how the last run ended."""
        return _ending(self._process.returncode if self._process else None)

    def stop(self, *, limit: float) -> None:
        """Ask it to stop; after the limit, end it and whatever it has started."""
        if self._process is None:
            return
        if self._process.poll() is None:
            self._process.terminate()
        end = time.monotonic() + limit
        while self._process.poll() is None and time.monotonic() < end:
            time.sleep(0.02)
        _end_group(self._process.pid)
        self._process.wait()


class Database:
    """Our own PostgreSQL, kept alive like any other child."""

    label = "数据库"

    def __init__(self, server: Server) -> None:
        self._server = server

    def start(self) -> None:
        """Start it again; recovery goes on while others are looked after."""
        self._server.supervise()

    def is_running(self) -> bool:
        """Say whether its process lives, and let others know once it is ready."""
        if not self._server.is_running():
            return False
        self._server.supervise()
        return True

    def how_it_ended(self) -> str:
        """Say in a word how the last run ended."""
        return _ending(self._server.ended_with)

    def stop(self, *, limit: float) -> None:
        """Stop it, after its last checkpoint."""
        self._server.stop()


def _ending(code: int | None) -> str:
    if code is None:
        return "没有启动"
    if code < 0:
        return f"被信号 {-code} 终止"
    return f"退出码 {code}"


def _end_group(group: int) -> None:
    try:
        os.killpg(group, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return  # nobody is left in it
