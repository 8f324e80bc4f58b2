"""
One box that finds persons, unions and employers (检索).

What is typed decides where to look: Chinese characters in names, Latin letters in pinyin, digits in
numbers. Identity numbers and mobiles are found by their blind index and only whole. All registers
are asked at once: the rows that match as a whole come first, then some that match in part.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from juli.domains.registry.permissions import Permission
from juli.domains.registry.rules.numbers import is_member_number
from juli.domains.registry.selectors.hits import (
    MOST_SHOWN,
    NOWHERE,
    EmployerHit,
    Numbers,
    PersonHit,
    UnionHit,
    hits_of,
)
from juli.engines.party import vault
from juli.kernel.actor import Actor
from juli.kernel.idcodes import Fault, guess_kind, mobile_fault, tidy_code, tidy_mobile, uscc_fault
from juli.kernel.text import bigrams, fold_query, query_bigrams

# So many that match in part are looked at before the best are shown.
_MOST_WEIGHED: Final = 30
_LATIN = re.compile(r"[a-z]{2,}")
_DIGITS = re.compile(r"[0-9]{4,32}")


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


@dataclass(frozen=True, slots=True)
class _Sought:
    """Which rows of each register to look at; no statement where looking would be in vain."""

    persons: Numbers = NOWHERE
    unions: Numbers = NOWHERE
    employers: Numbers = NOWHERE


def find(query: str, *, actor: Actor, on: date) -> Findings:
    """Return the persons, unions and employers that the actor may see and that match a query."""
    text = fold_query(query)
    sought = _sought(text, code=tidy_code(query), mobile=tidy_mobile(query))
    if sought == _Sought():
        return Findings(query=query, is_too_short=len(text) < 2)
    within = actor.roots_for(Permission.SEE)
    found = hits_of(sought.persons, sought.unions, sought.employers, text=text, within=within, on=on)
    return Findings(query=query, persons=found.persons, unions=found.unions, employers=found.employers)


def _sought(text: str, *, code: str, mobile: str) -> _Sought:
    if _LATIN.fullmatch(text):
        return _Sought(*(_spelt(register, text) for register in ("persons", "unions", "employers")))
    if query_bigrams(text) and not code.isascii():
        return _Sought(
            _named("party_persons_named", text),
            _named("registry_unions_named", text),
            _named("party_employers_named", text),
        )
    return _looked_up(code, mobile)


def _looked_up(code: str, mobile: str) -> _Sought:
    """Return where a number or code may stand: it is looked up whole, never in parts."""
    persons, unions, employers = NOWHERE, NOWHERE, NOWHERE
    if guess_kind(code) is not None:
        persons = persons.and_(
            "SELECT id FROM party_person WHERE document_digest = %s", vault.document_digest(code)
        )
    if mobile_fault(mobile) is Fault.NONE:
        persons = persons.and_(
            "SELECT id FROM party_person WHERE mobile_digest = %s LIMIT %s",
            vault.mobile_digest(mobile),
            _MOST_WEIGHED,
        )
    if is_member_number(code):
        persons = persons.and_(
            "SELECT person_id FROM registry_membership WHERE number = %s AND valid_until IS NULL", code
        )
    if uscc_fault(code) is Fault.NONE:
        employers = employers.and_("SELECT id FROM party_employer WHERE uscc = %s", code)
        unions = unions.and_("SELECT id FROM registry_union WHERE legal_uscc = %s", code)
    if _DIGITS.fullmatch(code):
        unions = unions.and_("SELECT id FROM registry_union WHERE code = %s", code)
    return _Sought(persons, unions, employers)


def _named(function: str, text: str) -> Numbers:
    """
    Return the numbers of names that are the text or hold it.

    The function looks behind the wall, within the same range: a policy would keep the index of
    bigrams from being used.
    """
    whole = NOWHERE.and_(f"SELECT {function}(%s::int[], %s)", bigrams(text), MOST_SHOWN)
    return whole.and_(f"SELECT {function}(%s::int[], %s)", query_bigrams(text), _MOST_WEIGHED)


def _spelt(register: str, text: str) -> Numbers:
    """Return the numbers of spellings that are the text or begin with it."""
    function = f"registry_{register}_spelt"
    return NOWHERE.and_(f"SELECT {function}(%s, %s, %s)", text, MOST_SHOWN, _MOST_WEIGHED)
