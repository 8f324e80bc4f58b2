"""The pure rules, table by table."""

from datetime import date

import pytest

from juli.domains.registry.models import Post, Union
from juli.domains.registry.rules import covering, days, employing, ending, founding, numbers, posts, terms
from tests import world as building

TODAY = date(2018, 5, 9)


@pytest.mark.parametrize(
    ("serial", "number"), [(1, "00000000018"), (7992739871, "79927398713"), (597_500, "00005975008")]
)
def test_a_member_number_ends_in_its_check_digit(serial, number):
    assert numbers.member_number(serial) == number
    assert numbers.is_member_number(number)


@pytest.mark.parametrize(
    "text", ["", "00000000010", "0000000001", "000000000018", "0000000001٨", "0000000001x"]
)
def test_what_is_no_member_number(text):
    assert not numbers.is_member_number(text)


def test_every_single_slip_in_a_member_number_is_found():
    number = numbers.member_number(597_500)
    slips = [number[:place] + digit + number[place + 1 :] for place in range(11) for digit in "0123456789"]

    assert [slip for slip in slips if slip != number and numbers.is_member_number(slip)] == []


def test_the_parents_name_every_level_and_lead_to_the_root():
    assert set(founding.PARENTS) == set(Union.Level.values)
    assert set().union(*founding.PARENTS.values()) <= set(founding.PARENTS)
    assert [level for level, above in founding.PARENTS.items() if not above] == ["federation"]
    assert set(Union.Level.values) >= founding.COVERING


@pytest.mark.parametrize(
    ("level", "parent"), [("base", "base"), ("town", "town"), ("federation", "federation"), ("group", "town")]
)
def test_a_union_does_not_stand_below_any_other(level, parent):
    with pytest.raises(founding.WrongParent):
        founding.check_parent(level, parent_level=parent, label="甲", parent_label="乙")


@pytest.mark.parametrize(
    ("level", "form", "is_right"),
    [
        ("base", "own", True),
        ("base", "joint", True),
        ("base", "not_applicable", False),
        ("town", "not_applicable", True),
        ("town", "own", False),
        ("sub", "joint", False),
    ],
)
def test_a_base_union_and_no_other_has_a_form(level, form, is_right):
    if is_right:
        founding.check_form(level, form=form)
    else:
        with pytest.raises(founding.FormMissing):
            founding.check_form(level, form=form)


def test_a_legal_code_is_a_unions_and_right():
    good = building.credit_code(prefix="81990113MC", serial=1)

    assert founding.checked_legal_code(f" {good.lower()} ") == good
    assert founding.checked_legal_code("") == ""
    for wrong in (building.credit_code(serial=1), good[:-1], good[:-1] + ("1" if good[-1] != "1" else "2")):
        with pytest.raises(founding.LegalCodeFaulty):
            founding.checked_legal_code(wrong)


@pytest.mark.parametrize(
    ("form", "employers", "is_right"), [("own", 1, True), ("own", 2, False), ("joint", 9, True)]
)
def test_an_own_union_covers_one_employer(form, employers, is_right):
    if is_right:
        founding.check_covered(form, employers=employers)
    else:
        with pytest.raises(founding.OwnUnionCoversMore):
            founding.check_covered(form, employers=employers)


def test_groups_and_federations_cover_nobody():
    for level in ("federation", "town", "sub", "group"):
        with pytest.raises(covering.LevelCoversNobody):
            covering.check_level(level, label="总工会")
    covering.check_level("base", label="基层工会")


def test_days_may_be_past_but_not_to_come():
    days.check_happened(TODAY, today=TODAY)
    days.check_happened(date(1996, 5, 1), today=TODAY)
    with pytest.raises(days.InTheFuture, match="2018-05-10"):
        days.check_happened(date(2018, 5, 10), today=TODAY)
    with pytest.raises(days.TooEarly, match="2018-05-09（工会成立）"):
        days.check_not_before(date(2018, 5, 8), earliest=TODAY, event="工会成立")


def test_a_reason_says_something_in_a_sentence_or_two():
    assert days.checked_reason(" 企业更名 ") == "企业更名"
    with pytest.raises(days.ReasonMissing):
        days.checked_reason(" \n")
    with pytest.raises(days.ReasonTooLong):
        days.checked_reason("因" * 201)


@pytest.mark.parametrize(
    ("level", "code"),
    [
        ("federation", "registry.local_term_years"),
        ("town", "registry.local_term_years"),
        ("village", "registry.base_term_years"),
        ("base", "registry.base_term_years"),
    ],
)
def test_towns_and_federations_are_local_unions(level, code):
    assert terms.rule_for(level) == code


def test_a_term_lasts_what_the_law_says():
    terms.check_years(3, lawful=(3, 5), label="基层工会", citation="《工会法》第十六条")
    with pytest.raises(terms.TermLengthUnlawful, match="3 或 5 年"):
        terms.check_years(4, lawful=(3, 5), label="基层工会", citation="《工会法》第十六条")


def test_a_term_that_begins_on_a_leap_day_ends():
    assert terms.expiry(date(2016, 2, 29), years=5) == date(2021, 2, 28)
    assert terms.expiry(date(2018, 5, 9), years=3) == date(2021, 5, 9)


def test_the_offices_of_the_rules_are_those_of_the_table():
    assert set(Post.Office.values) >= posts.ELECTED
    assert posts.HEADS <= posts.ELECTED


@pytest.mark.parametrize("audit", ["audit_chair", "audit_member"])
@pytest.mark.parametrize("committee", ["chair", "vice_chair", "committee_member"])
def test_whoever_audits_does_not_sit_on_the_committee(audit, committee):
    for office, held in ((audit, {committee}), (committee, {audit, "women_member"})):
        with pytest.raises(posts.PostsIncompatible):
            posts.check_compatible(office, held=held)
    posts.check_compatible(audit, held={"women_chair", "staff"})
    posts.check_compatible("women_chair", held={committee})


def test_womens_posts_are_held_by_women():
    posts.check_for_women("women_chair", is_woman=True)
    posts.check_for_women("chair", is_woman=False)
    with pytest.raises(posts.PostForWomen):
        posts.check_for_women("women_member", is_woman=False)


def test_parts_of_a_headcount_fit_into_the_whole():
    employing.check_parts(10, parts=(10, None, 0))
    with pytest.raises(employing.PartsExceedWhole):
        employing.check_parts(10, parts=(None, 11))


def test_a_merger_joins_two_unions_of_one_level():
    ending.check_merger(1, heir_id=2, level="base", heir_level="base", heir="乙", label="基层工会")
    with pytest.raises(ending.IntoItself):
        ending.check_merger(1, heir_id=1, level="base", heir_level="base", heir="甲", label="基层工会")
    with pytest.raises(ending.LevelsDiffer):
        ending.check_merger(1, heir_id=2, level="base", heir_level="town", heir="乙", label="镇街总工会")
