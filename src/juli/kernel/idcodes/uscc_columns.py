"""Unified social credit codes, whole columns at once."""

import numpy as np
import polars as pl

from juli.kernel.byterows import ByteMatrix, of_length
from juli.kernel.idcodes.faults import Fault
from juli.kernel.idcodes.uscc import ALPHABET, LENGTH, WEIGHTS, uscc_fault

# The value of each byte in the alphabet; 255 for those outside it.
_VALUES = np.full(256, 255, np.uint8)
_VALUES[np.frombuffer(ALPHABET.encode(), np.uint8)] = np.arange(len(ALPHABET), dtype=np.uint8)


def uscc_faults(codes: pl.Series) -> pl.Series:
    """
    Return the faults of a tidied column as small integers (values of ``Fault``).

    The same answers as ``uscc_fault``; a null is ``EMPTY``.
    """
    texts = codes.cast(pl.String)
    full = of_length(texts, LENGTH)
    values = _VALUES[full.matrix]
    is_formed = (values < len(ALPHABET)).all(axis=1)
    faults = np.empty(len(codes), np.uint8)
    formed = full.rows[is_formed]
    faults[formed] = _faults_of_values(values[is_formed])
    is_odd = np.ones(len(codes), np.bool_)
    is_odd[formed] = False
    # A "code" such as 1234567890123456.0 is 18 bytes but not of the alphabet: it is odd as well.
    odd = np.flatnonzero(is_odd)
    faults[odd] = [uscc_fault(text) for text in texts.gather(odd).fill_null("").to_list()]
    return pl.Series(codes.name, faults)


def _faults_of_values(values: ByteMatrix) -> ByteMatrix:
    total = values[:, 17].astype(np.int16)
    for place, weight in enumerate(WEIGHTS):
        total += values[:, place].astype(np.int16) * weight
    has_region = (values[:, 2:8] <= 9).all(axis=1)
    good = np.uint8(Fault.NONE)
    checked = np.where(total % 31 == 0, good, np.uint8(Fault.USCC_CHECK_CHARACTER))
    return np.where(has_region, checked, np.uint8(Fault.USCC_REGION)).astype(np.uint8)
