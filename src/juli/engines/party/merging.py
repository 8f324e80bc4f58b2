"""
Two records made one, and two again: what speaks of them moves, and every row is put back as it was.

Who may merge, which values stay and what must not come together is the business of the domain that
calls. What belongs here: the tables that speak of a person or an employer, their rows as images before
and after, and the way back (docs/adr/0021).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection

from juli.engines.party.models import Employer, Merge, MergeChange, Person, Subject
from juli.kernel.actor import Actor

Party = Person | Employer
Images = dict[tuple[str, int], str]
"""Rows as the database writes them, by table and number."""

RECORDS: Final[Mapping[Subject, str]] = {Subject.PERSON: "party_person", Subject.EMPLOYER: "party_employer"}
PLACE: Final = ("path", "org_unit_id")


@dataclass(frozen=True, slots=True)
class Reference:
    """
    A column by which the rows of a table speak of a person or an employer (关联).

    ``kind`` is what the column beside it says where a table speaks of records of many kinds.
    """

    bearer: str
    column: str
    kind: str = ""

    @property
    def condition(self) -> str:
        """The condition that a row speaks of one of some records: takes the numbers."""
        of_kind = f" AND t.subject_kind = '{self.kind}'" if self.kind else ""
        return f"t.{self.column} = ANY (%s){of_kind}"


_REFERENCES: dict[Subject, list[Reference]] = {
    Subject.PERSON: [Reference("files_attachment", "subject_id", kind="party.person")],
    Subject.EMPLOYER: [
        Reference("party_headcount", "employer_id"),
        Reference("party_employerflag", "employer_id"),
        Reference("party_hazardouspost", "employer_id"),
        Reference("files_attachment", "subject_id", kind="party.employer"),
    ],
}


def refer(subject: Subject, references: Iterable[Reference]) -> None:
    """Make known which tables of an app speak of persons or employers; each app does it when ready."""
    known = _REFERENCES[subject]
    known.extend(each for each in references if each not in known)


def references(subject: Subject) -> tuple[Reference, ...]:
    """Return every table that speaks of such records."""
    return tuple(_REFERENCES[subject])


def images_of(subject: Subject, numbers: Iterable[int]) -> Images:
    """Return the records within reach and every row that speaks of them, as they stand now."""
    wanted = sorted(set(numbers))
    found: Images = {}
    asked = [(RECORDS[subject], "t.id = ANY (%s)")]
    asked += [(each.bearer, each.condition) for each in references(subject)]
    with connection.cursor() as cursor:
        for bearer, condition in asked:
            cursor.execute(
                f"SELECT t.id, to_jsonb(t)::text FROM {bearer} AS t WHERE {condition}",  # noqa: S608  names of ours
                [wanted],
            )
            found |= {(bearer, number): image for number, image in cursor.fetchall()}
    return found


def known_rows(images: Images) -> dict[str, list[int]]:
    """Return the numbers of the rows in images, by table."""
    known: dict[str, list[int]] = defaultdict(list)
    for bearer, number in sorted(images):
        known[bearer].append(number)
    return dict(known)


def move_references(subject: Subject, *, gone: int, kept: int, except_: Iterable[str] = ()) -> None:
    """Let every row that speaks of a record speak of another; but for tables that the caller has moved."""
    moved = set(except_)
    with connection.cursor() as cursor:
        for each in references(subject):
            if each.bearer not in moved:
                cursor.execute(
                    f"UPDATE {each.bearer} AS t SET {each.column} = %s WHERE {each.condition}",  # noqa: S608
                    [kept, [gone]],
                )


def set_aside(merge: Merge) -> None:
    """Put the record that goes beyond every reach, and let the kept one stand for it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT party_set_aside(%s)", [merge.pk])


def journal(merge: Merge, before: Images) -> int:
    """
    Write down what the merge has changed, as it was and as it is; return how many rows.

    The kept record always stands there, and of a person all that speaks of them: whatever is done to it
    later rests on the merge.
    """
    subject = Subject(merge.subject)
    after = images_of(subject, (merge.kept_id, merge.gone_id))
    kept = (RECORDS[subject], merge.kept_id)
    changed = [
        (key, image)
        for key, image in sorted(before.items())
        if after.get(key) != image or key == kept or subject is Subject.PERSON
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO party_mergechange (merge_id, bearer, row_id, before, after)"
            " VALUES (%s, %s, %s, %s, %s)",
            [(merge.pk, bearer, number, image, after.get((bearer, number)))
             for (bearer, number), image in changed],
        )  # fmt: skip
    return len(changed)


