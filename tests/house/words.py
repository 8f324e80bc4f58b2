"""The glossary, and what it says against the names in the source."""

import ast
import re
import tomllib
from collections import Counter
from collections.abc import Iterator

from tests.house.reading import ROOT, Source

GLOSSARY = tomllib.loads((ROOT / "docs" / "glossary.toml").read_text(encoding="utf-8"))
TERMS: dict[tuple[str, str], dict[str, object]] = {
    (each["owner"], each["en"]): each for each in GLOSSARY["term"]
}


def codes(table: str) -> dict[str, str]:
    """Return code → Chinese name of one of the tables of codes."""
    return {each["code"]: each["zh"] for each in GLOSSARY.get(table, [])}


def doubled(table: str, key: str) -> list[str]:
    """Return what a table names more than once."""
    counted = Counter(each[key] for each in GLOSSARY.get(table, []))
    return [name for name, times in counted.items() if times > 1]


def spoken(identifier: str) -> str:
    """Return an identifier as words: ``TokenOfUnion`` and ``token_of_union`` become ``token of union``."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", identifier)
    return apart.replace("_", " ").strip().lower()


def declared_names(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield every name that a file makes: classes, functions, arguments, variables, fields."""
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield node.lineno, name
            case ast.arg(arg=name):
                yield node.lineno, name
            case ast.Name(id=name, ctx=ast.Store()):
                yield node.lineno, name


def strangers(source: Source, forbidden: dict[str, str]) -> Iterator[str]:
    """Yield the names for which the glossary has another word."""
    for line, identifier in declared_names(source.tree):
        words = f" {spoken(identifier)} "
        for word, better in forbidden.items():
            if f" {word} " in words or f" {word}s " in words:
                yield source.at(line, f"“{identifier}”: the glossary says {better}")


def forbidden_words() -> dict[str, str]:
    return {word: str(term["en"]) for term in GLOSSARY["term"] for word in term.get("not", [])}
