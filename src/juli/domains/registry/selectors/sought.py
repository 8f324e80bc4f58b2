"""
What a query looks for in each register: statements that yield numbers of rows, and what they must say.

What is typed decides where to look: Chinese characters in names, Latin letters in pinyin, whole or by first
letters or both, digits in numbers, and four digits at the end of numbers. Identity numbers and mobiles are
found by their blind index and only whole, or by the four digits that their masks show.
"""

import re
from dataclasses import dataclass
from typing import Final

from juli.domains.registry.rules.numbers import is_member_number
from juli.domains.registry.selectors.hits import MOST_SHOWN, NOWHERE, Keep, Numbers, Row
from juli.engines.party import vault
from juli.kernel.characters import half_width
from juli.kernel.idcodes import Fault, guess_kind, mobile_fault, tidy_code, tidy_mobile, uscc_fault
from juli.kernel.text import Reading, bigrams, fold_query, full_pinyin, query_bigrams, readings

# So many that match in part are looked at before the best are shown.
_MOST_WEIGHED: Final = 30
_MOST_READ: Final = 60
_MOST_READINGS: Final = 2
_MOST_ENDING: Final = 400
_FEWEST_SYLLABLES: Final = 2
_HAN: Final = r"\u3007\u3400-\u9fff\ue000-\ufaff\U00020000-\U0003ffff·"
_LETTERS = re.compile(r"[a-z][a-z '’\-]*")
_GAPS = re.compile(r"[ '’\-]+")
_NAME_AND_LETTERS = re.compile(rf"([{_HAN}]+) ?([a-z][a-z ]*)")
_NAME_AND_ENDING = re.compile(rf"([{_HAN}]+|[a-z][a-z ]+?) ?([0-9]{{3}}[0-9x])")
_ENDING = re.compile(r"[0-9]{3}[0-9X]")
_CODE = re.compile(r"[0-9]{4,32}")
_CREDIT_CODE_BEGUN = re.compile(r"(?=.*[A-Z])[0-9A-Z]{8,17}")


@dataclass(frozen=True, slots=True)
class Sought:
    """
    Which rows of each register to look at (检索目标); no statement where looking would be in vain.

    ``text`` is what the rows are ranked by, ``person`` and ``body`` what they must say besides.
    """

    text: str = ""
    persons: Numbers = NOWHERE
    unions: Numbers = NOWHERE
    employers: Numbers = NOWHERE
    person: Keep | None = None
    body: Keep | None = None

    @property
    def is_in_vain(self) -> bool:
        return not (self.persons.statements or self.unions.statements or self.employers.statements)


def sought(query: str) -> Sought:
    """Return what a query looks for; one that is too short looks for nothing."""
    text = fold_query(query)
    if _LETTERS.fullmatch(text):
        return _spelt(_GAPS.sub("", text))
    if found := _NAME_AND_ENDING.fullmatch(text):
        return _named_and_ending(text, *found.groups())
    if found := _NAME_AND_LETTERS.fullmatch(text):
        return _begun_in_characters(*found.groups())
    if query_bigrams(text) and not tidy_code(query).isascii():
        return _named(text, words=half_width(query).split())
    return _looked_up(tidy_code(query), tidy_mobile(query))


def abbreviated(query: str) -> Sought:
    """Return what characters look for that stand in a long name in their order, but apart (简称)."""
    text = fold_query(query)
    if not re.fullmatch(rf"[{_HAN}]{{2,6}}", text):
        return Sought()
    like = "%" + "%".join(text) + "%"
    return Sought(
        text,
        unions=NOWHERE.and_("SELECT id FROM registry_union WHERE name LIKE %s LIMIT %s", like, _MOST_WEIGHED),
        employers=NOWHERE.and_(
            "SELECT id FROM party_employer WHERE name LIKE %s LIMIT %s", like, _MOST_WEIGHED
        ),
    )


