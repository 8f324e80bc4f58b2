"""What is news of members who stand in the register, as people see it: old beside new."""

import json
from collections.abc import Iterator
from typing import Any, Final

import polars as pl

from juli.domains.registry.posting.changes import BIT
from juli.domains.registry.roster import form
from juli.domains.registry.roster.comparing import Compared
from juli.engines.sheet import staging
from juli.engines.sheet.columns import ROW
from juli.engines.sheet.comparing import seen
from juli.engines.sheet.previewing import VERDICTS_SCHEMA, Verdict

# Of each field that may change: the column of the form that tells it, and where its old value stands.
_COLUMN: Final = {"employer_id": "employer_name"}
_OLD: Final = {
    "mobile": "person.mobile_shown", "bank": "person.bank_shown", "employer_id": "employer.name",
    "number": "membership.number", "joined_on": "membership.joined_on",
}  # fmt: skip
_KINDS: Final = {
    "born_on": pl.Date, "joined_on": pl.Date, "is_migrant_worker": pl.Boolean, "is_party_member": pl.Boolean,
    "is_model_worker": pl.Boolean,
}  # fmt: skip
_FIELDS: Final = tuple(BIT)
_STATEMENT: Final = f"""
SELECT person.id, {", ".join(_OLD.get(field, f"person.{field}") for field in _FIELDS)}
FROM party_person AS person
LEFT JOIN registry_membership AS membership ON membership.person_id = person.id
  AND membership.valid_until IS NULL
LEFT JOIN party_employer AS employer ON employer.id = membership.employer_id
WHERE person.id = ANY ('{{{{persons}}}}'::bigint[])
"""  # noqa: S608  built of our own names
_DOCUMENT_KINDS: Final = {held: kind for kind, held in form.DOCUMENT_KINDS.items()}


def verdicts(compared: Compared) -> pl.DataFrame:
    """Return what each good row means for the register, with its differences; the same rows are left out."""
    known = pl.concat([compared.changed, compared.returning], how="diagonal_relaxed")
    told = _differences(known) if known.height else {}
    frames = [
        compared.fresh.select(
            ROW, verdict=pl.lit(Verdict.ADDED.value), subject_id=pl.lit(None, pl.Int64),
            differences=pl.lit(None, pl.String),
        )
    ]  # fmt: skip
    for rows, verdict in ((compared.returning, Verdict.ADDED), (compared.changed, Verdict.CHANGED)):
        if rows.height:
            said = [told.get(row) for row in rows[ROW]]
            frames.append(
                rows.select(
                    ROW, verdict=pl.lit(verdict.value), subject_id=pl.col("membership_id"),
                    differences=pl.Series(said, dtype=pl.String),
                )
            )  # fmt: skip
    return pl.concat(frames).select(list(VERDICTS_SCHEMA))


def _differences(rows: pl.DataFrame) -> dict[int, str]:
    """Return the differences of every row, as JSON."""
    listed = ",".join(str(number) for number in rows["person_id"])
    schema = {"person_id": pl.Int64} | {f"@was:{field}": _KINDS.get(field, pl.String) for field in _FIELDS}
    held = staging.query(_STATEMENT.replace("{{persons}}", "{" + listed + "}"), schema)
    names = _employer_names(rows)
    beside = rows.join(held, on="person_id", how="left", maintain_order="left").join(
        names, on="employer_id", how="left", maintain_order="left"
    )
    columns = [ROW, "changes", "@employer", *_FIELDS, *(f"@was:{field}" for field in _FIELDS)]
    return {
        row[ROW]: json.dumps(list(_of_row(row)), ensure_ascii=False)
        for row in beside.select(columns).iter_rows(named=True)
    }


def _employer_names(rows: pl.DataFrame) -> pl.DataFrame:
    wanted = rows["employer_id"].drop_nulls().unique()
    schema = {"employer_id": pl.Int64, "@employer": pl.String}
    if wanted.is_empty():
        return pl.DataFrame(schema=schema)
    listed = ",".join(map(str, wanted))
    return staging.query(f"SELECT id, name FROM party_employer WHERE id IN ({listed})", schema)  # noqa: S608


def _of_row(row: dict[str, Any]) -> Iterator[list[str]]:
    for field, bit in BIT.items():
        if not row["changes"] & bit:
            continue
        column = form.MEMBERS.column(_COLUMN.get(field, field))
        old, new = row[f"@was:{field}"], row["@employer"] if field == "employer_id" else row[field]
        if field == "document_kind":
            old, new = _DOCUMENT_KINDS.get(old, old), _DOCUMENT_KINDS.get(new, new)
        yield [column.code, seen(column, old), seen(column, new)]
