"""What is news of persons and memberships that stand in the register already."""

from collections.abc import Iterable, Mapping
from typing import Final

import polars as pl

from juli.domains.registry.facts import Happened
from juli.domains.registry.posting import facts, members, sealing
from juli.domains.registry.posting.stamps import Stamp
from juli.engines.party.vault import Sealed
from juli.engines.sheet import staging

FIELDS: Final[Mapping[str, str]] = {
    "mobile": "person", "bank": "person", "document_kind": "person", "sex": "person", "born_on": "person",
    "household": "person", "is_migrant_worker": "person", "education": "person", "skill": "person",
    "employment": "person", "is_party_member": "person", "is_model_worker": "person",
    "employer_id": "membership", "number": "membership", "joined_on": "membership",
}  # fmt: skip
"""What may change, each a bit of ``changes`` in this order, and whose it is."""

BIT: Final[Mapping[str, int]] = {field: 1 << place for place, field in enumerate(FIELDS)}
OF_A_PERSON: Final = sum(BIT[field] for field, owner in FIELDS.items() if owner == "person")
_OF_A_MEMBERSHIP: Final = sum(BIT.values()) - OF_A_PERSON
_SEALED: Final = (Sealed.MOBILE, Sealed.BANK)
_PLAIN: Final = {
    "document_kind": "text", "sex": "text", "born_on": "date", "household": "text",
    "is_migrant_worker": "boolean",
    "education": "text", "skill": "text", "employment": "text", "is_party_member": "boolean",
    "is_model_worker": "boolean",
}  # fmt: skip
_STAGE: Final = "stage_change"
_COLUMNS: Final = {
    "person_id": "bigint", "membership_id": "bigint", "org_unit_id": "bigint", "root_id": "bigint",
    "path": 'text COLLATE "C"', "admitted_at": 'text COLLATE "C"', "employer_id": "bigint",
    "employer_class": "text", "number": "text", "joined_on": "date", "changes": "integer",
    "is_told_again": "boolean", **_PLAIN,
    **{f"{value}_{part}": kind for value in _SEALED
       for part, kind in (("sealed", "bytea"), ("digest", "bytea"), ("shown", "text"))},
}  # fmt: skip