def _looked_up(code: str, mobile: str) -> Sought:
    """Return where a number or code may stand: it is looked up whole, or by its last four digits."""
    persons, unions, employers = NOWHERE, NOWHERE, NOWHERE
    if guess_kind(code) is not None:
        # Through the function, for a record that was merged keeps its number.
        persons = persons.and_(
            "SELECT person_id FROM party_document_is_known(%s) WHERE person_id IS NOT NULL",
            vault.document_digest(code),
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
    if _ENDING.fullmatch(code):
        persons = persons.and_("SELECT party_persons_ending(%s, %s)", code, _MOST_WEIGHED)
    if uscc_fault(code) is Fault.NONE:
        employers = employers.and_("SELECT id FROM party_employer WHERE uscc = %s", code)
        unions = unions.and_("SELECT id FROM registry_union WHERE legal_uscc = %s", code)
    elif _CREDIT_CODE_BEGUN.fullmatch(code):
        employers = _begun(employers, "party_employer", "uscc", code)
    if _CODE.fullmatch(code):
        unions = _begun(unions, "registry_union", "code", code)
    return Sought(code.lower(), persons, unions, employers)


def _begun(numbers: Numbers, table: str, column: str, code: str) -> Numbers:
    """Look for a code that is this one, or begins with it."""
    whole = numbers.and_(f"SELECT id FROM {table} WHERE {column} = %s", code)  # noqa: S608  names of ours
    return whole.and_(
        f"SELECT id FROM {table} WHERE {column} > %s AND {column} < %s LIMIT %s",  # noqa: S608
        code,
        code + "~",
        _MOST_WEIGHED,
    )


def _named(text: str, *, words: list[str]) -> Sought:
    """Return where a name is the text or holds it, or holds all of its words."""
    apart = [pair for word in words for pair in query_bigrams(word)] if len(words) > 1 else []

    def numbers(function: str) -> Numbers:
        # The function looks behind the wall, within the same range: a policy would keep the index of
        # bigrams from being used.
        found = NOWHERE.and_(f"SELECT {function}(%s::int[], %s)", bigrams(text), MOST_SHOWN)
        found = found.and_(f"SELECT {function}(%s::int[], %s)", query_bigrams(text), _MOST_WEIGHED)
        return found.and_(f"SELECT {function}(%s::int[], %s)", apart, _MOST_WEIGHED) if apart else found

    return Sought(
        text,
        numbers("party_persons_named"),
        numbers("registry_unions_named"),
        numbers("party_employers_named"),
    )


def _spelt(letters: str) -> Sought:
    """Return where a spelling is these letters, begins with them, or can be read from them."""
    if len(letters) < _FEWEST_SYLLABLES:
        return Sought(letters)
    read = readings(letters)
    persons = NOWHERE.and_("SELECT registry_persons_spelt(%s, %s, %s)", letters, MOST_SHOWN, _MOST_WEIGHED)
    for each in read[:_MOST_READINGS]:
        persons = persons.and_(
            "SELECT party_persons_read(%s, %s, %s, %s)",
            each.initials,
            each.begun,
            each.pattern,
            MOST_SHOWN,
        )
    return Sought(
        letters,
        persons,
        _lettered("registry_unions", letters, read),
        _lettered("party_employers", letters, read),
        body=_is_spelt(letters, read),
    )


def _lettered(bodies: str, letters: str, read: tuple[Reading, ...]) -> Numbers:
    """Return the bodies in whose initials letters stand, or the first letters of a reading of them."""
    register = bodies.partition("_")[2]
    function = f"{bodies}_lettered"
    numbers = NOWHERE.and_(
        f"SELECT registry_{register}_spelt(%s, %s, %s)", letters, MOST_SHOWN, _MOST_WEIGHED
    )
    numbers = numbers.and_(f"SELECT {function}(%s, %s)", letters, _MOST_WEIGHED)
    for each in read[:1]:
        if len(each.initials) >= _FEWEST_SYLLABLES:
            numbers = numbers.and_(f"SELECT {function}(%s, %s)", each.initials, _MOST_READ)
    return numbers


def _is_spelt(letters: str, read: tuple[Reading, ...]) -> Keep:
    patterns = [re.compile(each.pattern) for each in read[:1]]

    def keep(row: Row) -> bool:
        if letters in row[2]:
            return True
        spelling = full_pinyin(row[1])
        return any(pattern.search(spelling) for pattern in patterns)

    return keep


def _begun_in_characters(name: str, letters: str) -> Sought:
    """Return where a name begins in characters and goes on in letters: 陈jing."""
    found = _spelt(full_pinyin(name) + _GAPS.sub("", letters))

    def keep(row: Row) -> bool:
        return name in row[1]

    return Sought(found.text, found.persons, found.unions, found.employers, person=keep, body=keep)


def _named_and_ending(text: str, name: str, ending: str) -> Sought:
    """Return whose name is so and whose number ends so: 陈静2417, chen 2417."""
    letters = _GAPS.sub("", name) if name.isascii() else ""
    if not letters:
        bodies = _named(text, words=[])
        persons = _ending(ending, "position(%s IN person.name) > 0", name)
        return Sought(name, persons, bodies.unions, bodies.employers)
    pattern = "|".join(f"^{each.pattern}$" for each in readings(letters)) or "^$"
    spelt = (
        "(starts_with(person.name_pinyin, %s) OR starts_with(person.name_initials, %s)"
        " OR person.name_pinyin ~ %s)"
    )
    return Sought(letters, _ending(ending, spelt, letters, letters, pattern))


def _ending(ending: str, condition: str, *parameters: str) -> Numbers:
    """Return those of the persons whose number ends so that fit a condition."""
    return NOWHERE.and_(
        "SELECT person.id FROM party_person AS person"  # noqa: S608  conditions of ours
        f" WHERE person.id = ANY (ARRAY(SELECT party_persons_ending(%s, %s))) AND {condition} LIMIT %s",
        ending.upper(),
        _MOST_ENDING,
        *parameters,
        _MOST_WEIGHED,
    )
