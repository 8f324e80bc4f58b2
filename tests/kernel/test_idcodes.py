"""Numbers of people and bodies: the standards' own examples, and single values against columns."""

import datetime as dt
import re
import string
import unicodedata

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from juli.kernel import idcodes
from juli.kernel.characters import BLANK, INVISIBLE
from juli.kernel.idcodes import DocumentKind, Fault, Sex

TODAY = dt.date(2026, 11, 22)
GOOD = "11010519491231002X"
GOOD_USCC = "91350100M000100Y43"


def resident(first_seventeen: str) -> str:
    return first_seventeen + idcodes.resident_check_digit(first_seventeen)


def mutated(numbers: st.SearchStrategy[str], alphabet: str) -> st.SearchStrategy[str]:
    """Numbers with some characters changed, dropped or added."""

    @st.composite
    def draw_one(draw: st.DrawFn) -> str:
        number = list(draw(numbers))
        for _ in range(draw(st.integers(0, 3))):
            place = draw(st.integers(0, len(number)))
            number[place : place + draw(st.integers(0, 1))] = draw(st.text(alphabet, max_size=1))
        return "".join(number)

    return draw_one()


births = st.dates(dt.date(1880, 1, 1), dt.date(2040, 1, 1))
residents = st.builds(
    lambda region, born, order: resident(f"{region}{born:%Y%m%d}{order:03d}"),
    st.sampled_from(["110105", "440113", "810000", "820000", "830000", "710000", "990000", "653100"]),
    births,
    st.integers(0, 999),
)
odd_residents = (
    mutated(residents, "0123456789Xx身 .E+") | st.text(max_size=20) | st.from_regex(r"\A\d{15,18}\Z")
)
usccs = st.builds(
    lambda first, rest: (whole := "91" + first + rest) + idcodes.uscc_check_character(whole),
    st.text("0123456789", min_size=6, max_size=6),
    st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=9, max_size=9),
)
odd_usccs = mutated(usccs, "0123456789ABIOSVZ社 .E+") | st.text(max_size=20)
mobiles = st.from_regex(r"\A1[3-9][0-9]{9}\Z")
odd_mobiles = mutated(mobiles, "0123456789-+ 号.E") | st.text(max_size=14) | st.from_regex(r"\A0\d{9,12}\Z")


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        (GOOD, Fault.NONE),
        (resident("44011319000229001"), Fault.RESIDENT_BIRTH_DAY),  # 1900 was no leap year
        (resident("44011320000229001"), Fault.NONE),
        (resident("44011320260230001"), Fault.RESIDENT_BIRTH_DAY),
        (resident("44011320261122001"), Fault.NONE),
        (resident("44011320261123001"), Fault.RESIDENT_BORN_IN_FUTURE),
        (resident("44011318961121001"), Fault.RESIDENT_BORN_TOO_EARLY),
        (resident("44011318961122001"), Fault.NONE),
        (resident("00011319900101001"), Fault.RESIDENT_REGION),
        (resident("81000019900101001"), Fault.NONE),
        ("110105194912310021", Fault.RESIDENT_CHECK_DIGIT),
        ("440113199001011000", Fault.RESIDENT_DIGITS_LOST),
        ("110105491231002", Fault.RESIDENT_OLD_FORM),
        ("11010519491231002", Fault.RESIDENT_LENGTH),
        ("11010519491231002x", Fault.RESIDENT_CHARACTERS),
        ("1101051949123100XX", Fault.RESIDENT_CHARACTERS),
        ("11010519491231002:", Fault.RESIDENT_CHARACTERS),
        ("1.1E+17", Fault.RESIDENT_SCIENTIFIC),
        ("1.10105194912E17", Fault.RESIDENT_SCIENTIFIC),
        ("110105194912310000.0", Fault.RESIDENT_SCIENTIFIC),
        ("", Fault.EMPTY),
    ],
)
def test_a_resident_number_and_what_is_wrong_with_it(number, fault):
    assert idcodes.resident_id_fault(number, on=TODAY) is fault
    assert idcodes.resident_id_faults(pl.Series([number]), on=TODAY).to_list() == [fault]


