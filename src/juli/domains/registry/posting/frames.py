"""What a frame may leave out, put in."""

from collections.abc import Mapping

import polars as pl

Optional = Mapping[str, tuple[type[pl.DataType], object]]
"""Columns that a frame may lack, with their type and what stands in for a missing value."""


def completed(frame: pl.DataFrame, optional: Optional) -> pl.DataFrame:
    """Return the frame with every optional column, missing values filled in."""
    filled = []
    for name, (kind, default) in optional.items():
        column = pl.col(name).cast(kind) if name in frame.columns else pl.lit(None, kind)
        filled.append((column if default is None else column.fill_null(pl.lit(default, kind))).alias(name))
    return frame.with_columns(filled)
