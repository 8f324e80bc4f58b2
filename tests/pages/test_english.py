"""Every sentence that the pages of the registry, of accounts and the home page say is there in English."""

import ast
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

SOURCE = Path(__file__).resolve().parents[2] / "src" / "juli"
FILES = sorted(
    [
        *SOURCE.glob("domains/registry/forms/*.py"),
        *SOURCE.glob("domains/registry/views/*.py"),
        *SOURCE.glob("config/accounts/*.py"),
        *SOURCE.glob("config/home/*.py"),
        *SOURCE.glob("config/tasks/*.py"),
        *SOURCE.glob("config/palette/*.py"),
        *SOURCE.glob("config/help/*.py"),
        *SOURCE.glob("domains/registry/*.py"),
        *SOURCE.glob("engines/desk/*.py"),
    ]
)
MARKS = {"_", "gettext", "gettext_lazy"}


@pytest.fixture(scope="module")
def english() -> set[str]:
    text = (SOURCE / "config/locale/en/LC_MESSAGES/django.po").read_bytes()
    return {message.id for message in read_po(BytesIO(text)) if message.id and message.string}


def said_in(file: Path) -> set[str]:
    """Return the sentences that a file marks for translation."""
    return {
        node.args[0].value
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in MARKS
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }


@pytest.mark.parametrize("file", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_sentence_is_translated(file, english):
    assert said_in(file) - english == set()
