"""Names: written one way, found by any, shown no further than needed."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from juli.kernel import text
from juli.kernel.text.names import HAN, PLAIN_HAN
from juli.kernel.text.readings import COMPOUND_SURNAMES, GIVEN, SURNAMES

COMPATIBILITY = "\uf92c"  # 郎 as GB 18030 keeps it apart; NFC would turn it into U+90CE
HAN_CHARACTERS = "张王李区单曾乐长行欧阳尉迟万俟单于晓明茜晟㼆𠀀𬭩䶮〇吕女" + COMPATIBILITY
names = (
    st.text(HAN_CHARACTERS, max_size=5)
    | st.text(HAN_CHARACTERS + "·• .\u200b　Ａnna李-ü", max_size=12)
    | st.text(max_size=8)
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("张 三", "张三"),
        ("　张　　三\u200b\ufeff ", "张三"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("阿依古丽 ・ 买买提", "阿依古丽·买买提"),
        ("阿依古丽.买买提", "阿依古丽·买买提"),
        ("Ｊｏｈｎ   Smith", "John Smith"),
        ("J. Smith", "J. Smith"),
        ("⼀平", "一平"),  # a Kangxi radical typed for the character
        ("㼆永健", "㼆永健"),
        ("\U00020bb7野", "\U00020bb7野"),
        (COMPATIBILITY + "平", COMPATIBILITY + "平"),
        ("张三·", "张三"),
        ("", ""),
    ],
)
def test_a_name_is_kept_in_one_way(typed, kept):
    assert text.normalise_name(typed) == kept
    assert text.normalised_names(pl.Series([typed])).to_list() == [kept]


@given(names)
def test_a_kept_name_is_kept_as_it_is(name):
    kept = text.normalise_name(name)
    assert text.normalise_name(kept) == kept


def test_a_query_is_folded():
    assert text.fold_query(" ＺＸＭ ") == "zxm"
    assert text.fold_query("LÜ") == text.fold_query("lu\u0308") == "lv"
    assert text.fold_query("张 三") == "张三"


@pytest.mark.parametrize(
    ("name", "letters", "spelling"),
    [
        ("张晓明", "zxm", "zhangxiaoming"),
        ("单田芳", "stf", "shantianfang"),
        ("仇和", "qh", "qiuhe"),
        ("区丽娟", "olj", "oulijuan"),
        ("曾惠芳", "zhf", "zenghuifang"),
        ("解晓东", "xxd", "xiexiaodong"),
        ("查良镛", "zly", "zhaliangyong"),
        ("翟志刚", "zzg", "zhaizhigang"),
        ("尉迟恭", "ycg", "yuchigong"),
        ("单于", "cy", "chanyu"),
        ("欧阳敏", "oym", "ouyangmin"),
        ("吕布", "lb", "lvbu"),
        ("㼆永健", "yyj", "yingyongjian"),
        ("阿依古丽·买买提", "ayglmmt", "ayigulimaimaiti"),
        ("Anna 李", "al", "annali"),
        ("John Smith", "js", "johnsmith"),
        ("", "", ""),
    ],
)
def test_a_name_is_found_by_its_letters(name, letters, spelling):
    assert text.initials(name) == letters
    assert text.full_pinyin(name) == spelling


def test_a_name_of_several_readings_is_found_by_each_but_four_at_most():
    assert text.initial_spellings("覃长乐") == ("qcl", "qcy", "qzl", "qzy")
    assert text.pinyin_spellings("王行") == ("wangxing", "wanghang")
    assert len(text.pinyin_spellings("覃长乐行朝")) == 4


def test_the_tables_hold_only_readings_that_the_dictionary_does_not_give():
    from pypinyin import lazy_pinyin

    for table in (SURNAMES, GIVEN):
        assert [one for one, readings in table.items() if readings == tuple(lazy_pinyin(one))] == []
    assert all(len(surname) == len(readings) == 2 for surname, readings in COMPOUND_SURNAMES.items())


def test_a_pair_is_found_wherever_it_stands():
    whole = set(text.bigrams("欧阳晓明"))

    assert len(text.bigrams("欧阳晓明")) == 5
    for part in ("欧阳", "阳晓", "晓明", "阳晓明", "欧阳晓明"):
        assert set(text.query_bigrams(part)) <= whole
    assert not set(text.query_bigrams("欧晓")) & whole
    assert text.query_bigrams("明") == text.query_bigrams("") == []


def test_one_character_is_found_at_either_end_of_a_name():
    surname, last = set(text.single_character_edges("张")), set(text.single_character_edges("明"))
    name = set(text.bigrams("张晓明"))

    assert surname & name
    assert last & name
    assert not set(text.single_character_edges("晓")) & name


def test_a_compatibility_ideograph_is_found_by_the_common_one():
    assert set(text.query_bigrams("郎平")) <= set(text.bigrams(COMPATIBILITY + "平"))
    assert text.initials(COMPATIBILITY + "平") == "lp"


@given(
    st.text(HAN_CHARACTERS + "ABC", min_size=2, max_size=2),
    st.text(HAN_CHARACTERS + "ABC", min_size=2, max_size=2),
)
def test_two_pairs_share_a_number_only_if_both_hold_rare_characters(one, other):
    if one.lower() != other.lower() and text.query_bigrams(one) == text.query_bigrams(other):
        assert max(one) > "\uffff" or COMPATIBILITY in one + other
    assert all(-(2**31) <= pair < 2**31 for pair in text.bigrams(one))


def test_pairs_are_the_same_in_every_process_and_release():
    assert text.bigrams("张三") == [0x00025F20, 0x5F204E09, 0x4E090003]
    assert text.bigrams("龙𠀀") == [0x00029F99, 0x9F99D800 - 2**32, 0xD8000003 - 2**32]


@given(st.lists(st.none() | names, max_size=15))
def test_columns_of_names_agree_with_single_ones(column):
    series = pl.Series("n", column, dtype=pl.String)
    keys = text.name_keys(series)

    assert series.to_list() == column
    assert keys.columns == ["name", "initials", "pinyin", "bigrams", "other_initials", "other_pinyin"]
    for name, row in zip(column, keys.iter_rows(named=True), strict=True):
        if name is None:
            assert set(row.values()) == {None}
            continue
        assert row["name"] == text.normalise_name(name)
        assert row["bigrams"] == text.bigrams(name)
        assert (row["initials"], *(row["other_initials"] or ())) == text.initial_spellings(name)
        assert (row["pinyin"], *(row["other_pinyin"] or ())) == text.pinyin_spellings(name)


def test_lists_are_written_as_the_database_reads_them():
    lists = pl.Series("bigrams", [[1, -2], [], None], dtype=pl.List(pl.Int32))

    assert text.as_array_literals(lists).to_list() == ["{1,-2}", "{}", None]
    assert text.as_array_literals(pl.Series([["zxm", "zxy"]])).to_list() == ["{zxm,zxy}"]


@pytest.mark.parametrize(
    ("mask", "whole", "whole_column", "shown"),
    [
        (text.mask_name, "张晓明", text.masked_names, "张*明"),
        (text.mask_name, "张明", text.masked_names, "张*"),
        (text.mask_name, "欧阳晓明", text.masked_names, "欧**明"),
        (text.mask_name, "𠮷", text.masked_names, "*"),
        (text.mask_name, "㼆永𠮷", text.masked_names, "㼆*𠮷"),
        (text.mask_name, "", text.masked_names, ""),
        (text.mask_document, "440113198801012417", text.masked_documents, "4401**********2417"),
        (text.mask_document, "H12345678", text.masked_documents, "H1*****78"),
        (text.mask_document, "1234567", text.masked_documents, "*******"),
        (text.mask_mobile, "13800005521", text.masked_mobiles, "138****5521"),
        (text.mask_mobile, "1234567", text.masked_mobiles, "*******"),
        (text.mask_account, "6222021234567891234", text.masked_accounts, "****1234"),
        (text.mask_account, "1234", text.masked_accounts, "****"),
    ],
)
def test_what_is_shown_of_personal_data(mask, whole, whole_column, shown):
    assert mask(whole) == shown
    assert pl.select(whole_column(pl.lit(whole))).item() == shown


@given(st.lists(st.none() | st.text(max_size=25), max_size=8))
def test_columns_are_masked_as_single_values_are(column):
    series = pl.lit(pl.Series(column, dtype=pl.String))
    for single, whole in (
        (text.mask_name, text.masked_names),
        (text.mask_document, text.masked_documents),
        (text.mask_mobile, text.masked_mobiles),
        (text.mask_account, text.masked_accounts),
    ):
        expected = [None if each is None else single(each) for each in column]
        assert pl.select(whole(series)).to_series().to_list() == expected


@given(st.text("0123456789X", min_size=1, max_size=25))
def test_a_mask_hides_at_least_a_third_of_any_number(number):
    for mask in (text.mask_document, text.mask_mobile):
        masked = mask(number)
        assert len(masked) == len(number)
        assert masked.count("*") * 3 >= len(number)


def test_plain_characters_are_those_no_form_changes():
    import re

    changed = re.compile(f"[{HAN}]")
    plain = re.compile(f"[{PLAIN_HAN}]")
    assert changed.fullmatch(COMPATIBILITY)
    assert not plain.fullmatch(COMPATIBILITY)
    assert plain.fullmatch("𠀀")
