"""The import contracts of pyproject.toml, each proven by one import that must not be."""

import os
import re
import subprocess
import sys

import pytest

from tests.house.reading import ROOT, declared

pytestmark = pytest.mark.house

# The smallest building that every contract has something to say about.
BUILDING = (
    "config", "config.cli", "config.sample", "config.sample.totals", "domains", "domains.dues",
    "domains.registry",
    "domains.registry.models", "domains.registry.selectors", "domains.reporting",
    "domains.reporting.actions", "domains.reporting.models", "domains.reporting.rules",
    "domains.reporting.views", "engines", "engines.facts", "engines.party", "engines.scope",
    "engines.queue", "engines.indicator", "engines.sheet", "kernel", "kernel.money",
)  # fmt: skip

BREAKS = [
    ("Four floors, leaning only downwards", "engines.facts", "juli.domains.registry"),
    ("Four floors, leaning only downwards", "kernel.money", "juli.engines.facts"),
    ("Four floors, leaning only downwards", "domains.dues", "juli.config"),
    ("Engines stack in one order", "engines.scope", "juli.engines.party"),
    ("Engines stack in one order", "engines.indicator", "juli.engines.sheet"),
    ("Domains are neighbours, not relatives", "domains.reporting.actions", "juli.domains.dues"),
    ("Domains are neighbours, not relatives", "domains.registry.selectors", "juli.domains.reporting"),
    ("Inside a domain: doors, actions, questions, tables, rules", "domains.reporting.models",
     "juli.domains.reporting.actions"),
    ("Inside a domain: doors, actions, questions, tables, rules", "domains.reporting.actions",
     "juli.domains.reporting.views"),
    ("Pure files stay pure", "kernel.money", "django.db"),
    ("Pure files stay pure", "domains.reporting.rules", "procrastinate"),
    ("Another app's tables are private", "domains.reporting.actions", "juli.domains.registry.models"),
    ("Nothing that counts may read the sample's totals", "config", "juli.config.sample.totals"),
]  # fmt: skip


def named_in_contracts() -> set[str]:
    """Return the modules that a contract names outright: it wants them to exist."""
    lists = [
        each.get(key, [])
        for each in declared()["tool"]["importlinter"]["contracts"]
        for key in ("source_modules", "protected_modules", "allowed_importers")
    ]
    return {name.removeprefix("juli.") for names in lists for name in names if "*" not in name}


def build(folder, modules=BUILDING):
    """Write empty packages, so that a single import is all there is to find."""
    for name in ("", *modules, *named_in_contracts()):
        package = folder.joinpath("juli", *filter(None, name.split(".")))
        package.mkdir(parents=True, exist_ok=True)
        package.joinpath("__init__.py").touch()


def lint(folder) -> str:
    """Judge the building by the contracts as they stand in pyproject.toml."""
    words = ["lint-imports", "--config", str(ROOT / "pyproject.toml"), "--no-cache", "--no-logo"]
    runner = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
    done = subprocess.run(
        [sys.executable, "-c", runner, *words[1:]],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200"},
        capture_output=True,
        text=True,
    )
    return done.stdout + done.stderr


def broken(report: str) -> set[str]:
    return {match.strip() for match in re.findall(r"^(.*?) BROKEN", report, flags=re.MULTILINE)}


def test_an_innocent_building_keeps_every_contract(tmp_path):
    build(tmp_path)

    report = lint(tmp_path)

    assert "0 broken" in report, report


@pytest.mark.parametrize(("contract", "module", "imports"), BREAKS)
def test_one_wrong_import_breaks_the_contract(tmp_path, contract, module, imports):
    build(tmp_path)
    tmp_path.joinpath("juli", *module.split("."), "__init__.py").write_text(f"import {imports}\n")

    report = lint(tmp_path)

    assert contract in broken(report), report


@pytest.mark.parametrize("stray", ["helpers", "engines.gadgets", "domains.slogans"])
def test_a_package_that_no_contract_knows_breaks_the_build(tmp_path, stray):
    build(tmp_path, (*BUILDING, stray))

    assert broken(lint(tmp_path))


def test_two_siblings_that_import_each_other_break_the_build(tmp_path):
    build(tmp_path)
    facts = tmp_path / "juli" / "engines" / "facts"
    (facts / "kinds.py").write_text("import juli.engines.facts.recording\n")
    (facts / "recording.py").write_text("import juli.engines.facts.kinds\n")

    assert "No cycles anywhere" in broken(lint(tmp_path))
