"""``juli worker``: the jobs alone."""

import asyncio
import os
import threading
import time
from contextlib import suppress
from typing import Annotated

import typer

from juli.config.cli import session
from juli.config.embedded import connection

# Two jobs at once: a short one does not wait behind an import of half a million rows.
JOBS_AT_ONCE = 2
# The house waits a little longer before it uses force.
LAST_JOB_SECONDS = 50.0
LOOK_SECONDS = 2.0


def worker(
    at_once: Annotated[
        int, typer.Option("--at-once", min=1, max=8, help="同时执行的任务数。")
    ] = JOBS_AT_ONCE,
) -> None:
    """只启动后台任务；收到停止信号后，先做完手上的任务。"""
    with session.in_house():
        threading.Thread(target=_end_with_the_database, daemon=True).start()
        asyncio.run(_work(at_once))
        session.stop_in_a_hurry()


async def _work(at_once: int) -> None:
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector

    from juli.config.supervisor import sweeping

    # Django's own connection serves whoever queues a job; a worker listens on one of its own.
    connector = DjangoConnector().get_worker_connector()
    with app.replace_connector(connector) as working:
        async with working.open_async():
            sweeper = asyncio.create_task(sweeping.sweep_forever(working))
            try:
                await working.run_worker_async(
                    name="juli",
                    concurrency=at_once,
                    shutdown_graceful_timeout=LAST_JOB_SECONDS,
                    install_signal_handlers=True,
                )
            finally:
                sweeper.cancel()
                with suppress(asyncio.CancelledError):
                    await sweeper


def _end_with_the_database() -> None:
    """
    End this process when the database is lost: whoever keeps it starts a fresh one.

    The transactions of its jobs are lost in any case, and a worker that has lost its connections
    would go on without hearing of new jobs (procrastinate issue 1597) or hang when asked to stop
    (issue 1513).
    """
    import psycopg

    given = connection.parameters(as_owner=False)
    try:
        with psycopg.connect(psycopg.conninfo.make_conninfo(**given), autocommit=True) as watch:
            while True:
                watch.execute("SELECT 1")
                time.sleep(LOOK_SECONDS)
    except psycopg.Error:
        session.tell("后台任务与数据库的连接已中断，即将结束，由看护程序重新启动。")
        os._exit(1)
