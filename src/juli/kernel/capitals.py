"""Amounts in the capital numerals of cheques and receipts (大写金额)."""

from decimal import Decimal

from juli.kernel.money import CENT, yuan

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_WAN, _YI = 10**4, 10**8


def in_capitals(amount: Decimal) -> str:
    """
    Return an amount as cheques and receipts write it: 壹万零伍拾元零叁分, 叁仟伍佰元整.

    支付结算办法附一《正确填写票据和结算凭证的基本规定》: 整 follows yuan and jiao, never fen; one 零
    stands for any number of zeros between digits.

    :raises FinerThanCents: the amount has fractions of a cent.
    :raises NotAnAmount: it is too large to be true.
    """
    cents = int(abs(yuan(amount)) / CENT)
    whole, jiao, fen = cents // 100, cents // 10 % 10, cents % 10
    sign = "负" if amount < 0 and cents else ""
    return sign + _whole(whole) + _small_change(jiao, fen, has_whole=bool(whole))


def _whole(number: int) -> str:
    if not number:
        return ""
    above, below = divmod(number, _YI)
    return _joined(_below_yi(above), "亿", _below_yi(below), has_gap=below < _YI // 10) + "元"


def _below_yi(number: int) -> str:
    above, below = divmod(number, _WAN)
    return _joined(_four(above), "万", _four(below), has_gap=below < _WAN // 10)


def _joined(above: str, scale: str, below: str, *, has_gap: bool) -> str:
    """Return two groups of digits with the scale of the first; one 零 stands for zeros between."""
    if not above:
        return below
    gap = _DIGITS[0] if below and has_gap else ""
    return above + scale + gap + below


def _four(part: int) -> str:
    words = ""
    for place in range(3, -1, -1):
        digit = part // 10**place % 10
        if digit:
            words += _DIGITS[digit] + _PLACES[place]
        elif words and part % 10**place and not words.endswith(_DIGITS[0]):
            words += _DIGITS[0]
    return words


def _small_change(jiao: int, fen: int, *, has_whole: bool) -> str:
    if not jiao and not fen:
        return "整" if has_whole else "零元整"
    if not fen:
        return f"{_DIGITS[jiao]}角整"
    if not jiao:
        return f"{_DIGITS[0] if has_whole else ''}{_DIGITS[fen]}分"
    return f"{_DIGITS[jiao]}角{_DIGITS[fen]}分"
