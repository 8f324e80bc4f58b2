"""Mobile numbers of the mainland (手机号): 11 digits from 13 to 19."""

import re

import numpy as np
import polars as pl

from juli.kernel.byterows import of_length
from juli.kernel.idcodes.faults import Fault
from juli.kernel.idcodes.tidying import is_scientific, tidied_code, tidy_code

LENGTH = 11
_COUNTRY_CODE = r"^(?:\+|00)?86(1[3-9][0-9]{9})$"
_DIGITS = re.compile(r"[0-9]+")
# With its area code, or eight digits without one.
_LANDLINE = re.compile(r"0[1-9][0-9]{8,10}|[2-8][0-9]{6,7}")
_PREFIX = re.compile(r"1[3-9]")
_COUNTRY_CODE_PATTERN = re.compile(_COUNTRY_CODE)


def tidy_mobile(text: str) -> str:
    """Return a mobile number as it is checked, digested and stored, without +86."""
    return _COUNTRY_CODE_PATTERN.sub(r"\1", _without_brackets(tidy_code(text)))


def tidied_mobile(texts: pl.Expr) -> pl.Expr:
    """Return the expression with ``tidy_mobile`` applied to every value; nulls stay null."""
    bare = tidied_code(texts).str.replace_many(["(", ")"], ["", ""])
    return bare.str.replace(_COUNTRY_CODE, "${1}")


def mobile_fault(number: str) -> Fault:
    """Return what is wrong with a tidied mobile number; the first fault found."""
    if not number:
        return Fault.EMPTY
    if is_scientific(number):
        return Fault.MOBILE_SCIENTIFIC
    if not _DIGITS.fullmatch(number):
        return Fault.MOBILE_CHARACTERS
    if _LANDLINE.fullmatch(number):
        return Fault.MOBILE_IS_LANDLINE
    if len(number) != LENGTH:
        return Fault.MOBILE_LENGTH
    return Fault.NONE if _PREFIX.match(number) else Fault.MOBILE_PREFIX


def mobile_faults(numbers: pl.Series) -> pl.Series:
    """
    Return the faults of a tidied column as small integers (values of ``Fault``).

    The same answers as ``mobile_fault``; a null is ``EMPTY``.
    """
    texts = numbers.cast(pl.String)
    full = of_length(texts, LENGTH)
    digits = full.matrix - ord("0")  # what lies below "0" wraps around to large numbers
    is_good = (digits <= 9).all(axis=1)
    is_good &= (digits[:, 0] == 1) & (digits[:, 1] >= 3)
    faults = np.full(len(numbers), Fault.NONE, np.uint8)
    is_odd = np.ones(len(numbers), np.bool_)
    is_odd[full.rows[is_good]] = False
    odd = np.flatnonzero(is_odd)
    faults[odd] = [mobile_fault(text) for text in texts.gather(odd).fill_null("").to_list()]
    return pl.Series(numbers.name, faults)


def _without_brackets(number: str) -> str:
    return number.replace("(", "").replace(")", "")
