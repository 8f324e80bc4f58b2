"""Two records side by side, and what to keep of each: a page as values."""

from dataclasses import dataclass

from juli.engines.desk.cells import Cell, State, Words
from juli.engines.desk.pages import Fact, Note

FIRST, SECOND = "first", "second"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two records (一方)."""

    name: Cell
    line: Words = ""


@dataclass(frozen=True, slots=True)
class Value:
    """
    What both records say of one thing (比对项).

    With a ``field`` one of the two is chosen, at first ``chosen``; without it the line merely informs.
    """

    label: Words
    first: Words
    second: Words
    field: str = ""
    chosen: str = FIRST
    is_different: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to a question that only a person can settle (选项)."""

    value: str
    label: Words
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """
    Two records side by side (比对页).

    Without ``merge_href`` nothing can be merged here, and the note says why; without ``decision_href``
    nothing can be decided any more.
    """

    title: Words
    sides: tuple[Side, Side]
    states: tuple[State, ...] = ()
    line: tuple[Fact, ...] = ()
    note: Note | None = None
    values: tuple[Value, ...] = ()
    kept: str = FIRST
    question: Words = ""
    answers: tuple[Choice, ...] = ()
    merge_href: str = ""
    decision_href: str = ""
    back_href: str = ""
    different_label: Words = ""
    reason: str = ""
    error: Words = ""
