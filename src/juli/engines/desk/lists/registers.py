"""The declaration of a register as a list, and the book of all of them."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from juli.engines.desk.cells import Words
from juli.engines.desk.lists.columns import ListColumn, Plain
from juli.engines.desk.lists.totals import Total, up_to
from juli.engines.desk.narrowing import Narrowing
from juli.engines.desk.pages import Action, Chip, Empty
from juli.kernel.actor import Actor

Subject = TypeVar("Subject", bound=Model)
Item = TypeVar("Item")
Asked = TypeVar("Asked", bound=Narrowing)


class Register(ABC, Generic[Subject, Item, Asked]):
    """
    One register as a list (登记簿).

    A subclass says what is listed and how; the list page, its columns, order, saved filters, bulk
    actions and exports come with it. ``rows`` decides what is seen: it begins behind the first wall.

    ``order`` are the fields that the list is sorted by, the last of them ``pk``. ``usual`` are the
    conditions asked for most, each a label and a query string. ``bulk`` are verbs for many rows at once.
    ``ledger`` names the ledger through which an export comes back in, where there is one. ``personal``
    are the columns that hide a part of what they hold, and ``reveals`` the permission to take them out
    in full.
    """

    code: ClassVar[str]
    title: ClassVar[Words]
    caption: ClassVar[Words]
    module: ClassVar[Words] = ""
    unit: ClassVar[Words]
    address: ClassVar[str]
    permission: ClassVar[str]
    order: ClassVar[tuple[str, ...]]
    usual: ClassVar[tuple[tuple[Words, str], ...]] = ()
    bulk: ClassVar[tuple[Any, ...]] = ()  # Any: engines.desk.bulk.BulkVerb, of whatever subject
    ledger: ClassVar[str] = ""
    personal: ClassVar[frozenset[str]] = frozenset()
    reveals: ClassVar[str] = ""
    empty_sentence: ClassVar[Words] = _("这里还没有记录。")
    none_found: ClassVar[Words] = _("没有符合条件的记录。去掉一两个条件再看看。")

    narrowing: type[Asked]
    columns: tuple[ListColumn[Item], ...]

    def narrowed(self, query: QueryDict, *, actor: Actor) -> Asked:
        """Return the conditions that an address holds."""
        return self.narrowing(query)

    @abstractmethod
    def rows(self, asked: Asked, *, actor: Actor) -> "QuerySet[Subject]":
        """
        Return every row that fits the conditions and that the actor reaches.

        :raises NotFound: a unit to look below is out of reach.
        """

    @abstractmethod
    def lines(self, rows: Sequence[Subject], asked: Asked, *, actor: Actor) -> Sequence[Item]:
        """Return what stands in the lines of these rows, in their order."""

    def in_full(
        self, items: Sequence[Item], names: Sequence[str], *, reason: str, actor: Actor, at: datetime
    ) -> Mapping[str, Sequence[Plain]]:
        """
        Return what personal columns hold in full, and write down whose were taken out.

        None stands where the actor may not see it, and a column that is left out stays masked too.
        """
        return {}

    def count(self, asked: Asked, *, actor: Actor) -> Total:
        """Return how many rows fit: exactly, or that there are more than are worth counting."""
        return up_to(self.rows(asked, actor=actor))

    def title_for(self, asked: Asked) -> Words:
        """Return the heading of the page."""
        return self.title

    def counted(self, asked: Asked) -> Words:
        """Say how the total was counted."""
        return ""

    def total_href(self, asked: Asked) -> str:
        """Return the page of the indicator whose value the total is, where it is one."""
        return ""

    def actions(self, *, actor: Actor) -> tuple[Action, ...]:
        """Return the buttons of the page's head."""
        return ()

    def chips(self, asked: Asked, *, actor: Actor) -> tuple[Chip, ...]:
        """Return the conditions in force."""
        return asked.chips()

    def empty(self, *, actor: Actor, is_narrowed: bool) -> Empty:
        """Say what belongs here, or that nothing fits."""
        if is_narrowed:
            return Empty(self.none_found, Action(_("看全部"), self.href(), icon="list"))
        first = next(iter(self.actions(actor=actor)), None)
        return Empty(self.empty_sentence, first)

    def is_off(self, item: Item) -> bool:
        """Say whether a line is greyed, because it is no longer in force."""
        return False

    def record_number(self, row: Subject) -> int:
        """Return the number that names the row in an export and a bulk action (记录号)."""
        return int(row.pk)

    def href(self, query: Mapping[str, str] | None = None) -> str:
        """Return the address of the list."""
        found = reverse(self.address)
        if not query:
            return found
        said = QueryDict(mutable=True)
        said.update(query)
        return f"{found}?{said.urlencode()}"

    def keys_of(self, column: ListColumn[Item]) -> tuple[str, ...]:
        """Return the fields by which the list is sorted when this column is chosen for it."""
        return (*column.keys, "pk") if column.keys[-1:] != ("pk",) else column.keys


AnyRegister = Register[Any, Any, Any]
_BOOK: dict[str, AnyRegister] = {}


class UnknownRegister(LookupError):
    """No register of that code was declared."""


def declare(registers: Iterable[AnyRegister]) -> None:
    """Make registers known to exports, bulk actions and saved filters; each app does it when ready."""
    for register in registers:
        _BOOK[register.code] = register


def declared() -> Mapping[str, AnyRegister]:
    """Return every register by its code."""
    return _BOOK


def register_of(code: str) -> AnyRegister:
    """
    Return a register by its code.

    :raises UnknownRegister: there is none.
    """
    try:
        return _BOOK[code]
    except KeyError as error:
        raise UnknownRegister(code) from error
