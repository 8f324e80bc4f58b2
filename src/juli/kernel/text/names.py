"""One way of writing a name, and the form of it that searches compare."""

import re
import unicodedata

from juli.kernel.characters import half_width, visible

# Unified, extension and compatibility ideographs, and the private area in which systems before
# GB 18030-2022 keep rare characters of names.
HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\ue000-\uf8ff\uf900-\ufaff\U00020000-\U0003ffff"
# Those of them that every form keeps as they are.
PLAIN_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\ue000-\uf8ff\U00020000-\U0002f7ff\U0002fa20-\U0003ffff"
MIDDLE_DOT = "·"

_DOTS = re.compile("[•‧∙⋅・･᛫●﹒]")
# A full stop between two ideographs is how keyboards without a middle dot write one.
_STOP_BETWEEN = re.compile(f"(?<=[{HAN}])[.。．](?=[{HAN}])")
_AROUND_DOT = re.compile(f" *{MIDDLE_DOT} *")
_SPACE_BETWEEN = re.compile(f"(?<=[{HAN}]) (?=[{HAN}])")
_RADICALS = re.compile("[\u2e80-\u2fdf]")
_COMPATIBILITY = re.compile("[\uf900-\ufaff\U0002f800-\U0002fa1f]")


def normalise_name(name: str) -> str:
    """
    Return a name as the register keeps and shows it.

    Full-width letters become plain, invisible characters go, every middle dot becomes ``·``,
    blanks inside a Chinese name go, radicals typed for characters become characters. Rare and
    compatibility ideographs stay as they are: the name must equal the one on the document
    (so this is not NFKC, nor even NFC, which both change them).
    """
    plain = half_width(visible(name))
    plain = _RADICALS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), plain)
    dotted = _STOP_BETWEEN.sub(MIDDLE_DOT, _DOTS.sub(MIDDLE_DOT, plain))
    return _SPACE_BETWEEN.sub("", _AROUND_DOT.sub(MIDDLE_DOT, dotted)).strip(f" {MIDDLE_DOT}")


def fold_query(text: str) -> str:
    """
    Return what somebody typed into a search box in the form in which keys are compared.

    As ``normalise_name``, in lower case, ü as the v that keyboards type for it.
    """
    return normalise_name(text).lower().replace("u\u0308", "v").replace("ü", "v")


def searched_form(name: str) -> str:
    """Return a normalised name as searches see it: no dots or blanks, one code per ideograph."""
    folded = name.lower().replace(MIDDLE_DOT, "").replace(" ", "")
    return _COMPATIBILITY.sub(lambda found: unicodedata.normalize("NFKC", found[0]), folded)
