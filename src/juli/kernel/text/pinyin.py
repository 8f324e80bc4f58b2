"""Names in Latin letters, as people type them to find somebody: whole and by first letters."""

import re
from dataclasses import dataclass
from functools import cache
from itertools import islice, product

from juli.kernel.text.names import MIDDLE_DOT, normalise_name, searched_form
from juli.kernel.text.readings import COMPOUND_SURNAMES, GIVEN, SURNAMES

# A name of several ambiguous characters multiplies; four spellings cover nearly everybody.
MOST_SPELLINGS = 4
_LATIN = re.compile(r"[0-9a-z']+")
_GAPS = re.compile(f"[{MIDDLE_DOT} ]")
_PARTS = re.compile(r"[0-9a-z']+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Spellings:
    """The ways of typing one name, each once, the likeliest first (拼写)."""

    initials: tuple[str, ...]
    full: tuple[str, ...]


def initials(name: str) -> str:
    """Return the likeliest initials: ``zxm`` for 张晓明; a character of no known reading gives none."""
    return initial_spellings(name)[0]


def full_pinyin(name: str) -> str:
    """Return the likeliest spelling without tones or gaps: ``zhangxiaoming``; ü is v."""
    return pinyin_spellings(name)[0]


def initial_spellings(name: str) -> tuple[str, ...]:
    """Return all initials worth finding the name by, the likeliest first, at most four."""
    return spellings(normalise_name(name)).initials


def pinyin_spellings(name: str) -> tuple[str, ...]:
    """Return all spellings worth finding the name by, the likeliest first, at most four."""
    return spellings(normalise_name(name)).full


def spellings(name: str) -> Spellings:
    """Return the ways of typing a normalised name."""
    ways = list(islice(product(*_readings(name)), MOST_SPELLINGS))
    firsts = dict.fromkeys("".join([part[:1] for part in way]) for way in ways)
    return Spellings(tuple(firsts), tuple(dict.fromkeys("".join(way) for way in ways)))


def surname_readings(character: str) -> tuple[str, ...]:
    """Return the readings of a character at the head of a name."""
    return SURNAMES.get(character) or given_readings(character)


@cache
def given_readings(character: str) -> tuple[str, ...]:
    """Return the readings of a character in a given name, or a Latin word as it is."""
    if _LATIN.fullmatch(character):
        return (character,)
    return GIVEN.get(character) or _dictionary(character)


def _readings(name: str) -> list[tuple[str, ...]]:
    """Return the readings of each character, or the letters of each Latin word."""
    if MIDDLE_DOT in name or " " in name:
        # Uyghur, Tibetan and foreign names have no surname in front.
        return [each for part in _GAPS.split(name) for each in _given(part)]
    form = searched_form(name)
    if compound := COMPOUND_SURNAMES.get(form[:2]):
        return [(compound[0],), (compound[1],), *_given(form[2:])]
    if surname := SURNAMES.get(form[:1]):
        return [surname, *_given(form[1:])]
    return _given(form)


def _given(part: str) -> list[tuple[str, ...]]:
    found = (given_readings(each) for each in _PARTS.findall(searched_form(part)))
    return [each for each in found if each]


def _dictionary(character: str) -> tuple[str, ...]:
    # Imported on first use: the dictionary takes a quarter of a second to load.
    from pypinyin import lazy_pinyin

    return tuple(lazy_pinyin(character, errors="ignore"))
