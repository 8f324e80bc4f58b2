"""``juli worker``: the jobs alone."""

import asyncio
from typing import Annotated

import typer

from juli.config.cli import session

# Two jobs at once: a short one does not wait behind an import of half a million rows.
JOBS_AT_ONCE = 2
# The house waits a little longer before it uses force.
LAST_JOB_SECONDS = 50.0


def worker(
    at_once: Annotated[
        int, typer.Option("--at-once", min=1, max=8, help="同时执行的任务数。")
    ] = JOBS_AT_ONCE,
) -> None:
    """只启动后台任务；收到停止信号后，先做完手上的任务。"""
    with session.in_house():
        asyncio.run(_work(at_once))


async def _work(at_once: int) -> None:
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector

    # Django's own connection serves whoever queues a job; a worker listens on one of its own.
    connector = DjangoConnector().get_worker_connector()
    with app.replace_connector(connector) as working:
        async with working.open_async():
            await working.run_worker_async(
                name="juli",
                concurrency=at_once,
                shutdown_graceful_timeout=LAST_JOB_SECONDS,
                install_signal_handlers=True,
            )
