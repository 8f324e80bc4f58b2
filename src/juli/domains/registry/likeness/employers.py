"""Employers that look alike: their names written one way, and their codes but for one slip."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Final

from juli.engines.party.models import Lookalike
from juli.kernel.text import query_bigrams

Reason = Lookalike.Reason

_MOST_OF_A_GROUP: Final = 12
_BRACKETS: Final = re.compile(r"[()\[\]〔〕【】「」“”\"'·.,，。、\s-]")
_BRACKETED: Final = re.compile(r"\([^()]*\)")
_FORMS: Final = re.compile(r"(有限责任公司|股份有限公司|有限公司|公司|集团|\(集团\)|厂|店|行|部)$")
_PLACES: Final = re.compile(
    r"^([\u4e00-\u9fff]{2,3}省)?([\u4e00-\u9fff]{2,3}市)?([\u4e00-\u9fff]{2,3}[区县])?"
)
_SHORTEST_CORE: Final = 2
_LIKE_ENOUGH: Final = 0.5
_CHECKED: Final = 17


@dataclass(frozen=True, slots=True)
class Known:
    """What is compared of an employer (单位比对项)."""

    id: int
    path: str
    name: str
    uscc: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two employers that look alike, the one with the smaller number first (疑似对)."""

    first: Known
    second: Known
    score: int


def written(name: str) -> str:
    """Return a name with its width, brackets and blanks put one way."""
    return _BRACKETS.sub("", unicodedata.normalize("NFKC", name).lower())


def core(name: str) -> str:
    """Return what is left of a name without the place, what stands in brackets and the form of business."""
    plain = _BRACKETED.sub(
        "", unicodedata.normalize("NFKC", name).lower().replace("〔", "(").replace("〕", ")")
    )
    left = _PLACES.sub("", _BRACKETS.sub("", plain))
    while (shorter := _FORMS.sub("", left)) != left and len(shorter) >= _SHORTEST_CORE:
        left = shorter
    return left


def found(employers: Iterable[Known]) -> Mapping[Reason, list[Pair]]:
    """Return the pairs for each reason."""
    known = sorted(employers, key=lambda each: each.id)
    same = list(_grouped(known, key=written, score=90))
    already = {(pair.first.id, pair.second.id) for pair in same}
    variants = [
        pair for pair in _grouped(known, key=core, score=65) if (pair.first.id, pair.second.id) not in already
    ]
    return {
        Reason.SAME_NAME: same,
        Reason.NAME_VARIANT: variants,
        Reason.NEAR_CODE: list(_near_codes(known)),
    }


def _grouped(known: list[Known], *, key: Callable[[str], str], score: int) -> Iterator[Pair]:
    groups: dict[str, list[Known]] = defaultdict(list)
    for each in known:
        if len(text := key(each.name)) >= _SHORTEST_CORE:
            groups[text].append(each)
    for group in groups.values():
        if 2 <= len(group) <= _MOST_OF_A_GROUP:
            yield from (Pair(first, second, score) for first, second in combinations(group, 2))


def _near_codes(known: list[Known]) -> Iterator[Pair]:
    """
    Yield employers of like names whose codes differ in one character, or in two that changed places.

    The last character checks the others and differs with them.
    """
    groups: dict[tuple[int, str], list[Known]] = defaultdict(list)
    for each in known:
        body = each.uscc[:_CHECKED]
        for place in range(len(body)):
            groups[place, body[:place] + "?" + body[place + 1 :]].append(each)
        for place in range(len(body) - 1):
            turned = "".join(sorted(body[place : place + 2]))
            groups[-1 - place, body[:place] + turned + body[place + 2 :]].append(each)
    seen: set[tuple[int, int]] = set()
    pairs_of = cache(pairs_of_name)
    for group in groups.values():
        if 2 <= len(group) <= _MOST_OF_A_GROUP:
            for first, second in combinations(group, 2):
                if (first.id, second.id) in seen or first.uscc == second.uscc:
                    continue
                seen.add((first.id, second.id))
                if (share := shared(pairs_of(first.name), pairs_of(second.name))) >= _LIKE_ENOUGH:
                    yield Pair(first, second, min(99, 60 + int(40 * share)))


def pairs_of_name(name: str) -> frozenset[int]:
    """Return the pairs of neighbouring characters in the core of a name."""
    return frozenset(query_bigrams(core(name)))


def shared(one: frozenset[int], other: frozenset[int]) -> float:
    """Return which share of their pairs two names have in common, from 0 to 1."""
    together = len(one | other)
    return len(one & other) / together if together else 0.0
