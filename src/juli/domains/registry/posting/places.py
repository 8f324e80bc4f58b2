"""Codes of units and employers turned into rows, and where a unit stood on a day."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from juli.engines.sheet import staging

_UNITS: Mapping[str, type[pl.DataType]] = {
    "unit_code": pl.String, "org_unit_id": pl.Int64, "root_id": pl.Int64, "path": pl.String
}  # fmt: skip
_PLACEMENTS: Mapping[str, type[pl.DataType]] = {
    "org_unit_id": pl.Int64, "stood_at": pl.String, "stood_from": pl.Date, "stood_until": pl.Date
}  # fmt: skip
_EMPLOYERS: Mapping[str, type[pl.DataType]] = {
    "uscc": pl.String, "employer_id": pl.Int64, "ownership": pl.String, "employer_unit_id": pl.Int64,
    "employer_path": pl.String,
}  # fmt: skip


class UnknownCode(LookupError):
    """A frame names a unit or an employer that is not there: it was not validated."""


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """The units within reach, and where those that have moved stood before (组织位置)."""

    units: pl.DataFrame
    moved: pl.DataFrame

    @classmethod
    def within_reach(cls) -> "Places":
        """Read the units that the transaction reaches."""
        units = staging.query("SELECT code, id, root_id, path FROM scope_orgunit", _UNITS)
        # A unit that never moved stands where it stands; only the others need asking.
        moved = staging.query(
            """SELECT org_unit_id, path, valid_from, valid_until FROM scope_placement
               WHERE org_unit_id IN (SELECT org_unit_id FROM scope_placement WHERE valid_until IS NOT
               NULL)""",
            _PLACEMENTS,
        )
        return cls(units, moved)

    def located(self, frame: pl.DataFrame, *, code: str) -> pl.DataFrame:
        """
        Return the frame with ``org_unit_id``, ``root_id`` and ``path`` of the unit that a column names.

        :raises UnknownCode: there is no such unit within reach.
        """
        found = frame.join(self.units, left_on=code, right_on="unit_code", how="left", maintain_order="left")
        _refuse_unknown(found, code=code, found="org_unit_id")
        return found

    def stood(self, frame: pl.DataFrame, *, on: str, column: str) -> pl.DataFrame:
        """
        Return the frame with the path of each row's unit on the day that ``on`` holds.

        Before its first placement a unit counts as standing where it stands now.
        """
        if self.moved.is_empty():
            return frame.with_columns(pl.col("path").alias(column))
        numbered = frame.with_row_index("@number")
        days = numbered.select("@number", "org_unit_id", on).join(self.moved, on="org_unit_id")
        held = days.filter(
            (pl.col("stood_from") <= pl.col(on))
            & (pl.col("stood_until").is_null() | (pl.col("stood_until") > pl.col(on)))
        )
        places = held.select("@number", pl.col("stood_at").alias(column)).unique("@number")
        joined = numbered.join(places, on="@number", how="left", maintain_order="left").drop("@number")
        return joined.with_columns(pl.col(column).fill_null(pl.col("path")))


def employers(units: pl.DataFrame) -> pl.DataFrame:
    """Read the employers within reach: uscc, ownership and place."""
    found = staging.query("SELECT uscc, id, ownership, org_unit_id, path FROM party_employer", _EMPLOYERS)
    roots = units.select(
        pl.col("org_unit_id").alias("employer_unit_id"), pl.col("root_id").alias("employer_root_id")
    )
    return found.join(roots, on="employer_unit_id", how="left")


def union_classes() -> pl.DataFrame:
    """Read the class of employers that each union within reach stands for."""
    return staging.query(
        "SELECT org_unit_id, nullif(employer_class, '') FROM registry_union",
        {"org_unit_id": pl.Int64, "union_class": pl.String},
    )


def employed(frame: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """
    Return the frame with ``employer_id``, ``ownership`` and the employer's place for its ``uscc``.

    :raises UnknownCode: there is no such employer among those known.
    """
    found = frame.join(known, on="uscc", how="left", maintain_order="left")
    _refuse_unknown(found.filter(pl.col("uscc").is_not_null()), code="uscc", found="employer_id")
    return found


def _refuse_unknown(frame: pl.DataFrame, *, code: str, found: str) -> None:
    missing = frame.filter(pl.col(found).is_null())
    if not missing.is_empty():
        raise UnknownCode(f"{code} {missing[code][0]}")
