"""Rows of a roster that came out of the register: found again by their record number (记录号)."""

from typing import Final

import polars as pl

from juli.domains.registry.roster.known import folded_names
from juli.engines.sheet import faults, staging
from juli.engines.sheet.columns import ROW
from juli.engines.sheet.judging import Judgement

RECORD: Final = "record"
DIGEST: Final = "record_digest"
_STAGE: Final = "stage_record"
_STATEMENT: Final = f"""
SELECT told.row_number, encode(person.document_digest, 'hex'), own.code, own.name, employer.uscc,
  employer.name
FROM {_STAGE} AS told
JOIN registry_membership AS segment ON segment.id = told.record
JOIN party_person AS person ON person.id = segment.person_id
LEFT JOIN registry_membership AS member ON member.person_id = person.id AND member.valid_until IS NULL
LEFT JOIN registry_union AS own ON own.org_unit_id = member.org_unit_id
LEFT JOIN party_employer AS employer ON employer.id = member.employer_id
"""  # noqa: S608  built of our own names
_SCHEMA: Final = {
    ROW: pl.UInt32, "@digest": pl.String, "@union_code": pl.String, "@union_name": pl.String,
    "@uscc": pl.String, "@employer_name": pl.String,
}  # fmt: skip


def recognised(judgement: Judgement, rows: pl.DataFrame) -> pl.DataFrame:
    """
    Return the rows with ``record_digest`` of whom each record number means.

    The union and the employer where the member is are taken for what the row's names mean, where they
    are the same names: others may bear them as well. A number that means nobody here is a fault.
    """
    if RECORD not in judgement.given:
        return rows.with_columns(pl.lit(None, pl.Binary).alias(DIGEST))
    numbers = rows[RECORD].cast(pl.Int64, strict=False)
    staging.create(_STAGE, {"row_number": "integer", "record": "bigint"})
    asked = rows.select(pl.col(ROW).alias("row_number"), record=numbers).drop_nulls()
    staging.fill(_STAGE, staging.Load.of(asked))
    held = rows.select(ROW).join(
        staging.query(_STATEMENT, _SCHEMA), on=ROW, how="left", maintain_order="left"
    )
    judgement.add_faults(
        rows[RECORD].is_not_null() & held["@digest"].is_null(), column=RECORD, fault=faults.RECORD_UNKNOWN,
        value=rows[RECORD],
    )  # fmt: skip
    digest = held["@digest"].str.decode("hex").alias(DIGEST)
    return rows.with_columns(
        digest,
        _meant(rows, held, code="union_code", name="union_name"),
        _meant(rows, held, code="uscc", name="employer_name"),
    )


def _meant(rows: pl.DataFrame, held: pl.DataFrame, *, code: str, name: str) -> pl.Series:
    """Return a column of codes with those of the register put in where the row has the same name, or none."""
    is_same = rows[name].is_null() | (folded_names(rows[name]) == folded_names(held[f"@{name}"]))
    is_put = rows[code].is_null() & held[f"@{code}"].is_not_null() & is_same.fill_null(False)
    return held[f"@{code}"].zip_with(is_put, rows[code]).alias(code)
