"""The register's kinds of document beside those that the kernel checks, and what a number tells."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from juli.engines.party.models import Person
from juli.engines.party.refusals import DocumentFaulty, worded
from juli.kernel.idcodes import DocumentKind, Sex, birth_date, check_document, sex_of

_KINDS: Final = {
    Person.Document.RESIDENT: DocumentKind.RESIDENT_ID,
    Person.Document.HMT_RESIDENCE: DocumentKind.RESIDENCE_PERMIT,
    Person.Document.HONGKONG_MACAU: DocumentKind.HK_MACAU_PERMIT,
    Person.Document.TAIWAN: DocumentKind.TAIWAN_PERMIT,
    Person.Document.FOREIGN_RESIDENCE: DocumentKind.FOREIGN_PERMIT,
    Person.Document.PASSPORT: DocumentKind.PASSPORT,
}
_DOCUMENTS: Final = {kind: document for document, kind in _KINDS.items()}
# Numbers after GB 11643 state sex and day of birth; nothing else is ever read from any number.
_TELLING: Final = (Person.Document.RESIDENT, Person.Document.HMT_RESIDENCE)


@dataclass(frozen=True, slots=True)
class Told:
    """What a document's number says of its holder (证件载明的信息)."""

    sex: Person.Sex | None = None
    born_on: date | None = None


def kind_of(document: Person.Document) -> DocumentKind:
    """Return the kind that the kernel checks for a kind of the register."""
    return _KINDS[Person.Document(document)]


def document_of(kind: DocumentKind) -> Person.Document:
    """Return the kind of the register for a kind of the kernel."""
    return _DOCUMENTS[kind]


def checked_number(document: Person.Document, number: str, *, on: date) -> str:
    """
    Return a number tidied for keeping.

    :raises DocumentFaulty: the number cannot be one of this kind; the sentence says why.
    """
    verdict = check_document(kind_of(document), number, on=on)
    if not verdict.is_good:
        raise DocumentFaulty(fault=worded(verdict.fault))
    return verdict.number


def told_by(document: Person.Document, number: str) -> Told:
    """Return what a checked number says of sex and birth; most kinds say nothing."""
    if document not in _TELLING:
        return Told()
    sex = Person.Sex.MALE if sex_of(number) is Sex.MALE else Person.Sex.FEMALE
    return Told(sex=sex, born_on=birth_date(number))
