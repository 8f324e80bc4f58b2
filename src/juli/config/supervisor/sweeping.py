"""Jobs whose worker was killed are taken up again; a job that kills every worker is given up (清扫)."""

import asyncio
import logging

from procrastinate import App
from procrastinate.jobs import Job, Status

logger = logging.getLogger(__name__)

EVERY_SECONDS = 20.0
# A worker reports every ten seconds; three reports missed, and it is gone.
SILENT_SECONDS = 30.0
MOST_ATTEMPTS = 5


async def sweep_forever(app: App) -> None:
    """Sweep now and then for as long as the worker lives."""
    while True:
        await sweep(app)
        await asyncio.sleep(EVERY_SECONDS)


async def sweep(app: App) -> None:
    """Queue every job again that a lost worker was doing: all jobs may be done twice (docs/adr/0009)."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_SECONDS):
        await _settle(app, job)


async def _settle(app: App, job: Job) -> None:
    if job.attempts < MOST_ATTEMPTS:
        logger.warning("Job %s of %s lost its worker and is queued again.", job.id, job.task_name)
        await app.job_manager.retry_job(job)
    else:
        logger.error("Job %s of %s lost %s workers and is given up.", job.id, job.task_name, job.attempts)
        await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=False)
