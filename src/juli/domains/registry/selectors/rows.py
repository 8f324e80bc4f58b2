"""One line of each list, as values: nothing in them can ask the database again."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class UnionRow:
    """A union in a list (工会列表行)."""

    id: int
    org_unit_id: int
    name: str
    code: str
    level: str
    level_label: str
    form_label: str
    employer_class: str
    approved_on: date
    ended_on: date | None
    members: int
    employers: int
    term_expires_on: date | None

    @property
    def is_in_force(self) -> bool:
        return self.ended_on is None


@dataclass(frozen=True, slots=True)
class MemberRow:
    """
    A membership in a list (会员列表行).

    The name is empty where the person has moved out of reach since.
    """

    id: int
    person_id: int
    number: str
    name: str
    sex_label: str
    document_shown: str
    mobile_shown: str
    verification: str
    verification_label: str
    is_migrant_worker: bool | None
    union_id: int | None
    union_name: str
    employer_id: int | None
    employer_name: str
    standing: str
    standing_label: str
    joined_on: date
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class EmployerRow:
    """An employer in a list (单位列表行)."""

    id: int
    name: str
    uscc: str
    ownership: str
    ownership_label: str
    industry: str
    business: str
    business_label: str
    territory_name: str
    union_id: int | None
    union_name: str
    employees: int | None
    counted_on: date | None
    members: int
