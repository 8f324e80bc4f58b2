"""
The one way persons and employers get into their tables, and how their derived columns are kept.

Who may do so, and what is written down about it, is the business of the domain that calls.
"""

from collections.abc import Collection
from dataclasses import asdict
from datetime import date, datetime

from django.db import connection
from django.utils import timezone

from juli.engines.party import vault
from juli.engines.party.documents import checked_number, told_by
from juli.engines.party.models import Employer, EmployerFlag, HazardousPost, Headcount, Person
from juli.engines.party.particulars import Business, Contact, Identity, Particulars
from juli.engines.party.refusals import (
    BornContradictsDocument,
    CreditCodeFaulty,
    EmployerNameMissing,
    MigrantWithoutSource,
    NameMissing,
    SexContradictsDocument,
    worded,
)
from juli.engines.scope.models import OrgUnit
from juli.kernel.characters import visible
from juli.kernel.idcodes import tidy_code, uscc_fault
from juli.kernel.text import bigrams, full_pinyin, initials, normalise_name

_DOCUMENT_LOCK = 0x44_4F_43  # a key space of advisory locks for identity documents


def lock_document(number: str) -> None:
    """Wait until nobody else is entering the person with this document; ends with the transaction."""
    key = int.from_bytes(vault.document_digest(number)[:4], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_DOCUMENT_LOCK, key])


def identified(person: Person, identity: Identity, *, on: date) -> None:
    """
    Put who somebody is into a row, with everything that is derived from name and number.

    :raises NameMissing: there is no name.
    :raises DocumentFaulty: the number cannot be right.
    :raises SexContradictsDocument: the number states the other sex.
    :raises BornContradictsDocument: the number states another day of birth.
    """
    kind = Person.Document(identity.document_kind)
    number = checked_number(kind, identity.document_number, on=on)
    told = told_by(kind, number)
    if told.sex and identity.sex in (Person.Sex.MALE, Person.Sex.FEMALE) and identity.sex != told.sex:
        raise SexContradictsDocument
    if told.born_on and identity.born_on and identity.born_on != told.born_on:
        raise BornContradictsDocument
    named(person, identity.name)
    person.document_kind = kind
    person.sex = told.sex or identity.sex or Person.Sex.UNSTATED
    person.born_on = told.born_on or identity.born_on
    _put(person, vault.Sealed.DOCUMENT, vault.sealed_document(number))


def named(person: Person, name: str) -> None:
    """
    Put a name into a row, with the columns by which it is found.

    :raises NameMissing: there is no name.
    """
    person.name = normalise_name(name)
    if not person.name:
        raise NameMissing
    person.name_bigrams = bigrams(person.name)
    person.name_initials = initials(person.name)
    person.name_pinyin = full_pinyin(person.name)


def reached(person: Person, contact: Contact) -> None:
    """
    Put mobile and bank account into a row.

    :raises MobileFaulty: it is no mobile number.
    """
    if contact.mobile is not None:
        _put(person, vault.Sealed.MOBILE, vault.sealed_mobile(contact.mobile))
    if contact.bank_account is not None:
        _put(person, vault.Sealed.BANK, vault.sealed_bank(contact.bank_account))


def described(person: Person, particulars: Particulars) -> None:
    """
    Put particulars into a row.

    :raises MigrantWithoutSource: nobody is a migrant worker, or none, without a source and a day.
    """
    is_stated = particulars.is_migrant_worker is not None
    if is_stated and not (particulars.migrant_source and particulars.migrant_as_of):
        raise MigrantWithoutSource
    for column, value in asdict(particulars).items():
        setattr(person, column, value)


def register_person(
    identity: Identity,
    contact: Contact,
    particulars: Particulars,
    *,
    org_unit: OrgUnit,
    source: str,
    at: datetime,
) -> Person:
    """
    Enter a person at a unit; the caller holds the lock of the document and knows that it is new.

    :raises Refusal: as ``identified``, ``reached`` and ``described`` do.
    """
    day = timezone.localdate(at)
    person = Person(org_unit=org_unit, path=org_unit.path, source=source, registered_on=day, updated_at=at)
    identified(person, identity, on=day)
    reached(person, contact)
    described(person, particulars)
    person.save(force_insert=True)
    return person


def checked_credit_code(uscc: str) -> str:
    """
    Return a unified social credit code tidied for keeping.

    :raises CreditCodeFaulty: it cannot be right; the sentence says why.
    """
    tidied = tidy_code(uscc)
    if fault := uscc_fault(tidied):
        raise CreditCodeFaulty(fault=worded(fault))
    return tidied


def engaged(employer: Employer, business: Business) -> None:
    """
    Put what is known of an employer into a row, with the columns by which it is found.

    :raises EmployerNameMissing: there is no name.
    """
    for column, value in asdict(business).items():
        setattr(employer, column, value)
    # As on its licence, brackets included: only persons' names are written one way.
    employer.name = visible(business.name)
    if not employer.name:
        raise EmployerNameMissing
    employer.name_bigrams = bigrams(employer.name)
    employer.name_initials = initials(employer.name)[:120]


def register_employer(
    uscc: str, business: Business, *, territory: OrgUnit, source: str, at: datetime
) -> Employer:
    """
    Enter an employer in a territory; the caller knows that its code is new.

    :raises CreditCodeFaulty: the code cannot be right.
    :raises EmployerNameMissing: there is no name.
    """
    employer = Employer(
        uscc=checked_credit_code(uscc), territory=territory, org_unit=territory, path=territory.path,
        source=source, registered_on=timezone.localdate(at), updated_at=at,
    )  # fmt: skip
    engaged(employer, business)
    employer.save(force_insert=True)
    return employer


def place_employers(numbers: Collection[int], *, at_unit: OrgUnit, at: datetime) -> None:
    """Put employers, with their headcounts, marks and hazardous posts, at another unit of the tree."""
    place = {"org_unit": at_unit, "path": at_unit.path}
    Employer.objects.filter(pk__in=numbers).update(**place, updated_at=at)
    for model in (Headcount, EmployerFlag, HazardousPost):
        model._default_manager.filter(employer_id__in=numbers).update(**place)


def _put(person: Person, value: vault.Sealed, columns: vault.SealedValue) -> None:
    setattr(person, f"{value}_sealed", columns.sealed)
    setattr(person, f"{value}_digest", columns.digest)
    setattr(person, f"{value}_shown", columns.shown)
