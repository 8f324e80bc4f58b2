"""What the planner knows of the tables, renewed after writing in bulk."""

from django.db import connection

from juli.engines.scope import walls

FEW = 2_000
"""Below so many rows the database's own housekeeping is soon enough."""


def learn(*, written: int) -> None:
    """Bring the planner's statistics up to date after so many rows were written and committed."""
    if written < FEW:
        return
    with walls.entered(walls.system("统计信息")), connection.cursor() as cursor:
        cursor.execute("SELECT scope_learn_statistics()")