def put_back(merge: Merge) -> None:
    """
    Put every row back as it was before a merge that is marked as undone.

    The caller has seen that nothing rests on it.
    """
    subject = Subject(merge.subject)
    record = RECORDS[subject]
    bearers = set(merge.changes.values_list("bearer", flat=True))
    with connection.cursor() as cursor:
        for each in references(subject):
            if each.bearer in bearers:
                _restore(cursor, merge, each.bearer)
        once, freeing = _FREED[subject]
        if once in _columns_changed(merge, record):
            cursor.execute(freeing, [merge.kept_id])
        cursor.execute("SELECT party_bring_back(%s)", [merge.pk])
        _restore(cursor, merge, record)


# What may stand once only is let go of first: it goes back to the other record before this one gets its own.
_FREED: Final[Mapping[Subject, tuple[str, str]]] = {
    Subject.PERSON: (
        "document_digest",
        "UPDATE party_person SET document_digest = decode(md5('~' || id), 'hex') WHERE id = %s",
    ),
    Subject.EMPLOYER: ("uscc", "UPDATE party_employer SET uscc = '~' || id WHERE id = %s"),
}
CHANGED: Final = """
SELECT change.row_id FROM party_mergechange AS change
LEFT JOIN {bearer} AS t ON t.id = change.row_id
WHERE change.merge_id = %s AND change.bearer = %s AND change.after IS NOT NULL
  AND (t.id IS NULL OR NOT (to_jsonb(t) - 'path') @> (change.after - 'path'))
"""


def changed_since(merge: Merge) -> dict[str, list[int]]:
    """Return the rows that a merge changed and that are no longer as it left them, by table."""
    found: dict[str, list[int]] = {}
    with connection.cursor() as cursor:
        for bearer in sorted(_restored(merge)):
            cursor.execute(CHANGED.format(bearer=bearer), [merge.pk, bearer])
            if rows := [row[0] for row in cursor.fetchall()]:
                found[bearer] = rows
    return found


def added_since(merge: Merge) -> dict[str, list[int]]:
    """Return the rows that speak of the kept record and did not when it was merged, by table."""
    found: dict[str, list[int]] = {}
    with connection.cursor() as cursor:
        for each in references(Subject(merge.subject)):
            known = merge.known.get(each.bearer, [])
            cursor.execute(
                f"SELECT t.id FROM {each.bearer} AS t WHERE {each.condition} AND t.id <> ALL (%s)",  # noqa: S608
                [[merge.kept_id], known],
            )
            if rows := [row[0] for row in cursor.fetchall()]:
                found[each.bearer] = rows
    return found


def begun(
    record: Party,
    *,
    gone: Party,
    taken: Iterable[str],
    known: Images,
    reason: str,
    actor: Actor,
    at: datetime,
) -> Merge:
    """Open the book of one merge."""
    subject = Subject.PERSON if isinstance(record, Person) else Subject.EMPLOYER
    return Merge.objects.create(
        subject=subject,
        kept_id=record.pk,
        gone_id=gone.pk,
        org_unit_id=record.org_unit_id,
        path=record.path,
        taken=sorted(taken),
        known=known_rows(known),
        reason=reason,
        merged_at=at,
        merged_by=actor.account_id,
    )


def _restored(merge: Merge) -> set[str]:
    own = {RECORDS[Subject(merge.subject)], *(each.bearer for each in references(Subject(merge.subject)))}
    return own & set(merge.changes.values_list("bearer", flat=True))


def _restore(cursor: Any, merge: Merge, bearer: str) -> None:  # Any: a cursor of Django's
    """
    Give the rows of one table that are within reach what they held before; their place follows the tree.
    """
    if columns := _columns_changed(merge, bearer):
        values = {name: f'was."{name}"' for name in columns}
        if "org_unit_id" in columns:
            values["path"] = "(SELECT unit.path FROM scope_orgunit AS unit WHERE unit.id = was.org_unit_id)"
        names = ", ".join(f'"{name}"' for name in values)
        cursor.execute(
            f"UPDATE {bearer} AS t SET ({names}) = ROW({', '.join(values.values())})"  # noqa: S608  names of ours
            " FROM party_mergechange AS change,"
            f" LATERAL jsonb_populate_record(NULL::{bearer}, change.before) AS was"
            " WHERE change.merge_id = %s AND change.bearer = %s AND change.after IS NOT NULL"
            " AND t.id = change.row_id",
            [merge.pk, bearer],
        )


def _columns_changed(merge: Merge, bearer: str) -> list[str]:
    """Return the columns that the merge changed in rows of a table, but for the path."""
    names: set[str] = set()
    rows = MergeChange.objects.filter(merge=merge, bearer=bearer, after__isnull=False)
    for before, after in rows.values_list("before", "after"):
        left = after or {}
        names |= {name for name, value in before.items() if left.get(name) != value}
    # An attachment follows its record by a trigger, and its file with it.
    follows = {"org_unit_id"} if bearer == "files_attachment" else set()
    return sorted(names - {"path"} - follows)
