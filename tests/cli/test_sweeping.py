"""Jobs of lost workers are taken up again, but not for ever."""

import asyncio
from dataclasses import dataclass, field
from types import SimpleNamespace

from juli.config.supervisor import sweeping


@dataclass
class Manager:
    """A queue in memory that answers as procrastinate's does."""

    stalled: list[SimpleNamespace]
    retried: list[int] = field(default_factory=list)
    failed: list[int] = field(default_factory=list)

    async def get_stalled_jobs(self, *, seconds_since_heartbeat: float) -> list[SimpleNamespace]:
        assert seconds_since_heartbeat >= 30
        return self.stalled

    async def retry_job(self, job: SimpleNamespace) -> None:
        self.retried.append(job.id)

    async def finish_job(self, job: SimpleNamespace, *, status: object, delete_job: bool) -> None:
        assert not delete_job
        self.failed.append(job.id)


def test_a_job_is_queued_again_until_it_has_cost_too_many_workers() -> None:
    jobs = [SimpleNamespace(id=number, task_name="sheet.post", attempts=number) for number in range(7)]
    manager = Manager(jobs)

    asyncio.run(sweeping.sweep(SimpleNamespace(job_manager=manager)))

    assert manager.retried == [0, 1, 2, 3, 4]
    assert manager.failed == [5, 6]
