"""What a search shows of persons, unions and employers: looked for and named in one statement."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any, Final, TypeAlias

from django.db import connection

from juli.domains.registry.models import Membership, Union
from juli.engines.party.models import Person
from juli.kernel.actor import PathRange
from juli.kernel.text import fold_query

MOST_SHOWN: Final = 20

Row: TypeAlias = list[Any]  # Any: as JSON gives it
Keep: TypeAlias = Callable[[Row], bool]
"""What is asked of a row."""


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
class Numbers:
    """Statements that yield the numbers of rows of one register, one after the other (候选编号)."""

    statements: tuple[str, ...] = ()
    parameters: tuple[int | str | bytes | list[int], ...] = ()

    def and_(self, statement: str, *parameters: int | str | bytes | list[int]) -> "Numbers":
        """Return the same with one more statement."""
        return Numbers((*self.statements, statement), (*self.parameters, *parameters))

    @property
    def sql(self) -> str:
        """The numbers as an array."""
        wanted = " UNION ALL ".join(f"({each})" for each in self.statements)
        return f"ARRAY({wanted})" if wanted else "ARRAY[]::bigint[]"


NOWHERE: Final = Numbers()


@dataclass(frozen=True, slots=True)
class Hits:
    """All that was found, ready to be shown (检索结果)."""

    persons: tuple[PersonHit, ...]
    unions: tuple[UnionHit, ...]
    employers: tuple[EmployerHit, ...]


def hits_of(
    persons: Numbers, unions: Numbers, employers: Numbers, *, text: str, within: Iterable[PathRange],
    on: date, person: Keep | None = None, body: Keep | None = None,
) -> Hits:  # fmt: skip
    """
    Return the best of these rows that lie within some ranges, by the text that was looked for.

    ``person`` and ``body`` say which rows are meant, where the numbers alone do not.

    ``registry_hits`` looks with the rights of the actor and names what it finds: one question for all
    three registers, whose plan the database keeps.
    """
    bounds = list(chain.from_iterable((each.lo, each.hi) for each in within))
    sql = f"SELECT * FROM registry_hits({persons.sql}, {unions.sql}, {employers.sql}, %s::text[], %s)"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [*persons.parameters, *unions.parameters, *employers.parameters, bounds, on])
        found = cursor.fetchone()

    def is_ended(row: Row) -> bool:
        return row[5] is not None and date.fromisoformat(row[5]) <= on

    return Hits(
        persons=tuple(
            _person(row)
            for row in _best(found[0], text=text, keys=(1, 2, 3), ended=_is_no_member, keep=person)
        ),
        unions=tuple(
            _union(row, on=on)
            for row in _best(found[1], text=text, keys=(1, 2, 3), ended=is_ended, keep=body)
        ),
        employers=tuple(
            _employer(row) for row in _best(found[2], text=text, keys=(1, 2, 3), ended=_never, keep=body)
        ),
    )


def _best(
    found: str | None, *, text: str, keys: tuple[int, ...], ended: Keep, keep: Keep | None
) -> list[Row]:
    """
    Return the best rows, the best first: the whole, then the beginning, then somewhere inside.

    Of equals, what is in force stands before what has ended. ``keys`` are the places of a row at which
    the text may stand.
    """
    rows: list[Row] = json.loads(found) if found else []
    meant = [row for row in rows if keep(row)] if keep else rows

    def order(row: Row) -> tuple[int, bool, int, int]:
        said = [fold_query(row[key] or "") for key in keys]
        return _rank(said, text), ended(row), len(row[1]), row[0]

    return sorted(_once(meant), key=order)[:MOST_SHOWN]


def _once(rows: Sequence[Row]) -> list[Row]:
    return list({row[0]: row for row in rows}.values())


def _is_no_member(row: Row) -> bool:
    return row[8] is None


def _never(_row: Row) -> bool:
    return False


def _rank(keys: Sequence[str], text: str) -> int:
    if text in keys:
        return 0
    if any(key.startswith(text) for key in keys):
        return 1
    return 2 if any(text in key for key in keys) else 3


def _person(row: Row) -> PersonHit:
    (number, name, _, _, sex, born_on, document, mobile, member_number, standing, union_id, union_name,
     employer_id, employer_name) = row  # fmt: skip
    return PersonHit(
        person_id=number,
        name=name,
        sex_label=Person.Sex(sex).label,
        born_on=date.fromisoformat(born_on) if born_on else None,
        document_shown=document,
        mobile_shown=mobile,
        member_number=member_number or "",
        standing_label=Membership.Standing(standing).label if standing else "",
        union_id=union_id,
        union_name=union_name or "",
        employer_id=employer_id,
        employer_name=employer_name or "",
    )


def _union(row: Row, *, on: date) -> UnionHit:
    number, name, _, code, level, ended_on, employers = row
    is_in_force = ended_on is None or date.fromisoformat(ended_on) > on
    return UnionHit(number, name, code, Union.Level(level).label, employers, is_in_force)


def _employer(row: Row) -> EmployerHit:
    # An employer stands at the union that covers it, else in its territory.
    number, name, _, uscc, territory_name, union_id, union_name = row
    return EmployerHit(
        id=number,
        name=name,
        uscc=uscc,
        territory_name=territory_name or "",
        union_id=union_id,
        union_name=union_name or "",
    )
