"""Numbers as people type them and Excel damages them, made plain before they are checked."""

import re
import string
from typing import TYPE_CHECKING

from juli.kernel.characters import BLANK, HALF_WIDTH, INVISIBLE

if TYPE_CHECKING:
    import polars as pl

# Quotes come from Excel's text prefix and from csv cells written ="…"; hyphens from grouping.
_DROPPED = INVISIBLE + BLANK + "\\-'\"=`‘’“”‐‑‒–—―−﹣"
# What is typed for the X of an identity number: multiplication, Roman, Greek and Cyrillic signs.
_LOOKS_LIKE_X = dict.fromkeys("×✕✖╳ⅩⅹχΧхХ", "X")
_UPPER = dict(zip(string.ascii_lowercase, string.ascii_uppercase, strict=True))
_PLAIN = {
    **_UPPER,
    **{wide: _UPPER.get(narrow, narrow) for wide, narrow in HALF_WIDTH.items()},
    **_LOOKS_LIKE_X,
}
# Up to 15 digits survive being a floating point number whole; more do not, and stay suspicious.
_WHOLE_FLOAT = r"^([0-9]{1,15})\.0*$"

_DROPPED_PATTERN = re.compile(f"[{_DROPPED}]+")
_WHOLE_FLOAT_PATTERN = re.compile(_WHOLE_FLOAT)
_PLAIN_TABLE = str.maketrans(_PLAIN)
# What Excel shows of a long number, and what is left of one that went through a float.
_SCIENTIFIC = re.compile(r"[0-9](\.[0-9]*)?E\+?[0-9]{1,3}|[0-9]+\.[0-9]*")


def tidy_code(text: str) -> str:
    """
    Return a number in the form in which it is checked, digested and stored.

    Full-width characters become plain, letters upper case; blanks, invisible characters,
    hyphens and quotes go; ``13800001234.0`` loses the tail that Excel gave it.
    """
    plain = _DROPPED_PATTERN.sub("", text.translate(_PLAIN_TABLE))
    return _WHOLE_FLOAT_PATTERN.sub(r"\1", plain)


def tidied_code(texts: "pl.Expr") -> "pl.Expr":
    """Return the expression with ``tidy_code`` applied to every value; nulls stay null."""
    plain = texts.str.replace_many(list(_PLAIN), list(_PLAIN.values()))
    dropped = plain.str.replace_all(f"[{_DROPPED}]+", "")
    return dropped.str.replace(_WHOLE_FLOAT, "${1}")


def is_scientific(code: str) -> bool:
    """Say whether a tidied number shows the damage of Excel's scientific notation."""
    return _SCIENTIFIC.fullmatch(code) is not None
