"""``juli web``: the site alone."""

import os
import signal
from collections.abc import Callable
from typing import Annotated, Any

import typer

from juli.config.cli import session
from juli.config.embedded.lineage import die_with_parent
from juli.config.embedded.tuning import MAX_CONNECTIONS

# A Python process uses one core; two, so that one that dies does not take the site with it; and
# no more than four, because the database wants cores as well.
FEWEST_PROCESSES = 2
MOST_PROCESSES = 4
# A request holds a thread and a connection, mostly while the database works; Python itself takes
# turns, so that more threads than this only make each other wait.
MOST_THREADS = 8
SHARE_OF_CONNECTIONS = 0.8
# Of visitors, for each process; a browser opens up to six. What they ask for waits for a thread.
MOST_CONNECTIONS = 512
# The worker's jobs, its listener, and a command beside it.
CONNECTIONS_FOR_OTHERS = 12
PAGE_STATEMENT_SECONDS = 30
STOP_SECONDS = 10


def web(
    host: Annotated[str, typer.Option(help="监听的地址；0.0.0.0 表示所有网卡。")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="监听的端口。")] = 8000,
) -> None:
    """只启动网站；生产环境把网站、后台任务和数据库分开管理时使用。"""
    processes, threads = crew_for(os.cpu_count() or 1)
    os.environ.setdefault("JULI_DB_POOL", str(threads))
    # What nobody waits for any longer must not keep the database busy.
    os.environ.setdefault("PGOPTIONS", f"-c statement_timeout={PAGE_STATEMENT_SECONDS}s")
    with session.database():
        _answer(host, port, processes=processes, threads=threads)
        session.stop_in_a_hurry()


def crew_for(cores: int) -> tuple[int, int]:
    """Return how many processes answer, and how many threads each: never more than connections."""
    threads = min(2 * cores + 1, MOST_THREADS)
    wanted = max(FEWEST_PROCESSES, min(cores, MOST_PROCESSES))
    connections = int(MAX_CONNECTIONS * SHARE_OF_CONNECTIONS) - CONNECTIONS_FOR_OTHERS
    return min(wanted, connections // threads), threads


def _answer(host: str, port: int, *, processes: int, threads: int) -> None:
    import gc

    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    # Loaded once here, and inherited by every process that answers: they are forked from this one.
    _load()
    gc.freeze()  # what is shared is not written to by looking for garbage
    server = Granian(
        "juli.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=threads,
        # It counts connections, and browsers keep theirs open: were it as many as threads, the eleventh
        # browser would wait for the first to be closed.
        backpressure=MOST_CONNECTIONS,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
    )
    server.serve(target_loader=_application, wrap_loader=False)


def _application() -> Callable[..., Any]:  # Any: what WSGI says of itself
    """Hand over the site inside the process that answers; it ends with the one that made it."""
    die_with_parent(signal.SIGKILL)
    # Forked, it still has its maker's handler, which does nothing here: a stop that comes while the
    # site is loading would go unheard. The server sets its own handler when it begins to answer.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    from juli.config.wsgi import application

    return application


def _load() -> None:
    """Load the site and all its pages. It opens no connection and starts no thread: a fork follows."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "juli.config.settings")
    from django.urls import get_resolver

    from juli.config import wsgi  # noqa: F401  sets Django up

    _ = get_resolver().url_patterns
