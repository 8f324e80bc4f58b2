"""Comparing a roster with the register, set-wise: who is new, who comes back, what has changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from juli.domains.registry.posting import sealing
from juli.domains.registry.posting.changes import BIT, FIELDS, OF_A_PERSON
from juli.domains.registry.roster import faults
from juli.engines.sheet import staging
from juli.engines.sheet.columns import ROW
from juli.engines.sheet.faults import Fault
from juli.engines.sheet.judging import Judgement
from juli.kernel.actor import PathRange

_STANDINGS: Final = {"active": "在籍", "retained": "保留会籍"}
_STAGE: Final = "stage_roster"
_MANY: Final = 2_000
_TYPES: Final[Mapping[str, str]] = {
    "mobile": "bytea", "bank": "bytea", "born_on": "date", "is_migrant_worker": "boolean",
    "is_party_member": "boolean", "is_model_worker": "boolean", "employer_id": "bigint", "joined_on": "date",
}  # fmt: skip
_COMPARED_BY: Final = {field: f"{field}_digest" if field in {"mobile", "bank"} else field for field in BIT}
_COLUMNS: Final = {
    "row_number": "integer", "document_digest": "bytea", "org_unit_id": "bigint", "name": "text",
    "standing": "text", **{column: _TYPES.get(field, "text") for field, column in _COMPARED_BY.items()},
}  # fmt: skip
# An empty cell is no news: it changes nothing.
_CHANGES: Final = " + ".join(
    f"CASE WHEN {FIELDS[field]}.{column} IS DISTINCT FROM told.{column} AND told.{column} IS NOT NULL"
    f" THEN {BIT[field]} ELSE 0 END"
    for field, column in _COMPARED_BY.items()
)
_COMPARED: Final = f"""
SELECT * FROM (
  SELECT told.row_number, person.id AS person_id, person.path AS person_path, membership.id AS membership_id,
    membership.org_unit_id AS member_at, membership.standing AS standing_now, membership.opening,
    membership.valid_from,
    membership.number AS number_now, person.name <> told.name AS is_renamed,
    told.standing IS NOT NULL AND told.standing <> membership.standing AS is_restanding,
    coalesce(membership.org_unit_id <> told.org_unit_id, false) AS is_elsewhere,
    person.is_migrant_worker IS NULL AND told.is_migrant_worker IS NOT NULL AS is_migrant_told_first,
    membership.employer_id IS NULL AND told.employer_id IS NOT NULL AS is_employer_told_first,
    {_CHANGES} AS changes
  FROM {_STAGE} AS told
  LEFT JOIN party_person AS person ON person.document_digest = told.document_digest
  LEFT JOIN registry_membership AS membership ON membership.person_id = person.id AND
  membership.valid_until IS NULL
) AS compared
WHERE person_id IS NULL OR membership_id IS NULL OR is_elsewhere OR is_renamed OR is_restanding OR changes
<> 0
"""  # noqa: S608  built of our own names
_COMPARED_SCHEMA: Final = {
    "row_number": pl.UInt32, "person_id": pl.Int64, "person_path": pl.String, "membership_id": pl.Int64,
    "member_at": pl.Int64, "standing_now": pl.String, "opening": pl.String, "valid_from": pl.Date,
    "number_now": pl.String, "is_renamed": pl.Boolean, "is_restanding": pl.Boolean,
    "is_elsewhere": pl.Boolean,
    "is_migrant_told_first": pl.Boolean, "is_employer_told_first": pl.Boolean, "changes": pl.Int64,
}  # fmt: skip
_KNOWN_ELSEWHERE: Final = f"""
SELECT row_number FROM {_STAGE} AS told WHERE document_digest IN (
  SELECT registry_documents_known(ARRAY(
    SELECT document_digest FROM {_STAGE} AS asked
    WHERE NOT EXISTS (SELECT 1 FROM party_person AS person WHERE person.document_digest =
    asked.document_digest))))
  AND NOT EXISTS (SELECT 1 FROM party_person AS person WHERE person.document_digest = told.document_digest)
"""  # noqa: S608
# A ledger may go on saying the number of a record that was merged: it means the one that was kept, unless
# another row of it is about that one already.
_OF_MERGED: Final = f"""
UPDATE {_STAGE} AS told SET document_digest = merged.kept_digest
FROM (
  SELECT DISTINCT ON (one.kept_digest) one.document_digest, one.kept_digest
  FROM party_documents_merged() AS one JOIN {_STAGE} AS asked ON asked.document_digest = one.document_digest
  WHERE NOT EXISTS (SELECT 1 FROM {_STAGE} AS own WHERE own.document_digest = one.kept_digest)
  ORDER BY one.kept_digest, one.document_digest) AS merged
