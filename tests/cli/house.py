"""A whole house in processes of its own, as an operator runs it."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import psutil
import psycopg

from juli.config.embedded import keys, leftovers
from juli.config.embedded.connection import APP, DATABASE
from juli.config.embedded.folders import Folders

PATIENCE = 90.0
OURS = ("JULI_", "DJANGO_", "PG")


class House:
    """``juli serve`` on a data folder and a port of the test's own."""

    def __init__(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="juli-test-", dir="/tmp"))
        self.home.chmod(0o755)
        self.data = self.home / "data"
        self.port = free_port()
        self.log = self.home / "serve.log"
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        self.environment = {**inherited, "JULI_DATA": str(self.data), "PYTHONUNBUFFERED": "1"}
        self.process: subprocess.Popen[bytes] | None = None

    def call(self, *arguments: str, answers: str = "") -> subprocess.CompletedProcess[str]:
        """Run another command of the same house."""
        return subprocess.run(
            [sys.executable, "-m", "juli", *arguments],
            input=answers,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
            env=self.environment,
        )

    def init(self) -> dict[str, object]:
        """Found the federation and return what was reported."""
        done = self.call("init", "--name", "澜江区总工会", "--code", "449901", "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def start(self) -> None:
        """Start the house without waiting for it."""
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "juli", "serve", "--port", str(self.port)],
                stdout=log,
                stderr=log,
                env=self.environment,
                start_new_session=True,
            )

    def serve(self) -> None:
        """Start the house and wait until it says that it is ready."""
        self.start()
        self.wait_for(lambda: "已就绪" in self.said())

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Ask the house to stop, and return its exit code."""
        os.killpg(self.process.pid, how)
        return self.process.wait(PATIENCE)

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def child(self, command: str) -> psutil.Process:
        """Return one of the processes that the house keeps."""
        for each in psutil.Process(self.process.pid).children():
            if command in " ".join(each.cmdline()):
                return each
        raise LookupError(command)

    def processes(self) -> list[psutil.Process]:
        """Return everything that was started on our data folder or port and still lives."""
        at_work = set(leftovers.processes_in(Folders(self.data).cluster))
        return [
            each
            for each in psutil.process_iter(["cmdline", "status"])
            if each.info["status"] != psutil.STATUS_ZOMBIE
            and (each.pid in at_work or ("juli" in (each.info["cmdline"] or []) and self._is_ours(each)))
        ]

    def get(self, path: str) -> int:
        """Return the status with which the site answers; zero if it does not."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as response:
                return int(response.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def is_well(self) -> bool:
        return self.get("/readyz") == 200

    def worker_beats(self) -> bool:
        """Say whether the worker that runs now has reported to the database."""
        since = self.child("juli worker").create_time()
        with self._database() as database:
            found = database.execute(
                "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > to_timestamp(%s)", [since]
            ).fetchone()
        return found == (1,)

    def _database(self) -> psycopg.Connection:
        found = keys.read(self.data)
        socket_folder = str(Folders(self.data).socket)
        return psycopg.connect(host=socket_folder, user=APP, password=found.app_password, dbname=DATABASE)

    def wait_for(self, is_so: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not is_so():
            assert time.monotonic() < end, self.said()
            assert self.is_open, self.said()
            time.sleep(0.05)

    @property
    def is_open(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def end(self) -> None:
        """End what a failed test has left running."""
        if self.is_open:
            self.process.kill()
            self.process.wait()
        self.process = None
        end = time.monotonic() + 15
        while self.processes() and time.monotonic() < end:
            time.sleep(0.05)
        for each in self.processes():
            each.kill()

    def clear_away(self) -> None:
        """End what is left and remove the folder."""
        self.end()
        shutil.rmtree(self.home)

    def _is_ours(self, process: psutil.Process) -> bool:
        try:
            return process.environ().get("JULI_DATA") == str(self.data)
        except psutil.Error:
            return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
