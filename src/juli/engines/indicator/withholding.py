"""Small cells: a sensitive number that would point at somebody is withheld. Imports no Django."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from juli.engines.indicator.figures import Amount, Part

SMALLEST_SHOWN = 5
"""Cells below it, other than zero, are withheld (docs/security.md)."""


def is_small(count: Amount | None) -> bool:
    """Say whether so few records stand behind a number that it would point at somebody."""
    return count is not None and 0 < count < SMALLEST_SHOWN


def withheld(parts: Sequence[Part], *, is_small: Callable[[Amount | None, int], bool]) -> tuple[Part, ...]:
    """
    Return the parts with the small ones blanked.

    If a single part were blank, the total would give it away, so the next smallest goes with it.
    """
    blank = {part.code for part in parts if is_small(part.value, part.evidence_count)}
    if len(blank) == 1:
        others = [part for part in parts if part.code not in blank and part.value]
        blank |= {min(others, key=lambda part: (part.value, part.code)).code} if others else set()
    return tuple(
        replace(part, value=None, evidence_count=0, is_withheld=True) if part.code in blank else part
        for part in parts
    )