_NEWS: Final = ", ".join(f"{field} = coalesce(news.{field}, person.{field})" for field in _PLAIN)
_SECRETS: Final = ", ".join(
    f"{value}_{part} = CASE WHEN news.{value}_digest IS NULL THEN person.{value}_{part}"
    f" ELSE news.{value}_{part} END"
    for value in _SEALED for part in ("sealed", "digest", "shown")
)  # fmt: skip
_SOURCES: Final = ", ".join(
    f"{source} = CASE WHEN news.{field} IS NULL THEN person.{source} ELSE %(source)s END"
    for field, source in (
        ("is_migrant_worker", "migrant_source"), ("is_party_member", "party_source"),
        ("is_model_worker", "model_source"),
    )
)  # fmt: skip
_PERSONS: Final = f"""
UPDATE party_person AS person SET {_NEWS}, {_SECRETS}, {_SOURCES},
  migrant_as_of = CASE WHEN news.is_migrant_worker IS NULL THEN person.migrant_as_of ELSE %(day)s END,
  org_unit_id = news.org_unit_id, path = news.path, updated_at = %(at)s
FROM {_STAGE} AS news
WHERE person.id = news.person_id AND (news.changes & {OF_A_PERSON} <> 0 OR news.membership_id IS NULL)
"""  # noqa: S608  built of our own names
# A segment begun by admission begins on the day of joining; one begun otherwise keeps its beginning.
_MEMBERSHIPS: Final = f"""
UPDATE registry_membership AS member SET
  employer_id = coalesce(news.employer_id, member.employer_id),
  employer_class = CASE WHEN news.employer_id IS NULL THEN member.employer_class ELSE news.employer_class END,
  number = coalesce(news.number, member.number), joined_on = coalesce(news.joined_on, member.joined_on),
  valid_from = CASE WHEN member.opening = 'admitted' THEN coalesce(news.joined_on, member.valid_from)
    ELSE member.valid_from END
FROM {_STAGE} AS news
WHERE member.id = news.membership_id AND news.changes & {_OF_A_MEMBERSHIP} <> 0
"""  # noqa: S608
# A fact is never altered: its opposite is written on its own day, and it is told again as it is known now.
_WRONG: Final = f"""
CREATE TEMPORARY TABLE stage_wrong ON COMMIT DROP AS
SELECT fact.*, news.admitted_at FROM facts_fact AS fact
JOIN {_STAGE} AS news ON news.membership_id = fact.subject_id AND news.is_told_again
WHERE fact.subject_kind = 'registry.membership' AND fact.kind = %(kind)s AND fact.reverses IS NULL
  AND NOT EXISTS (SELECT 1 FROM facts_fact AS opposite WHERE opposite.reverses = fact.id
    AND opposite.subject_id = fact.subject_id AND opposite.subject_kind = fact.subject_kind)
"""  # noqa: S608
_REVERSED: Final = """
INSERT INTO facts_fact (root_id, occurred_on, kind, org_unit_id, path, subject_kind, subject_id, person_id,
  employer_id, quantity, amount, category, payload, reason, batch_id, reverses, recorded_at, recorded_by,
  recorded_as, door)
SELECT root_id, occurred_on, kind, org_unit_id, path, subject_kind, subject_id, person_id, employer_id,
-quantity,
  -amount, category, payload, '导入时更正', %(batch)s, id, %(at)s, %(account)s, %(machine)s, %(door)s
FROM stage_wrong
"""
_TOLD_AGAIN: Final = """
CREATE TEMPORARY TABLE stage_told_again ON COMMIT DROP AS
SELECT wrong.root_id, wrong.admitted_at, member.org_unit_id, member.id AS membership_id, member.person_id,
  member.employer_id, member.employer_class, member.joined_on, person.is_migrant_worker, member.opening
FROM stage_wrong AS wrong
JOIN registry_membership AS member ON member.id = wrong.subject_id
JOIN party_person AS person ON person.id = member.person_id
WHERE member.opening = 'admitted'
"""
_CORRECTED: Final = facts.Telling(
    subject_kind="party.person", subject="person_id", occurred_on="%(day)s", path="path", person="person_id",
    category=f"CASE WHEN changes & ~{BIT['mobile'] | BIT['bank']} = 0 THEN 'contact' ELSE 'particulars' END",
    payload="jsonb_build_object('fields', to_jsonb(array_remove(ARRAY["
    + ", ".join(f"CASE WHEN changes & {bit} <> 0 THEN '{field}' END" for field, bit in BIT.items())
    + "], NULL)))",
    where="changes <> 0",
)  # fmt: skip


def post_changes(news: Iterable[pl.DataFrame], stamp: Stamp, *, tell: members.Tell) -> int:
    """
    Put what is news into persons and memberships, and write down what was corrected; return how many.

    Columns: person_id, membership_id (none for somebody who is no member now), org_unit_id, root_id,
    path, admitted_at, employer_class, changes (bits after ``BIT``), is_told_again (whether the
    admission was written down otherwise), and every field of ``FIELDS``. Only fields whose bit is set
    are read; their old values go to the row's history.
    """
    posted = 0
    for frame in news:
        staging.create(_STAGE, _COLUMNS)
        chosen = frame.with_columns(
            pl.when(pl.col("changes") & bit != 0).then(pl.col(field)).alias(field)
            for field, bit in BIT.items()
        )
        ready = sealing.sealed(chosen.drop("mobile_digest", "bank_digest", strict=False), _SEALED)
        staging.fill(_STAGE, staging.Load.of(ready.select(list(_COLUMNS))))
        staging.run(f"ANALYZE {_STAGE}", {})
        _write(stamp)
        posted += frame.height
        tell(posted)
    return posted


def _write(stamp: Stamp) -> None:
    signed = facts.signed(stamp)
    staging.run(_PERSONS, signed)
    staging.run(_MEMBERSHIPS, signed)
    facts.record_all(Happened.PERSON_CORRECTED, _CORRECTED, stage=_STAGE, stamp=stamp)
    staging.run("DROP TABLE IF EXISTS pg_temp.stage_wrong, pg_temp.stage_told_again", {})
    if staging.run(_WRONG, {**signed, "kind": Happened.MEMBER_ADMITTED.value}):
        staging.run(_REVERSED, signed)
        staging.run(_TOLD_AGAIN, {})
        facts.record_all(Happened.MEMBER_ADMITTED, members.ADMITTED, stage="stage_told_again", stamp=stamp)
