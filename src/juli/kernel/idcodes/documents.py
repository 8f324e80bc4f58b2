"""The documents by which a person is known, and the numbers on them (证件)."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from juli.kernel.idcodes.faults import Fault
from juli.kernel.idcodes.resident import (
    birth_date,
    resident_check_digit,
    resident_id_fault,
)
from juli.kernel.idcodes.tidying import is_scientific, tidy_code


class DocumentKind(StrEnum):
    """The kinds of identity document a member may hold (证件类型)."""

    RESIDENT_ID = "resident_id"
    RESIDENCE_PERMIT = "residence_permit"
    HK_MACAU_PERMIT = "hk_macau_permit"
    TAIWAN_PERMIT = "taiwan_permit"
    PASSPORT = "passport"
    FOREIGN_PERMIT = "foreign_permit"

    @property
    def label(self) -> str:
        """The Chinese name."""
        return _LABELS[self]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of checking one document; ``number`` is tidied and is what to keep (核验结论)."""

    kind: DocumentKind
    number: str = field(repr=False)
    fault: Fault

    @property
    def is_good(self) -> bool:
        """Whether nothing was found wrong."""
        return self.fault is Fault.NONE

    @property
    def code(self) -> str:
        """The reason, for programs."""
        return self.fault.code

    @property
    def sentence(self) -> str:
        """What is wrong and how to mend it, for people; empty when nothing is wrong."""
        return self.fault.sentence


_LABELS = {
    DocumentKind.RESIDENT_ID: "居民身份证",
    DocumentKind.RESIDENCE_PERMIT: "港澳台居民居住证",
    DocumentKind.HK_MACAU_PERMIT: "港澳居民来往内地通行证",
    DocumentKind.TAIWAN_PERMIT: "台湾居民来往大陆通行证",
    DocumentKind.PASSPORT: "护照",
    DocumentKind.FOREIGN_PERMIT: "外国人永久居留身份证",
}
# What ledgers write; the numbers are those of GA/T 517-2004.
_ALIASES = {
    DocumentKind.RESIDENT_ID: ("身份证", "二代身份证", "第二代居民身份证", "111"),
    DocumentKind.RESIDENCE_PERMIT: ("港澳台居住证", "港澳居民居住证", "台湾居民居住证"),
    DocumentKind.HK_MACAU_PERMIT: ("回乡证", "港澳通行证", "港澳居民通行证", "516"),
    DocumentKind.TAIWAN_PERMIT: ("台胞证", "台湾通行证", "台湾居民通行证", "511"),
    DocumentKind.PASSPORT: ("普通护照", "外国护照", "中国护照", "414"),
    DocumentKind.FOREIGN_PERMIT: ("外国人永久居留证", "永久居留身份证", "五星卡", "553"),
}
_KINDS = {spelling: kind for kind in DocumentKind for spelling in (kind.value, kind.label, *_ALIASES[kind])}

_RESIDENCE_PREFIXES = ("810000", "820000", "830000")
_HK_MACAU = re.compile(r"[HM][0-9]{8}")
_HK_MACAU_OLD = re.compile(r"[HM][0-9]{10}")
_TAIWAN = re.compile(r"[0-9]{8}")
_PASSPORT = re.compile(r"(?=[A-Z]*[0-9])[0-9A-Z]{5,15}")
_FOREIGN_OLD = re.compile(r"[A-Z]{3}[0-9]{12}")
_FOREIGN_NEW = re.compile(r"9[0-9]{16}[0-9X]")
_RESIDENT_LIKE = re.compile(r"[0-9]{15}|[0-9]{17}[0-9X]")


def document_kind(text: str) -> DocumentKind | None:
    """Return the kind that a ledger means by a code, a label or a usual word for it."""
    return _KINDS.get(text.strip())


