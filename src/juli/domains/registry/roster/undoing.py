"""Taking a roster back, set-wise: memberships and persons it made go, altered ones say what they said."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.db import connection, models, transaction

from juli.domains.registry.models import Membership
from juli.domains.registry.posting import facts
from juli.domains.registry.posting.stamps import Stamp
from juli.domains.registry.roster.tracing import MEMBERSHIP, PERSON
from juli.engines.files.models import Attachment
from juli.engines.party.models import Person
from juli.engines.scope import tree, walls
from juli.engines.sheet import staging
from juli.engines.sheet.models import ImportBatch
from juli.engines.sheet.telling import Phase, Teller
from juli.engines.sheet.undoing import REASON, relations
from juli.kernel.actor import Actor

_ROSTER_LOCK: Final = 0x52_4F_53  # the same as for posting: one roster at a time

# Everything of the batch that stands: what it made (``altered`` is null), and what it altered.
_STAGE: Final = """
CREATE TEMPORARY TABLE stage_undo ON COMMIT DROP AS
SELECT member.id AS membership_id, member.person_id, row.id AS row_id, row.effects,
  row.effects ? 'person' AS was_known, true AS is_made
FROM registry_membership AS member
LEFT JOIN sheet_batchrow AS row ON row.batch_id = %(batch)s AND row.verdict = 'added'
  AND (row.effects->>'person_id')::bigint = member.person_id
WHERE member.batch_id = %(batch)s
UNION ALL
SELECT (row.effects->>'membership_id')::bigint, (row.effects->>'person_id')::bigint, row.id, row.effects,
  true, false
FROM sheet_batchrow AS row
WHERE row.batch_id = %(batch)s AND row.verdict = 'changed' AND row.standing IN ('posted', 'held');
ANALYZE stage_undo;
CREATE TEMPORARY TABLE stage_rest (person_id bigint, reason text) ON COMMIT DROP;
"""
_LATER_HISTORY: Final = """
INSERT INTO stage_rest
SELECT undo.person_id, '导入之后，这位会员的个人资料又有改动。'
FROM party_personevent AS event JOIN stage_undo AS undo ON undo.person_id = event.pgh_obj_id
WHERE event.pgh_id > %(person)s;
INSERT INTO stage_rest
SELECT undo.person_id, '导入之后，这位会员的会籍又有变动。'
FROM registry_membershipevent AS event JOIN stage_undo AS undo ON undo.membership_id = event.pgh_obj_id
WHERE event.pgh_id > %(membership)s;
"""
_LATER_FACTS: Final = """
INSERT INTO stage_rest
SELECT fact.person_id, '导入之后，' || to_char(fact.occurred_on, 'YYYY-MM-DD') || ' 又有新的登记。'
FROM facts_fact AS fact JOIN stage_undo AS undo ON undo.person_id = fact.person_id
WHERE fact.id > %(fact)s AND fact.reverses IS NULL AND fact.batch_id IS DISTINCT FROM %(batch)s
  AND NOT EXISTS (SELECT 1 FROM facts_fact AS opposite WHERE opposite.reverses = fact.id)
"""
_ATTACHED: Final = """
INSERT INTO stage_rest
SELECT undo.person_id, '这位会员带有附件，请先移除附件。'
FROM files_attachment AS attached JOIN stage_undo AS undo ON undo.is_made
  AND ((attached.subject_kind = 'party.person' AND attached.subject_id = undo.person_id)
    OR (attached.subject_kind = 'registry.membership' AND attached.subject_id = undo.membership_id))
WHERE attached.removed_at IS NULL
"""
_GOES: Final = """
CREATE TEMPORARY TABLE stage_goes ON COMMIT DROP AS
SELECT * FROM stage_undo WHERE person_id NOT IN (SELECT person_id FROM stage_rest);
ANALYZE stage_goes;
"""
# What the roster wrote down is reversed; what it had reversed of others is told again, as theirs.
_OPPOSITES: Final = """
INSERT INTO facts_fact (root_id, occurred_on, kind, org_unit_id, path, subject_kind, subject_id, person_id,
  employer_id, quantity, amount, category, payload, reason, batch_id, reverses, recorded_at, recorded_by,
  recorded_as, door)
SELECT fact.root_id, fact.occurred_on, fact.kind, fact.org_unit_id, fact.path, fact.subject_kind,
  fact.subject_id, fact.person_id, fact.employer_id, -fact.quantity, -fact.amount, fact.category,
  fact.payload, %(reason)s, CASE WHEN fact.reverses IS NULL THEN fact.batch_id ELSE original.batch_id END,
  CASE WHEN fact.reverses IS NULL THEN fact.id END, %(at)s, %(account)s, %(machine)s, %(door)s
FROM facts_fact AS fact
LEFT JOIN facts_fact AS opposite ON opposite.reverses = fact.id AND opposite.subject_id = fact.subject_id
LEFT JOIN facts_fact AS original ON original.id = fact.reverses AND original.subject_id = fact.subject_id
WHERE fact.batch_id = %(batch)s AND fact.person_id IN (SELECT person_id FROM stage_goes)
  AND ((fact.reverses IS NULL AND opposite.id IS NULL)
    OR (fact.reverses IS NOT NULL AND fact.id <= %(fact)s AND original.batch_id IS DISTINCT FROM %(batch)s))
