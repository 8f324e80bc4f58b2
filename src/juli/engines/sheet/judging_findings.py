"""Collecting what is wrong with which row, a whole column at a time."""

import string
from collections.abc import Mapping

import polars as pl

from juli.engines.sheet.columns import ROW, LedgerForm
from juli.engines.sheet.faults import Fault

Filling = str | int | pl.Series
"""What goes into one field of a fault's sentence: one value for all rows, or a column of them."""

FAULTS_SCHEMA = {ROW: pl.UInt32, "column": pl.String, "code": pl.String, "reason": pl.String}
_SHOWN_CHARACTERS = 40


class Findings:
    """The faults found so far; every one belongs to a row and a column."""

    def __init__(self, form: LedgerForm, rows: pl.Series) -> None:
        self._form = form
        self._rows = rows
        self._found: list[pl.DataFrame] = []
        self._nothing = pl.Series([False], dtype=pl.Boolean).new_from_index(0, len(rows))
        self._bad: dict[str, pl.Series] = {}

    def add(self, mask: pl.Series, *, column: str, fault: Fault, **filling: Filling) -> None:
        """Add one fault to every row of the mask; a column among the fillings gives each row its own."""
        mask = mask.fill_null(False)
        places = mask.arg_true()
        if places.is_empty():
            return
        rows = self._rows.gather(places)
        chosen = {
            name: value.gather(places) if isinstance(value, pl.Series) else value
            for name, value in filling.items()
        }
        found = pl.DataFrame({ROW: rows, "reason": _reasons(fault, len(rows), chosen)})
        label = self._form.column(column).label
        labelled = found.with_columns(pl.lit(label).alias("column"), pl.lit(fault.code).alias("code"))
        self._found.append(labelled.select(list(FAULTS_SCHEMA)))
        self._bad[column] = self.is_bad_in(column) | mask

    def add_by_value(
        self, text: pl.Series, *, column: str, found: Mapping[str, tuple[Fault, Mapping[str, str | int]]]
    ) -> None:
        """Add to every row the fault that its text deserves, with the fillings of that text."""
        by_fault: dict[Fault, list[str]] = {}
        for value, (fault, _) in found.items():
            by_fault.setdefault(fault, []).append(value)
        for fault, values in by_fault.items():
            spoken = pl.Series(values, dtype=pl.String)
            filling: dict[str, Filling] = {}
            for name in _fields(fault):
                fills = pl.Series([str(found[value][1][name]) for value in values], dtype=pl.String)
                filling[name] = text.replace_strict(spoken, fills, default=None, return_dtype=pl.String)
            self.add(text.is_in(spoken.implode()), column=column, fault=fault, **filling)

    @property
    def is_bad(self) -> pl.Series:
        """For every row, whether anything is wrong with it."""
        bad = self._nothing
        for mask in self._bad.values():
            bad = bad | mask
        return bad

    def is_bad_in(self, column: str) -> pl.Series:
        """For every row, whether anything is wrong with it in this column."""
        return self._bad.get(column, self._nothing)

    @property
    def frame(self) -> pl.DataFrame:
        """Every fault found: row number, column label, code, reason; by row, then by column of the form."""
        if not self._found:
            return pl.DataFrame(schema=FAULTS_SCHEMA)
        if len(self._found) > 1:
            self._found = [pl.concat(self._found)]
        order = pl.Enum([column.label for column in self._form.columns])
        return self._found[0].sort(ROW, pl.col("column").cast(order), maintain_order=True)


def _fields(fault: Fault) -> list[str]:
    return [name for _, name, _, _ in string.Formatter().parse(fault.sentence) if name]


def _reasons(fault: Fault, count: int, filling: Mapping[str, Filling]) -> pl.Series:
    """Return the fault's sentence for each row, its fields filled in."""
    columns: dict[str, pl.Series] = {}
    pieces: list[pl.Expr] = []
    for text, name, _, _ in string.Formatter().parse(fault.sentence):
        if text:
            pieces.append(pl.lit(text))
        if name:
            value = filling[name]
            if isinstance(value, pl.Series):
                columns[name] = value.cast(pl.String).fill_null("")
                pieces.append(pl.col(name).str.slice(0, _SHOWN_CHARACTERS))
            else:
                pieces.append(pl.lit(str(value)))
    if not columns:
        sentence = pl.select(pl.concat_str(pieces)).item()
        return pl.Series([sentence], dtype=pl.String).new_from_index(0, count)
    return pl.DataFrame(columns).select(pl.concat_str(pieces)).to_series()
