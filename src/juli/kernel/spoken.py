"""
Exact values in the words of a report: 59.75万, 1500多, 近1700, 约2.65万, 85%.

The register keeps the exact value; a report may round it, but only where the words stay true.
``justifies`` is the one judge of that, and ``speak`` puts everything it says before it.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import assert_never

from juli.kernel.characters import half_width
from juli.kernel.refusal import Refusal

_WAN = Decimal(10_000)
_HUNDRED = Decimal(100)
_PERCENT_STEP = Decimal("0.01")
_SCALES = {"": Decimal(1), "万": _WAN, "亿": _WAN * _WAN}
_SPOKEN = re.compile(
    r"(?P<before>将近|接近|近|大约|约|超过|超|逾)?(?P<sign>-?)(?P<digits>[0-9]+(?:\.(?P<places>[0-9]+))?)"
    r"(?P<scale>[万亿]?)(?P<percent>%?)(?P<after>[多余]?)[^0-9%万亿多余约近]*"
)


class NotJustified(Refusal):
    """The exact value does not bear out what would be said of it."""

    code = "spoken.not_justified"
    message = "实际数是 {value}，不能写成“{spoken}”，请改用准确数或别的说法。"


class Manner(StrEnum):
    """How a value is put into words (数字说法)."""

    EXACT = "exact"
    WAN = "wan"
    OVER = "over"
    UNDER = "under"
    ABOUT = "about"
    PERCENT = "percent"


class FigureKind(StrEnum):
    """How the figure of a report relates to the exact value (数值性质)."""

    EXACT = "exact"
    DERIVED = "derived"
    EXACT_ROUNDED = "exact_rounded"
    ROUNDED_TO_100 = "rounded_to_100"
    APPROX_OVER = "approx_over"
    APPROX_UNDER = "approx_under"
    APPROX = "approx"


@dataclass(frozen=True, slots=True)
class Style:
    """
    A manner, and how finely it speaks (说法).

    ``step`` is the unit that the spoken number is a multiple of: 100 makes 1500多 of 1,502 and
    59.75万 of 597,500. Without it two digits are kept (three for 约, hundreds for 万, hundredths
    for percent). ``base`` fixes the number itself.
    """

    manner: Manner
    step: Decimal | None = None
    base: Decimal | None = None


def style_of(kind: FigureKind, *, unit: str = "", step: Decimal | None = None) -> Style:
    """Return the style in which a report says figures of a kind; per cent is said as such."""
    match kind:
        case FigureKind.EXACT | FigureKind.DERIVED:
            return Style(Manner.PERCENT if unit == "%" else Manner.EXACT, step)
        case FigureKind.EXACT_ROUNDED | FigureKind.ROUNDED_TO_100:
            return Style(Manner.WAN, step)
        case FigureKind.APPROX_OVER:
            return Style(Manner.OVER, step)
        case FigureKind.APPROX_UNDER:
            return Style(Manner.UNDER, step)
        case FigureKind.APPROX:
            return Style(Manner.ABOUT, step)
        case _:
            assert_never(kind)


def speak(value: Decimal | int, style: Style) -> str:
    """
    Return the value in the words of a report, without its unit; per cent takes percentage points.

    :raises NotJustified: the value does not bear the words out.
    """
    exact = Decimal(value)
    spoken = _words(exact, style)
    if not justifies(spoken, exact):
        raise NotJustified(value=_plain(exact), spoken=spoken)
    return spoken


def speak_or_exact(value: Decimal | int, style: Style) -> str:
    """Return the value in the words of a report, or exactly where those are not justified."""
    try:
        return speak(value, style)
    except NotJustified:
        return _plain(Decimal(value))


def justifies(spoken: str, value: Decimal | int) -> bool:
    """
    Say whether an exact value bears out what a report says: ``1500多人次``, ``近1700``, ``59.75万人``.

    - a bare number equals the value; with 万, 亿 or % it is the value rounded half up to the last
      digit said;
    - 多, 余, 超, 逾: the value is more, and less than one more in the last digit that is not zero;
    - 近: the value is no more, and rounds to it;
    - 约: the value rounds to it.

    A number for 近, 约, 万 or 亿 is taken to have at least two digits that count: 约1000 is 950 to
    1049. A text that says no number is borne out by nothing.
    """
    found = _SPOKEN.fullmatch(half_width(spoken).strip())
    if not found:
        return False
    exact, scale = Decimal(value), _SCALES[found["scale"]]
    said = Decimal(found["sign"] + found["digits"]) * scale
    last = scale.scaleb(-len(found["places"] or ""))
    if found["after"] or found["before"] in {"超过", "超", "逾"}:
        return not found["percent"] and said < exact < said + _last_place(said, last)
    if found["percent"]:
        return _rounded(exact, last) == said
    fine = min(_last_place(said, last), _second_digit(said)) if said else last
    match found["before"]:
        case "近" | "将近" | "接近":
            return exact <= said and _rounded(exact, fine) == said
        case "约" | "大约":
            return _rounded(exact, fine) == said
        case _:
            return exact == said if scale == 1 else _rounded(exact, min(last, fine)) == said


def _words(value: Decimal, style: Style) -> str:
    match style.manner:
        case Manner.EXACT:
            return _plain(value)
        case Manner.WAN:
            return _number(_rounded(value, style.step or _HUNDRED)) if abs(value) >= _WAN else _plain(value)
        case Manner.PERCENT:
            return f"{_plain(_rounded(value, style.step or _PERCENT_STEP))}%"
        case Manner.OVER:
            return f"{_number(style.base or _stepped(value, style.step, 2, ROUND_FLOOR))}多"
        case Manner.UNDER:
            return f"近{_number(style.base or _stepped(value, style.step, 2, ROUND_CEILING))}"
        case Manner.ABOUT:
            said = style.base or _stepped(value, style.step, 3, ROUND_HALF_UP)
            return _number(said) if said == value else f"约{_number(said)}"  # nothing is about itself
        case _:
            assert_never(style.manner)


def _stepped(value: Decimal, step: Decimal | None, digits: int, rounding: str) -> Decimal:
    """Return the multiple of the step, or the number of so many digits, next to the value."""
    unit = step or Decimal(1).scaleb(max(value.adjusted() - digits + 1, 0))
    return (value / unit).to_integral_value(rounding) * unit


def _rounded(value: Decimal, step: Decimal) -> Decimal:
    return (value / step).to_integral_value(ROUND_HALF_UP) * step


def _number(number: Decimal) -> str:
    """Return a round number as a report writes it: from ten thousand on in 万."""
    if abs(number) < _WAN or number % _HUNDRED:
        return _plain(number)
    return f"{_plain(number / _WAN)}万"


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _last_place(said: Decimal, last: Decimal) -> Decimal:
    """Return the value of the last digit that is not zero, or of the last digit written."""
    place = last
    while said and said % (place * 10) == 0:
        place *= 10
    return place


def _second_digit(said: Decimal) -> Decimal:
    """Return the value of the second digit of a number."""
    return Decimal(1).scaleb(said.adjusted() - 1)
