"""What a roster leaves behind so that it can be undone: what rows said before, how far numbers had run."""

from typing import Final

import polars as pl
from django.db import connection

from juli.domains.registry.posting.changes import FIELDS
from juli.domains.registry.posting.stamps import Stamp
from juli.domains.registry.roster import differing
from juli.domains.registry.roster.comparing import Compared
from juli.engines.sheet import previewing, staging
from juli.engines.sheet.columns import ROW
from juli.engines.sheet.judging import Judgement
from juli.engines.sheet.models import ImportBatch
from juli.engines.sheet.reading_ledger import Ledger

SEQUENCES: Final = {
    "fact": "facts_fact_id_seq",
    "person": "party_personevent_pgh_id_seq",
    "membership": "registry_membershipevent_pgh_id_seq",
}
"""What is numbered as it happens: whatever bears a higher number came after the batch."""

_SEALED: Final = tuple(
    f"{value}_{part}" for value in ("mobile", "bank") for part in ("sealed", "digest", "shown")
)
PERSON: Final = (
    *(field for field, owner in FIELDS.items() if owner == "person" and field not in {"mobile", "bank"}),
    *_SEALED, "migrant_source", "migrant_as_of", "party_source", "model_source", "org_unit_id", "path",
    "updated_at",
)  # fmt: skip
"""The columns of a person that a roster may alter."""

MEMBERSHIP: Final = ("employer_id", "employer_class", "number", "joined_on", "valid_from")
"""The columns of a membership that a roster may alter."""

_STAGE: Final = "stage_traced"
_OF_PERSON: Final = ", ".join(f"person.{each}" for each in PERSON)
_OF_MEMBERSHIP: Final = ", ".join(f"member.{each}" for each in MEMBERSHIP)
_TRACE: Final = f"""
UPDATE sheet_batchrow AS row SET subject_id = traced.membership_id, effects = jsonb_build_object(
  'person_id', traced.person_id,
  'person', (SELECT to_jsonb(held) FROM (SELECT {_OF_PERSON}) AS held),
  'membership_id', traced.membership_id,
  'membership', (SELECT to_jsonb(held) FROM (SELECT {_OF_MEMBERSHIP}) AS held
    WHERE member.id IS NOT NULL))
FROM {_STAGE} AS traced
JOIN party_person AS person ON person.id = traced.person_id
LEFT JOIN registry_membership AS member ON member.id = traced.membership_id
WHERE row.batch_id = %(batch)s AND row.row_number = traced.row_number
"""  # noqa: S608  built of our own names
_STANDING: Final = """
UPDATE sheet_batchrow SET standing = 'posted'
WHERE batch_id = %(batch)s AND verdict IN ('added', 'changed') AND standing = 'waiting'
"""


def put_down(
    batch: ImportBatch, ledger: Ledger, judgement: Judgement, compared: Compared, stamp: Stamp
) -> None:
    """
    Put down what comes of the rows, and what those of them said that are about to be altered.

    Of a roster that was posted without asking, rows that are new or the same leave no line: their
    memberships name the batch.
    """
    told = differing.verdicts(compared)
    if not batch.asks_first:
        plain = compared.fresh[ROW]
        is_kept = judgement.is_bad | judgement.rows[ROW].is_in(
            pl.concat([compared.changed[ROW], compared.returning[ROW]]).implode()
        )
        told = told.filter(~pl.col(ROW).is_in(plain.implode()))
        previewing.put_down_some(batch, ledger, judgement, told, rows=is_kept, actor=stamp.actor, at=stamp.at)
    else:
        previewing.put_down(batch, ledger, judgement, told, actor=stamp.actor, at=stamp.at)
    known = [frame for frame in (compared.changed, compared.returning) if frame.height]
    values = {"batch": batch.pk}
    if known:
        staging.create(_STAGE, {"row_number": "integer", "person_id": "bigint", "membership_id": "bigint"})
        traced = pl.concat([frame.select(ROW, "person_id", "membership_id") for frame in known])
        staging.fill(_STAGE, staging.Load.of(traced.rename({ROW: "row_number"})))
        staging.run(_TRACE, values)
    staging.run(_STANDING, values)


def mark(batch: ImportBatch) -> None:
    """Keep how far facts and histories were numbered when the last row was posted."""
    with connection.cursor() as cursor:
        for name, sequence in SEQUENCES.items():
            cursor.execute("SELECT pg_sequence_last_value(%s::regclass)", [sequence])
            batch.marks[name] = cursor.fetchone()[0] or 0
