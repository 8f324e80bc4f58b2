"""What a search shows of the persons, unions and employers it found, named with few questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from juli.domains.registry.models import Membership, Union
from juli.domains.registry.selectors import labelling
from juli.engines.party.models import Employer, Person


@dataclass(frozen=True, slots=True)
class PersonHit:
    """A person whom a search found, with their union of the day (检索到的人)."""

    person_id: int
    name: str
    sex_label: str
    born_on: date | None
    document_shown: str
    mobile_shown: str
    member_number: str
    standing_label: str
    union_id: int | None
    union_name: str
    employer_id: int | None
    employer_name: str


@dataclass(frozen=True, slots=True)
class UnionHit:
    """A union that a search found, with how many employers it covers (检索到的工会)."""

    id: int
    name: str
    code: str
    level_label: str
    employers: int
    is_in_force: bool


@dataclass(frozen=True, slots=True)
class EmployerHit:
    """An employer that a search found, with the union that covers it today (检索到的单位)."""

    id: int
    name: str
    uscc: str
    territory_name: str
    union_id: int | None
    union_name: str


@dataclass(frozen=True, slots=True)
class _Held:
    """What is told of a membership in force."""

    number: str
    standing: str
    org_unit_id: int
    employer_id: int | None
    employer_name: str


@dataclass(frozen=True, slots=True)
class Hits:
    """All that was found, ready to be shown (检索结果)."""

    persons: tuple[PersonHit, ...]
    unions: tuple[UnionHit, ...]
    employers: tuple[EmployerHit, ...]


def hits_of(
    persons: Sequence[Person], unions: Sequence[Union], employers: Sequence[Employer], *, on: date
) -> Hits:
    """Return rows as hits; the unions of all of them are asked for at once."""
    held = _held([person.pk for person in persons], on=on)
    units = {each.org_unit_id for each in held.values()}
    units |= {unit for employer in employers for unit in (employer.org_unit_id, employer.territory_id)}
    places = labelling.unions_at(units) if units else {}
    covered = labelling.employers_of_units((union.org_unit_id for union in unions), on=on) if unions else {}
    return Hits(
        persons=tuple(_person(each, held.get(each.pk), places) for each in persons),
        unions=tuple(_union(each, covered.get(each.org_unit_id, 0), on=on) for each in unions),
        employers=tuple(_employer(each, places) for each in employers),
    )


def _held(persons: list[int], *, on: date) -> dict[int, _Held]:
    if not persons:
        return {}
    rows = Membership.objects.filter(labelling.in_force(on), person_id__in=persons)
    columns = rows.values_list(
        "person_id", "number", "standing", "org_unit_id", "employer_id", "employer__name"
    )
    return {
        person: _Held(number, standing, unit, employer, name or "")
        for person, number, standing, unit, employer, name in columns
    }


def _person(person: Person, held: _Held | None, places: dict[int, labelling.Named]) -> PersonHit:
    union = places.get(held.org_unit_id) if held else None
    return PersonHit(
        person_id=person.pk,
        name=person.name,
        sex_label=person.get_sex_display(),
        born_on=person.born_on,
        document_shown=person.document_shown,
        mobile_shown=person.mobile_shown,
        member_number=held.number if held else "",
        standing_label=Membership.Standing(held.standing).label if held else "",
        union_id=union.id if union else None,
        union_name=union.name if union else "",
        employer_id=held.employer_id if held else None,
        employer_name=held.employer_name if held else "",
    )


def _union(union: Union, employers: int, *, on: date) -> UnionHit:
    is_in_force = union.ended_on is None or union.ended_on > on
    return UnionHit(union.pk, union.name, union.code, union.get_level_display(), employers, is_in_force)


def _employer(employer: Employer, places: dict[int, labelling.Named]) -> EmployerHit:
    # An employer stands at the union that covers it, else in its territory.
    is_covered = employer.org_unit_id != employer.territory_id
    union = places.get(employer.org_unit_id) if is_covered else None
    territory = places.get(employer.territory_id)
    return EmployerHit(
        id=employer.pk,
        name=employer.name,
        uscc=employer.uscc,
        territory_name=territory.name if territory else "",
        union_id=union.id if union else None,
        union_name=union.name if union else "",
    )
