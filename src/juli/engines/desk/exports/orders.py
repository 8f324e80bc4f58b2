"""What is to be taken out of which list, and the rows that it comes to."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from juli.engines.desk.lists.columns import ListColumn, Plain, bare
from juli.engines.desk.lists.registers import AnyRegister, register_of
from juli.engines.desk.lists.state import ListState
from juli.engines.desk.narrowing import Narrowing
from juli.kernel.actor import Actor

RECORD_NUMBER = "记录号"
"""The first column of every export, by which a ledger finds its records again."""

CHUNK = 4_000


@dataclass(frozen=True, slots=True)
class Order:
    """
    A list to be taken out: its conditions and looks as its address has them (导出内容).

    With a ``reason_in_full`` the personal columns are taken out in full where the actor may see them.
    """

    register: AnyRegister
    query: QueryDict
    reason_in_full: str = ""

    @classmethod
    def of(cls, code: str, query: str, *, reason_in_full: str = "") -> "Order":
        """
        Return the order that an address of a list stands for.

        :raises UnknownRegister: there is no such list.
        """
        return cls(register_of(code), QueryDict(query), reason_in_full)

    @property
    def state(self) -> ListState:
        """Which columns in which order of rows."""
        return ListState.of(self.query, self.register)

    @property
    def columns(self) -> tuple[ListColumn[Any], ...]:
        """The columns that the list shows."""
        return self.state.columns

    @property
    def personal(self) -> tuple[str, ...]:
        """The names of the columns among them that hide a part of what they hold."""
        return tuple(each.name for each in self.columns if each.name in self.register.personal)

    @property
    def headings(self) -> tuple[str, ...]:
        """What stands above the columns of the file."""
        return (RECORD_NUMBER, *(str(column.label) for column in self.columns))

    def asked(self, *, actor: Actor) -> Narrowing:
        """Return the conditions in force."""
        found: Narrowing = self.register.narrowed(self.query, actor=actor)
        return found

    def subjects(self, *, actor: Actor) -> "QuerySet[Any]":
        """
        Return the rows of the list in its order.

        :raises NotFound: a unit to look below is out of reach.
        """
        state = self.state
        rows: QuerySet[Any] = self.register.rows(self.asked(actor=actor), actor=actor)
        return rows.order_by(*(f"-{key}" if state.is_falling else key for key in state.keys))

    def number_of_rows(self, *, actor: Actor) -> int:
        """
        Return how many rows there are, exactly.

        :raises NotFound: a unit to look below is out of reach.
        """
        return self.subjects(actor=actor).order_by().count()

    def values(self, *, actor: Actor, at: datetime) -> Iterator[list[Plain]]:
        """
        Yield the values of the file row by row, from one cursor of the database.

        Must be read within one transaction, behind the walls of the actor.

        :raises NotFound: a unit to look below is out of reach.
        """
        asked = self.asked(actor=actor)
        readers = [_reader(column) for column in self.columns]
        rows = self.subjects(actor=actor).iterator(chunk_size=CHUNK)
        while chunk := list(islice(rows, CHUNK)):
            items = self.register.lines(chunk, asked, actor=actor)
            read = [[reader(item) for reader in readers] for item in items]
            if self.reason_in_full and self.personal:
                self._reveal(items, read, actor=actor, at=at)
            number = self.register.record_number
            yield from ([number(row), *values] for row, values in zip(chunk, read, strict=True))

    def _reveal(self, items: Sequence[Any], read: list[list[Plain]], *, actor: Actor, at: datetime) -> None:
        """Put in full what the actor may see in full."""
        found = self.register.in_full(
            items, self.personal, reason=self.reason_in_full, actor=actor, at=at
        )  # fmt: skip
        names = [column.name for column in self.columns]
        for name, values in found.items():
            place = names.index(name)
            for line, value in zip(read, values, strict=True):
                if value is not None:
                    line[place] = value


def _reader(column: ListColumn[Any]) -> Callable[[Any], Plain]:
    if column.plain is not None:
        return column.plain
    cell = column.cell
    return lambda item: bare(cell(item))
