"""
Pairs of neighbouring characters as integers, for an index over an array of int4.

A pair is packed exactly, 16 bits a character, so two different pairs of everyday characters never
share a number. A character beyond the BMP takes one of the 2,048 codes of the surrogates, which
no other character has: only two rare characters can ever be confused, and the name itself decides.

A name is framed by a start and an end mark, so that a single character can be looked up where it
is a surname or the last of a given name: the two places people search by one character.
"""

from itertools import pairwise

from juli.kernel.text.names import fold_query, normalise_name, searched_form

START, END = 0x02, 0x03
BEYOND = 0x10000
SURROGATES, SURROGATE_COUNT = 0xD800, 0x800
_SIGN, _ALL = 1 << 31, 1 << 32


def bigrams(name: str) -> list[int]:
    """Return the pairs of a name, framed: one more than it has characters; none for no name."""
    form = searched_form(normalise_name(name))
    return _pairs([START, *_codes(form), END]) if form else []


def query_bigrams(text: str) -> list[int]:
    """
    Return the pairs inside a query: every name that contains it has all of them (``@>``).

    A query of one character has none: see ``single_character_edges``.
    """
    return _pairs(_codes(searched_form(fold_query(text))))


def single_character_edges(character: str) -> list[int]:
    """Return two pairs, one of which (``&&``) each name has that begins or ends so."""
    code = _codes(searched_form(fold_query(character)))
    return [*_pairs([START, *code]), *_pairs([*code, END])]


def _codes(form: str) -> list[int]:
    return [ord(character) for character in form]


def _pairs(codes: list[int]) -> list[int]:
    return [_signed(_sixteen_bits(left) << 16 | _sixteen_bits(right)) for left, right in pairwise(codes)]


def _sixteen_bits(code: int) -> int:
    return code if code < BEYOND else SURROGATES + code % SURROGATE_COUNT


def _signed(pair: int) -> int:
    return pair - _ALL if pair >= _SIGN else pair
