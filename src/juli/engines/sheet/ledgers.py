"""
What a register declares itself with to be filled, corrected, exported and taken back as a ledger (台账).

A ``Ledger`` is loaded by whoever works with it (``entries.Entry`` names where it stands): frames bring
Polars along, and not every page should wait for that.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from django.db import models

from juli.engines.sheet.columns import LedgerForm
from juli.engines.sheet.presets import Preset
from juli.engines.sheet.saying import Occasion, Posted, Said
from juli.kernel.actor import Actor

if TYPE_CHECKING:
    import polars as pl

    from juli.engines.sheet.faults import Fault
    from juli.engines.sheet.judging import Judgement
    from juli.engines.sheet.models import ImportBatch
    from juli.engines.sheet.telling import Teller
    from juli.engines.sheet.working import Work

Touched = Iterable[tuple[type[models.Model], Collection[int]]]
"""Rows that a posting may alter, by table: what they said before is kept for undoing."""


def _nothing_touched(said: Said, occasion: Occasion) -> Touched:
    del said, occasion
    return ()


def _as_they_are(rows: "pl.DataFrame", judgement: "Judgement", occasion: Occasion) -> "pl.DataFrame":
    del judgement, occasion
    return rows


class AnyLedger(Protocol):
    """What the work on a batch asks of a ledger, however it posts."""

    @property
    def form(self) -> LedgerForm: ...

    @property
    def presets(self) -> tuple[Preset, ...]: ...

    def at_work(self, batch: "ImportBatch", *, actor: Actor, at: datetime, teller: "Teller") -> "Work": ...

    def undo(
        self, batch: "ImportBatch", *, actor: Actor, clock: Callable[[], datetime], teller: "Teller"
    ) -> int: ...

    def held(self, occasion: Occasion) -> "pl.DataFrame": ...

    def resting(self, batch: "ImportBatch", *, most: int) -> list[tuple[str, str]]: ...


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """
    A register that is filled row by row through its domain's actions (台账).

    ``register`` returns what the register holds within reach of the rows asked about: ``@record``, ``@path``
    and the form's columns, as an export would write them. ``judged`` adds faults of the domain and columns
    of its own. ``post`` takes a row that is new (no record) or has news, through an action, which refuses
    it by a ``Refusal``. ``fixed`` says what may not be altered by a ledger, and what to do instead;
    ``unread`` are columns that are written out and never taken in. ``first`` orders rows that others of
    the same file need. ``match`` names the columns by which a row without record number is found again,
    where that is not the form's key; judging may have added them. ``touched`` names further rows that a
    posting alters.
    """

    form: LedgerForm
    model: type[models.Model]
    register: "Callable[[pl.DataFrame, Occasion], pl.DataFrame]"
    post: Callable[[Said, Occasion], Posted]
    judged: "Callable[[pl.DataFrame, Judgement, Occasion], pl.DataFrame]" = _as_they_are
    fixed: "Mapping[str, Fault]" = field(default_factory=dict)
    unread: frozenset[str] = frozenset()
    first: "Callable[[pl.DataFrame], pl.DataFrame] | None" = None
    touched: Callable[[Said, Occasion], Touched] = _nothing_touched
    match: tuple[str, ...] = ()
    presets: tuple[Preset, ...] = ()

    def at_work(self, batch: "ImportBatch", *, actor: Actor, at: datetime, teller: "Teller") -> "Work":
        """Return the work on one batch of this ledger."""
        from juli.engines.sheet.working_rows import RowWork

        return RowWork(self, batch, actor=actor, at=at, teller=teller)

    def undo(
        self, batch: "ImportBatch", *, actor: Actor, clock: Callable[[], datetime], teller: "Teller"
    ) -> int:
        """Take a batch back as far as nothing rests on it; return how many rows went."""
        from juli.engines.sheet import undoing

        return undoing.undo(batch, actor=actor, clock=clock, teller=teller)

    def held(self, occasion: Occasion) -> "pl.DataFrame":
        """Return what the register holds within reach, as an export writes it."""
        import polars as pl

        codes = [column.code for column in self.form.columns]
        nothing = pl.DataFrame(schema=dict.fromkeys((*codes, "@person_id"), pl.String))
        return self.register(nothing, occasion)

    def resting(self, batch: "ImportBatch", *, most: int) -> list[tuple[str, str]]:
        """Return the first rows that could not be taken back now, each with what rests on it."""
        from juli.engines.sheet import undoing

        return undoing.resting(batch, most=most)
