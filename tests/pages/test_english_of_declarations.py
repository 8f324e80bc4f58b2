"""What is declared in Chinese has its English: labels, figures, duties, refusals, sentences."""

import ast
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from juli.config.duties import DUTIES
from juli.engines.indicator.catalogue import every_indicator
from tools.assets import SOURCE

MARKS = {"_", "gettext", "gettext_lazy", "ngettext"}
# Said on a terminal to whoever runs the house, and never on a page.
OF_THE_TERMINAL = ("config/embedded", "config/cli", "config/supervisor", "config/sample")
OF_FIGURES = ("label", "definition", "formula", "source", "unit", "kind_label")
FILES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)


@pytest.fixture(scope="module")
def english() -> set[str]:
    text = (SOURCE / "config/locale/en/LC_MESSAGES/django.po").read_bytes()
    found = [message for message in read_po(BytesIO(text)) if message.id and message.string]
    return {each.id if isinstance(each.id, str) else each.id[0] for each in found}


def is_chinese(text: str) -> bool:
    return any("\u3400" <= character <= "\u9fff" for character in text)


def constants(node: ast.AST | None) -> Iterator[str]:
    """Yield a text that is written out, also in several pieces."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def marked(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
            yield from constants(node.args[0] if node.args else None)


def labels(tree: ast.AST) -> Iterator[str]:
    """Yield the labels of closed sets: the second of each pair in a class of choices."""
    for each in ast.walk(tree):
        if isinstance(each, ast.ClassDef) and any(ast.unparse(b).endswith("TextChoices") for b in each.bases):
            for line in each.body:
                if isinstance(line, ast.Assign) and isinstance(line.value, ast.Tuple):
                    yield from constants(line.value.elts[1])


def refusals(tree: ast.AST) -> Iterator[str]:
    for each in ast.walk(tree):
        if isinstance(each, ast.ClassDef):
            for line in each.body:
                if isinstance(line, ast.Assign) and ast.unparse(line.targets[0]) == "message":
                    yield from constants(line.value)


def without_english(path: Path, english: set[str]) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    said = {*marked(tree), *labels(tree)}
    if not path.relative_to(SOURCE).as_posix().startswith(OF_THE_TERMINAL):
        said |= {*refusals(tree)}
    return {each for each in said if is_chinese(each)} - english


def test_every_sentence_label_and_refusal_is_there_in_english(english):
    missing = {
        path.relative_to(SOURCE).as_posix(): left
        for path in FILES
        if (left := without_english(path, english))
    }
    assert missing == {}


def test_every_figure_is_there_in_english(english):
    said = {str(getattr(each, name, "")) for each in every_indicator() for name in OF_FIGURES}
    nameless = {"个"}  # a measure word, which English does without
    assert {each for each in said if is_chinese(each)} - english - nameless == set()


def test_every_duty_is_there_in_english(english):
    assert {duty.label for duty in DUTIES} - english == set()