@given(st.lists(residents | odd_residents, max_size=20), st.dates(dt.date(1990, 1, 1), dt.date(2030, 1, 1)))
def test_columns_of_resident_numbers_agree_with_single_ones(numbers, on):
    column = pl.Series("n", numbers, dtype=pl.String)

    assert idcodes.resident_id_faults(column, on=on).to_list() == [
        idcodes.resident_id_fault(number, on=on) for number in numbers
    ]
    assert idcodes.birth_dates(column).to_list() == [idcodes.birth_date(number) for number in numbers]
    assert idcodes.sexes(column).to_list() == [idcodes.sex_of(number) for number in numbers]
    assert idcodes.guess_kinds(column).to_list() == [idcodes.guess_kind(number) for number in numbers]


@given(mutated(residents, "0123456789X"))
def test_the_oracle_agrees_on_check_digit_and_date(number):
    try:
        ric.get_birth_date(number)
        oracle = len(number) == 18 and ric.calc_check_digit(number) == number[17]
    except (ric.InvalidComponent, ValueError):
        oracle = False
    ours = idcodes.resident_id_fault(number, on=dt.date(2039, 12, 31))

    beyond_the_oracle = {Fault.RESIDENT_REGION, Fault.RESIDENT_BORN_TOO_EARLY, Fault.RESIDENT_BORN_IN_FUTURE}
    assert ours in beyond_the_oracle or (ours is Fault.NONE) == oracle


def test_birth_date_and_sex_are_read_from_the_number():
    assert idcodes.birth_date(GOOD) == dt.date(1949, 12, 31)
    assert idcodes.birth_date("110105491231002") is None
    assert idcodes.sex_of(GOOD) is Sex.FEMALE
    assert idcodes.sex_of(resident("11010519491231001")) is Sex.MALE
    assert (Sex.MALE.label, Sex.FEMALE.label) == ("男", "女")


def test_an_old_number_is_brought_to_eighteen_digits():
    assert idcodes.modernised("110105491231002") == GOOD
    assert idcodes.modernised("110105491331002") is None
    assert idcodes.modernised(GOOD) is None


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        (GOOD_USCC, Fault.NONE),
        ("91110000600037341L", Fault.NONE),
        ("91350100M000100Y44", Fault.USCC_CHECK_CHARACTER),
        ("91350100M000100Y4O", Fault.USCC_CHARACTERS),
        ("9135010AM000100Y43", Fault.USCC_REGION),
        ("91350100M000100Y4", Fault.USCC_LENGTH),
        ("440126000123456", Fault.USCC_REGISTRATION_NUMBER),
        ("M000100Y4", Fault.USCC_ORGANISATION_CODE),
        ("00000000X", Fault.USCC_ORGANISATION_CODE),
        ("9.14401E+17", Fault.USCC_SCIENTIFIC),
        ("9144011312345678.0", Fault.USCC_SCIENTIFIC),
        ("", Fault.EMPTY),
    ],
)
def test_a_credit_code_and_what_is_wrong_with_it(code, fault):
    assert idcodes.uscc_fault(code) is fault
    assert idcodes.uscc_faults(pl.Series([code])).to_list() == [fault]


@given(st.lists(usccs | odd_usccs, max_size=20))
def test_columns_of_credit_codes_agree_with_single_ones(codes):
    column = pl.Series(codes, dtype=pl.String)

    assert idcodes.uscc_faults(column).to_list() == [idcodes.uscc_fault(code) for code in codes]


@given(mutated(usccs, "0123456789ABCDEFGHJKLMNPQRTUWXYIOSVZ"))
def test_the_oracle_agrees_on_credit_codes(code):
    # The oracle wants digits in the first two places as well; the standard allows letters there.
    if code[:2].isdigit():
        assert (idcodes.uscc_fault(code) is Fault.NONE) == uscc.is_valid(code)


def test_unions_with_legal_personality_begin_with_81():
    assert idcodes.is_union_legal_person("81440113MC12345678")
    assert not idcodes.is_union_legal_person(GOOD_USCC)


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("13800001234", Fault.NONE),
        ("12800001234", Fault.MOBILE_PREFIX),
        ("1380000123", Fault.MOBILE_LENGTH),
        ("02084881234", Fault.MOBILE_IS_LANDLINE),
        ("84881234", Fault.MOBILE_IS_LANDLINE),
        ("13800001234/13800005678", Fault.MOBILE_CHARACTERS),
        ("1.38E+10", Fault.MOBILE_SCIENTIFIC),
        ("", Fault.EMPTY),
    ],
)
def test_a_mobile_number_and_what_is_wrong_with_it(number, fault):
    assert idcodes.mobile_fault(number) is fault
    assert idcodes.mobile_faults(pl.Series([number])).to_list() == [fault]


