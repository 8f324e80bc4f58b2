"""How many rows a list has: exactly, or honestly more than were counted."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

WORTH_COUNTING = 10_000
"""Beyond this a total that no index gives says "10,000+"; nobody turns two hundred pages."""


@dataclass(frozen=True, slots=True)
class Total:
    """A number of rows; ``is_more`` where there are more than were counted (总数)."""

    number: int
    is_more: bool = False

    def __str__(self) -> str:
        return f"{self.number:,}{'+' if self.is_more else ''}"


def up_to(rows: "QuerySet[Any]", most: int = WORTH_COUNTING) -> Total:
    """Count rows, but no further than is worth it."""
    counted = rows.order_by()[: most + 1].count()
    return Total(min(counted, most), is_more=counted > most)


def exactly(rows: "QuerySet[Any]") -> Total:
    """Count every row: where an index answers."""
    return Total(rows.order_by().count())
