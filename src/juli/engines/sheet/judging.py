"""Judging a ledger: typed columns, and what is wrong with which row, worked out set-wise."""

from dataclasses import dataclass, field
from datetime import date
from typing import assert_never

import polars as pl

from juli.engines.sheet import faults
from juli.engines.sheet.columns import Column, Kind, LedgerForm
from juli.engines.sheet.faults import Fault
from juli.engines.sheet.judging_cells import (
    ERROR_TEXT,
    ODD,
    tidied_by_value,
    tidied_text,
    without_empty_words,
)
from juli.engines.sheet.judging_codes import (
    read_documents,
    read_mobiles,
    read_names,
    read_texts,
    read_usccs,
)
from juli.engines.sheet.judging_days import read_days
from juli.engines.sheet.judging_findings import Filling, Findings
from juli.engines.sheet.judging_keys import add_same_keys
from juli.engines.sheet.judging_merges import add_merged
from juli.engines.sheet.judging_values import read_choices, read_decimals, read_integers, read_yes_no
from juli.engines.sheet.reading_ledger import Ledger

_FEW_VALUES = {Kind.DAY, Kind.CHOICE, Kind.YES_NO, Kind.INTEGER, Kind.DECIMAL}
_WORDS_OF_THEIR_OWN = {Kind.TEXT, Kind.NAME, Kind.CHOICE, Kind.YES_NO}


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """
    The rows of a ledger as typed columns, and their faults (校验结果).

    ``rows`` has ``@row`` and every column of the form, null where the file has no such column
    (``given`` names those it has). Domains add faults of their own with ``add_faults``.
    ``masked`` holds, for a column that came back with stars beside a record number, which rows did:
    their value is null and means "unchanged".
    """

    form: LedgerForm
    rows: pl.DataFrame = field(repr=False)
    given: frozenset[str]
    masked: dict[str, pl.Series] = field(repr=False)
    _findings: Findings = field(repr=False)

    def add_faults(self, mask: pl.Series, *, column: str, fault: Fault, **filling: Filling) -> None:
        """Add one fault to every row of the mask; a column among the fillings gives each row its own."""
        self._findings.add(mask, column=column, fault=fault, **filling)

    @property
    def faults(self) -> pl.DataFrame:
        """Every fault: ``@row``, column label, code, reason; by row."""
        return self._findings.frame

    @property
    def is_bad(self) -> pl.Series:
        """For every row, whether anything is wrong with it."""
        return self._findings.is_bad

    @property
    def good(self) -> pl.DataFrame:
        """The rows with nothing wrong."""
        return self.rows.filter(~self.is_bad)

    @property
    def bad_rows(self) -> int:
        """How many rows have faults."""
        return int(self.is_bad.sum())


def judge(ledger: Ledger, *, on: date) -> Judgement:
    """Return the ledger's rows typed and judged as of a day."""
    findings = Findings(ledger.form, ledger.rows)
    reader = _Reader(ledger, findings, on)
    columns = {column.code: reader.typed(column) for column in reader.in_order}
    rows = pl.DataFrame([ledger.rows, *(columns[each.code].alias(each.code) for each in ledger.form.columns)])
    covered = add_merged(ledger, findings)
    record = ledger.form.record
    is_known = rows[record].is_not_null() if record in ledger.codes else None
    for column in ledger.form.required:
        missing = columns[column.code].is_null() & ~covered & ~findings.is_bad_in(column.code)
        if column.code in reader.masked:
            missing &= ~reader.masked[column.code]
        if is_known is not None:
            missing &= ~is_known
        findings.add(missing, column=column.code, fault=faults.REQUIRED)
    add_same_keys(ledger.form, rows, findings)
    return Judgement(
        form=ledger.form,
        rows=rows,
        given=frozenset(ledger.codes),
        masked=reader.masked,
        _findings=findings,
    )


class _Reader:
    """Reads the columns of one ledger, each by its kind."""

    def __init__(self, ledger: Ledger, findings: Findings, on: date) -> None:
        self._ledger = ledger
        self._findings = findings
        self._on = on
        self._read: dict[str, pl.Series] = {}
        self.masked: dict[str, pl.Series] = {}
        # One look at all columns together, on every core; most columns need no second.
        is_odd = pl.col(ledger.codes).str.contains(ODD).fill_null(False)
        self._is_odd = ledger.frame.lazy().select(is_odd).collect()

    @property
    def in_order(self) -> list[Column]:
        """The columns, those that others ask about first."""
        return sorted(self._ledger.form.columns, key=lambda column: column.document_kind is not None)

    def typed(self, column: Column) -> pl.Series:
        """Return one column in its type."""
        self._read[column.code] = read = self._by_kind(column, self._text(column))
        return read

    def _text(self, column: Column) -> pl.Series:
        """Return the column's text made plain, with errors, stars and words for "nothing" taken out."""
        frame = self._ledger.frame
        if column.code not in frame.columns:
            return pl.Series([None], dtype=pl.String).new_from_index(0, frame.height)
        text, is_odd = frame[column.code], self._is_odd[column.code]
        if is_odd.any():
            by_value = column.kind in _FEW_VALUES
            text = tidied_by_value(text) if by_value else tidied_text(text, is_odd)
            text = self._without_masks(column, self._without_errors(column, text))
        return text if column.kind in _WORDS_OF_THEIR_OWN else without_empty_words(text)

    def _without_errors(self, column: Column, text: pl.Series) -> pl.Series:
        wrong = text.str.contains(ERROR_TEXT).fill_null(False)
        self._findings.add(wrong, column=column.code, fault=faults.ERROR_CELL, value=text)
        return text.set(wrong, None)

    def _without_masks(self, column: Column, text: pl.Series) -> pl.Series:
        """Take out what came back with stars: unchanged beside a record number, a fault without one."""
        if not column.may_be_masked:
            return text
        starred = text.str.contains("*", literal=True).fill_null(False)
        if not starred.any():
            return text
        record = self._ledger.form.record
        if record is not None and record in self._ledger.frame.columns:
            is_known = self._ledger.frame[record].is_not_null()
            self.masked[column.code] = starred & is_known
            unknown = starred & ~is_known
        else:
            unknown = starred
        self._findings.add(unknown, column=column.code, fault=faults.MASKED)
        return text.set(starred, None)

    def _by_kind(self, column: Column, text: pl.Series) -> pl.Series:
        findings = self._findings
        match column.kind:
            case Kind.TEXT:
                return read_texts(column, text, findings=findings)
            case Kind.NAME:
                return read_names(column, text, findings=findings)
            case Kind.DAY:
                is_from_1904 = self._ledger.is_from_1904
                return read_days(column, text, findings=findings, on=self._on, is_from_1904=is_from_1904)
            case Kind.CHOICE:
                return read_choices(column, text, findings=findings)
            case Kind.YES_NO:
                return read_yes_no(column, text, findings=findings)
            case Kind.INTEGER:
                return read_integers(column, text, findings=findings)
            case Kind.DECIMAL:
                return read_decimals(column, text, findings=findings)
            case Kind.MOBILE:
                return read_mobiles(column, text, findings=findings)
            case Kind.USCC:
                return read_usccs(column, text, findings=findings)
            case Kind.DOCUMENT:
                kinds = self._read.get(column.document_kind or "")
                return read_documents(column, text, kinds, findings=findings, on=self._on)
            case _:
                assert_never(column.kind)
