"""What an official document is made of."""

from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum


class Level(IntEnum):
    """The four levels of headings: 一、 （一） 1. （1） (标题层次)."""

    FIRST = 1
    SECOND = 2
    THIRD = 3
    FOURTH = 4


@dataclass(frozen=True, slots=True)
class Number:
    """
    A figure quoted in a sentence (引用的数字).

    ``anchor`` is its name in the index of figures at the end, to which the quoted text leads.
    """

    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the body."""

    text: str
    level: Level = Level.FIRST


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: words and quoted figures in order."""

    runs: tuple[str | Number, ...]


@dataclass(frozen=True, slots=True)
class IndexRow:
    """One quoted figure, explained: where it comes from and how many records stand behind it."""

    anchor: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """The table of every quoted figure at the end of a document (数字索引)."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[IndexRow, ...]
    widths: tuple[int, ...]
    """Relative widths of the columns."""


@dataclass(frozen=True, slots=True)
class Official:
    """A whole document, from its title to its date (公文)."""

    title: tuple[str, ...]
    """One entry a line: a long title is broken where its sense allows."""
    body: tuple[Heading | Paragraph, ...]
    subtitle: str = ""
    addressee: str = ""
    signer: str = ""
    signed_on: date | None = None
    index: Index | None = None
    language: str = field(default="zh-CN")
