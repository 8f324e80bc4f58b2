"""The pages of the repository name commands, targets and settings that exist, and all settings that do."""

import re

import pytest

from juli.config.cli import COMMANDS
from tests.house.reading import ROOT, python_files, text_files

pytestmark = pytest.mark.house

COMMAND = re.compile(r"(?:^|`|bin/)juli ([a-z][a-z-]*)", flags=re.MULTILINE)
TARGET = re.compile(r"(?:^|`)make ([a-z][a-z-]*)", flags=re.MULTILINE)
SETTING = re.compile(r"JULI_[A-Z_]*[A-Z]")
SETTINGS_PAGE = ROOT / "docs/handbook/how-to/run-on-a-server.md"
OF_TESTS = {"JULI_TEST_DATABASE_URL", "JULI_TEST_DATA"}


def unknown_commands(text: str, known: set[str]) -> set[str]:
    """Return the ``juli`` commands that a page names and nobody has written."""
    return set(COMMAND.findall(text)) - known


def targets() -> set[str]:
    return set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))


def pages():
    return [
        (path, text) for path, text in text_files() if path.suffix == ".md" and path.name != "coverage.md"
    ]


def settings_read() -> set[str]:
    """Return the variables of the environment that the house reads."""
    return {
        name for source in python_files() if source.floor for name in SETTING.findall(source.text)
    } - OF_TESTS


def test_every_command_named_exists():
    known = {command.name for command in COMMANDS}

    assert {str(path): unknown for path, text in pages() if (unknown := unknown_commands(text, known))} == {}


def test_every_target_named_exists():
    found = {
        str(path): unknown for path, text in pages() if (unknown := set(TARGET.findall(text)) - targets())
    }

    assert found == {}


def test_every_setting_is_explained():
    explained = set(SETTING.findall(SETTINGS_PAGE.read_text(encoding="utf-8")))

    assert settings_read() - explained == set()


def test_no_setting_is_explained_that_is_gone():
    explained = set(SETTING.findall(SETTINGS_PAGE.read_text(encoding="utf-8")))

    assert explained - settings_read() == set()


def test_an_unknown_command_is_found():
    assert unknown_commands("Run `juli fly` or\njuli serve\n", {"serve"}) == {"fly"}
