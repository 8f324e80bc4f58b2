"""Citizen identification numbers, whole columns at once."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl

from juli.kernel.byterows import ByteMatrix, RowNumbers, of_length
from juli.kernel.idcodes.faults import Fault
from juli.kernel.idcodes.resident import (
    LENGTH,
    OLDEST_AGE,
    PROVINCES,
    WEIGHTS,
    YEARS,
    Sex,
    as_number,
    resident_id_fault,
)

_Mask = npt.NDArray[np.bool_]
_Numbers = npt.NDArray[np.int64]
_IS_PROVINCE = np.isin(np.arange(100), list(PROVINCES))
# Days of each month, in a common and in a leap year; there is no month 0.
_MONTH_DAYS = np.array([(0, 31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31) for february in (28, 29)])


@dataclass(frozen=True, slots=True, eq=False)
class _Digits:
    """Well-formed numbers of a column: where they stand; a row a place, a column a number."""

    rows: RowNumbers
    digits: ByteMatrix


def resident_id_faults(numbers: pl.Series, *, on: date) -> pl.Series:
    """
    Return the faults of a tidied column as small integers (values of ``Fault``).

    The same answers as ``resident_id_fault``; a null is ``EMPTY``.
    """
    texts = numbers.cast(pl.String)
    formed = _formed(texts)
    faults = np.empty(len(texts), np.uint8)
    faults[formed.rows] = _faults_of_digits(formed.digits, on)
    is_odd = np.ones(len(texts), np.bool_)
    is_odd[formed.rows] = False
    # Whatever is not 17 digits and a check digit is rare: it goes the scalar way.
    odd = np.flatnonzero(is_odd)
    odd_texts = texts.gather(odd).fill_null("").to_list()
    faults[odd] = [resident_id_fault(text, on=on) for text in odd_texts]
    return pl.Series(numbers.name, faults)


def birth_dates(numbers: pl.Series) -> pl.Series:
    """Return the birth dates in a tidied column; null where ``birth_date`` finds none."""
    formed = _formed(numbers.cast(pl.String))
    year, month, day = _birth_parts(formed.digits)
    is_day = _is_day(year, month, day)
    months = (year - 1970) * 12 + month - 1
    days = months.astype("datetime64[M]").astype("datetime64[D]") + (day - 1)
    born = np.full(len(numbers), np.datetime64("NaT"), "datetime64[D]")
    born[formed.rows[is_day]] = days[is_day]
    return pl.Series(numbers.name, born)


def sexes(numbers: pl.Series) -> pl.Series:
    """Return the sexes in a tidied column as codes of GB/T 2261.1; null where there is none."""
    formed = _formed(numbers.cast(pl.String))
    found = np.zeros(len(numbers), np.int8)
    found[formed.rows] = np.where(formed.digits[16] % 2, Sex.MALE, Sex.FEMALE)
    return pl.Series(numbers.name, found).replace(0, None)


def _formed(numbers: pl.Series) -> _Digits:
    """Return the rows that are 17 digits and a check digit."""
    full = of_length(numbers, LENGTH)
    # Characters below "0" wrap around to large numbers.
    digits = np.ascontiguousarray(full.matrix.T) - np.uint8(ord("0"))
    digits[17][full.matrix[:, 17] == ord("X")] = 10
    is_formed = (digits[:17] < 10).all(axis=0) & (digits[17] <= 10)
    is_formed &= full.matrix[:, 17] != ord(":")  # the character after "9" is no ten
    if is_formed.all():
        return _Digits(full.rows, digits)
    return _Digits(full.rows[is_formed], digits[:, is_formed])


def _faults_of_digits(digits: ByteMatrix, on: date) -> ByteMatrix:
    year, month, day = _birth_parts(digits)
    born = year * YEARS + month * 100 + day
    remainders = sum(
        (digits[place].astype(np.int16) * weight for place, weight in enumerate(WEIGHTS)),
        np.zeros(digits.shape[1], np.int16),
    )
    is_checked = (digits[17] + remainders) % 11 == 1
    is_lost = (digits[15] == 0) & (digits[16] == 0) & (digits[17] == 0)
    region = np.minimum(digits[0] * 10 + digits[1], 99)
    # np.select takes the first that holds: the order of ``resident_id_fault``.
    cases = (
        (~_IS_PROVINCE[region], Fault.RESIDENT_REGION),
        (~_is_day(year, month, day), Fault.RESIDENT_BIRTH_DAY),
        (born < as_number(on) - OLDEST_AGE * YEARS, Fault.RESIDENT_BORN_TOO_EARLY),
        (born > as_number(on), Fault.RESIDENT_BORN_IN_FUTURE),
        (~is_checked & is_lost, Fault.RESIDENT_DIGITS_LOST),
        (~is_checked, Fault.RESIDENT_CHECK_DIGIT),
    )
    masks, values = zip(*cases, strict=True)
    found = np.select(masks, [np.uint8(value) for value in values], np.uint8(Fault.NONE))
    return found.astype(np.uint8)


def _birth_parts(digits: ByteMatrix) -> tuple[_Numbers, _Numbers, _Numbers]:
    wide = digits[6:14].astype(np.int64)
    year = wide[0] * 1000 + wide[1] * 100 + wide[2] * 10 + wide[3]
    return year, wide[4] * 10 + wide[5], wide[6] * 10 + wide[7]


def _is_day(year: _Numbers, month: _Numbers, day: _Numbers) -> _Mask:
    is_leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    last = _MONTH_DAYS[is_leap.astype(np.int8), np.where(month <= 12, month, 0)]
    return np.asarray((year >= 1) & (day >= 1) & (day <= last))
