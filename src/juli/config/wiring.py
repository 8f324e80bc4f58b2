"""Who answers whom across app borders. Nothing else connects two domains."""

from typing import Final

from juli.config.accounts.lists import ACCOUNTS, GRANTS
from juli.config.tasks.listing import TASKS

REACTIONS: Final[dict[str, tuple[str, ...]]] = {}
"""For each kind of fact, the jobs to queue in the transaction that recorded it."""

REGISTERS: Final = (ACCOUNTS, GRANTS, TASKS)
"""The lists of what belongs to no domain: accounts, grants, tasks."""
