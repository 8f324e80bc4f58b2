"""Facts of many rows at once, straight from a stage."""

from dataclasses import dataclass
from enum import StrEnum

from juli.domains.registry.posting.stamps import Stamp
from juli.engines.sheet import staging


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """
    What the facts of a stage say, each column as an expression over its rows (事实列).

    The stage has ``org_unit_id`` and ``root_id``; ``path`` is the unit's place on the day.
    """

    subject_kind: str
    subject: str
    occurred_on: str
    path: str
    person: str = "NULL::bigint"
    employer: str = "NULL::bigint"
    quantity: str = "1"
    category: str = "''"
    payload: str = "'{}'::jsonb"
    where: str = "true"


def record_all(kind: StrEnum, telling: Telling, *, stage: str, stamp: Stamp) -> int:
    """Write one fact for each row of a stage that ``where`` lets through; return how many."""
    # In order of days, because the table is partitioned by them.
    statement = f"""
        INSERT INTO facts_fact (root_id, occurred_on, kind, org_unit_id, path, subject_kind, subject_id,
          person_id, employer_id, quantity, category, payload, reason, batch_id, recorded_at, recorded_by,
          recorded_as, door)
        SELECT root_id, {telling.occurred_on}, %(kind)s, org_unit_id, {telling.path}, %(subject_kind)s,
          {telling.subject}, {telling.person}, {telling.employer}, {telling.quantity}, {telling.category},
          {telling.payload}, '', %(batch)s, %(at)s, %(account)s, %(machine)s, %(door)s
        FROM {stage} WHERE {telling.where} ORDER BY {telling.occurred_on}"""  # noqa: S608  ours alone
    return staging.run(statement, {**signed(stamp), "kind": kind.value, "subject_kind": telling.subject_kind})


def signed(stamp: Stamp) -> staging.Values:
    """Return the parameters that a stamp stands for in a statement."""
    return {
        "batch": stamp.batch_id,
        "at": stamp.at,
        "day": stamp.day,
        "source": stamp.source,
        "account": stamp.actor.account_id,
        "machine": stamp.actor.name if stamp.actor.is_machine else "",
        "door": stamp.actor.door.value,
    }
