"""
One box that finds persons, unions and employers (检索).

What is typed decides where to look: Chinese characters in names, Latin letters in pinyin, digits in
numbers. Identity numbers and mobiles are found by their blind index and only whole.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db import connection
from django.db.models import Q

from juli.domains.registry.models import Membership, Union
from juli.domains.registry.permissions import Permission
from juli.domains.registry.rules.numbers import is_member_number
from juli.domains.registry.selectors import employers, labelling, unions
from juli.domains.registry.selectors.rows import EmployerRow, UnionRow
from juli.engines.party import vault
from juli.engines.party.models import Employer, Person
from juli.kernel.actor import Actor
from juli.kernel.idcodes import Fault, guess_kind, mobile_fault, tidy_code, tidy_mobile, uscc_fault
from juli.kernel.text import fold_query, query_bigrams

MOST_SHOWN = 20
# So many of a common name are looked at before the best are shown.
MOST_WEIGHED = 200
_LATIN = re.compile(r"[a-z]{2,}")
_DIGITS = re.compile(r"[0-9]{4,32}")


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
class Findings:
    """
    What a search found, the best first (检索结果).

    A tuple of ``MOST_SHOWN`` means that there may be more. ``is_too_short`` says that nothing was
    looked for because too little was typed.
    """

    query: str
    persons: tuple[PersonHit, ...] = ()
    unions: tuple[UnionRow, ...] = ()
    employers: tuple[EmployerRow, ...] = ()
    is_too_short: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.persons or self.unions or self.employers)


@dataclass(frozen=True, slots=True)
class _Sought:
    """What to look for in each register; None where looking would be in vain."""

    persons: Q | None
    unions: Q | None
    employers: Q | None


def find(query: str, *, actor: Actor, on: date) -> Findings:
    """Return the persons, unions and employers that the actor may see and that match a query."""
    text = fold_query(query)
    sought = _sought(text, code=tidy_code(query), mobile=tidy_mobile(query))
    if sought is None:
        return Findings(query=query, is_too_short=len(text) < 2)
    return Findings(
        query=query,
        persons=_persons(sought.persons, text=text, actor=actor, on=on),
        unions=_unions(sought.unions, text=text, actor=actor, on=on),
        employers=_employers(sought.employers, text=text, actor=actor, on=on),
    )


def _sought(text: str, *, code: str, mobile: str) -> _Sought | None:
    if _LATIN.fullmatch(text):
        return _Sought(_persons_spelt(text), _initials(text), _initials(text))
    if query_bigrams(text) and not code.isascii():
        return _Sought(
            _named("party_persons_named", text),
            _named("registry_unions_named", text),
            _named("party_employers_named", text),
        )
    return _looked_up(code, mobile)


def _looked_up(code: str, mobile: str) -> _Sought | None:
    """Return where a number or code may stand: it is looked up whole, never in parts."""
    persons, union, employer = Q(), Q(), Q()
    if guess_kind(code) is not None:
        persons |= Q(document_digest=vault.document_digest(code))
    if mobile_fault(mobile) is Fault.NONE:
        persons |= Q(mobile_digest=vault.mobile_digest(mobile))
    if is_member_number(code):
        holders = Membership.objects.filter(number=code, valid_until__isnull=True)
        persons |= Q(pk__in=list(holders.values_list("person_id", flat=True)[:1]))
    if uscc_fault(code) is Fault.NONE:
        employer |= Q(uscc=code)
        union |= Q(legal_uscc=code)
    if _DIGITS.fullmatch(code):
        union |= Q(code=code)
    if not (persons or union or employer):
        return None
    return _Sought(persons or None, union or None, employer or None)


def _named(function: str, text: str) -> Q:
    """Return the condition of a name that holds the text, by the function that looks behind the wall."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s::int[], %s)", [query_bigrams(text), MOST_WEIGHED])
        return Q(pk__in=[row[0] for row in cursor.fetchall()])


