"""Rules: the one in force on the day of the event applies, and an unsound one stops the house."""

from datetime import date
from decimal import Decimal

import pytest

from juli.engines import rulebook
from juli.engines.rulebook import book

YEAR_2018 = date(2018, 12, 31)
TODAY = date(2026, 11, 22)


def entry(*versions, **fields):
    return {"code": "registry.threshold", "label": "某项界限", "version": list(versions), **fields}


def version(**fields):
    plain = {
        "value": 25,
        "law": "某法",
        "article": "第一条",
        "valid_from": date(2000, 1, 1),
        "confirmed": True,
    }
    return plain | fields


@pytest.mark.parametrize(
    ("code", "day", "article"),
    [
        ("registry.base_committee_members", YEAR_2018, "第十条"),
        ("registry.base_committee_members", date(2021, 12, 31), "第十条"),
        ("registry.base_committee_members", date(2022, 1, 1), "第十一条"),
        ("registry.base_term_years", YEAR_2018, "第十五条"),
        ("registry.base_term_years", TODAY, "第十六条"),
    ],
)
def test_the_law_of_the_day_applies(code, day, article):
    assert rulebook.rule(code, on=day).article == article


def test_values_keep_their_kind():
    assert rulebook.rule("registry.base_committee_members", on=TODAY).whole() == 25
    assert rulebook.rule("registry.base_term_years", on=TODAY).choices() == (3, 5)
    assert rulebook.rule("indicator.stock_cut_off", on=TODAY).text() == "12-31"


@pytest.mark.parametrize(
    ("code", "question"),
    [("indicator.stock_cut_off", "whole"), ("registry.base_committee_members", "choices"),
     ("registry.base_term_years", "text")],
)  # fmt: skip
def test_a_value_asked_as_another_kind_is_refused(code, question):
    with pytest.raises(TypeError):
        getattr(rulebook.rule(code, on=TODAY), question)()


def test_an_unknown_code_is_a_slip_of_the_programmer():
    with pytest.raises(rulebook.UnknownRule):
        rulebook.rule("registry.no_such_thing", on=TODAY)


def test_a_day_without_a_rule_is_refused_in_words():
    with pytest.raises(rulebook.NoRuleInForce) as refusal:
        rulebook.rule("party.migrant_worker", on=YEAR_2018)

    assert refusal.value.sentence == "“农民工的含义”在2018-12-31没有可以适用的规定，请先在规则库中补充。"


def test_the_nearest_district_wins(monkeypatch):
    wordings = book.read(
        [entry(version(), version(value=30, district="44"), version(value=35, district="4401"))]
    )
    monkeypatch.setattr(book, "every_rule", lambda: tuple(wordings))

    assert book.rule("registry.threshold", on=TODAY).value == 25
    assert book.rule("registry.threshold", on=TODAY, district="110101").value == 25
    assert book.rule("registry.threshold", on=TODAY, district="440307").value == 30
    assert book.rule("registry.threshold", on=TODAY, district="440113").value == 35


def test_what_is_not_confirmed_says_so():
    women = rulebook.rule("registry.womens_committee_members", on=TODAY)

    assert (women.value, women.is_confirmed) == (10, False)
    assert women.note


def test_a_decimal_is_written_as_a_string():
    assert book.read([entry(version(value="0.02"), is_decimal=True)])[0].value == Decimal("0.02")


@pytest.mark.parametrize(
    "versions",
    [
        [version(), version(valid_from=date(2010, 1, 1))],
        [version(valid_until=date(2010, 1, 2)), version(valid_from=date(2010, 1, 1))],
        [version(valid_until=date(2000, 1, 1))],
        [version(law="")],
        [version(article="")],
        [version(confirmed=False)],
        [version(district="441")],
        [version(value=0.02)],
        [{"value": 25}],
    ],
)
def test_an_unsound_rule_is_found(versions):
    with pytest.raises(book.UnsoundRule):
        book.prove(book.read([entry(*versions)]))


def test_a_code_without_an_app_is_found():
    with pytest.raises(book.UnsoundRule, match=r"app\.thing"):
        book.prove(book.read([entry(version(), code="threshold")]))


def test_wordings_may_follow_each_other_on_one_day():
    book.prove(
        book.read([entry(version(valid_until=date(2010, 1, 1)), version(valid_from=date(2010, 1, 1)))])
    )


def test_the_files_are_sound():
    assert len({each.code for each in book.every_rule()}) >= 30
