"""Citizen identification numbers, GB 11643-1999 (公民身份号码)."""

import re
from datetime import date
from enum import IntEnum

from juli.kernel.idcodes.faults import Fault
from juli.kernel.idcodes.tidying import is_scientific

LENGTH = 18
# GB/T 2260: the provinces. 81, 82 and 83 stand on the residence permits of Hong Kong, Macau and
# Taiwan residents, whose numbers follow the same standard (港澳台居民居住证申领发放办法第五条).
_PROVINCE_RANGES = ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83))
PROVINCES = frozenset(code for first, last in _PROVINCE_RANGES for code in range(first, last + 1))
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
OLDEST_AGE = 130
YEARS = 10_000  # one year in a day written as the number YYYYMMDD
_FORM = re.compile(r"[0-9]+X?")
_OLD_FORM = re.compile(r"[0-9]{15}")


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
    weighed = zip(first_seventeen, WEIGHTS, strict=True)
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
    if as_number(born) < as_number(on) - OLDEST_AGE * YEARS:
        return Fault.RESIDENT_BORN_TOO_EARLY
    if born > on:
        return Fault.RESIDENT_BORN_IN_FUTURE
    if resident_check_digit(number[:17]) == number[17]:
        return Fault.NONE
    return Fault.RESIDENT_DIGITS_LOST if number.endswith("000") else Fault.RESIDENT_CHECK_DIGIT


def birth_date(number: str) -> date | None:
    """Return the birth date in a tidied 18-digit number, or nothing where there is none."""
    return _birth_date(number) if len(number) == LENGTH and _FORM.fullmatch(number) else None


def sex_of(number: str) -> Sex | None:
    """Return the sex in a tidied 18-digit number: the 17th digit is odd for men."""
    if len(number) != LENGTH or not _FORM.fullmatch(number):
        return None
    return Sex.MALE if int(number[16]) % 2 else Sex.FEMALE


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


def as_number(day: date) -> int:
    return day.year * YEARS + day.month * 100 + day.day
