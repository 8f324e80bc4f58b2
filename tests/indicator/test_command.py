"""``juli figures``, called as a shell does, over the district of the tests."""

import json
from contextlib import nullcontext

import pytest

from juli.config import cli
from juli.config.cli import session
from tests.world import World

pytestmark = pytest.mark.django_db
KEYS = {"slot", "value", "spoken", "unit", "indicator", "version", "evidence_count"}


@pytest.fixture
def juli(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], world: World):
    monkeypatch.setattr(session, "in_house", nullcontext)

    def run(*arguments: str) -> tuple[int, str, str]:
        code = cli.main(["figures", *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def test_it_prints_a_list_of_every_wired_slot(juli):
    code, said, _ = juli("annual-work", "--year", "2018", "--unit", "990113", "--json")
    entries = json.loads(said)

    assert code == 0
    assert len(entries) == 11
    assert all(set(entry) >= KEYS for entry in entries)
    by_slot = {entry["slot"]: entry for entry in entries}
    assert by_slot["members"] | {"as_of": "", "note": ""} == {
        "slot": "members", "value": 2, "spoken": "2", "unit": "人", "indicator": "registry.members",
        "version": 1, "evidence_count": 2, "as_of": "", "note": "",
    }  # fmt: skip
    assert by_slot["committee_term"]["value"] is None
    assert by_slot["committee_term"]["spoken"] == ""


def test_it_breaks_down_by_town_and_by_class(juli):
    _, said, _ = juli("annual-work", "--year", "2017", "--unit", "990113", "--json", "--by", "town")
    parts = {entry["slot"]: entry.get("parts") for entry in json.loads(said)}
    assert [(part["code"], part["value"]) for part in parts["base_unions"]] == [
        ("990113101", 2), ("990113102", 1),
    ]  # fmt: skip
    assert parts["committee_term"] is None
    _, said, _ = juli("annual-work", "--year", "2017", "--unit", "990113", "--by", "employer_class")
    assert "联合组建" in said


def test_it_counts_as_of_a_day(juli):
    _, said, _ = juli("annual-work", "--year", "2015", "--unit", "990113", "--json", "--as-of", "2015-06-30")
    members = next(entry for entry in json.loads(said) if entry["slot"] == "members")
    assert (members["value"], members["as_of"]) == (0, "2015-06-30")


def test_the_table_names_what_is_not_wired_only_if_asked(juli):
    _, said, _ = juli("annual-work", "--year", "2018", "--unit", "990113")
    assert "未接入" not in said
    assert "涵盖单位" in said
    _, said, _ = juli("annual-work", "--year", "2018", "--unit", "990113", "--all")
    assert said.count("未接入") == 119 - 11


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("monthly", "--year", "2018", "--unit", "990113"), "没有名为 monthly 的指标集"),
        (("annual-work", "--year", "2018", "--unit", "440113"), "没有编码为 440113 的组织"),
        (("annual-work", "--year", "9999", "--unit", "990113"), "9999年还没有到"),
        (("annual-work", "--year", "2018", "--unit", "990113", "--as-of", "2017-01-01"), "截止日 2017-01-01"),
    ],
)
def test_what_is_not_there_ends_with_a_sentence(juli, arguments: tuple[str, ...], sentence: str):
    code, said, complained = juli(*arguments)

    assert (code, said) == (1, "")
    assert sentence in complained


@pytest.mark.parametrize(
    "arguments",
    [
        ("annual-work",),
        ("annual-work", "--year", "nope", "--unit", "1"),
        ("annual-work", "--year", "2018", "--unit", "1", "--by", "age"),
    ],
)
def test_wrong_use_ends_with_a_hint(juli, arguments: tuple[str, ...]):
    code, _, complained = juli(*arguments)

    assert code == 2
    assert "juli figures --help" in complained
