"""What the register holds of members, in the columns of their roster, personal numbers masked."""

from collections.abc import Iterable
from typing import Final

import polars as pl

from juli.domains.registry.roster import form
from juli.engines.sheet import staging
from juli.kernel.actor import PathRange

_HELD: Final = """
SELECT member.id, member.path, person.name, person.document_kind, person.document_shown, person.mobile_shown,
  person.sex, person.born_on, person.household, person.is_migrant_worker, person.education, person.skill,
  person.employment, own.code, own.name, employer.uscc, employer.name, member.joined_on, member.standing,
  person.is_party_member, person.is_model_worker, member.number
FROM registry_membership AS member
JOIN party_person AS person ON person.id = member.person_id
JOIN registry_union AS own ON own.org_unit_id = member.org_unit_id
LEFT JOIN party_employer AS employer ON employer.id = member.employer_id
WHERE member.valid_until IS NULL
ORDER BY member.path, member.id
"""
_SCHEMA: Final = {
    "@record": pl.Int64, "@path": pl.String, "name": pl.String, "document_kind": pl.String,
    "document": pl.String, "mobile": pl.String, "sex": pl.String, "born_on": pl.Date, "household": pl.String,
    "is_migrant_worker": pl.Boolean, "education": pl.String, "skill": pl.String, "employment": pl.String,
    "union_code": pl.String, "union_name": pl.String, "uscc": pl.String, "employer_name": pl.String,
    "joined_on": pl.Date, "standing": pl.String, "is_party_member": pl.Boolean, "is_model_worker": pl.Boolean,
    "number": pl.String,
}  # fmt: skip
_KINDS: Final = {held: kind for kind, held in form.DOCUMENT_KINDS.items()}


def held(ranges: Iterable[PathRange]) -> pl.DataFrame:
    """Return the members in force within the ranges, as a roster would tell of them."""
    inside = pl.any_horizontal(
        pl.lit(False), *((pl.col("@path") >= each.lo) & (pl.col("@path") < each.hi) for each in ranges)
    )
    kinds = pl.col("document_kind").replace_strict(_KINDS, default=None, return_dtype=pl.String)
    return staging.query(_HELD, _SCHEMA).filter(inside).with_columns(kinds)
