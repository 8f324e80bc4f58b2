"""Names and numbers that stand beside the rows of a page, each asked once for all of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from django.db.models import Count, Max, Q

from juli.domains.registry.models import Coverage, Membership, Term, Union
from juli.engines.party.models import Employer, Headcount, Person
from juli.engines.scope.models import OrgUnit


@dataclass(frozen=True, slots=True)
class Named:
    """A record by its number and name (名称)."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Counted:
    """How many people worked somewhere on a day (人数)."""

    employees: int
    counted_on: date


def in_force(day: date) -> Q:
    """Return the condition that a dated row holds on a day."""
    return Q(valid_from__lte=day) & (Q(valid_until__isnull=True) | Q(valid_until__gt=day))


def unions_at(units: Iterable[int]) -> dict[int, Named]:
    """Return the unions within reach at these units, by unit."""
    rows = Union.objects.filter(org_unit_id__in=set(units)).values_list("org_unit_id", "pk", "name")
    return {unit: Named(number, name) for unit, number, name in rows}


def unit_names(units: Iterable[int]) -> dict[int, str]:
    """Return the names of units within reach."""
    return dict(OrgUnit.objects.filter(pk__in=set(units)).values_list("pk", "name"))


def employer_names(numbers: Iterable[int | None]) -> dict[int, str]:
    """Return the names of employers within reach."""
    wanted = {number for number in numbers if number is not None}
    return dict(Employer.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}


SEXES: Final[Mapping[str, str]] = dict(Person.Sex.choices)
VERIFICATIONS: Final[Mapping[str, str]] = dict(Person.Verification.choices)


class Shown(NamedTuple):
    """What lists show of a person: no sealed value leaves the table for a list (自然人列表值)."""

    pk: int
    name: str
    sex: str
    document_shown: str
    mobile_shown: str
    verification: str
    is_migrant_worker: bool | None

    @property
    def sex_label(self) -> str:
        return SEXES[self.sex]

    @property
    def verification_label(self) -> str:
        return VERIFICATIONS[self.verification]


def persons(numbers: Iterable[int]) -> dict[int, Shown]:
    """Return what lists show of the persons within reach."""
    rows = Person.objects.filter(pk__in=set(numbers)).values_list(*Shown._fields)
    return {row[0]: Shown(*row) for row in rows}


def members_at(paths: Iterable[str], *, on: date) -> dict[str, int]:
    """
    Return how many memberships are in force at each unit itself on a day, by the unit's path.

    By path and not by unit: the index that begins with the path answers without a look at the rows.
    """
    rows = Membership.objects.filter(in_force(on), path__in=set(paths))
    return dict(rows.values_list("path").annotate(members=Count("*")).order_by())


def members_of_employers(numbers: Iterable[int], *, on: date) -> dict[int, int]:
    """Return how many members in force on a day work for each employer."""
    rows = Membership.objects.filter(in_force(on), employer_id__in=set(numbers))
    counts = rows.values_list("employer_id").annotate(members=Count("pk")).order_by()
    return {number: members for number, members in counts if number is not None}


def employers_of_units(units: Iterable[int], *, on: date) -> dict[int, int]:
    """Return how many employers the union of each unit covers on a day."""
    rows = Coverage.objects.filter(in_force(on), org_unit_id__in=set(units))
    return dict(rows.values_list("org_unit_id").annotate(employers=Count("pk")).order_by())


def terms_of_unions(numbers: Iterable[int]) -> dict[int, date]:
    """Return the day on which the last term of each union is over."""
    rows = Term.objects.filter(union_id__in=set(numbers))
    return dict(rows.values_list("union_id").annotate(last=Max("expires_on")).order_by())


def unions_of_employers(numbers: Iterable[int], *, on: date) -> dict[int, Named]:
    """Return the union that covers each employer on a day."""
    rows = Coverage.objects.filter(in_force(on), employer_id__in=set(numbers))
    found = rows.values_list("employer_id", "union_id", "union__name").order_by("valid_from", "pk")
    return {employer: Named(union, name) for employer, union, name in found}


def headcounts(numbers: Iterable[int], *, on: date) -> dict[int, Counted]:
    """Return the last headcount of each employer up to a day."""
    rows = Headcount.objects.filter(employer_id__in=set(numbers), counted_on__lte=on)
    latest = rows.order_by("employer_id", "-counted_on", "-pk").distinct("employer_id")
    found = latest.values_list("employer_id", "employees", "counted_on")
    return {employer: Counted(employees, day) for employer, employees, day in found}
