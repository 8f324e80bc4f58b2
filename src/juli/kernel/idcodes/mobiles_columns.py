"""Mobile numbers, whole columns at once."""

import numpy as np
import polars as pl

from juli.kernel.byterows import of_length
from juli.kernel.idcodes.faults import Fault
from juli.kernel.idcodes.mobiles import COUNTRY_CODE, LENGTH, mobile_fault
from juli.kernel.idcodes.tidying import tidied_code


def tidied_mobile(texts: pl.Expr) -> pl.Expr:
    """Return the expression with ``tidy_mobile`` applied to every value; nulls stay null."""
    bare = tidied_code(texts).str.replace_many(["(", ")"], ["", ""])
    return bare.str.replace(COUNTRY_CODE, "${1}")


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
