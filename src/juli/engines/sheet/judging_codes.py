"""Names, texts and the numbers that the state gives to people and bodies."""

from datetime import date

import polars as pl

from juli.engines.sheet import faults
from juli.engines.sheet.columns import Column
from juli.engines.sheet.faults import of_number
from juli.engines.sheet.judging_cells import LONG_NUMBER_TEXT, mended
from juli.engines.sheet.judging_findings import Findings
from juli.kernel import idcodes
from juli.kernel.text import normalised_names

_NOT_A_PLAIN_CODE = "[^0-9A-Z]"
_NOT_A_PLAIN_NUMBER = "[^0-9]"


def read_texts(column: Column, text: pl.Series, *, findings: Findings) -> pl.Series:
    """Return a column of free text, of the length allowed."""
    damaged = text.str.contains(LONG_NUMBER_TEXT) if text.str.contains("E+", literal=True).any() else None
    if damaged is not None:
        findings.add(damaged, column=column.code, fault=faults.DIGITS_LOST)
    return _not_too_long(column, text, findings)


def read_names(column: Column, text: pl.Series, *, findings: Findings) -> pl.Series:
    """Return a column of names, each as the register keeps it."""
    names = normalised_names(text)
    empty = names == ""
    names = names.set(empty.fill_null(False), None) if empty.any() else names
    return _not_too_long(column, names, findings)


def read_mobiles(column: Column, text: pl.Series, *, findings: Findings) -> pl.Series:
    """Return a column of mobile numbers, checked."""
    numbers = mended(text, _NOT_A_PLAIN_NUMBER, idcodes.tidied_mobile)
    _add_by_number(column, numbers, idcodes.mobile_faults(numbers), findings)
    return numbers


def read_usccs(column: Column, text: pl.Series, *, findings: Findings) -> pl.Series:
    """Return a column of unified social credit codes, checked."""
    codes = mended(text, _NOT_A_PLAIN_CODE, idcodes.tidied_code)
    _add_by_number(column, codes, idcodes.uscc_faults(codes), findings)
    return codes


def read_documents(
    column: Column, text: pl.Series, kinds: pl.Series | None, *, findings: Findings, on: date
) -> pl.Series:
    """Return a column of document numbers, each checked as the kind of document it is."""
    numbers = mended(text, _NOT_A_PLAIN_CODE, idcodes.tidied_code)
    if kinds is None:
        kinds = pl.Series([None], dtype=pl.String).new_from_index(0, len(numbers))
    _add_by_number(column, numbers, idcodes.document_faults(kinds, numbers, on=on), findings)
    return numbers


def _add_by_number(column: Column, numbers: pl.Series, found: pl.Series, findings: Findings) -> None:
    """Add the faults of a number column; an empty cell is not a wrong number."""
    bad = (found > idcodes.Fault.EMPTY) & numbers.is_not_null()
    if not bad.any():
        return
    for value in found.filter(bad).unique().sort():
        fault = of_number(idcodes.Fault(value))
        findings.add(bad & (found == value), column=column.code, fault=fault)


def _not_too_long(column: Column, text: pl.Series, findings: Findings) -> pl.Series:
    # Characters are never more than bytes: only what has many bytes is counted.
    if (text.str.len_bytes() > column.max_length).any():
        length = text.str.len_chars()
        findings.add(
            length > column.max_length,
            column=column.code,
            fault=faults.TOO_LONG,
            length=length,
            limit=column.max_length,
        )
    return text