WHERE told.document_digest = merged.document_digest
"""  # noqa: S608
_NUMBERS_TAKEN: Final = f"""
SELECT row_number FROM {_STAGE} WHERE number IN (
  SELECT registry_numbers_in_force(ARRAY(SELECT number FROM {_STAGE} WHERE number IS NOT NULL)))
"""  # noqa: S608
_LAST_SEGMENTS: Final = f"""
SELECT told.row_number, last.closing, last.valid_until, last.number
FROM {_STAGE} AS told
JOIN party_person AS person ON person.document_digest = told.document_digest
CROSS JOIN LATERAL (
  SELECT closing, valid_until, number FROM registry_membership AS segment
  WHERE segment.person_id = person.id AND segment.valid_until IS NOT NULL
  ORDER BY valid_from DESC, id DESC LIMIT 1) AS last
WHERE told.row_number = ANY ('{{rows}}'::integer[])
"""  # noqa: S608
_LAST_SCHEMA: Final = {
    "row_number": pl.UInt32, "last_closing": pl.String, "last_until": pl.Date, "last_number": pl.String
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """
    The good rows by what they mean for the register (比对结果).

    ``fresh`` are persons whom nobody knows, ``returning`` are known but no members now, ``changed``
    are members of whom something is news; of the ``unchanged`` only their number is told.
    """

    fresh: pl.DataFrame
    returning: pl.DataFrame
    changed: pl.DataFrame
    unchanged: int


def compare(rows: pl.DataFrame, judgement: Judgement, *, ranges: Iterable[PathRange]) -> Compared:
    """
    Compare rows with the register; what cannot be taken in is added to the judgement.

    ``ranges`` is where the roster may go: who is known elsewhere is left alone. A register without a
    single person, within reach or out of it, needs no comparing.
    """
    if not staging.query("SELECT registry_holds_anybody()", {"holds": pl.Boolean})["holds"][0]:
        rows = rows.filter(pl.col("document").is_not_null())
        nothing = rows.clear()
        return Compared(fresh=_by_place(rows), returning=nothing, changed=nothing, unchanged=0)
    rows = sealing.digested(rows).with_columns(
        pl.coalesce("record_digest", "document_digest").alias("document_digest")
    )
    staging.create(_STAGE, _COLUMNS)
    staging.fill(_STAGE, staging.Load.of(rows.rename({ROW: "row_number"}).select(list(_COLUMNS))))
    staging.run(_OF_MERGED, {})
    staging.run(f"ANALYZE {_STAGE}", {})
    if rows.height >= _MANY:
        # Each table is gone through once, whatever the database believes of their sizes.
        staging.run("SET LOCAL enable_nestloop = off", {})
    told = staging.query(_COMPARED, _COMPARED_SCHEMA).rename({"row_number": ROW})
    news = _with_last_segments(rows.join(told, on=ROW, how="inner", maintain_order="left"))
    news = news.filter(~_judged(news, judgement, ranges=ranges))
    staging.run("SET LOCAL enable_nestloop TO DEFAULT", {})
    is_new, is_back = pl.col("person_id").is_null(), pl.col("membership_id").is_null()
    same_number = pl.coalesce("last_number", "number").alias("number")
    return Compared(
        fresh=_by_place(news.filter(is_new).select(rows.columns)),
        returning=news.filter(~is_new & is_back).with_columns(same_number, pl.col("changes") & OF_A_PERSON),
        changed=news.filter(~is_new & ~is_back),
        unchanged=rows.height - told.height,
    )


def _by_place(rows: pl.DataFrame) -> pl.DataFrame:
    """Return rows in the order of the tree: whoever asks for one town later finds them side by side."""
    return rows.sort("path", maintain_order=True)


def _with_last_segments(news: pl.DataFrame) -> pl.DataFrame:
    """Return the news with the last membership that ended, for whom it matters: those who come back,
    those who began anew."""
    begins = (pl.col("changes") & BIT["joined_on"] != 0) & (pl.col("opening") == "admitted")
    asked = news.filter(pl.col("person_id").is_not_null() & (pl.col("membership_id").is_null() | begins))
    if asked.is_empty():
        last = pl.DataFrame(schema=_LAST_SCHEMA)
    else:
        listed = ",".join(map(str, asked[ROW].to_list()))
        last = staging.query(_LAST_SEGMENTS.replace("{rows}", "{" + listed + "}"), _LAST_SCHEMA)
    return news.join(last.rename({"row_number": ROW}), on=ROW, how="left", maintain_order="left")


@dataclass(slots=True, eq=False)
class _Refusing:
    """Collects what the register says against rows: of each row one thing, the first."""

    news: pl.DataFrame
    judgement: Judgement
    bad: pl.Series

    def refuse(self, mask: pl.Series, *, column: str, fault: Fault, **filling: pl.Series) -> None:
        chosen = mask.fill_null(False) & ~self.bad
        if not chosen.any():
            return
        rows = self.news[ROW].filter(chosen)
        beside = {name: self._beside(rows, values.filter(chosen)) for name, values in filling.items()}
        is_one = self.judgement.rows[ROW].is_in(rows.implode())
        self.judgement.add_faults(is_one, column=column, fault=fault, **beside)
        self.bad = self.bad | chosen

    def _beside(self, rows: pl.Series, values: pl.Series) -> pl.Series:
        """Return the values of some rows beside all rows of the judgement."""
        return self.judgement.rows[ROW].replace_strict(
            rows, values.cast(pl.String), default=None, return_dtype=pl.String
        )


def _judged(news: pl.DataFrame, judgement: Judgement, *, ranges: Iterable[PathRange]) -> pl.Series:
    """Add what the register says against rows, and return which of them it is."""
    found = _Refusing(news, judgement, pl.Series([False]).new_from_index(0, news.height))
    outside = _rows_of(_KNOWN_ELSEWHERE) if news["person_id"].null_count() else []
    found.refuse(news[ROW].is_in(outside), column="document", fault=faults.KNOWN_ELSEWHERE)
    union = _unions_of(news["member_at"])
    found.refuse(news["is_elsewhere"], column="document", fault=faults.MEMBER_ELSEWHERE, value=union)
    inside = pl.any_horizontal(
        pl.lit(False),
        *((pl.col("person_path") >= each.lo) & (pl.col("person_path") < each.hi) for each in ranges),
    )
    is_away = news.select(pl.col("person_path").is_not_null() & ~inside).to_series()
    found.refuse(is_away, column="document", fault=faults.KNOWN_ELSEWHERE)
    found.refuse(news["is_renamed"], column="name", fault=faults.NAME_DIFFERS)
    found.refuse(news["last_closing"] == "died", column="document", fault=faults.HAS_DIED)
    _judge_days(news, found)
    standing = news["standing_now"].replace_strict(_STANDINGS, default=None, return_dtype=pl.String)
    is_other = news["is_restanding"] & news["membership_id"].is_not_null()
    found.refuse(is_other, column="standing", fault=faults.STANDING_DIFFERS, value=standing)
    if news["number"].null_count() < news.height:
        taken = news[ROW].is_in(_rows_of(_NUMBERS_TAKEN))
        taken &= news["number_now"].is_null() | (news["number_now"] != news["number"])
        found.refuse(taken, column="number", fault=faults.NUMBER_TAKEN, value=news["number"])
    return found.bad


def _judge_days(news: pl.DataFrame, found: _Refusing) -> None:
    """Judge the day of joining by the segment it belongs to, and by the one before."""
    joined, until = news["joined_on"], news["last_until"]
    found.refuse(joined < until, column="joined_on", fault=faults.JOINED_BEFORE_LEAVING, value=until)
    later = (joined > news["valid_from"]) & (news["opening"] != "admitted")
    found.refuse(later, column="joined_on", fault=faults.JOINED_AFTER_SEGMENT, value=news["valid_from"])


def _rows_of(statement: str) -> list[int]:
    return staging.query(statement, {"row_number": pl.UInt32})["row_number"].to_list()


def _unions_of(units: pl.Series) -> pl.Series:
    """Return where a membership is, as a phrase that names the union where the reach allows it."""
    names = staging.query(
        "SELECT org_unit_id, name FROM registry_union", {"unit": pl.Int64, "name": pl.String}
    )
    phrases = "在“" + names["name"] + "”"
    return units.replace_strict(names["unit"], phrases, default="在另一家工会", return_dtype=pl.String)
