"""What a report may say of an exact value, and what it may not."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juli.kernel import spoken
from juli.kernel.spoken import FigureKind, Manner, Style, justifies, speak

values = st.integers(0, 10**9).map(Decimal) | st.decimals(0, 10**7, places=2)
steps = st.none() | st.sampled_from([Decimal(1), Decimal(10), Decimal(100), Decimal(1000), Decimal(10_000)])


@pytest.mark.parametrize(
    ("value", "style", "words"),
    [
        (5184, Style(Manner.EXACT), "5184"),
        (Decimal("700499.21"), Style(Manner.EXACT), "700499.21"),
        (Decimal("3146500.00"), Style(Manner.EXACT), "3146500"),
        (597_500, Style(Manner.WAN), "59.75万"),
        (597_450, Style(Manner.WAN), "59.75万"),
        (597_549, Style(Manner.WAN), "59.75万"),
        (597_550, Style(Manner.WAN), "59.76万"),
        (Decimal("1032000.00"), Style(Manner.WAN), "103.2万"),
        (599_980, Style(Manner.WAN), "60万"),
        (5_975, Style(Manner.WAN), "5975"),
        (1502, Style(Manner.OVER), "1500多"),
        (820 + 7, Style(Manner.OVER), "820多"),
        (8160, Style(Manner.OVER), "8100多"),
        (8160, Style(Manner.OVER, step=Decimal(1000)), "8000多"),
        (1502, Style(Manner.OVER, base=Decimal(1500)), "1500多"),
        (26_487, Style(Manner.OVER), "2.6万多"),
        (1698, Style(Manner.UNDER), "近1700"),
        (1700, Style(Manner.UNDER), "近1700"),
        (1650, Style(Manner.UNDER, base=Decimal(1700)), "近1700"),
        (26_487, Style(Manner.ABOUT), "约2.65万"),
        (26_450, Style(Manner.ABOUT), "约2.65万"),
        (1502, Style(Manner.ABOUT), "约1500"),
        (85, Style(Manner.PERCENT), "85%"),
        (Decimal("94.444"), Style(Manner.PERCENT), "94.44%"),
        (Decimal("85.3"), Style(Manner.PERCENT, step=Decimal(1)), "85%"),
    ],
)
def test_a_value_is_put_into_words(value, style, words):
    assert speak(value, style) == words
    assert justifies(words, value)


@pytest.mark.parametrize(
    ("value", "style", "words"),
    [
        (1500, Style(Manner.OVER), "1500多"),
        (1600, Style(Manner.OVER, base=Decimal(1500)), "1500多"),
        (7, Style(Manner.OVER, step=Decimal(10)), "0多"),
        (1701, Style(Manner.UNDER, base=Decimal(1700)), "近1700"),
        (1649, Style(Manner.UNDER), "近1700"),
        (26_449, Style(Manner.ABOUT, base=Decimal(26_500)), "约2.65万"),
        (30, Style(Manner.ABOUT, step=Decimal(100)), "约0"),
        (8160, Style(Manner.ABOUT, step=Decimal(1000)), "约8000"),
    ],
)
def test_words_that_the_value_does_not_bear_out_are_refused(value, style, words):
    with pytest.raises(spoken.NotJustified) as refusal:
        speak(value, style)

    assert refusal.value.sentence == f"实际数是 {value}，不能写成“{words}”，请改用准确数或别的说法。"
    assert spoken.speak_or_exact(value, style) == str(value)


# Figures of an annual report: what it printed, and the exact values that would have allowed it.
@pytest.mark.parametrize(
    ("words", "least", "most"),
    [
        ("1500多人次", 1501, 1599),
        ("820多名", 821, 829),
        ("8000多人次", 8001, 8999),
        ("650多次/人", 651, 659),
        ("3000多张", 3001, 3999),
        ("近1700人次", 1650, 1700),
        ("约2.65万人", 26_450, 26_549),
        ("59.75万人", 597_450, 597_549),
        ("27.65万元", 276_450, 276_549),
        ("3146500元", 3_146_500, 3_146_500),
        ("85%", Decimal("84.5"), Decimal("85.49")),
        ("约1000家", 950, 1049),
        ("超过2万人", 20_001, 29_999),
        ("１．２亿元", 115_000_000, 124_999_999),
        ("60万", 595_000, 604_999),
        ("-3", -3, -3),
    ],
)
def test_the_values_that_words_allow(words, least, most):
    step = Decimal("0.01") if "%" in words else 1

    assert justifies(words, least)
    assert justifies(words, most)
    assert not justifies(words, least - step)
    assert not justifies(words, most + step)


@pytest.mark.parametrize("words", ["", "很多", "多", "约", "1500多多", "1,500", "1500万亿", "近85%多"])
def test_words_without_a_number_are_borne_out_by_nothing(words):
    assert not justifies(words, 1500)


@given(values, st.sampled_from(Manner), steps)
def test_whatever_is_said_is_justified(value, manner, step):
    style = Style(manner, step)
    try:
        words = speak(value, style)
    except spoken.NotJustified:
        words = spoken.speak_or_exact(value, style)
        assert Decimal(words) == value
    else:
        assert justifies(f"{words}人", value)
    assert justifies(words, value)


@given(values, values, st.sampled_from([Manner.OVER, Manner.UNDER, Manner.ABOUT]))
def test_words_lean_the_way_they_say(value, other, manner):
    try:
        words = speak(value, Style(manner))
    except spoken.NotJustified:
        return
    if justifies(words, other) and manner is not Manner.ABOUT:
        number = Decimal(words.strip("近约多万")) * (10_000 if "万" in words else 1)
        assert (other > number) == (manner is Manner.OVER)


@pytest.mark.parametrize("kind", FigureKind)
def test_every_kind_of_figure_has_a_style(kind):
    assert isinstance(spoken.style_of(kind), Style)


def test_a_style_follows_kind_and_unit():
    assert spoken.style_of(FigureKind.DERIVED, unit="%") == Style(Manner.PERCENT)
    assert spoken.style_of(FigureKind.EXACT, unit="家") == Style(Manner.EXACT)
    assert spoken.style_of(FigureKind.ROUNDED_TO_100, unit="人") == Style(Manner.WAN)
    assert spoken.style_of(FigureKind.APPROX_OVER, step=Decimal(1000)) == Style(Manner.OVER, Decimal(1000))


def test_a_number_that_needs_no_rounding_is_not_said_to_be_about_itself() -> None:
    style = spoken.style_of(FigureKind.APPROX, unit="人")

    assert [speak(value, style) for value in (0, 265, 26_500, 26_487)] == ["0", "265", "2.65万", "约2.65万"]