def _persons_spelt(text: str) -> Q:
    found = [*_first(_initials(text)), *_first(_prefix("name_pinyin", text))]
    return Q(pk__in=found)


def _initials(text: str) -> Q:
    return _prefix("name_initials", text)


def _first(condition: Q) -> list[int]:
    return list(Person.objects.filter(condition).values_list("pk", flat=True)[:MOST_WEIGHED])


def _prefix(column: str, text: str) -> Q:
    """Return the condition that a column begins with a text, as a range that an index serves."""
    return Q(**{f"{column}__gte": text, f"{column}__lt": text + "~"})


def _persons(condition: Q | None, *, text: str, actor: Actor, on: date) -> tuple[PersonHit, ...]:
    if condition is None:
        return ()
    within = Person.objects.within_reach_of(actor, Permission.SEE).filter(condition)
    columns = (*labelling.SHOWN, "born_on", "name_initials", "name_pinyin")
    weighed = list(within.only(*columns)[:MOST_WEIGHED])
    weighed.sort(key=lambda person: (_rank(_keys_of(person), text), len(person.name), person.pk))
    return _hits(weighed[:MOST_SHOWN], on=on)


def _keys_of(person: Person) -> tuple[str, ...]:
    return fold_query(person.name), person.name_pinyin, person.name_initials


def _rank(keys: Sequence[str], text: str) -> int:
    """Return how well a row matches: the whole, the beginning, or somewhere inside."""
    if text in keys:
        return 0
    return 1 if any(key.startswith(text) for key in keys) else 2


def _hits(persons: list[Person], *, on: date) -> tuple[PersonHit, ...]:
    held = Membership.objects.filter(labelling.in_force(on), person_id__in=[each.pk for each in persons])
    memberships = {each.person_id: each for each in held}
    places = labelling.unions_at(each.org_unit_id for each in memberships.values())
    names = labelling.employer_names(each.employer_id for each in memberships.values())
    return tuple(_hit(person, memberships.get(person.pk), places, names) for person in persons)


def _hit(
    person: Person, membership: Membership | None, places: dict[int, labelling.Named], names: dict[int, str]
) -> PersonHit:
    union = places.get(membership.org_unit_id) if membership else None
    employer_id = membership.employer_id if membership else None
    return PersonHit(
        person_id=person.pk,
        name=person.name,
        sex_label=person.get_sex_display(),
        born_on=person.born_on,
        document_shown=person.document_shown,
        mobile_shown=person.mobile_shown,
        member_number=membership.number if membership else "",
        standing_label=membership.get_standing_display() if membership else "",
        union_id=union.id if union else None,
        union_name=union.name if union else "",
        employer_id=employer_id,
        employer_name=names.get(employer_id or 0, ""),
    )


_Body = TypeVar("_Body", Union, Employer)


def _weighed(rows: list[_Body], *, text: str) -> list[_Body]:
    """Return the best rows, the best first."""
    rows.sort(key=lambda row: (_rank((fold_query(row.name), row.name_initials), text), len(row.name), row.pk))
    return rows[:MOST_SHOWN]


def _unions(condition: Q | None, *, text: str, actor: Actor, on: date) -> tuple[UnionRow, ...]:
    if condition is None:
        return ()
    within = Union.objects.within_reach_of(actor, Permission.SEE).filter(condition).defer("name_bigrams")
    return tuple(unions.rows_of(_weighed(list(within[:MOST_WEIGHED]), text=text), on=on))


def _employers(condition: Q | None, *, text: str, actor: Actor, on: date) -> tuple[EmployerRow, ...]:
    if condition is None:
        return ()
    within = Employer.objects.within_reach_of(actor, Permission.SEE).filter(condition).defer("name_bigrams")
    return tuple(employers.rows_of(_weighed(list(within[:MOST_WEIGHED]), text=text), on=on))
