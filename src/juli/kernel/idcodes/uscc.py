"""Unified social credit codes, GB 32100-2015 (统一社会信用代码)."""

import re

from juli.kernel.idcodes.faults import Fault
from juli.kernel.idcodes.tidying import is_scientific

LENGTH = 18
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_FORM = re.compile(f"[{ALPHABET}]+")
_REGISTRATION_NUMBER = re.compile(r"[0-9]{15}")
_ORGANISATION_CODE = re.compile(r"[0-9A-Z]{8}[0-9X]")
_UNION_PREFIX = "81"


def uscc_check_character(first_seventeen: str) -> str:
    """Return the 18th character for the first 17 (GB 32100-2015, 5.5; GB/T 17710 MOD 31)."""
    weighed = zip(first_seventeen, WEIGHTS, strict=True)
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


def is_union_legal_person(code: str) -> bool:
    """Say whether a code belongs to a union with legal personality: they begin with 81."""
    return code.startswith(_UNION_PREFIX)
