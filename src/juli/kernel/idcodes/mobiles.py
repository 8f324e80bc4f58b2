"""Mobile numbers of the mainland (手机号): 11 digits from 13 to 19."""

import re

from juli.kernel.idcodes.faults import Fault
from juli.kernel.idcodes.tidying import is_scientific, tidy_code

LENGTH = 11
COUNTRY_CODE = r"^(?:\+|00)?86(1[3-9][0-9]{9})$"
_DIGITS = re.compile(r"[0-9]+")
# With its area code, or eight digits without one.
_LANDLINE = re.compile(r"0[1-9][0-9]{8,10}|[2-8][0-9]{6,7}")
_PREFIX = re.compile(r"1[3-9]")
_COUNTRY_CODE_PATTERN = re.compile(COUNTRY_CODE)


def tidy_mobile(text: str) -> str:
    """Return a mobile number as it is checked, digested and stored, without +86."""
    return _COUNTRY_CODE_PATTERN.sub(r"\1", _without_brackets(tidy_code(text)))


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


def _without_brackets(number: str) -> str:
    return number.replace("(", "").replace(")", "")
