"""Who posts, when, from what source: what every row and fact of a posting carries."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from juli.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Stamp:
    """The same for all rows of one posting (入账印记)."""

    actor: Actor
    at: datetime
    source: str
    batch_id: int | None = None

    @property
    def day(self) -> date:
        """The day of the posting, in local time."""
        return timezone.localdate(self.at)


@dataclass(frozen=True, slots=True)
class Posted:
    """What a posting wrote (入账结果)."""

    rows: int
