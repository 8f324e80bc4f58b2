"""Amounts of money: Decimal yuan with two places, never float (金额)."""

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from juli.kernel.characters import half_width
from juli.kernel.refusal import Refusal

CENT = Decimal("0.01")
_LARGEST = Decimal(10) ** 16
_SCALES = {"": Decimal(1), "万": Decimal(10) ** 4, "亿": Decimal(10) ** 8}
# 1,234.50 · ¥1234.5 · 27.65万元 · -3500 · 人民币 1,000 元整
_WRITTEN = re.compile(
    r"(?:人民币|RMB|CNY)?[¥￥]?(?P<sign>[-+]?)[¥￥]?"
    r"(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?|[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"
    r"(?P<scale>[万亿]?)元?整?",
    re.IGNORECASE,
)


class NotAnAmount(Refusal):
    """The text is not an amount of money, or one too large to be true."""

    code = "money.not_an_amount"
    message = "“{text}”不是金额，请只填写数字，例如 1234.50 或 27.65万元。"


class FinerThanCents(Refusal):
    """The amount has fractions of a cent."""

    code = "money.finer_than_cents"
    message = "金额 {text} 的小数超过两位，请精确到分。"


class NothingToSplitBy(Refusal):
    """A sum is to be split, but the weights are missing, negative or all zero."""

    code = "money.nothing_to_split_by"
    message = "没有可以据以分摊的比例，请先填写各项的比例或基数。"


def yuan(amount: Decimal | int | str) -> Decimal:
    """
    Return an amount as Decimal yuan with two places.

    A text may carry thousands separators, ¥, 元, 万 or 亿, and full-width digits.

    :raises NotAnAmount: not a number, or 10**16 yuan or more.
    :raises FinerThanCents: it has fractions of a cent; see ``to_cent`` for results of reckoning.
    """
    exact = _exact(amount)
    cents = to_cent(exact)
    if cents != exact:
        raise FinerThanCents(text=f"{exact.normalize():f}")
    return cents


def to_cent(amount: Decimal | int) -> Decimal:
    """Return the result of a reckoning, rounded half up to the cent (away from zero)."""
    cents = _exact(amount).quantize(CENT, ROUND_HALF_UP)
    return cents if cents else abs(cents)  # no minus nought


def split(total: Decimal, weights: Sequence[Decimal | int]) -> list[Decimal]:
    """
    Split an amount in proportion to weights, so that the parts sum to it to the cent.

    By largest remainder: each part is rounded down to the cent, and the cents left over go one
    each to the parts that lost most by rounding; among equals to the earlier. A negative amount
    is split as the positive one, with the sign put back.

    :raises NothingToSplitBy: no weight is positive, or one is negative.
    :raises FinerThanCents: the total has fractions of a cent.
    """
    shares = [Decimal(weight) for weight in weights]
    whole = sum(shares, Decimal(0))
    if whole <= 0 or any(share < 0 for share in shares):
        raise NothingToSplitBy
    cents = int(yuan(total) / CENT)
    sign = -1 if cents < 0 else 1
    # In integers: a division of Decimals rounds, and would round two equal parts differently.
    scale = max(-int(share.as_tuple().exponent) for share in shares)
    parts = [int(share.scaleb(max(scale, 0))) for share in shares]
    divided = [divmod(abs(cents) * part, sum(parts)) for part in parts]
    left = abs(cents) - sum(down for down, _ in divided)
    by_remainder = sorted(range(len(parts)), key=lambda place: -divided[place][1])
    luckier = set(by_remainder[:left])
    return [sign * (down + (place in luckier)) * CENT for place, (down, _) in enumerate(divided)]


def with_separators(amount: Decimal) -> str:
    """Return an amount for tables: ``1,234,567.80``."""
    return f"{to_cent(amount):,.2f}"


def in_wan(amount: Decimal, *, places: int = 2) -> str:
    """Return an amount in ten thousands, rounded half up: ``27.65万元``; zeros at the end go."""
    wan = (_exact(amount) / _SCALES["万"]).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{wan:f}"
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text}万元"


def _exact(amount: Decimal | int | str) -> Decimal:
    # A float reaches this only past the type checker; it would carry its error into the books.
    if isinstance(amount, float | bool):
        raise TypeError("money is Decimal, int or text, never float")
    exact = _read(amount) if isinstance(amount, str) else Decimal(amount)
    if not exact.is_finite() or abs(exact) >= _LARGEST:
        raise NotAnAmount(text=amount)
    return exact


def _read(text: str) -> Decimal:
    found = _WRITTEN.fullmatch(re.sub(r"\s", "", half_width(text)))
    if not found:
        raise NotAnAmount(text=text)
    try:
        digits = Decimal(found["sign"] + found["digits"].replace(",", ""))
    except InvalidOperation:
        raise NotAnAmount(text=text) from None
    return digits * _SCALES[found["scale"]]
