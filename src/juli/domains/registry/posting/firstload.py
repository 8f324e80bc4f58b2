"""A first load of very many rows: indexes and foreign keys are built after the rows, not along with them."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from juli.engines.scope import statistics

WORTH_WHILE = 50_000
"""From so many rows on, rebuilding is quicker than keeping up."""
_IS_A_TENTH = "SELECT %s * 10 >= reltuples FROM pg_class WHERE oid = 'party_person'::regclass"


@contextmanager
def indexes_last(expected: int) -> Iterator[bool]:
    """
    Take the indexes of the register down while the block writes, and put them up after it.

    Only where few rows stand against the many that come, and nobody keeps the tables busy;
    otherwise the block runs as usual. Says whether they were taken down. The database itself
    refuses to commit while one of them is missing (migration 0004).
    """
    if expected < WORTH_WHILE or not _ask("SELECT registry_take_indexes_down(%s)", expected):
        yield False
        return
    yield True
    _ask("SELECT registry_put_indexes_up()")


def tell_planner(posted: int) -> None:
    """Let the database look at its tables again where a tenth of the register is new: plans depend on it."""
    if posted >= statistics.FEW and _ask(_IS_A_TENTH, posted):
        statistics.learn(written=posted)


def _ask(statement: str, *values: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return bool(cursor.fetchone()[0])
