"""What is told of a person or an employer when they are entered or corrected: values, no rows."""

from dataclasses import dataclass, field
from datetime import date

from juli.engines.party.models import Employer, Person


@dataclass(frozen=True, slots=True)
class Particulars:
    """What is known of a person besides who they are (个人情况)."""

    household: Person.Household = Person.Household.UNSTATED
    is_migrant_worker: bool | None = None
    migrant_source: str = ""
    migrant_as_of: date | None = None
    education: Person.Education = Person.Education.UNSTATED
    skill: Person.Skill = Person.Skill.UNSTATED
    employment: Person.Employment = Person.Employment.UNSTATED
    is_party_member: bool | None = None
    party_source: str = ""
    is_model_worker: bool | None = None
    model_source: str = ""


@dataclass(frozen=True, slots=True)
class Identity:
    """
    Who somebody is, by their document (身份).

    Sex and day of birth may be left out where the number states them.
    """

    name: str
    document_number: str = field(repr=False)
    document_kind: Person.Document = Person.Document.RESIDENT
    sex: Person.Sex | None = None
    born_on: date | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """
    How to reach and to pay a person (联系方式与账号).

    An empty value is taken off the record; None leaves what stands there.
    """

    mobile: str | None = field(default="", repr=False)
    bank_account: str | None = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Business:
    """What is known of an employer besides its code (单位情况)."""

    name: str
    ownership: Employer.Ownership
    industry: str = ""
    address: str = ""
    business: Employer.Business = Employer.Business.OPERATING
    business_as_of: date | None = None


NOTHING_TOLD = Particulars()
NO_CONTACT = Contact()
