"""Which ledgers there are: the list that every page and job knows, without what stands behind it."""

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from juli.kernel.actor import Actor

if TYPE_CHECKING:
    from juli.engines.sheet.columns import Column
    from juli.engines.sheet.ledgers import AnyLedger


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """
    A ledger as menus and jobs know it (台账目录).

    Whoever hands it in holds all of ``permissions`` there. ``ledger`` is where it is declared:
    ``package.module:NAME``; ``presets`` are the foreign sheets it knows, each with code and label.
    """

    code: str
    word: str
    label: str
    permissions: tuple[str, ...]
    ledger: str
    hint: str = ""
    presets: tuple[tuple[str, str], ...] = ()

    @property
    def permission(self) -> str:
        """The right by which batches of this ledger are seen."""
        return self.permissions[0]

    def loaded(self) -> "AnyLedger":
        """Return the ledger itself."""
        module, _, name = self.ledger.partition(":")
        found: AnyLedger = getattr(import_module(module), name)
        return found

    def is_open_to(self, actor: Actor) -> bool:
        """Whether the actor may hand this ledger in anywhere."""
        return all(actor.holds(each) for each in self.permissions)

    def may_go_to(self, path: str, *, actor: Actor) -> bool:
        """Whether the actor may hand this ledger in for a unit."""
        return all(actor.may(each, path) for each in self.permissions)


class UnknownLedger(LookupError):
    """No ledger of this code was declared: a mistake in the calling code."""


_DECLARED: dict[str, Entry] = {}


def declare(*entries: Entry) -> None:
    """
    Make ledgers known, in the order in which menus show them.

    :raises ValueError: another ledger has the code or the word.
    """
    for entry in entries:
        words = {each.word for each in _DECLARED.values() if each.code != entry.code}
        if _DECLARED.setdefault(entry.code, entry) != entry or entry.word in words:
            raise ValueError(entry.code)


def declared() -> tuple[Entry, ...]:
    """Return every ledger."""
    return tuple(_DECLARED.values())


def entry_of(code: str) -> Entry:
    """
    Return a ledger by its code or by its word.

    :raises UnknownLedger: there is none.
    """
    if found := _DECLARED.get(code):
        return found
    for entry in _DECLARED.values():
        if entry.word == code:
            return entry
    raise UnknownLedger(code)


def columns_of(code: str) -> "tuple[Column, ...]":
    """
    Return the columns of a ledger as its template and its exports have them, the record number first.

    :raises UnknownLedger: there is none.
    """
    return entry_of(code).loaded().form.columns
