"""What is put together here because no single app owns it."""

from typing import Final

from juli.config.accounts.lists import ACCOUNTS, GRANTS
from juli.config.tasks.listing import TASKS

REGISTERS: Final = (ACCOUNTS, GRANTS, TASKS)
"""The lists of what belongs to no domain: accounts, grants, tasks."""
