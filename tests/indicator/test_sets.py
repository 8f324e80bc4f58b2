"""Sets of figures: what they name exists, and what a report says of a number holds."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from juli.domains.registry import indicators as registry
from juli.engines.indicator import asking, catalogue, checks, sets
from juli.engines.indicator.declarations import Version
from juli.engines.indicator.figures import Figure
from juli.engines.indicator.units import Unit
from juli.engines.scope.models import OrgUnit
from juli.kernel.period import Year
from juli.kernel.spoken import FigureKind
from tests.world import MAY_9

ANNUAL_WORK = sets.figure_set("annual-work")
WIRED = {
    "committee_term", "plenary_session_no", "report_year", "plan_year", "organ_modules", "org_levels",
    "base_unions", "covered_units", "members", "new_unions", "new_migrant_members",
}  # fmt: skip


def figure_of(value: int | Decimal | None, **more: object) -> Figure:
    return Figure(
        indicator=registry.MEMBERS, unit=OrgUnit(name="澜江区总工会"), period=Year(2018), value=value,
        evidence=(), evidence_count=0, worked_out_at=MAY_9, **more,
    )  # fmt: skip


def slot(kind: FigureKind, unit: str = "人", **more: object) -> sets.Slot:
    return sets.Slot("a_slot", "某数", unit, kind, 1, "organising", "registry.members", **more)


def test_the_set_of_the_annual_report_has_every_slot_once():
    assert len(ANNUAL_WORK.slots) == 119
    assert {each.key for each in ANNUAL_WORK.wired} == WIRED
    assert {each.system for each in ANNUAL_WORK.slots} <= set(range(1, 185))


def test_no_value_stands_in_the_set():
    text = (sets.FOLDER / "annual-work.toml").read_text(encoding="utf-8")
    numbers = {line for line in text.splitlines() if re.search(r"\d", line) and not line.startswith("system")}

    assert all(re.match(r'(key|indicator|kind) = "', line) for line in numbers), numbers


def test_everything_that_is_named_exists():
    assert list(checks.faults_of_set(ANNUAL_WORK)) == []
    assert [fault for each in catalogue.every_indicator() for fault in checks.faults_of_indicator(each)] == []


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"indicator": "registry.nothing"}, "indicator.E002"),
        ({"indicator": "registry.base_unions"}, "indicator.E003"),
        ({"unit": "斤"}, "indicator.E001"),
    ],
)
def test_a_slot_that_names_nothing_is_found(changed: dict[str, str], fault: str):
    wrong = replace(ANNUAL_WORK, slots=(replace(slot(FigureKind.EXACT), **changed),))

    assert fault in [each.id for each in checks.faults_of_set(wrong)]


@pytest.mark.parametrize(
    ("kind", "value", "spoken"),
    [
        (FigureKind.ROUNDED_TO_100, 597_450, "59.75万"),
        (FigureKind.ROUNDED_TO_100, 597_549, "59.75万"),
        (FigureKind.ROUNDED_TO_100, 597_550, "59.76万"),
        (FigureKind.APPROX, 26_487, "约2.65万"),
        (FigureKind.APPROX_OVER, 1_502, "1500多"),
        (FigureKind.APPROX_UNDER, 1_698, "近1700"),
        (FigureKind.EXACT, 5_184, "5184"),
    ],
)
def test_a_number_is_spoken_as_its_kind_is(kind: FigureKind, value: int, spoken: str):
    assert sets.spoken_for(slot(kind), figure_of(value)).spoken == spoken


def test_words_that_do_not_hold_give_way_to_the_number():
    said = sets.spoken_for(slot(FigureKind.APPROX_OVER), figure_of(1_500))

    assert (said.spoken, said.note) == ("1500", "准确数不支持“多”的说法，照准确数写")


def test_what_is_not_there_is_said():
    assert sets.spoken_for(slot(FigureKind.EXACT), figure_of(None)).note == "没有登记"
    assert (
        sets.spoken_for(slot(FigureKind.EXACT), figure_of(None, is_withheld=True)).note
        == "数目过小，不予显示"
    )
    assert (
        sets.spoken_for(slot(FigureKind.EXACT), figure_of(3, is_partial=True)).note == "只含管理范围内的部分"
    )


def test_an_unknown_set_is_refused_with_the_known_ones():
    with pytest.raises(sets.UnknownFigureSet, match="annual-work"):
        sets.figure_set("monthly")


@pytest.mark.parametrize(("groups", "times"), [([], 1), ([{"code": "g", "label": "组"}], 2)])
def test_a_set_that_contradicts_itself_is_refused(groups: list[dict[str, str]], times: int):
    entry = {"key": "a", "label": "某数", "unit": "人", "kind": "exact", "system": 1, "group": "g"}
    with pytest.raises(ValueError, match="x: "):
        sets.read({"code": "x", "label": "某集", "group": groups, "slot": [entry] * times})


def test_two_indicators_do_not_share_a_code():
    with pytest.raises(catalogue.DoublyDeclared):
        catalogue.declare([replace(registry.MEMBERS, label="别的会员数")])
    catalogue.declare([registry.MEMBERS])


@pytest.mark.parametrize(
    "changed",
    [
        {"code": "Members"}, {"label": ""}, {"source": ""},
        {"versions": (Version(2, date(2018, 1, 1), "从第二版开始。"),)},
    ],
)  # fmt: skip
def test_a_declaration_says_what_it_is(changed: dict[str, object]):
    with pytest.raises(ValueError):  # noqa: PT011  each fault has words of its own
        catalogue.declare([replace(registry.MEMBERS, **changed)])


def test_a_ratio_is_spoken_in_per_cent_and_parts_bear_one_unit():
    with pytest.raises(ValueError, match="%"):
        catalogue.declare([replace(registry.VERIFIED_SHARE, unit=Unit.PERSON)])
    with pytest.raises(ValueError, match="another unit"):
        catalogue.declare([replace(registry.MEMBER_PARTITION, parts=(registry.BASE_UNIONS,))])


@pytest.mark.parametrize(
    ("year", "as_of", "refusal"),
    [
        (2019, None, asking.YearNotCome), (1924, None, asking.YearTooEarly),
        (2018, date(2017, 12, 31), asking.DayOutsideYear), (2018, date(2018, 5, 10), asking.DayOutsideYear),
    ],
)  # fmt: skip
def test_a_year_that_cannot_be_counted_is_refused(year: int, as_of: date | None, refusal: type[Exception]):
    with pytest.raises(refusal):
        asking.period_of(year, as_of=as_of, today=date(2018, 5, 9))


def test_a_year_ends_at_its_end_or_today_or_where_asked():
    today = date(2018, 5, 9)
    assert asking.period_of(2017, as_of=None, today=today) == Year(2017)
    assert asking.period_of(2018, as_of=None, today=today).last_day == today
    assert asking.period_of(2017, as_of=date(2017, 6, 30), today=today).last_day == date(2017, 6, 30)
    assert asking.period_of(2018, as_of=date(2018, 1, 1), today=today).last_day == date(2018, 1, 1)
