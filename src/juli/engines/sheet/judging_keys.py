"""Rows of one file that stand for the same thing."""

import polars as pl

from juli.engines.sheet import faults
from juli.engines.sheet.columns import ROW, LedgerForm
from juli.engines.sheet.judging_findings import Findings

_NAMED_AT_MOST = 5


def add_same_keys(form: LedgerForm, rows: pl.DataFrame, findings: Findings) -> None:
    """
    Add a fault to rows with the same key, naming the others.

    Rows that are the same in every column are one row typed twice: the first is kept. Rows that differ
    contradict each other: none of them can be trusted.
    """
    key = list(form.key)
    if not key or rows.is_empty():
        return
    # Most files have no such rows: the key alone is looked at first.
    keyed = rows.select(key)
    is_whole = keyed.select(pl.all_horizontal(pl.all().is_not_null())).to_series()
    repeated = keyed.is_duplicated() & is_whole
    if not repeated.any():
        return
    codes = [column.code for column in form.columns]
    first = pl.col(ROW).first().over(codes)
    same = rows.filter(repeated).with_columns(first.alias("@first"))
    copies = same.filter(pl.col(ROW) != pl.col("@first"))
    copied = rows[ROW].is_in(copies[ROW].implode())
    originals = _spread(rows, copies.select(ROW, pl.col("@first").cast(pl.String).alias("others")))
    findings.add(copied, column=key[-1], fault=faults.SAME_ROW, rows=originals)

    others = _others(same.filter(pl.col(ROW) == pl.col("@first")), key)
    conflicting = rows[ROW].is_in(others[ROW].implode())
    label = "、".join(form.column(code).label for code in key)
    named = _spread(rows, others)
    findings.add(conflicting, column=key[-1], fault=faults.SAME_KEY, rows=named, columns=label)


def _others(rows: pl.DataFrame, key: list[str]) -> pl.DataFrame:
    """Return, for each row that shares its key, the numbers of the rows it shares it with."""
    groups = rows.group_by(key, maintain_order=True).agg(pl.col(ROW)).filter(pl.col(ROW).list.len() > 1)
    found_rows, found_others = [], []
    for group in groups[ROW].to_list():
        # One more than is named, so that a row never lacks one because it is among them itself.
        named = group[: _NAMED_AT_MOST + 1]
        for row in group:
            others = [str(other) for other in named if other != row][:_NAMED_AT_MOST]
            more = len(group) - 1 - len(others)
            found_rows.append(row)
            found_others.append("、".join(others) + (f" 等 {len(group) - 1}" if more else ""))
    return pl.DataFrame(
        {ROW: pl.Series(found_rows, dtype=pl.UInt32), "others": pl.Series(found_others, dtype=pl.String)}
    )


def _spread(rows: pl.DataFrame, said: pl.DataFrame) -> pl.Series:
    """Return what is said of some rows as a column beside all rows."""
    if said.is_empty():
        return pl.Series([None], dtype=pl.String).new_from_index(0, rows.height)
    return rows[ROW].replace_strict(said[ROW], said["others"], default=None, return_dtype=pl.String)
