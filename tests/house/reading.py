"""Reads the project's own source, so that the house rules can be asked of it."""

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[2]
GENERATED = ("node_modules/", ".venv/", ".data/")


@dataclass(frozen=True)
class Source:
    """One Python file: where it stands, what it says and how it parses."""

    path: PurePosixPath
    text: str

    @property
    def tree(self) -> ast.Module:
        return _parsed(self.text)

    @property
    def parts(self) -> tuple[str, ...]:
        """The path below ``src/juli``, or the whole path of a file elsewhere."""
        parts = self.path.parts
        return parts[2:] if parts[:2] == ("src", "juli") else parts

    @property
    def floor(self) -> str:
        return self.parts[0] if self.path.parts[:2] == ("src", "juli") else ""

    @property
    def roles(self) -> set[str]:
        """Every name a file's role can be read from: its folders and its own stem."""
        return {*self.parts[:-1], self.path.stem}

    def at(self, line: int, sentence: str) -> str:
        return f"{self.path}:{line}: {sentence}"


@cache
def _parsed(text: str) -> ast.Module:
    return ast.parse(text)


def tracked() -> Iterator[PurePosixPath]:
    """Yield what git tracks, and what it would track: a new file is judged before it is committed."""
    words = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in sorted(set(filter(None, listed.split("\0")))):
        if (ROOT / name).is_file() and not name.startswith(GENERATED):
            yield PurePosixPath(name)


@cache
def python_files() -> tuple[Source, ...]:
    return tuple(
        Source(path, (ROOT / path).read_text(encoding="utf-8")) for path in tracked() if path.suffix == ".py"
    )


@cache
def text_files() -> tuple[tuple[PurePosixPath, str], ...]:
    """Return every tracked file that is text, with what it says."""
    found = []
    for path in tracked():
        raw = (ROOT / path).read_bytes()
        if b"\0" not in raw[:8000]:
            found.append((path, raw.decode("utf-8", errors="replace")))
    return tuple(found)


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def dotted(node: ast.AST) -> str:
    """Return ``a.b.c`` for a chain of names, and what can be read of it otherwise."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=attr):
            return f"{dotted(value)}.{attr}"
        case ast.Call(func=func):
            return f"{dotted(func)}()"
        case ast.Subscript(value=value):
            return f"{dotted(value)}[]"
        case _:
            return ""


@cache
def declared() -> dict[str, object]:
    """Return pyproject.toml."""
    with (ROOT / "pyproject.toml").open("rb") as lines:
        return tomllib.load(lines)
