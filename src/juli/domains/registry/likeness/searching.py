"""
One search of the whole register, step by step: each step is a transaction of its own.

A search that was interrupted goes on with the steps that are left; a step done twice finds the same.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final

from django.db import connection

from juli.domains.registry.likeness import employers, persons
from juli.engines.party.models import Employer, Lookalike, LookalikeScan, Subject
from juli.engines.scope import walls
from juli.kernel.actor import Actor

LAST_STEP: Final = "forget"
_KEPT: Final = """
INSERT INTO party_lookalike
  (subject, first_id, second_id, first_path, second_path, reasons, score, state, found_at, seen_at,
   decision_reason)
SELECT %(subject)s, first_id, second_id, first_path, second_path, ARRAY[%(reason)s]::varchar(20)[], score,
  'open', %(at)s, %(at)s, ''
FROM ({pairs}) AS pairs
ON CONFLICT (subject, first_id, second_id) DO UPDATE SET
  score = CASE
    WHEN party_lookalike.seen_at < excluded.seen_at THEN excluded.score
    WHEN party_lookalike.reasons @> excluded.reasons THEN party_lookalike.score
    ELSE least(99, greatest(party_lookalike.score, excluded.score) + 10) END,
  reasons = CASE
    WHEN party_lookalike.seen_at < excluded.seen_at THEN excluded.reasons ||
      CASE WHEN party_lookalike.reasons @> '{reported}' THEN '{reported}'::varchar(20)[] ELSE '{}' END
    WHEN party_lookalike.reasons @> excluded.reasons THEN party_lookalike.reasons
    ELSE party_lookalike.reasons || excluded.reasons END,
  first_path = excluded.first_path, second_path = excluded.second_path, seen_at = excluded.seen_at
"""
_PAIRS: Final = """
SELECT * FROM unnest(%(firsts)s::bigint[], %(seconds)s::bigint[], %(first_paths)s::text[],
  %(second_paths)s::text[], %(scores)s::smallint[])
  AS pair (first_id, second_id, first_path, second_path, score)
"""


_FORGOTTEN: Final = """
DELETE FROM party_lookalike
WHERE seen_at < %(at)s AND state IN ('open', 'later') AND NOT reasons @> '{reported}'
"""
Step = Callable[[datetime], int]


def run(*, actor: Actor, clock: Callable[[], datetime]) -> LookalikeScan:
    """Search the whole register, or go on with a search that was interrupted; return it."""
    with walls.entered(actor):
        scan = LookalikeScan.objects.unfinished(at=clock())
    for name, step in _steps().items():
        if name not in scan.steps:
            with walls.entered(actor):
                scan.do(name, found=step(scan.begun_at), ended_at=clock() if name == LAST_STEP else None)
    return scan


def _steps() -> dict[str, Step]:
    of_persons = {reason.value: _persons(reason, pairs) for reason, pairs in persons.STEPS.items()}
    return {**of_persons, Subject.EMPLOYER.value: _employers, LAST_STEP: _forget}


def _persons(reason: Lookalike.Reason, pairs: str) -> Step:
    def step(at: datetime) -> int:
        return _keep(Subject.PERSON, reason, pairs, {}, at=at)

    return step


def _employers(at: datetime) -> int:
    rows = Employer.objects.order_by("pk").values_list("pk", "path", "name", "uscc")
    found = employers.found(employers.Known(*row) for row in rows)
    return sum(
        _keep(Subject.EMPLOYER, reason, _PAIRS, _columns(pairs), at=at) for reason, pairs in found.items()
    )


def _columns(pairs: Sequence[employers.Pair]) -> dict[str, Any]:  # Any: as the driver adapts them
    return {
        "firsts": [pair.first.id for pair in pairs],
        "seconds": [pair.second.id for pair in pairs],
        "first_paths": [pair.first.path for pair in pairs],
        "second_paths": [pair.second.path for pair in pairs],
        "scores": [pair.score for pair in pairs],
    }


def _keep(
    subject: Subject, reason: Lookalike.Reason, pairs: str, columns: dict[str, Any], *, at: datetime
) -> int:
    """Put the pairs of one reason into the queue; what was decided of a pair stays decided."""
    told = {**columns, "subject": subject.value, "reason": reason.value, "at": at}
    with connection.cursor() as cursor:
        cursor.execute(_KEPT.replace("{pairs}", pairs), told)
        return int(cursor.rowcount)


def _forget(at: datetime) -> int:
    """Take out of the queue what is no longer alike and nobody has decided."""
    with connection.cursor() as cursor:
        cursor.execute(_FORGOTTEN, {"at": at})
    return 0
