"""Numbers that the state gives to people and bodies, and how to check them (证件号码与代码)."""

from juli.kernel.idcodes.documents import (
    DocumentKind,
    Verdict,
    check_document,
    document_faults,
    document_kind,
    guess_kind,
    guess_kinds,
)
from juli.kernel.idcodes.faults import Fault
from juli.kernel.idcodes.mobiles import (
    mobile_fault,
    mobile_faults,
    tidied_mobile,
    tidy_mobile,
)
from juli.kernel.idcodes.resident import (
    Sex,
    birth_date,
    birth_dates,
    modernised,
    resident_check_digit,
    resident_id_fault,
    resident_id_faults,
    sex_of,
    sexes,
)
from juli.kernel.idcodes.tidying import tidied_code, tidy_code
from juli.kernel.idcodes.uscc import (
    is_union_legal_person,
    uscc_check_character,
    uscc_fault,
    uscc_faults,
)

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
