"""Conditions of names for the lists: all that match, where the search box shows the best."""

import re
from typing import Final

from django.db.models import BooleanField, Q
from django.db.models.expressions import RawSQL

from juli.kernel.characters import half_width
from juli.kernel.text import fold_query, normalise_name, query_bigrams, readings

SHORTEST: Final = 2
# More people than bear any two characters in their names in a city.
_MOST_OF_A_NAME = 200_000
_LATIN = re.compile(r"[a-z][a-z '\-]*[a-z]")
_GAPS = re.compile(r"[ '\-]+")
_ENDING = re.compile(r"[0-9]{3}[0-9x]")


def members_named(text: str) -> Q | RawSQL:
    """
    Return the condition that a member's name holds a text, is spelt so from its beginning, whole or by
    first letters, or that a number of theirs ends so.

    The function looks behind the wall within the same range; an array, not a sub-select, so that the
    planner cannot mistake it for a reason to read the whole table.
    """
    folded = fold_query(text)
    if _LATIN.fullmatch(folded):
        return _spelt_person(_GAPS.sub("", folded))
    if _ENDING.fullmatch(folded):
        return RawSQL(
            "registry_membership.person_id = ANY (ARRAY(SELECT party_persons_ending(%s, %s)))",
            [folded.upper(), _MOST_OF_A_NAME],
            output_field=BooleanField(),
        )
    return RawSQL(
        "registry_membership.person_id = ANY (ARRAY(SELECT party_persons_named(%s::int[], %s)))",
        [query_bigrams(text), _MOST_OF_A_NAME],
        output_field=BooleanField(),
    )


def bodies_named(text: str) -> Q:
    """Return the condition that the name of a union or an employer holds a text or is spelt so."""
    folded = fold_query(text)
    if _LATIN.fullmatch(folded):
        letters = _GAPS.sub("", folded)
        found = Q(name_initials__contains=letters)
        for each in readings(letters)[:1]:
            # Without a column of spellings, whole syllables are found by their first letters.
            found |= Q(name_initials__contains=each.initials) if len(each.initials) > SHORTEST else Q()
        return found
    held = Q()
    for word in half_width(text).split():
        held &= Q(name__contains=normalise_name(word))
    return Q(name__contains=normalise_name(text)) | held


def _spelt_person(letters: str) -> Q:
    found = _spelt("person__name_initials", letters) | _spelt("person__name_pinyin", letters)
    for each in readings(letters):
        found |= Q(
            person__name_initials=each.initials, person__name_pinyin__regex=f"^{each.pattern}$"
        ) & _spelt("person__name_pinyin", each.begun)
    return found


def _spelt(column: str, text: str) -> Q:
    return Q(**{f"{column}__gte": text, f"{column}__lt": text + "~"})
