"""
Jobs, queued inside the transaction that causes them (任务队列).

A job queued in a transaction that is undone is never seen by the worker, so the queue is the
outbox too (docs/adr/0009). Arguments are ids and codes, never names or numbers of persons.
"""

from procrastinate import exceptions
from procrastinate.contrib.django import app


class UnknownJob(LookupError):
    """No job of that name is registered: a mistake in the calling code, found at the call."""


def later(job: str, *, lock: str | None = None, **arguments: int | str | None) -> int:
    """
    Queue a job by its name and return its number.

    Jobs that share a ``lock`` run one after the other.

    :raises UnknownJob: the name is not registered.
    """
    if job not in app.tasks:
        raise UnknownJob(job)
    try:
        queued = app.configure_task(job, lock=lock) if lock else app.configure_task(job)
        return queued.defer(**arguments)
    except exceptions.TaskNotFound as error:
        raise UnknownJob(job) from error
