"""Figures that say whether the house is well: pending migrations, waiting jobs, a worker's pulse."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from django.db import connection
from django.db.migrations.loader import MigrationLoader

OLDEST_JOB = """
SELECT max(now() - greatest(job.scheduled_at, event.at))
FROM procrastinate_jobs AS job
JOIN procrastinate_events AS event ON event.job_id = job.id AND event.type = 'deferred'
WHERE job.status = 'todo' AND (job.scheduled_at IS NULL OR job.scheduled_at <= now())
"""
LAST_PULSE = "SELECT now() - max(last_heartbeat) FROM procrastinate_workers"


@dataclass(frozen=True, slots=True)
class Vitals:
    """What a glance at the database tells."""

    pending_migrations: tuple[str, ...]
    oldest_job: timedelta
    last_pulse: timedelta | None


def measure() -> Vitals:
    """Return the figures. Call it inside the walls; every standing may."""
    return Vitals(pending_migrations(), oldest_job(), last_pulse())


def pending_migrations() -> tuple[str, ...]:
    """Return the migrations that this code has and the database has not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations")
        applied = {(app, name) for app, name in cursor.fetchall()}
    return tuple(f"{app}.{name}" for app, name in _known_migrations() if (app, name) not in applied)


def oldest_job() -> timedelta:
    """Return how long the job that waits longest has been due; zero if none waits."""
    with connection.cursor() as cursor:
        cursor.execute(OLDEST_JOB)
        found = cursor.fetchone()[0]
    return max(found or timedelta(), timedelta())


def last_pulse() -> timedelta | None:
    """Return how long ago a worker last reported; None where none is registered."""
    with connection.cursor() as cursor:
        cursor.execute(LAST_PULSE)
        found: timedelta | None = cursor.fetchone()[0]
    return found


@cache
def _known_migrations() -> tuple[tuple[str, str], ...]:
    # The code of a process does not change while it runs.
    return tuple(sorted(MigrationLoader(None, ignore_no_migrations=True).disk_migrations))
