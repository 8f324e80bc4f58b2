"""Our own PostgreSQL as a child process: started, watched, joined and stopped (数据库进程)."""

import atexit
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from juli.config.embedded import cluster, keys, leftovers, shelter
from juli.config.embedded.account import ServerAccount, server_account
from juli.config.embedded.connection import SUPERUSER
from juli.config.embedded.folders import Folders, make_data_folder
from juli.config.embedded.lineage import with_parent
from juli.config.embedded.ownership import Ownership, Visit, Work, owner_of
from juli.config.embedded.progress import Say, say_nothing
from juli.config.embedded.stopping import signals_as_exits
from juli.kernel.refusal import Refusal

FAST_STOP_SECONDS = 60.0
HARD_STOP_SECONDS = 10.0
PROGRESS_SECONDS = 5.0
TURN_SECONDS = 0.02
# Somebody who merely looks whether the database is owned holds the lock for an instant.
INSTANT_SECONDS = 1.0
READY_LINE = 7


class DatabaseTaken(Refusal):
    """Another process runs the database of this data folder."""

    code = "embedded.database_taken"
    message = "数据目录 {data} 的数据库正由另一个进程（{process_id}）运行，请先结束它。"


class DatabaseNotStarted(Refusal):
    """PostgreSQL ended before it was ready."""

    code = "embedded.database_not_started"
    message = "数据库没有启动成功：{reason}"


class Server:
    """PostgreSQL of one data folder, run by this process."""

    def __init__(
        self,
        data: Path,
        fast_for_tests: bool = False,
        *,
        work: Work = Work.COMMAND,
        say: Say = say_nothing,
    ) -> None:
        self.folders = Folders(data.resolve())
        self._is_lasting = not fast_for_tests
        self._say = say
        self._ownership = Ownership(self.folders, work)
        self._programs = Path()
        self._process: subprocess.Popen[bytes] | None = None
        self._is_announced = False

    def take(self) -> bool:
        """
        Take the right to run the database if nobody has it, and say whether it is ours now.

        :raises DataFolderClosed: the data folder is not ours to write in.
        """
        make_data_folder(self.folders.data)
        return self._ownership.take()

    def prepare(self) -> None:
        """
        Make the secrets and the cluster where they are missing.

        :raises DatabaseTaken: another process runs this database.
        :raises ClusterNotMade: PostgreSQL could not make the cluster.
        :raises ClusterOfAnotherVersion: the cluster is of another PostgreSQL.
        :raises NotTraversable: the server's user can no longer reach the cluster.
        :raises ShelterNotMade: the server's user can reach neither our folders nor another place.
        :raises ShelterOfAnother: the data folder is a copy of another one.
        """
        self._insist_on_ownership()
        account = server_account()
        found = keys.read_or_create(self.folders.data)
        shelter.settle(self.folders, account, found=found, is_lasting=self._is_lasting, say=self._say)
        self._programs = shelter.programs(account, say=self._say)
        if not cluster.exists(self.folders):
            self._say("正在建立数据库……")
            cluster.make(
                self.folders,
                account=account,
                programs=self._programs,
                password=found.superuser_password,
                is_lasting=self._is_lasting,
            )
        cluster.check(self.folders, account)

    def start(self) -> None:
        """
        Start PostgreSQL, wait until it is ready, and bring roles and database up to date.

        :raises DatabaseNotStarted: PostgreSQL says why.
        """
        if self.is_running():
            return
        self.prepare()
        try:
            self._spawn()
            self.wait_until_ready()
            self._provision()
        except BaseException:
            self.stop()
            raise
        self._announce()

    def stop(self) -> None:
        """Stop PostgreSQL and give the data folder free. Stopping twice is no harm."""
        self._ownership.close_to_guests()
        if self._process is not None:
            self._end(self._process)
            self._process = None
            # The one that writes the log ends a moment after the one that we waited for.
            leftovers.all_gone(self.folders.cluster, leftovers.ORPHAN_SECONDS)
        self._ownership.release()
        atexit.unregister(self._stop_at_exit)

    def is_running(self) -> bool:
        """Say whether the process lives; it may still be recovering."""
        return self._process is not None and self._process.poll() is None

    def is_ready(self) -> bool:
        """Say whether PostgreSQL takes connections."""
        return self.is_running() and _says_ready(self.folders, self._process)

    def wait_until_ready(self) -> None:
        """
        Wait for PostgreSQL without a limit: recovery after a crash takes as long as it takes.

        :raises DatabaseNotStarted: the process ended instead.
        """
        began = told = time.monotonic()
        while not self.is_ready():
            if not self.is_running():
                raise DatabaseNotStarted(reason=last_words(self.folders))
            now = time.monotonic()
            if now - told >= PROGRESS_SECONDS:
                told = now
                self._say(f"数据库正在恢复，已用 {now - began:.0f} 秒，请勿中断……")
            time.sleep(TURN_SECONDS)

    def supervise(self) -> bool:
        """
        Look after the server once, without waiting; say whether it had to be started again.

        For a loop that looks after other children, too. How often to try is the loop's affair.
        """
        if not self.is_running():
            self._ownership.announce(is_ready=False)
            self._is_announced = False
            self._spawn()
            return True
        if not self._is_announced and self.is_ready():
            self._announce()
        return False

    @property
    def process_id(self) -> int | None:
        """The number of the server's first process."""
        return self._process.pid if self._process else None

    @property
    def ended_with(self) -> int | None:
        """How the server's first process ended: None while it lives, negative after a signal."""
        return self._process.poll() if self._process else None

    def leave(self) -> None:
        """Stop, but not before everybody else who uses the database has finished."""
        if not self._ownership.close_to_guests():
            self._say("另一个命令仍在使用数据库，等它完成后再停止；按 Ctrl-C 可立即停止。")
            while not self._ownership.close_to_guests():
                time.sleep(TURN_SECONDS)
        self.stop()

    def _insist_on_ownership(self) -> None:
        end = time.monotonic() + INSTANT_SECONDS
        while not self.take():
            if time.monotonic() > end:
                owner = owner_of(self.folders)
                number = owner.process_id if owner else 0
                raise DatabaseTaken(data=self.folders.data, process_id=number)
            time.sleep(TURN_SECONDS)

    def _spawn(self) -> None:
        account = server_account()
        leftovers.clear(self.folders, self._say)
        cluster.make_socket_folder(self.folders, account)
        cluster.configure(self.folders, account=account, is_lasting=self._is_lasting)
        self._process = _run_postgres(self.folders, account, self._programs)
        atexit.register(self._stop_at_exit, os.getpid())

    def _provision(self) -> None:
        # psycopg takes a quarter of a second to import; only who starts a server spends it.
        from juli.config.embedded import provision

        found = keys.read_or_create(self.folders.data)
        superuser = {
            "host": str(self.folders.socket),
            "port": "5432",
            "user": SUPERUSER,
            "password": found.superuser_password,
            "dbname": "postgres",
        }
        logins = provision.Logins(found.owner_password, found.app_password)
        provision.provision(superuser, logins)
        if not self._is_lasting:
            provision.provision_tests(superuser)

    def _announce(self) -> None:
        self._ownership.announce(is_ready=True)
        self._is_announced = True

    def _end(self, process: "subprocess.Popen[bytes]") -> None:
        for last_word, seconds in (
            (signal.SIGINT, FAST_STOP_SECONDS),
            (signal.SIGQUIT, HARD_STOP_SECONDS),
        ):
            if process.poll() is None:
                process.send_signal(last_word)
            try:
                process.wait(seconds)
            except subprocess.TimeoutExpired:
                self._say("数据库没有按时停止，正在强制停止……")
            else:
                return
        process.kill()
        process.wait()

    def _stop_at_exit(self, process_id: int) -> None:
        if os.getpid() == process_id:  # a forked child has inherited the duty, but not the server
            self.stop()


