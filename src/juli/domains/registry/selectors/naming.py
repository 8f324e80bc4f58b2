"""Conditions of names for the lists: all that match, where the search box shows the best."""

import re
from typing import Final

from django.db.models import BooleanField, Q
from django.db.models.expressions import RawSQL

from juli.kernel.text import fold_query, normalise_name, query_bigrams

SHORTEST: Final = 2
# More people than bear any two characters in their names in a city.
_MOST_OF_A_NAME = 200_000
_LATIN = re.compile(r"[a-z]{2,}")


def members_named(text: str) -> Q | RawSQL:
    """
    Return the condition that a member's name holds a text, or is spelt so from its beginning.

    The function looks behind the wall within the same range; an array, not a sub-select, so that the
    planner cannot mistake it for a reason to read the whole table.
    """
    folded = fold_query(text)
    if _LATIN.fullmatch(folded):
        return _spelt("person__name_initials", folded) | _spelt("person__name_pinyin", folded)
    return RawSQL(
        "registry_membership.person_id = ANY (ARRAY(SELECT party_persons_named(%s::int[], %s)))",
        [query_bigrams(text), _MOST_OF_A_NAME],
        output_field=BooleanField(),
    )


def bodies_named(text: str) -> Q:
    """Return the condition that the name of a union or an employer holds a text or is spelt so."""
    folded = fold_query(text)
    if _LATIN.fullmatch(folded):
        return _spelt("name_initials", folded)
    return Q(name__contains=normalise_name(text))


def _spelt(column: str, text: str) -> Q:
    return Q(**{f"{column}__gte": text, f"{column}__lt": text + "~"})