@given(st.lists(mobiles | odd_mobiles, max_size=20))
def test_columns_of_mobile_numbers_agree_with_single_ones(numbers):
    column = pl.Series(numbers, dtype=pl.String)

    assert idcodes.mobile_faults(column).to_list() == [idcodes.mobile_fault(number) for number in numbers]


@pytest.mark.parametrize("check", [idcodes.uscc_faults, idcodes.mobile_faults])
@pytest.mark.parametrize("column", [pl.Series([None, None]), pl.Series([None, None], dtype=pl.String)])
def test_a_column_of_nothing_is_empty_throughout(check, column):
    assert check(column).to_list() == [Fault.EMPTY] * 2
    assert idcodes.resident_id_faults(column, on=TODAY).to_list() == [Fault.EMPTY] * 2
    assert idcodes.birth_dates(column).to_list() == idcodes.sexes(column).to_list() == [None] * 2


def test_a_column_of_numbers_is_checked_as_text():
    assert idcodes.mobile_faults(pl.Series([13800001234, 138])).to_list() == [
        Fault.NONE,
        Fault.MOBILE_LENGTH,
    ]


NEW_PERMIT = "9441561985030400" + "1"


@pytest.mark.parametrize(
    ("kind", "typed", "fault"),
    [
        (DocumentKind.RESIDENT_ID, " 110105-19491231 002ｘ ", Fault.NONE),
        (DocumentKind.RESIDENT_ID, resident("81000019900101001"), Fault.RESIDENT_IS_RESIDENCE_PERMIT),
        (DocumentKind.RESIDENCE_PERMIT, resident("81000019900101001"), Fault.NONE),
        (DocumentKind.RESIDENCE_PERMIT, resident("83000019900101001"), Fault.NONE),
        (DocumentKind.RESIDENCE_PERMIT, GOOD, Fault.RESIDENCE_PERMIT_REGION),
        (DocumentKind.HK_MACAU_PERMIT, "h12345678", Fault.NONE),
        (DocumentKind.HK_MACAU_PERMIT, "M1234567801", Fault.HK_MACAU_OLD_FORM),
        (DocumentKind.HK_MACAU_PERMIT, "A12345678", Fault.HK_MACAU_FORM),
        (DocumentKind.TAIWAN_PERMIT, "01234567", Fault.NONE),
        (DocumentKind.TAIWAN_PERMIT, "0123456", Fault.TAIWAN_FORM),
        (DocumentKind.TAIWAN_PERMIT, "1.2E+7", Fault.DOCUMENT_SCIENTIFIC),
        (DocumentKind.PASSPORT, "E12345678", Fault.NONE),
        (DocumentKind.PASSPORT, "ABCDEF", Fault.PASSPORT_FORM),
        (DocumentKind.FOREIGN_PERMIT, "USA440085030412", Fault.NONE),
        (DocumentKind.FOREIGN_PERMIT, "USA440085133012", Fault.FOREIGN_PERMIT_BIRTH_DAY),
        (DocumentKind.FOREIGN_PERMIT, resident(NEW_PERMIT), Fault.NONE),
        (DocumentKind.FOREIGN_PERMIT, resident("94415620990304001"), Fault.FOREIGN_PERMIT_BIRTH_DAY),
        (DocumentKind.FOREIGN_PERMIT, NEW_PERMIT + "?", Fault.FOREIGN_PERMIT_FORM),
        (DocumentKind.PASSPORT, " ", Fault.EMPTY),
    ],
)
def test_a_document_is_judged_by_its_kind(kind, typed, fault):
    verdict = idcodes.check_document(kind, typed, on=TODAY)

    assert verdict.fault is fault
    assert verdict.is_good == (fault is Fault.NONE)
    assert verdict.sentence == fault.sentence
    assert verdict.code == f"idcodes.{fault.name.lower()}"
    assert verdict.number not in repr(verdict) or not verdict.number


def test_a_wrong_check_digit_on_a_foreign_permit_is_noticed():
    good = resident(NEW_PERMIT)
    wrong = good[:17] + ("0" if good[17] != "0" else "1")

    verdict = idcodes.check_document(DocumentKind.FOREIGN_PERMIT, wrong, on=TODAY)
    assert verdict.fault is Fault.FOREIGN_PERMIT_CHECK_DIGIT


