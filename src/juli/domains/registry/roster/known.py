"""What the register knows of unions and employers where a roster may be brought in."""

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from juli.engines.sheet import staging
from juli.kernel.actor import PathRange

_UNIONS = {
    "found_id": pl.Int64, "code": pl.String, "name": pl.String, "path": pl.String, "founded_on": pl.Date,
    "ended_on": pl.Date,
}  # fmt: skip
_EMPLOYERS = {"found_id": pl.Int64, "code": pl.String, "name": pl.String}
_COVERAGES = {"employer_id": pl.Int64, "covered_from": pl.String}


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """
    Unions into which rows may go, employers, and who covers whom (已知组织与单位).

    ``folded`` is the name in the form in which names are compared, ``bearers`` how many share it.
    """

    unions: pl.DataFrame
    employers: pl.DataFrame
    coverages: pl.DataFrame

    @classmethod
    def within(cls, ranges: Iterable[PathRange]) -> "Known":
        """Read what stands in the given ranges; employers are read as far as the transaction reaches."""
        unions = staging.query(
            "SELECT org_unit_id, code, name, path, approved_on, ended_on FROM registry_union", _UNIONS
        )
        inside = pl.any_horizontal(
            pl.lit(False), *((pl.col("path") >= each.lo) & (pl.col("path") < each.hi) for each in ranges)
        )
        return cls(
            unions=named(unions.filter(inside), current=pl.col("ended_on").is_null()),
            employers=named(
                staging.query("SELECT id, uscc, name FROM party_employer", _EMPLOYERS), current=pl.lit(True)
            ),
            coverages=staging.query(
                "SELECT employer_id, path FROM registry_coverage WHERE valid_until IS NULL", _COVERAGES
            ),
        )


def named(table: pl.DataFrame, *, current: pl.Expr) -> pl.DataFrame:
    """Return the table with folded names; what is current stands before what has ended."""
    folded = table.with_columns(folded_names(table["name"]).alias("folded"), current.alias("@current"))
    bearers = pl.when("@current").then(pl.col("@current").sum().over("folded", "@current")).otherwise(1)
    return folded.with_columns(bearers.alias("bearers")).sort(
        "@current", descending=True, maintain_order=True
    )


def folded_names(names: pl.Series) -> pl.Series:
    """Return names of bodies in the form in which they are compared: width, blanks and brackets apart."""
    distinct = names.drop_nulls().unique()
    folded = (
        distinct.str.normalize("NFKC").str.replace_all(r"\s+", "").str.replace_all("[〔【\\[]", "(")
        .str.replace_all("[〕】\\]]", ")").str.to_lowercase()
    )  # fmt: skip
    return names.replace_strict(distinct, folded, default=None, return_dtype=pl.String)
