"""The words of the trade: pages and code call one thing by one name, and the glossary says which."""

import importlib
import pkgutil
from enum import StrEnum
from pathlib import PurePosixPath

import pghistory.models
import pytest
from django.apps import apps

import juli
from juli.engines.indicator.catalogue import every_indicator
from tests.house.reading import Source, python_files
from tests.house.words import GLOSSARY, TERMS, codes, doubled, forbidden_words, spoken, strangers

pytestmark = pytest.mark.house

HOUSE_MODELS = [
    model
    for model in apps.get_models()
    if model.__module__.startswith("juli.") and not issubclass(model, pghistory.models.Event)
]


def enums_in(file: str) -> dict[str, str]:
    """Return code → label of every enum in files of this name; the label is empty where none is given."""
    found = {}
    for module in pkgutil.walk_packages(juli.__path__, "juli."):
        if module.name.rsplit(".", 1)[-1] != file:
            continue
        contents = vars(importlib.import_module(module.name))
        labels = contents.get("LABELS", {})
        for each in contents.values():
            if isinstance(each, type) and issubclass(each, StrEnum) and each.__module__ == module.name:
                found |= {code.value: str(labels.get(code, "")) for code in each}
    return found


def unlike(said: dict[str, str], table: str) -> dict[str, str]:
    """Return the codes that the glossary lacks or words otherwise."""
    known = codes(table)
    return {
        code: label for code, label in said.items() if code not in known or label not in ("", known[code])
    }


@pytest.mark.parametrize("model", HOUSE_MODELS, ids=lambda model: model._meta.label)
def test_every_model_is_in_the_glossary(model):
    term = TERMS.get((model._meta.app_label, model.__name__))

    assert term, "add it to docs/glossary.toml"
    assert str(model._meta.verbose_name) == term["zh"]


@pytest.mark.parametrize(("file", "table"), [("permissions", "permission"), ("facts", "fact")])
def test_every_code_is_in_the_glossary(file, table):
    assert unlike(enums_in(file), table) == {}


@pytest.mark.parametrize(("file", "table"), [("permissions", "permission"), ("facts", "fact")])
def test_the_glossary_names_no_code_that_is_gone(file, table):
    assert set(codes(table)) - set(enums_in(file)) == set()


def test_every_indicator_is_in_the_glossary():
    said = {each.code: str(each.label) for each in every_indicator()}

    assert unlike(said, "indicator") == {}
    assert set(codes("indicator")) - set(said) == set()


@pytest.mark.parametrize(
    ("table", "key"), [("permission", "code"), ("fact", "code"), ("indicator", "code"), ("term", "zh")]
)
def test_the_glossary_says_everything_once(table, key):
    assert doubled(table, key) == []


@pytest.mark.parametrize("term", GLOSSARY["term"], ids=lambda term: term["en"])
def test_a_term_is_complete(term):
    assert term["zh"]
    assert term["owner"]
    assert term["means"].endswith(".") or term["means"].endswith("…")


def test_no_name_in_the_source_is_one_the_glossary_forbids():
    forbidden = forbidden_words()
    found = [line for source in python_files() if source.floor for line in strangers(source, forbidden)]

    assert found == []


@pytest.mark.parametrize(
    ("text", "word"),
    [("class Company: ...", "company"), ("def found_company(): ...", "company"), ("companys = 1", "company"),
     ("def f(event_log): ...", "event log"), ("class UnionEventLog: ...", "event log")],
)  # fmt: skip
def test_a_forbidden_name_is_found(text, word):
    source = Source(PurePosixPath("src/juli/domains/registry/models.py"), text)

    assert list(strangers(source, {word: "Employer"}))


def test_a_word_inside_another_is_not_found():
    source = Source(PurePosixPath("src/juli/domains/registry/models.py"), "accompany = 1")

    assert list(strangers(source, {"company": "Employer"})) == []


def test_identifiers_are_read_as_words():
    assert spoken("USCCNumber") == "uscc number"
    assert spoken("OrgUnit") == spoken("org_unit") == "org unit"


def test_a_code_worded_otherwise_is_found():
    said = dict(list(codes("fact").items())[:1])
    code = next(iter(said), "registry.union_founded")

    assert unlike({code: "另一种说法"}, "fact")
    assert unlike({"registry.no_such_thing": "没有登记"}, "fact")


TRADE = dict.fromkeys(("union", "membership", "dues"), "nothing of the trade in an engine")


def test_engines_know_nothing_of_the_trade():
    engines = [
        source for source in python_files() if source.floor == "engines" and "migrations" not in source.roles
    ]

    assert [line for source in engines for line in strangers(source, TRADE)] == []


def test_a_word_of_the_trade_in_an_engine_is_found():
    source = Source(PurePosixPath("src/juli/engines/desk/pages.py"), "def page_of_union(union_id): ...")

    assert list(strangers(source, TRADE))