@given(
    st.lists(
        st.tuples(
            st.none() | st.sampled_from(DocumentKind),
            residents | odd_residents | st.from_regex(r"\A[HM]?[0-9A-Z]{7,11}\Z"),
        ),
        max_size=12,
    )
)
def test_columns_of_documents_agree_with_single_ones(rows):
    kinds = pl.Series([None if kind is None else kind.value for kind, _ in rows], dtype=pl.String)
    numbers = pl.Series([idcodes.tidy_code(number) for _, number in rows], dtype=pl.String)

    expected = []
    for kind, number in zip([kind for kind, _ in rows], numbers, strict=True):
        known = kind or idcodes.guess_kind(number) or DocumentKind.RESIDENT_ID
        expected.append(idcodes.check_document(known, number, on=TODAY).fault)
    assert idcodes.document_faults(kinds, numbers, on=TODAY).to_list() == expected


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (GOOD, DocumentKind.RESIDENT_ID),
        ("110105491231002", DocumentKind.RESIDENT_ID),
        ("810000199001010019", DocumentKind.RESIDENCE_PERMIT),
        ("H12345678", DocumentKind.HK_MACAU_PERMIT),
        ("01234567", DocumentKind.TAIWAN_PERMIT),
        ("E12345678", DocumentKind.PASSPORT),
        ("USA440085030412", DocumentKind.FOREIGN_PERMIT),
        ("944156198503040016", DocumentKind.FOREIGN_PERMIT),
        ("110105", None),
        ("张三", None),
    ],
)
def test_the_kind_is_guessed_from_the_number(number, kind):
    assert idcodes.guess_kind(number) is kind


@pytest.mark.parametrize("kind", DocumentKind)
def test_a_kind_is_known_by_code_and_label(kind):
    assert idcodes.document_kind(kind.value) is idcodes.document_kind(f" {kind.label} ") is kind


def test_usual_words_for_documents_are_known():
    assert idcodes.document_kind("回乡证") is DocumentKind.HK_MACAU_PERMIT
    assert idcodes.document_kind("军官证") is None


@pytest.mark.parametrize(
    ("typed", "tidied"),
    [
        ("１１０１０５１９４９１２３１００２ｘ", GOOD),
        ("\ufeff110105\u200b19491231\u00a0002X\r\n", GOOD),
        ("'110105 1949 1231 002×", GOOD),
        ('="11010519491231002Х"', GOOD),
        ("110105－19491231—002ⅹ", GOOD),
        ("13800001234.0", "13800001234"),
        ("440113199001011000.0", "440113199001011000.0"),
        ("1.1e+17", "1.1E+17"),
        ("", ""),
    ],
)
def test_a_number_is_tidied(typed, tidied):
    assert idcodes.tidy_code(typed) == tidied
    assert pl.select(idcodes.tidied_code(pl.lit(typed))).item() == tidied


@pytest.mark.parametrize(
    "typed", ["+86 138-0000-1234", "0086(138)00001234", "８６１３８００００１２３４", "13800001234.0"]
)
def test_a_mobile_number_is_tidied(typed):
    assert idcodes.tidy_mobile(typed) == "13800001234"
    assert pl.select(idcodes.tidied_mobile(pl.lit(typed))).item() == "13800001234"


@given(st.lists(st.none() | st.text() | st.text("0123456789.０９xXХ-－'\u200b\ufeff Ｅe+()"), max_size=10))
def test_columns_are_tidied_as_single_values_are(typed):
    column = pl.lit(pl.Series(typed, dtype=pl.String))

    for single, whole in (
        (idcodes.tidy_code, idcodes.tidied_code),
        (idcodes.tidy_mobile, idcodes.tidied_mobile),
    ):
        expected = [None if text is None else single(text) for text in typed]
        assert pl.select(whole(column)).to_series().to_list() == expected
    tidied = [idcodes.tidy_code(text) for text in typed if text is not None]
    assert tidied == [idcodes.tidy_code(text) for text in tidied]


def test_every_control_and_blank_of_unicode_is_known():
    invisible_or_blank = re.compile(f"[{INVISIBLE}{BLANK}]")
    unknown = [
        hex(code)
        for code in range(0x110000)
        if unicodedata.category(chr(code)) in {"Cc", "Cf", "Zs", "Zl", "Zp"}
        and not invisible_or_blank.fullmatch(chr(code))
    ]
    assert unknown == []
    assert not any(
        invisible_or_blank.fullmatch(sign) for sign in string.ascii_letters + string.digits + "张·㼆𠀀"
    )


def test_every_fault_has_a_complete_sentence_and_a_byte():
    for fault in Fault:
        assert 0 <= fault < 256
        assert fault.sentence == "" if fault is Fault.NONE else fault.sentence.endswith("。")
