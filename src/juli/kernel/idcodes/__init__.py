"""Numbers that the state gives to people and bodies, and how to check them (证件号码与代码)."""

from importlib import import_module
from typing import TYPE_CHECKING

from juli.kernel.idcodes.documents import DocumentKind, Verdict, check_document, document_kind, guess_kind
from juli.kernel.idcodes.faults import Fault
from juli.kernel.idcodes.mobiles import mobile_fault, tidy_mobile
from juli.kernel.idcodes.resident import (
    Sex,
    birth_date,
    modernised,
    resident_check_digit,
    resident_id_fault,
    sex_of,
)
from juli.kernel.idcodes.tidying import tidied_code, tidy_code
from juli.kernel.idcodes.uscc import is_union_legal_person, uscc_check_character, uscc_fault

if TYPE_CHECKING:
    from juli.kernel.idcodes.documents_columns import document_faults, guess_kinds
    from juli.kernel.idcodes.mobiles_columns import mobile_faults, tidied_mobile
    from juli.kernel.idcodes.resident_columns import birth_dates, resident_id_faults, sexes
    from juli.kernel.idcodes.uscc_columns import uscc_faults

__all__ = [
    "DocumentKind",
    "Fault",
    "Sex",
    "Verdict",
    "birth_date",
    "birth_dates",
    "check_document",
    "document_faults",
    "document_kind",
    "guess_kind",
    "guess_kinds",
    "is_union_legal_person",
    "mobile_fault",
    "mobile_faults",
    "modernised",
    "resident_check_digit",
    "resident_id_fault",
    "resident_id_faults",
    "sex_of",
    "sexes",
    "tidied_code",
    "tidied_mobile",
    "tidy_code",
    "tidy_mobile",
    "uscc_check_character",
    "uscc_fault",
    "uscc_faults",
]

# What works on whole columns brings Polars and NumPy along: half a second that no page needs.
_COLUMNS = {
    "document_faults": "juli.kernel.idcodes.documents_columns",
    "guess_kinds": "juli.kernel.idcodes.documents_columns",
    "mobile_faults": "juli.kernel.idcodes.mobiles_columns",
    "tidied_mobile": "juli.kernel.idcodes.mobiles_columns",
    "birth_dates": "juli.kernel.idcodes.resident_columns",
    "resident_id_faults": "juli.kernel.idcodes.resident_columns",
    "sexes": "juli.kernel.idcodes.resident_columns",
    "uscc_faults": "juli.kernel.idcodes.uscc_columns",
}


def __getattr__(name: str) -> object:
    if name not in _COLUMNS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_COLUMNS[name]), name)
