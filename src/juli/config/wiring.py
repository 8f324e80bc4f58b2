"""Who answers whom across app borders. Nothing else connects two domains."""

from typing import Final

REACTIONS: Final[dict[str, tuple[str, ...]]] = {}
"""For each kind of fact, the jobs to queue in the transaction that recorded it."""
