"""The lock under which the tree is changed, and the numbers of its units."""

from django.db import connection

TREE_LOCK = 0x4A_55_4C_49  # one lock for all writes to the tree: its paths depend on each other


def lock() -> None:
    """Wait for the one lock under which the tree is changed; it ends with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TREE_LOCK])


def hold() -> None:
    """
    Keep the tree as it is until the transaction ends: the paths that are copied now stay right.

    Many hold it at once; whoever changes the tree waits for them. An act that will change the tree
    itself takes ``lock`` first, for two that hold cannot both go on to lock.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [TREE_LOCK])


def next_numbers(count: int) -> list[int]:
    """Return fresh unit numbers: a path holds the unit's own number, so it must be known first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('scope_orgunit', 'id')) FROM generate_series(1, %s)",
            [count],
        )
        return [row[0] for row in cursor.fetchall()]
