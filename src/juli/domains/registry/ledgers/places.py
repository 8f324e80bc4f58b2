"""Units of the tree that rows name by code or by name."""

from collections.abc import Iterable
from typing import Final

import polars as pl

from juli.domains.registry.roster.judging import Reference, resolved
from juli.domains.registry.roster.known import named
from juli.engines.sheet import staging
from juli.engines.sheet.faults import Fault
from juli.engines.sheet.judging import Judgement
from juli.kernel.actor import PathRange

_OF_A_PLACE: Final = "(总工会|工会联合会|工会)$"
_UNITS: Final = {
    "found_id": pl.Int64, "code": pl.String, "name": pl.String, "path": pl.String, "closed_on": pl.Date,
}  # fmt: skip


def within(ranges: Iterable[PathRange], column: str = "path") -> pl.Expr:
    """Return the condition that a path lies in one of the ranges."""
    return pl.any_horizontal(
        pl.lit(False), *((pl.col(column) >= each.lo) & (pl.col(column) < each.hi) for each in ranges)
    )


def units(ranges: Iterable[PathRange]) -> pl.DataFrame:
    """
    Return the units in the ranges, as references are looked up.

    They are found by the name of their place as well: 石碁镇 is where 石碁镇总工会 stands.
    """
    found = staging.query("SELECT id, code, name, path, closed_on FROM scope_orgunit", _UNITS)
    inside = found.filter(within(ranges)).with_columns(official=pl.col("name"))
    place = pl.col("name").str.replace(_OF_A_PLACE, "")
    short = inside.with_columns(name=place).filter(pl.col("name") != pl.col("official"))
    is_open = pl.col("closed_on").is_null()
    both = [named(inside, current=is_open), named(short, current=is_open)]
    return pl.concat(both).with_columns(name=pl.col("official")).drop("official")


def placed(
    judgement: Judgement, rows: pl.DataFrame, reference: Reference, table: pl.DataFrame, *, to: str
) -> pl.DataFrame:
    """
    Return the rows with the number of what each names in column ``to``, code and name as registered.

    What nobody can find, or what two names contradict, is added to the judgement.
    """
    # What is known by its record number keeps what it refers to: a name that others bear as well is no doubt.
    is_known = pl.col("record").is_not_null() & pl.col(reference.code).is_null()
    asked = rows.with_columns(pl.when(~is_known).then(reference.name).alias(reference.name))
    found = resolved(judgement, asked, table, reference)
    names = found.select("found_id").join(
        table.select("found_id", "name").unique("found_id", keep="first"),
        on="found_id",
        how="left",
        maintain_order="left",
    )
    is_found = found["found_id"].is_not_null()
    given = rows.select(pl.col(reference.name).is_not_null()).to_series()
    return rows.with_columns(
        found["found_id"].alias(to),
        found["found_code"].zip_with(is_found, rows[reference.code]).alias(reference.code),
        names["name"].zip_with(is_found & given, rows[reference.name]).alias(reference.name),
    )


def require_one(judgement: Judgement, rows: pl.DataFrame, *, of: tuple[str, str], fault: Fault) -> None:
    """Add a fault to rows that are new and name nothing."""
    nothing = pl.all_horizontal(pl.col(code).is_null() for code in of)
    is_new = pl.col("record").is_null() if "record" in rows.columns else pl.lit(True)
    judgement.add_faults(rows.select(nothing & is_new).to_series(), column=of[0], fault=fault)
