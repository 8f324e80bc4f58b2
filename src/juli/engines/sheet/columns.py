"""What a ledger looks like: its columns, how their headings may be spelt, what their cells may hold."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from juli.engines.sheet.columns_text import fold_choice, fold_heading, fold_heading_bare

ROW = "@row"
"""The column of every frame that holds the row number as Excel shows it (行号)."""

ERROR_HEADINGS = ("行号", "列", "原因")
"""The three columns that an error workbook adds and that reading passes over."""

YES_WORDS = ("是", "有", "对", "√", "✓", "✔", "y", "yes", "true", "1", "t")
NO_WORDS = ("否", "无", "不是", "没有", "×", "✗", "x", "n", "no", "false", "0", "f")


class Kind(StrEnum):
    """What the cells of a column hold (列类型)."""

    TEXT = "text"
    NAME = "name"
    DAY = "day"
    DOCUMENT = "document"
    MOBILE = "mobile"
    CHOICE = "choice"
    INTEGER = "integer"
    DECIMAL = "decimal"
    YES_NO = "yes_no"
    USCC = "uscc"


@dataclass(frozen=True, slots=True)
class Choice:
    """One value a choice column may take, with every word offices use for it (选项)."""

    code: str
    label: str
    aliases: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """Every spelling that stands for this choice."""
        return (self.code, self.label, *self.aliases)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """
    One column of a ledger (台账列).

    ``places`` counts the decimals of a decimal column, ``least`` and ``most`` bound whole and decimal
    numbers. ``document_kind`` names the choice column that says which document a number belongs to; its
    codes are those of ``idcodes.DocumentKind``. What is personal may come back with stars in it.
    """

    code: str
    label: str
    kind: Kind = Kind.TEXT
    aliases: tuple[str, ...] = ()
    required: bool = False
    choices: tuple[Choice, ...] = ()
    max_length: int = 200
    least: int | None = None
    most: int | None = None
    places: int = 2
    future_allowed: bool = False
    earliest: date = date(1900, 1, 1)
    document_kind: str | None = None
    is_personal: bool = False
    example: str = ""
    note: str = ""
    width: int | None = None

    def __post_init__(self) -> None:
        if self.kind is Kind.CHOICE and not self.choices:
            raise ValueError(f"column {self.code} lets nobody choose: give it choices")
        if self.code.startswith(("@", "#")):
            raise ValueError(f"column code {self.code} is kept for the frame itself")

    @property
    def may_be_masked(self) -> bool:
        """Whether exports show this column with stars in it."""
        return self.is_personal or self.kind in {Kind.NAME, Kind.DOCUMENT, Kind.MOBILE}

    @property
    def headings(self) -> tuple[str, ...]:
        """Every heading that means this column, the label first."""
        return (self.label, *self.aliases, self.code)

    def spellings(self) -> Mapping[str, str]:
        """Return the code for every folded spelling of every choice."""
        found: dict[str, str] = {}
        for choice in self.choices:
            for word in choice.words:
                if found.setdefault(fold_choice(word), choice.code) != choice.code:
                    raise ValueError(f"“{word}” stands for two choices of {self.code}")
        return found

    def label_of(self, code: str) -> str:
        """Return the label people read for a choice's code, or the code itself when it is unknown."""
        return next((choice.label for choice in self.choices if choice.code == code), code)


@dataclass(frozen=True, kw_only=True)
class LedgerForm:
    """
    The form of one kind of ledger (台账格式).

    ``key`` names the columns that together tell rows apart inside one file; ``record`` the column that
    carries the record number (记录号) on exports, so that masked cells beside it mean "unchanged".
    """

    code: str
    label: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    record: str | None = None
    _index: dict[str, Column] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        codes = [column.code for column in self.columns]
        if len(set(codes)) != len(codes):
            raise ValueError(f"form {self.code} uses a column code twice")
        if missing := {*self.key, *filter(None, [self.record])} - set(codes):
            raise ValueError(f"form {self.code} has no column {', '.join(sorted(missing))}")
        self._index.update(self._exact_headings())
        for bare, column in self._bare_headings():
            self._index.setdefault(bare, column)

    def _exact_headings(self) -> dict[str, Column]:
        index: dict[str, Column] = {}
        for column in self.columns:
            column.spellings()
            for heading in column.headings:
                if index.setdefault(fold_heading(heading), column) is not column:
                    raise ValueError(f"heading “{heading}” means two columns of form {self.code}")
        return index

    def _bare_headings(self) -> Iterator[tuple[str, Column]]:
        """Yield headings without brackets, leaving out those that several columns would share."""
        owners: dict[str, set[str]] = {}
        for column in self.columns:
            for heading in column.headings:
                owners.setdefault(fold_heading_bare(heading), set()).add(column.code)
        for bare, codes in owners.items():
            if bare and len(codes) == 1:
                yield bare, self.column(codes.pop())

    def column(self, code: str) -> Column:
        """Return the column of this code, or raise KeyError."""
        return self._by_code[code]

    @cached_property
    def _by_code(self) -> dict[str, Column]:
        return {column.code: column for column in self.columns}

    @property
    def required(self) -> tuple[Column, ...]:
        """The columns a file must have."""
        return tuple(column for column in self.columns if column.required)

    def find_column(self, heading: str) -> Column | None:
        """Return the column a heading means, however it is spelt, or None."""
        return self._index.get(fold_heading(heading)) or self._index.get(fold_heading_bare(heading))


_FOLDED_ERROR_HEADINGS = frozenset(fold_heading(heading) for heading in ERROR_HEADINGS)


def is_error_heading(heading: str) -> bool:
    """Tell whether a heading is one of the three that an error workbook adds."""
    return fold_heading(heading) in _FOLDED_ERROR_HEADINGS