def guess_kind(number: str) -> DocumentKind | None:
    """Return the kind that a tidied number looks like, or nothing where it looks like none."""
    if _FOREIGN_NEW.fullmatch(number) or _FOREIGN_OLD.fullmatch(number):
        return DocumentKind.FOREIGN_PERMIT
    if _RESIDENT_LIKE.fullmatch(number):
        is_permit = number.startswith(_RESIDENCE_PREFIXES)
        return DocumentKind.RESIDENCE_PERMIT if is_permit else DocumentKind.RESIDENT_ID
    if _HK_MACAU.fullmatch(number) or _HK_MACAU_OLD.fullmatch(number):
        return DocumentKind.HK_MACAU_PERMIT
    if _TAIWAN.fullmatch(number):
        return DocumentKind.TAIWAN_PERMIT
    # A row of digits alone is more likely a damaged identity number than a passport.
    if _PASSPORT.fullmatch(number) and not number.isdigit():
        return DocumentKind.PASSPORT
    return None


def check_document(kind: DocumentKind, number: str, *, on: date) -> Verdict:
    """Return what comes of checking a number as it was typed against its kind, on a day."""
    tidied = tidy_code(number)
    return Verdict(kind, tidied, fault_of(kind, tidied, on))


def fault_of(kind: DocumentKind, number: str, on: date) -> Fault:
    return _CHECKS[kind](number, on) if number else Fault.EMPTY


def _resident_id(number: str, on: date) -> Fault:
    fault = resident_id_fault(number, on=on)
    if fault is Fault.NONE and number.startswith(("81", "82", "83")):
        return Fault.RESIDENT_IS_RESIDENCE_PERMIT
    return fault


def _residence_permit(number: str, on: date) -> Fault:
    fault = resident_id_fault(number, on=on)
    if fault is Fault.NONE and not number.startswith(_RESIDENCE_PREFIXES):
        return Fault.RESIDENCE_PERMIT_REGION
    return fault


def _hk_macau_permit(number: str, _on: date) -> Fault:
    if _HK_MACAU_OLD.fullmatch(number):
        return Fault.HK_MACAU_OLD_FORM
    return _formed(_HK_MACAU, number, Fault.HK_MACAU_FORM)


def _taiwan_permit(number: str, _on: date) -> Fault:
    return _formed(_TAIWAN, number, Fault.TAIWAN_FORM)


def _passport(number: str, _on: date) -> Fault:
    return _formed(_PASSPORT, number, Fault.PASSPORT_FORM)


def _foreign_permit(number: str, on: date) -> Fault:
    """Check the permit of 2023 (check digit as GB 11643) or the older one (form and date only)."""
    if _FOREIGN_OLD.fullmatch(number):
        birthday = number[7:13]
        is_born = any(_is_past(century + birthday, on) for century in ("19", "20"))
        return Fault.NONE if is_born else Fault.FOREIGN_PERMIT_BIRTH_DAY
    if fault := _formed(_FOREIGN_NEW, number, Fault.FOREIGN_PERMIT_FORM):
        return fault
    if not _is_past(number[6:14], on):
        return Fault.FOREIGN_PERMIT_BIRTH_DAY
    is_checked = resident_check_digit(number[:17]) == number[17]
    return Fault.NONE if is_checked else Fault.FOREIGN_PERMIT_CHECK_DIGIT


def _formed(form: re.Pattern[str], number: str, otherwise: Fault) -> Fault:
    if form.fullmatch(number):
        return Fault.NONE
    return Fault.DOCUMENT_SCIENTIFIC if is_scientific(number) else otherwise


def _is_past(birthday: str, on: date) -> bool:
    born = birth_date(f"000000{birthday}0000")
    return born is not None and born <= on


_CHECKS: dict[DocumentKind, Callable[[str, date], Fault]] = {
    DocumentKind.RESIDENT_ID: _resident_id,
    DocumentKind.RESIDENCE_PERMIT: _residence_permit,
    DocumentKind.HK_MACAU_PERMIT: _hk_macau_permit,
    DocumentKind.TAIWAN_PERMIT: _taiwan_permit,
    DocumentKind.PASSPORT: _passport,
    DocumentKind.FOREIGN_PERMIT: _foreign_permit,
}