ORDER BY fact.occurred_on
"""
_TAKE_OUT: Final = """
DELETE FROM registry_membership WHERE id IN (SELECT membership_id FROM stage_goes WHERE is_made);
DELETE FROM party_person WHERE id IN (
  SELECT person_id FROM stage_goes WHERE is_made AND was_known IS NOT TRUE);
"""
_PUT_BACK: Final = f"""
UPDATE party_person AS person SET {", ".join(f"{each} = was.{each}" for each in PERSON)}
FROM stage_goes AS goes, LATERAL jsonb_populate_record(NULL::party_person, goes.effects->'person') AS was
WHERE person.id = goes.person_id AND goes.effects ? 'person';
UPDATE registry_membership AS member SET {", ".join(f"{each} = was.{each}" for each in MEMBERSHIP)}
FROM stage_goes AS goes,
  LATERAL jsonb_populate_record(NULL::registry_membership, goes.effects->'membership') AS was
WHERE member.id = goes.membership_id AND NOT goes.is_made;
"""  # noqa: S608  built of our own names
_SAY: Final = """
UPDATE sheet_batchrow AS row SET standing = 'undone', reason = '' FROM stage_goes AS goes
WHERE row.id = goes.row_id;
UPDATE sheet_batchrow AS row SET standing = 'undone', reason = ''
WHERE row.batch_id = %(batch)s AND row.standing = 'posted' AND row.verdict = 'added' AND row.effects = '{}'
  AND NOT EXISTS (SELECT 1 FROM stage_rest);
UPDATE sheet_batchrow AS row SET standing = 'held', reason = left(rest.reason, 300)
FROM stage_rest AS rest JOIN stage_undo AS undo ON undo.person_id = rest.person_id
WHERE row.id = undo.row_id;
"""


def undo(batch: ImportBatch, *, actor: Actor, at: datetime, teller: Teller) -> int:
    """
    Take a roster back in one transaction, as far as nothing rests on its rows; return how many went.

    Facts are reversed on their own days; whoever was made by the roster goes out of the register.
    """
    with walls.entered(actor), transaction.atomic():
        staging.run("SELECT pg_advisory_xact_lock(%(key)s)", {"key": _ROSTER_LOCK})
        tree.hold()
        values = _looked_over(batch, teller)
        stamp = Stamp(actor, at, "", batch.pk)
        for statement in _apart(_GOES):
            staging.run(statement, {})
        staging.run(_OPPOSITES, {**facts.signed(stamp), **values, "reason": REASON})
        staging.run("SELECT set_config('juli.undoing', %(batch)s::text, true)", values)
        for statement in _apart(_TAKE_OUT):
            staging.run(statement, {})
        staging.run("SELECT set_config('juli.undoing', '', true)", {})
        for statement in (*_apart(_PUT_BACK), *_apart(_SAY)):
            staging.run(statement, values)
        gone = _count("SELECT count(*) FROM stage_goes")
        batch.undo(rows=(batch.undone_rows or 0) + gone, at=at)
    return gone


def resting(batch: ImportBatch, *, most: int) -> list[tuple[str, str]]:
    """Return the first members that could not be taken back now, each with what rests on them."""
    _looked_over(batch, None)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT min(person.name) AS name, min(rest.reason) FROM stage_rest AS rest"
            " JOIN party_person AS person ON person.id = rest.person_id"
            " GROUP BY person.id ORDER BY name, person.id LIMIT %s",
            [most],
        )
        found = [(name, reason) for name, reason in cursor.fetchall()]
        cursor.execute("DROP TABLE stage_undo, stage_rest")
    return found


def _looked_over(batch: ImportBatch, teller: Teller | None) -> dict[str, int]:
    """Put on stage what the batch made and altered, and what rests on it; return the batch's marks."""
    if teller:
        teller.tell(Phase.UNDOING, 0, (batch.added_rows or 0) + (batch.changed_rows or 0))
    attached = (_ATTACHED,) if Attachment.objects.filter(removed_at__isnull=True).exists() else ()
    marks = {name: int(batch.marks.get(name, 0)) for name in ("fact", "person", "membership")}
    values = {"batch": batch.pk, **marks}
    staging.run("DROP TABLE IF EXISTS pg_temp.stage_undo, pg_temp.stage_rest, pg_temp.stage_goes", {})
    for statement in _apart(_STAGE):
        staging.run(statement, values)
    for statement in (*_apart(_LATER_HISTORY), _LATER_FACTS, *attached):
        staging.run(statement, values)
    for model, column in relations(Person):
        staging.run(_referring(model, column), values)
    return values


def _referring(model: type[models.Model], column: str) -> str:
    """Return the statement that finds made persons to whom other records refer."""
    own = "AND held.id NOT IN (SELECT membership_id FROM stage_undo)" if model is Membership else ""
    known = "AND undo.was_known IS NOT TRUE" if model is Membership else ""
    return f"""
    INSERT INTO stage_rest
    SELECT undo.person_id, '还有“{model._meta.verbose_name}”记录引用这位会员，请先处理这些记录。'
    FROM {model._meta.db_table} AS held JOIN stage_undo AS undo ON undo.person_id = held.{column}
    WHERE undo.is_made {own} {known}"""  # noqa: S608  built of our own names


def _apart(statements: str) -> Iterator[str]:
    return (each for each in statements.split(";\n") if each.strip())


def _count(statement: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.fetchone()[0])
