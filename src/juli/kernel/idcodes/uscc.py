"""Unified social credit codes, GB 32100-2015 (统一社会信用代码)."""

import re

import numpy as np
import polars as pl

from juli.kernel.byterows import ByteMatrix, of_length
from juli.kernel.idcodes.faults import Fault
from juli.kernel.idcodes.tidying import is_scientific

LENGTH = 18
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_FORM = re.compile(f"[{ALPHABET}]+")
_REGISTRATION_NUMBER = re.compile(r"[0-9]{15}")
_ORGANISATION_CODE = re.compile(r"[0-9A-Z]{8}[0-9X]")
_UNION_PREFIX = "81"

# The value of each byte in the alphabet; 255 for those outside it.
_VALUES = np.full(256, 255, np.uint8)
_VALUES[np.frombuffer(ALPHABET.encode(), np.uint8)] = np.arange(len(ALPHABET), dtype=np.uint8)


def uscc_check_character(first_seventeen: str) -> str:
    """Return the 18th character for the first 17 (GB 32100-2015, 5.5; GB/T 17710 MOD 31)."""
    weighed = zip(first_seventeen, _WEIGHTS, strict=True)
    total = sum(ALPHABET.index(character) * weight for character, weight in weighed)
    return ALPHABET[-total % 31]


def uscc_fault(code: str) -> Fault:
    """Return what is wrong with a tidied code; the first fault found."""
    if not code:
        return Fault.EMPTY
    if is_scientific(code):
        return Fault.USCC_SCIENTIFIC
    if _REGISTRATION_NUMBER.fullmatch(code):
        return Fault.USCC_REGISTRATION_NUMBER
    if _ORGANISATION_CODE.fullmatch(code):
        return Fault.USCC_ORGANISATION_CODE
    if not _FORM.fullmatch(code):
        return Fault.USCC_CHARACTERS
    if len(code) != LENGTH:
        return Fault.USCC_LENGTH
    if not code[2:8].isdigit():
        return Fault.USCC_REGION
    if uscc_check_character(code[:17]) != code[17]:
        return Fault.USCC_CHECK_CHARACTER
    return Fault.NONE


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


def is_union_legal_person(code: str) -> bool:
    """Say whether a code belongs to a union with legal personality: they begin with 81."""
    return code.startswith(_UNION_PREFIX)


def _faults_of_values(values: ByteMatrix) -> ByteMatrix:
    total = values[:, 17].astype(np.int16)
    for place, weight in enumerate(_WEIGHTS):
        total += values[:, place].astype(np.int16) * weight
    has_region = (values[:, 2:8] <= 9).all(axis=1)
    good = np.uint8(Fault.NONE)
    checked = np.where(total % 31 == 0, good, np.uint8(Fault.USCC_CHECK_CHARACTER))
    return np.where(has_region, checked, np.uint8(Fault.USCC_REGION)).astype(np.uint8)
