"""Money: exact, to the cent, and in the numerals of a receipt."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juli.kernel import money
from juli.kernel.capitals import in_capitals

amounts = st.decimals(-(10**13), 10**13, places=2)
weights = st.lists(st.decimals(0, 10**6, places=3) | st.integers(0, 10**6), min_size=1, max_size=20).filter(
    any
)


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("1234.5", "1234.50"),
        ("1,234,567.80", "1234567.80"),
        ("￥１，２３４．５０元", "1234.50"),
        ("27.65万元", "276500.00"),
        ("1.5 亿", "150000000.00"),
        ("-3500", "-3500.00"),
        ("人民币 叁".replace("叁", "3") + "元整", "3.00"),
        (".5", "0.50"),
        (700499, "700499.00"),
        (Decimal("700499.2100"), "700499.21"),
    ],
)
def test_an_amount_is_read(written, amount):
    found = money.yuan(written)

    assert found == Decimal(amount)
    assert str(found) == amount


@pytest.mark.parametrize(
    "written", ["", "三千", "1,23", "1.2.3", "NaN", "1e3", "12%", "1 2 .", Decimal("Infinity"), 10**16]
)
def test_what_is_no_amount_is_refused(written):
    if written == "1 2 .":  # blanks inside a number are forgiven, as people group digits by them
        assert money.yuan(written) == 12
        return
    with pytest.raises(money.NotAnAmount):
        money.yuan(written)


def test_a_fraction_of_a_cent_is_refused_on_entry_and_rounded_after_reckoning():
    with pytest.raises(money.FinerThanCents) as refusal:
        money.yuan("0.005")
    assert refusal.value.sentence == "金额 0.005 的小数超过两位，请精确到分。"
    assert money.to_cent(Decimal("0.005")) == Decimal("0.01")
    assert money.to_cent(Decimal("-0.005")) == Decimal("-0.01")
    assert str(money.to_cent(Decimal("-0.001"))) == "0.00"


@pytest.mark.parametrize("amount", [0.1, 1.0, True])
def test_a_float_never_becomes_money(amount):
    with pytest.raises(TypeError, match="never float"):
        money.yuan(amount)
    with pytest.raises(TypeError, match="never float"):
        money.to_cent(amount)


def test_cents_left_over_go_to_the_largest_remainders():
    assert money.split(Decimal("100.00"), [1, 1, 1]) == [Decimal("33.34"), Decimal("33.33"), Decimal("33.33")]
    assert money.split(Decimal("0.05"), [60, 40]) == [Decimal("0.03"), Decimal("0.02")]
    assert money.split(Decimal("-0.01"), [0, 1, 1]) == [Decimal("0.00"), Decimal("-0.01"), Decimal("0.00")]


@given(amounts, weights)
def test_the_parts_sum_to_the_whole_and_none_is_a_cent_off(total, shares):
    parts = money.split(total, shares)
    whole = sum(Decimal(share) for share in shares)

    assert sum(parts) == total
    for part, share in zip(parts, shares, strict=True):
        assert abs(part - total * Decimal(share) / whole) < Decimal("0.010001")
        assert share or not part


@pytest.mark.parametrize("shares", [[], [0, 0], [2, -1], [Decimal(0)]])
def test_nothing_cannot_be_split_by(shares):
    with pytest.raises(money.NothingToSplitBy):
        money.split(Decimal("1.00"), shares)


def test_an_amount_is_shown_in_tables_and_texts():
    assert money.with_separators(Decimal("1234567.8")) == "1,234,567.80"
    assert money.in_wan(Decimal("276500")) == "27.65万元"
    assert money.in_wan(Decimal("1032000.00")) == "103.2万元"
    assert money.in_wan(Decimal("600000")) == "60万元"
    assert money.in_wan(Decimal("50")) == "0.01万元"


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("10050.03", "壹万零伍拾元零叁分"),
        ("3500", "叁仟伍佰元整"),
        ("100000005", "壹亿零伍元整"),
        ("100050000", "壹亿零伍万元整"),
        ("1000100000000", "壹万零壹亿元整"),
        ("700499.21", "柒拾万零肆佰玖拾玖元贰角壹分"),
        ("-12.30", "负壹拾贰元叁角整"),
    ],
)
def test_an_amount_is_written_in_capitals(amount, words):
    assert in_capitals(Decimal(amount)) == words


def read_capitals(words: str) -> Decimal:
    """Read capital numerals back, knowing nothing of how they were made."""
    sign, words = (-1, words[1:]) if words.startswith("负") else (1, words)
    total = section = four = digit = Decimal(0)
    for character in words:
        if character in "零壹贰叁肆伍陆柒捌玖":
            digit = Decimal("零壹贰叁肆伍陆柒捌玖".index(character))
        elif character in "拾佰仟":
            four, digit = four + digit * 10 ** ("拾佰仟".index(character) + 1), Decimal(0)
        elif character == "万":
            section, four, digit = section + (four + digit) * 10**4, Decimal(0), Decimal(0)
        elif character in "亿元":
            total += (section + four + digit) * (10**8 if character == "亿" else 1)
            section = four = digit = Decimal(0)
        elif character in "角分":
            total, digit = total + digit / (10 if character == "角" else 100), Decimal(0)
    return sign * total


@given(st.integers(-(10**16), 10**16) | st.integers(0, 10**6))
def test_capitals_read_back_as_the_amount(cents):
    amount = cents * money.CENT
    words = in_capitals(amount)

    assert read_capitals(words) == amount
    assert "零零" not in words
    assert words.endswith(("整", "分"))
