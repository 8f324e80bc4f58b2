"""One house: its database, its site and its worker, from the first start to the last stop (整站)."""

import signal
import sys
import threading
import time
from dataclasses import dataclass
from types import FrameType

from juli.config.embedded import cluster, connection
from juli.config.embedded.folders import Folders, data_folder
from juli.config.embedded.ownership import Work, owner_of
from juli.config.embedded.progress import Say
from juli.config.embedded.server import DatabaseTaken, Server
from juli.config.supervisor import ports, schema
from juli.config.supervisor.children import Database, Program
from juli.config.supervisor.keeper import Keeper
from juli.kernel.refusal import Refusal

SITE_STOP_SECONDS = 15.0
WORKER_STOP_SECONDS = 60.0
MIGRATION_STOP_SECONDS = 60.0
JULI = (sys.executable, "-m", "juli")


class MigrationFailed(Refusal):
    """The tables could not be brought up to date."""

    code = "supervisor.migration_failed"
    message = "升级数据库结构失败，服务没有启动。请根据上面的提示处理后重试。"


class StopRequested(Exception):
    """The house shall stop before it was up."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where the site answers."""

    host: str
    port: int

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}/"


class House:
    """The parent of every process of the house."""

    def __init__(self, address: Address, *, say: Say) -> None:
        self._address = address
        self._say = say
        self._keeper = Keeper(say)
        self._is_up = False

    def run(self) -> None:
        """
        Run the house until a signal asks it to stop.

        :raises NotInitialised: there is no database yet.
        :raises DatabaseTaken: another ``juli serve`` runs on the same data folder.
        :raises PortTaken: another program answers at the address.
        :raises MigrationFailed: the tables could not be brought up to date.
        """
        self._listen_for_signals()
        began = time.monotonic()
        try:
            ports.check_free(self._address.host, self._address.port)
            if connection.is_embedded():
                self._start_database()
            self._migrate()
            self._start_programs()
            self._say_when_ready(began)
            self._keeper.keep()
        except StopRequested:
            pass
        finally:
            self._is_up = True  # from here on a signal asks, and no longer interrupts
            self._keeper.stop()
            self._say("已停止。")

    def _start_database(self) -> None:
        folders = Folders(data_folder())
        cluster.insist_on(folders)
        server = Server(folders.data, work=Work.SERVE, say=self._say)
        self._wait_for_commands(server)
        self._keeper.take_on(Database(server), stop_limit=0)
        server.start()
        self._say("数据库已启动。")

    def _wait_for_commands(self, server: Server) -> None:
        """A command that runs the database finishes first; another house is there to stay."""
        is_told = False
        while not server.take():
            owner = owner_of(server.folders)
            if owner and owner.work is Work.SERVE:
                raise DatabaseTaken(data=server.folders.data, process_id=owner.process_id)
            if owner and not is_told:
                self._say(f"另一个命令（进程 {owner.process_id}）正在使用数据库，等它完成……")
                is_told = True
            time.sleep(0.1)

    def _migrate(self) -> None:
        if schema.is_as_stamped():
            return
        migration = Program("数据库升级", (*JULI, "migrate"))
        migration.start()
        try:
            while migration.is_running():
                time.sleep(0.05)
        finally:
            migration.stop(limit=MIGRATION_STOP_SECONDS)
        if not migration.has_succeeded():
            raise MigrationFailed

    def _start_programs(self) -> None:
        host, port = self._address.host, str(self._address.port)
        # The worker is taken on first, so that the site is stopped first.
        for program, limit in (
            (Program("后台任务", (*JULI, "worker")), WORKER_STOP_SECONDS),
            (Program("网站", (*JULI, "web", "--host", host, "--port", port)), SITE_STOP_SECONDS),
        ):
            self._keeper.take_on(program, stop_limit=limit)
            program.start()

    def _say_when_ready(self, began: float) -> None:
        self._is_up = True
        while not self._keeper.wants_to_stop.is_set():
            self._keeper.look_round()
            if ports.answers(self._address.host, self._address.port):
                seconds = time.monotonic() - began
                self._say(f"已就绪（{seconds:.1f} 秒）：{self._address}　按 Ctrl-C 停止。")
                return
            time.sleep(0.05)

    def _listen_for_signals(self) -> None:
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, self._on_signal)

    def _on_signal(self, number: int, _: FrameType | None) -> None:
        if self._is_up:
            self._keeper.ask_to_stop()
        else:
            raise StopRequested(number)
