"""Citizen identification numbers, GB 11643-1999 (公民身份号码)."""

import re
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

import numpy as np
import numpy.typing as npt
import polars as pl

from juli.kernel.byterows import ByteMatrix, RowNumbers, of_length
from juli.kernel.idcodes.faults import Fault
from juli.kernel.idcodes.tidying import is_scientific

LENGTH = 18
# GB/T 2260: the provinces. 81, 82 and 83 stand on the residence permits of Hong Kong, Macau and
# Taiwan residents, whose numbers follow the same standard (港澳台居民居住证申领发放办法第五条).
_PROVINCE_RANGES = ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83))
PROVINCES = frozenset(code for first, last in _PROVINCE_RANGES for code in range(first, last + 1))
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_OLDEST_AGE = 130
_YEARS = 10_000  # one year in a day written as the number YYYYMMDD
_FORM = re.compile(r"[0-9]+X?")
_OLD_FORM = re.compile(r"[0-9]{15}")

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


class Sex(IntEnum):
    """Sex, with the codes of GB/T 2261.1 (性别)."""

    MALE = 1
    FEMALE = 2

    @property
    def label(self) -> str:
        """The Chinese word."""
        return "男" if self is Sex.MALE else "女"


def resident_check_digit(first_seventeen: str) -> str:
    """Return the 18th character for the first 17 (GB 11643-1999, 附录 A; ISO 7064 MOD 11-2)."""
    weighed = zip(first_seventeen, _WEIGHTS, strict=True)
    return _CHECK_DIGITS[sum(int(digit) * weight for digit, weight in weighed) % 11]


def resident_id_fault(number: str, *, on: date) -> Fault:
    """Return what is wrong with a tidied number on a day; the first fault found."""
    if not number:
        return Fault.EMPTY
    if is_scientific(number):
        return Fault.RESIDENT_SCIENTIFIC
    if not _FORM.fullmatch(number):
        return Fault.RESIDENT_CHARACTERS
    if _OLD_FORM.fullmatch(number):
        return Fault.RESIDENT_OLD_FORM
    if len(number) != LENGTH:
        return Fault.RESIDENT_LENGTH
    if int(number[:2]) not in PROVINCES:
        return Fault.RESIDENT_REGION
    born = _birth_date(number)
    if born is None:
        return Fault.RESIDENT_BIRTH_DAY
    if _as_number(born) < _as_number(on) - _OLDEST_AGE * _YEARS:
        return Fault.RESIDENT_BORN_TOO_EARLY
    if born > on:
        return Fault.RESIDENT_BORN_IN_FUTURE
    if resident_check_digit(number[:17]) == number[17]:
        return Fault.NONE
    return Fault.RESIDENT_DIGITS_LOST if number.endswith("000") else Fault.RESIDENT_CHECK_DIGIT


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


def birth_date(number: str) -> date | None:
    """Return the birth date in a tidied 18-digit number, or nothing where there is none."""
    return _birth_date(number) if len(number) == LENGTH and _FORM.fullmatch(number) else None


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


def sex_of(number: str) -> Sex | None:
    """Return the sex in a tidied 18-digit number: the 17th digit is odd for men."""
    if len(number) != LENGTH or not _FORM.fullmatch(number):
        return None
    return Sex.MALE if int(number[16]) % 2 else Sex.FEMALE


def sexes(numbers: pl.Series) -> pl.Series:
    """Return the sexes in a tidied column as codes of GB/T 2261.1; null where there is none."""
    formed = _formed(numbers.cast(pl.String))
    found = np.zeros(len(numbers), np.int8)
    found[formed.rows] = np.where(formed.digits[16] % 2, Sex.MALE, Sex.FEMALE)
    return pl.Series(numbers.name, found).replace(0, None)


def modernised(old_number: str) -> str | None:
    """
    Return the 18 digits that replaced a 15-digit number, or nothing where it is none.

    The century is 19: numbers of 15 digits were given out until 1999 (国务院 1999 年决定).
    It is a guess to offer, never one to store unseen: some people were given another number.
    """
    if not _OLD_FORM.fullmatch(old_number):
        return None
    first = f"{old_number[:6]}19{old_number[6:]}"
    number = first + resident_check_digit(first)
    return number if _birth_date(number) else None


def _birth_date(number: str) -> date | None:
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def _as_number(day: date) -> int:
    return day.year * _YEARS + day.month * 100 + day.day


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
    born = year * _YEARS + month * 100 + day
    remainders = sum(
        (digits[place].astype(np.int16) * weight for place, weight in enumerate(_WEIGHTS)),
        np.zeros(digits.shape[1], np.int16),
    )
    is_checked = (digits[17] + remainders) % 11 == 1
    is_lost = (digits[15] == 0) & (digits[16] == 0) & (digits[17] == 0)
    region = np.minimum(digits[0] * 10 + digits[1], 99)
    # np.select takes the first that holds: the order of ``resident_id_fault``.
    cases = (
        (~_IS_PROVINCE[region], Fault.RESIDENT_REGION),
        (~_is_day(year, month, day), Fault.RESIDENT_BIRTH_DAY),
        (born < _as_number(on) - _OLDEST_AGE * _YEARS, Fault.RESIDENT_BORN_TOO_EARLY),
        (born > _as_number(on), Fault.RESIDENT_BORN_IN_FUTURE),
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