@contextmanager
def running(
    data: Path,
    fast_for_tests: bool = False,
    *,
    say: Say = say_nothing,
) -> Iterator[None]:
    """
    See that the database runs while the block does.

    A server that another process runs is joined; else we run it, and stop it at the end when the
    last guest has gone. A signal to stop does not wait for guests.

    :raises Refusal: the database could not be started.
    """
    server = Server(data, fast_for_tests, say=say)
    with signals_as_exits(), Visit(server.folders) as visit:
        if _join(server, visit, say):
            yield
        else:
            yield from _own(server)


def _own(server: Server) -> Iterator[None]:
    in_a_hurry = False
    try:
        server.start()
        yield
    except (KeyboardInterrupt, SystemExit):
        in_a_hurry = True
        raise
    finally:
        if in_a_hurry:
            server.stop()
        else:
            server.leave()


def _join(server: Server, visit: Visit, say: Say) -> bool:
    """Become a guest of the server that runs (True), or the owner of one to be started (False)."""
    told = time.monotonic()
    while not server.take():
        owner = owner_of(server.folders)
        if owner and owner.is_ready and visit.enter():
            # Entered, and still the same owner: from now on it waits for us.
            if owner_of(server.folders) == owner:
                return True
            visit.leave()
        if time.monotonic() - told >= PROGRESS_SECONDS:
            told = time.monotonic()
            say("正在等待数据库就绪……")
        time.sleep(TURN_SECONDS)
    return False


def last_words(folders: Folders) -> str:
    """Return the last thing that PostgreSQL logged, for somebody who must find the cause."""
    logs = sorted((folders.cluster / "log").glob("*.log"), key=lambda log: log.stat().st_mtime)
    for log in (folders.start_log, *reversed(logs)):
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines() if log.exists() else []
        told = [line for line in lines if "FATAL" in line or "PANIC" in line] or lines
        if told:
            return told[-1].strip()
    return "PostgreSQL 没有说明原因。"


def _run_postgres(folders: Folders, account: ServerAccount, programs: Path) -> "subprocess.Popen[bytes]":
    with folders.start_log.open("wb") as log:
        folders.start_log.chmod(0o600)
        return subprocess.Popen(
            [programs / "postgres", "-D", folders.cluster],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd="/",
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
            # Its own session: Ctrl-C at the terminal is for us, and we stop it last.
            start_new_session=True,
            preexec_fn=with_parent(signal.SIGINT),
            **account.process_options,
        )


def _says_ready(folders: Folders, process: "subprocess.Popen[bytes] | None") -> bool:
    try:
        lines = (folders.cluster / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    except OSError:
        return False
    is_ours = process is not None and lines[:1] == [str(process.pid)]
    return is_ours and len(lines) > READY_LINE and lines[READY_LINE].strip() == "ready"
