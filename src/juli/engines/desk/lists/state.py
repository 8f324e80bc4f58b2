"""The state of a list, which lives in its address: conditions, columns, order, page."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from juli.engines.desk.lists.columns import ListColumn, chosen_columns
from juli.engines.desk.lists.registers import AnyRegister
from juli.engines.desk.narrowing import LOOKS, PLACES
from juli.engines.desk.paging import Place

FALLING = "-"


@dataclass(frozen=True, slots=True)
class ListState:
    """
    How a list is to be shown (列表状态).

    ``sort`` is the name of a column that sorts, empty for the register's own order. What an address says
    wrongly is passed over.
    """

    columns: tuple[ListColumn[Any], ...]
    keys: tuple[str, ...]
    place: Place
    sort: str = ""
    is_falling: bool = False

    @classmethod
    def of(cls, query: QueryDict, register: AnyRegister) -> "ListState":
        """Return the state that an address asks for."""
        said = query.get("sort", "")
        sorting = {column.name: column for column in register.columns if column.keys}
        column = sorting.get(said.removeprefix(FALLING))
        return cls(
            columns=chosen_columns(register.columns, query.getlist("columns")),
            keys=register.keys_of(column) if column else register.order,
            place=Place(after=query.get("after", ""), before=query.get("before", "")),
            sort=column.name if column else "",
            is_falling=bool(column) and said.startswith(FALLING),
        )

    def direction_of(self, column: ListColumn[Any]) -> str:
        """Say whether the list is sorted by a column: "", "up" or "down"."""
        if column.name != self.sort:
            return ""
        return "down" if self.is_falling else "up"


def sorted_by(query: QueryDict, column: ListColumn[Any], *, now: str) -> str:
    """Return the address that sorts by a column: rising first, then falling, then as it was."""
    rest = without(query, *PLACES, "sort")
    if now != "down":
        rest["sort"] = f"{FALLING if now == 'up' else ''}{column.name}"
    return f"?{rest.urlencode()}"


def conditions(query: QueryDict) -> QueryDict:
    """Return the conditions alone: neither the page nor the looks."""
    return without(query, *PLACES, *LOOKS)


def looks(query: QueryDict) -> QueryDict:
    """Return the looks alone: columns and order."""
    rest = QueryDict(mutable=True)
    for name in ("columns", "sort"):
        if query.getlist(name):
            rest.setlist(name, query.getlist(name))
    return rest


def without(query: QueryDict, *names: str) -> QueryDict:
    """Return the parameters of an address without some of them and without empty ones."""
    rest = QueryDict(mutable=True)
    for name, values in query.lists():
        said = [value for value in values if value]
        if said and name not in names:
            rest.setlist(name, said)
    return rest


def pairs(query: QueryDict) -> Iterator[tuple[str, str]]:
    """Return each parameter with each of its values."""
    for name, values in query.lists():
        for value in values:
            yield name, value
