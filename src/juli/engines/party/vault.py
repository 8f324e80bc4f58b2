"""
What is sealed of a person, and how: the house's keys, the three columns of a value, its opening.

Every sealed value stands in three columns: the ciphertext, a blind index for exact look-up and
the masked form that lists show (docs/adr/0012).
"""

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from django.conf import settings

from juli.engines.party.models import Person
from juli.engines.party.refusals import DocumentFaulty, MobileFaulty, worded
from juli.kernel.crypto import Vault
from juli.kernel.idcodes import (
    Fault,
    mobile_fault,
    tidy_code,
    tidy_mobile,
)
from juli.kernel.text import mask_account, mask_document, mask_mobile


class Sealed(StrEnum):
    """The sealed values of a person; each is the prefix of its three columns (加密字段)."""

    DOCUMENT = "document"
    MOBILE = "mobile"
    BANK = "bank"

    @property
    def label(self) -> str:
        """The Chinese name."""
        return {"document": "证件号码", "mobile": "手机号码", "bank": "银行账号"}[self.value]

    @property
    def context(self) -> str:
        """The field's name that is authenticated with the ciphertext."""
        return f"person.{self.value}"


@dataclass(frozen=True, slots=True)
class SealedValue:
    """The values of the three columns (加密值)."""

    sealed: bytes | None = field(default=None, repr=False)
    digest: bytes | None = field(default=None, repr=False)
    shown: str = ""


NOTHING = SealedValue()


@cache
def vault() -> Vault:
    """Return the vault of this house's keys."""
    found = settings.VAULT_KEYS
    if found is None:
        raise RuntimeError("the house has no keys yet: run juli init")
    return Vault.from_hex(current=found.crypto_key_id, keys=found.sm4_keys, index_key=found.index_key)


def sealed_document(number: str) -> SealedValue:
    """
    Return the columns of an identity document's number, which was checked before.

    The index is taken of the number alone, so that a person entered under the wrong kind of
    document is still found.

    :raises DocumentFaulty: no number was given.
    """
    tidied = tidy_code(number)
    if not tidied:
        raise DocumentFaulty(fault=worded(Fault.EMPTY))
    return _sealed(Sealed.DOCUMENT, tidied, shown=mask_document(tidied))


def sealed_mobile(number: str) -> SealedValue:
    """
    Return the columns of a mobile number; of none, empty ones.

    :raises MobileFaulty: it is no mobile number.
    """
    tidied = tidy_mobile(number)
    if not tidied:
        return NOTHING
    if fault := mobile_fault(tidied):
        raise MobileFaulty(fault=worded(fault))
    return _sealed(Sealed.MOBILE, tidied, shown=mask_mobile(tidied))


def sealed_bank(number: str) -> SealedValue:
    """Return the columns of a bank account; of none, empty ones."""
    tidied = tidy_code(number)
    return _sealed(Sealed.BANK, tidied, shown=mask_account(tidied)) if tidied else NOTHING


def document_digest(number: str) -> bytes:
    """Return the blind index by which an identity document is looked up."""
    return vault().digest(tidy_code(number), context=Sealed.DOCUMENT.context)


def mobile_digest(number: str) -> bytes:
    """Return the blind index by which a mobile number is looked up."""
    return vault().digest(tidy_mobile(number), context=Sealed.MOBILE.context)


def opened(person: Person, value: Sealed) -> str:
    """
    Return a sealed value in plain, or an empty text where there is none.

    Whoever calls has asked for a reason and writes down that it was looked at.
    """
    sealed = getattr(person, f"{value}_sealed")
    return vault().open(sealed, context=value.context) if sealed else ""


def _sealed(value: Sealed, plain: str, *, shown: str) -> SealedValue:
    return SealedValue(
        sealed=vault().seal(plain, context=value.context),
        digest=vault().digest(plain, context=value.context),
        shown=shown,
    )
