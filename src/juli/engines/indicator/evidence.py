"""How the records behind a figure are listed; said by the domain that owns them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

Shown: TypeAlias = str | int | Decimal | date | None
"""What one place of a line may hold."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of the list."""

    label: str
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One record as it is listed; ``href`` opens it, the first place being its name."""

    cells: tuple[Shown, ...]
    href: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceColumns:
    """
    How one kind of record is listed as evidence.

    ``order`` names the columns the list is sorted and paged by; it ends in a unique one, so that
    paging misses nothing. ``lines`` turns a page of records into lines, in the same order; it may
    ask for what the page needs at once (names), never for each record.
    """

    noun: str
    headings: tuple[Heading, ...]
    order: tuple[str, ...]
    lines: Callable[[Sequence[Any]], Sequence[Line]]  # Any: records of the owning domain
