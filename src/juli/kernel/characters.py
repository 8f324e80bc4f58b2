"""Characters that look like others or like nothing: one table for codes, names and queries."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

# Unicode's controls and format characters, variation selectors, fillers and unused tags:
# they survive copying from web pages and PDFs and make equal values differ.
INVISIBLE = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891"
    "\u08e2\u115f\u1160\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\uffa0\ufff0-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
# Everything that shows as a gap, the ideographic space and the blank Braille cell included.
BLANK = "\t-\r \x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u2800\u3000\u3164"

HALF_WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}

_INVISIBLE = re.compile(f"[{INVISIBLE}]+")
_BLANK = re.compile(f"[{BLANK}]+")
_HALF_WIDTH = str.maketrans(HALF_WIDTH)


def visible(text: str) -> str:
    """Return the text without invisible characters, each run of blanks as one space, trimmed."""
    return _BLANK.sub(" ", _INVISIBLE.sub("", text)).strip(" ")


def half_width(text: str) -> str:
    """Return the text with full-width ASCII (ＡＢＣ１２３) as plain ASCII."""
    return text.translate(_HALF_WIDTH)


def visible_column(texts: "pl.Expr") -> "pl.Expr":
    """Return the expression with ``visible`` applied to every value."""
    shown = texts.str.replace_all(f"[{INVISIBLE}]+", "").str.replace_all(f"[{BLANK}]+", " ")
    return shown.str.strip_chars(" ")
