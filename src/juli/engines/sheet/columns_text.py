"""What two spellings of one heading, or of one choice, have in common."""

import re
import unicodedata

from juli.kernel.characters import BLANK, INVISIBLE

_GAPS = re.compile(f"[{INVISIBLE}{BLANK}]+")
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕|<[^<>]*>")
_DECORATION = re.compile(r"[*:_、,.。;★☆※#\"'“”‘’-]+")


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", _GAPS.sub("", text)).casefold()


def fold_choice(text: str) -> str:
    """Return what two spellings of one choice have in common: width, blanks and case go."""
    return _plain(text)


def fold_heading(text: str) -> str:
    """Return what two spellings of one heading have in common: width, blanks, case and stars go."""
    return _DECORATION.sub("", _plain(text))


def fold_heading_bare(text: str) -> str:
    """Return the folded heading without its brackets: 姓名（必填） is 姓名."""
    return _DECORATION.sub("", _BRACKETED.sub("", _plain(text)))
