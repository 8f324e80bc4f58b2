"""Columns of a list: what stands in them, by what they sort, and what leaves the house of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Generic, TypeAlias, TypeVar, assert_never

from juli.engines.desk.cells import (
    NOTHING,
    Bar,
    Cell,
    Day,
    Link,
    Links,
    Masked,
    Moment,
    Name,
    Number,
    Quiet,
    State,
    Text,
    Words,
)

Item = TypeVar("Item")
Plain: TypeAlias = str | int | Decimal | date | datetime | None
"""What a column holds without any dress, as a sheet takes it."""


@dataclass(frozen=True)
class ListColumn(Generic[Item]):
    """
    A column that a list can show (列).

    ``cell`` dresses it for the page; ``plain`` gives the bare value for a sheet, by default what the
    cell says. ``keys`` are the fields of the row, never empty ones, by which it sorts: none, and it does
    not sort. The first column of a register is the name of the record and always shown;
    of the others, those that are not ``is_usual`` show themselves on request.
    """

    name: str
    label: Words
    cell: Callable[[Item], Cell]
    plain: Callable[[Item], Plain] | None = field(default=None)
    keys: tuple[str, ...] = ()
    is_numeric: bool = False
    is_usual: bool = True

    def value(self, item: Item) -> Plain:
        """Return the bare value for a sheet."""
        return self.plain(item) if self.plain else bare(self.cell(item))


def bare(cell: Cell) -> Plain:
    """Return what a cell says, without its dress; a dash that stands for nothing is nothing."""
    match cell:
        case Text(text) | Quiet(text) | Name(text) | Link(text):
            return "" if text == NOTHING else str(text)
        case Links(links):
            return "、".join(str(each.text) for each in links)
        case Number(value):
            return value
        case Day(on):
            return on
        case Moment(at):
            return at
        case State(label):
            return str(label)
        case Masked(text):
            return text
        case Bar(share):
            return Decimal(str(round(share, 4)))
        case _:
            assert_never(cell)


def chosen_columns(
    columns: tuple[ListColumn[Item], ...], names: Iterable[str]
) -> tuple[ListColumn[Item], ...]:
    """Return the columns to show, in the order of the register; the usual ones where none was chosen."""
    wanted = set(names) & {column.name for column in columns[1:]}
    if not wanted:
        return tuple(column for place, column in enumerate(columns) if column.is_usual or not place)
    return tuple(column for place, column in enumerate(columns) if column.name in wanted or not place)
