"""
One box that finds persons, unions and employers (检索).

What is typed decides where to look: Chinese characters in names, Latin letters in pinyin, digits in
numbers. Identity numbers and mobiles are found by their blind index and only whole. Each register
is asked once: the rows that match as a whole come first, then some that match in part.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

from django.db.models import BooleanField, Q
from django.db.models.expressions import RawSQL

from juli.domains.registry.models import Membership, Union
from juli.domains.registry.permissions import Permission
from juli.domains.registry.rules.numbers import is_member_number
from juli.domains.registry.selectors.hits import EmployerHit, PersonHit, UnionHit, hits_of
from juli.engines.party import vault
from juli.engines.party.models import Employer, Person
from juli.engines.scope.querysets import ScopedQuerySet
from juli.kernel.actor import Actor
from juli.kernel.idcodes import Fault, guess_kind, mobile_fault, tidy_code, tidy_mobile, uscc_fault
from juli.kernel.text import bigrams, fold_query, query_bigrams

MOST_SHOWN: Final = 20
# So many that match in part are looked at before the best are shown.
_MOST_WEIGHED: Final = 30
_LATIN = re.compile(r"[a-z]{2,}")
_DIGITS = re.compile(r"[0-9]{4,32}")
_PERSON_COLUMNS: Final = (
    "pk", "name", "name_initials", "name_pinyin", "sex", "born_on", "document_shown", "mobile_shown",
)  # fmt: skip
_UNION_COLUMNS: Final = ("pk", "org_unit_id", "name", "name_initials", "code", "level", "ended_on")
_EMPLOYER_COLUMNS: Final = ("pk", "org_unit_id", "territory_id", "name", "name_initials", "uscc")


@dataclass(frozen=True, slots=True)
class Findings:
    """
    What a search found, the best first (检索结果).

    A tuple of ``MOST_SHOWN`` means that there may be more. ``is_too_short`` says that nothing was
    looked for because too little was typed.
    """

    query: str
    persons: tuple[PersonHit, ...] = ()
    unions: tuple[UnionHit, ...] = ()
    employers: tuple[EmployerHit, ...] = ()
    is_too_short: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.persons or self.unions or self.employers)


_Condition = Q | RawSQL


@dataclass(frozen=True, slots=True)
class _Sought:
    """What to look for in each register; None where looking would be in vain."""

    persons: _Condition | None
    unions: _Condition | None
    employers: _Condition | None


def find(query: str, *, actor: Actor, on: date) -> Findings:
    """Return the persons, unions and employers that the actor may see and that match a query."""
    text = fold_query(query)
    sought = _sought(text, code=tidy_code(query), mobile=tidy_mobile(query))
    if sought is None:
        return Findings(query=query, is_too_short=len(text) < 2)
    reach = Permission.SEE
    found = hits_of(
        _best(Person.objects.within_reach_of(actor, reach), sought.persons, _PERSON_COLUMNS, text=text),
        _best(Union.objects.within_reach_of(actor, reach), sought.unions, _UNION_COLUMNS, text=text),
        _best(Employer.objects.within_reach_of(actor, reach), sought.employers, _EMPLOYER_COLUMNS, text=text),
        on=on,
    )
    return Findings(query=query, persons=found.persons, unions=found.unions, employers=found.employers)


def _sought(text: str, *, code: str, mobile: str) -> _Sought | None:
    if _LATIN.fullmatch(text):
        return _Sought(
            _spelt("party_person", ("name_initials", "name_pinyin"), text),
            _spelt("registry_union", ("name_initials",), text),
            _spelt("party_employer", ("name_initials",), text),
        )
    if query_bigrams(text) and not code.isascii():
        return _Sought(
            _named("party_person", "party_persons_named", text),
            _named("registry_union", "registry_unions_named", text),
            _named("party_employer", "party_employers_named", text),
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


def _named(table: str, function: str, text: str) -> RawSQL:
    """
    Return the condition of a name that is the text or holds it.

    The function looks behind the wall, within the same range: a policy would keep the index of
    bigrams from being used.
    """
    whole, part = bigrams(text), query_bigrams(text)
    numbers = f"SELECT {function}(%s::int[], %s) UNION ALL SELECT {function}(%s::int[], %s)"
    return _among(table, numbers, [whole, MOST_SHOWN, part, _MOST_WEIGHED])


def _spelt(table: str, columns: tuple[str, ...], text: str) -> RawSQL:
    """Return the condition of a spelling that is the text or begins with it; an index serves each."""
    parts: list[str] = []
    parameters: list[object] = []
    for column in columns:
        parts += [
            f"(SELECT id FROM {table} WHERE {column} = %s LIMIT %s)",  # noqa: S608  # names of ours
            f"(SELECT id FROM {table} WHERE {column} >= %s AND {column} < %s LIMIT %s)",  # noqa: S608
        ]
        parameters += [text, MOST_SHOWN, text, text + "~", _MOST_WEIGHED]
    return _among(table, " UNION ALL ".join(parts), parameters)


def _among(table: str, numbers: str, parameters: Sequence[object]) -> RawSQL:
    # An array, not a sub-select: the planner cannot mistake it for a reason to read the whole table.
    condition = f"{table}.id = ANY (ARRAY({numbers}))"
    return RawSQL(condition, parameters, output_field=BooleanField())  # noqa: S611  # names of ours


_Row = TypeVar("_Row", Person, Union, Employer)


def _best(
    within: "ScopedQuerySet[_Row]", condition: _Condition | None, columns: tuple[str, ...], *, text: str
) -> list[_Row]:
    """Return the best rows, the best first: the whole, then the beginning, then somewhere inside."""
    if condition is None:
        return []
    rows = list(within.filter(condition).only(*columns))
    rows.sort(key=lambda row: (_rank(_keys_of(row), text), len(row.name), row.pk))
    return rows[:MOST_SHOWN]


def _keys_of(row: Person | Union | Employer) -> tuple[str, ...]:
    spellings = (row.name_pinyin, row.name_initials) if isinstance(row, Person) else (row.name_initials,)
    return fold_query(row.name), *spellings


def _rank(keys: Sequence[str], text: str) -> int:
    if text in keys:
        return 0
    return 1 if any(key.startswith(text) for key in keys) else 2
