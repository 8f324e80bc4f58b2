"""
Whether anything has happened since: the highest number that a fact has drawn.

What figures count changes only in transactions that record facts, and every fact draws a number. So
what was counted under a settled mark holds for as long as the mark is the same.
"""

from dataclasses import dataclass

from django.db import connection

# The number is read first: whoever draws one afterwards changes it, whoever drew it before and is still
# at work holds the lock on his own transaction, which stands in this view for everybody to see.
_ASKED = """
SELECT drawn.number, CASE WHEN drawn.number >= 0 THEN NOT EXISTS (
  SELECT FROM pg_locks WHERE locktype = 'transactionid' AND mode = 'ExclusiveLock') END
FROM (SELECT coalesce(pg_sequence_last_value('facts_fact_id_seq'), 0) AS number OFFSET 0) AS drawn
"""


@dataclass(frozen=True, slots=True)
class Mark:
    """
    How far the numbers of facts had come (事实水位).

    It is settled if nobody was writing at that moment: whoever draws a number before may still be
    undone or come to light later without drawing another.
    """

    number: int
    is_settled: bool


def mark() -> Mark:
    """Return the mark of this moment; ask it before counting, in a statement of its own."""
    with connection.cursor() as cursor:
        cursor.execute(_ASKED)
        number, is_settled = cursor.fetchone()
    return Mark(number, is_settled)
