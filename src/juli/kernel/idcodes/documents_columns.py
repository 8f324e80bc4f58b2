"""The numbers on documents, whole columns at once."""

from datetime import date

import polars as pl

from juli.kernel.idcodes.documents import DocumentKind, fault_of, guess_kind
from juli.kernel.idcodes.faults import Fault
from juli.kernel.idcodes.resident_columns import resident_id_faults


def guess_kinds(numbers: pl.Series) -> pl.Series:
    """Return ``guess_kind`` of every value of a tidied column; null where it looks like none."""
    # Fast for what nearly all are; the rest one by one.
    texts = numbers.cast(pl.String)
    is_plain = texts.str.contains(r"^[1-7][0-9]{16}[0-9X]$").fill_null(False)
    odd = (~is_plain).arg_true()
    guesses = [guess_kind(text) for text in texts.gather(odd).fill_null("").to_list()]
    kinds = pl.Series(numbers.name, [DocumentKind.RESIDENT_ID.value], dtype=pl.String)
    kinds = kinds.new_from_index(0, len(numbers))
    return kinds.scatter(odd, pl.Series(guesses, dtype=pl.String)) if len(odd) else kinds


def document_faults(kinds: pl.Series, numbers: pl.Series, *, on: date) -> pl.Series:
    """
    Return the faults of a tidied column of numbers, each by its kind (values of ``Fault``).

    The same answers as ``check_document``; a null kind is guessed from the number, and taken
    for a resident ID where it looks like nothing.
    """
    texts = numbers.cast(pl.String)
    guessed = kinds.cast(pl.String).fill_null(guess_kinds(texts))
    known = guessed.fill_null(DocumentKind.RESIDENT_ID.value)
    faults = pl.Series(numbers.name, [0], dtype=pl.UInt8).new_from_index(0, len(numbers))
    for kind in known.unique().to_list():
        rows = (known == kind).arg_true()
        found = _faults(DocumentKind(kind), texts.gather(rows), on)
        faults = faults.scatter(rows, found)
    return faults


def _faults(kind: DocumentKind, numbers: pl.Series, on: date) -> pl.Series:
    if kind is not DocumentKind.RESIDENT_ID:
        texts = numbers.fill_null("").to_list()
        return pl.Series([fault_of(kind, text, on) for text in texts], dtype=pl.UInt8)
    faults = resident_id_faults(numbers, on=on)
    is_permit = numbers.str.contains(r"^8[1-3]").fill_null(False) & (faults == Fault.NONE)
    return faults.set(is_permit, Fault.RESIDENT_IS_RESIDENCE_PERMIT)
