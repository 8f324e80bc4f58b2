"""A batch at work: read, judged, shown to whoever handed it in or posted, whatever befell it before."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Protocol

from juli.engines.files import storing
from juli.engines.scope import walls
from juli.engines.sheet import batches, mending, presets
from juli.engines.sheet.entries import entry_of
from juli.engines.sheet.models import ImportBatch
from juli.engines.sheet.previewing import Counts, recounted
from juli.engines.sheet.reading_ledger import Ledger
from juli.engines.sheet.telling import Teller
from juli.kernel.actor import Actor, PathRange


class Work(Protocol):
    """What is done with one batch; each step but the first runs behind the wall."""

    def read(self, path: Path) -> None:
        """
        Read the file and judge its rows by themselves.

        :raises LedgerRefused: it is no such ledger.
        """

    def preview(self) -> None:
        """Compare the rows with the register and put down what would come of them."""

    def look_again(self, ledger: Ledger) -> Counts:
        """Judge and compare a piece of the batch anew, put that down and count the whole batch."""

    def post(self) -> None:
        """Post the rows and settle the batch, opening the wall itself where it works in chunks."""


def run(
    batch_id: int,
    *,
    actor: Actor,
    clock: Callable[[], datetime],
    teller: Teller,
    at_hand: Path | None = None,
) -> ImportBatch:
    """
    Bring a batch to its preview or to its end, whatever befell it before; return it.

    A batch that is over, or that waits for somebody's word, stays as it is. Rows that cannot be taken in
    come back in the error workbook. ``at_hand`` is where the file lies in plain, if it does: that spares
    opening the sealed copy.

    :raises BatchBusy: another process is at work on it.
    :raises BatchGivenUp: it was begun too often.
    :raises LedgerRefused: the file is no such ledger; the batch says why.
    """
    with batches.at_work(batch_id, actor=actor):
        with walls.entered(actor):
            batch = ImportBatch.objects.select_related("file", "org_unit").get(pk=batch_id)
        if batch.is_over or batch.state == ImportBatch.State.PREVIEWED:
            return batch
        with batches.begun(batch_id, actor=actor, clock=clock) as batch:
            ledger = entry_of(batch.ledger).loaded()
            work = ledger.at_work(batch, actor=actor, at=clock(), teller=teller)
            with plain_file(batch, at_hand) as path:
                work.read(path)
            batches.reach(batch, ImportBatch.State.JUDGED, actor=actor)
            if batch.waits_for_word:
                with walls.entered(actor):
                    work.preview()
            else:
                batches.reach(batch, ImportBatch.State.POSTING, actor=actor)
                work.post()
        return batch


def look_again(batch: ImportBatch, row_number: int, *, actor: Actor, at: datetime) -> None:
    """
    Judge one row of a previewed batch anew, with what was mended in it, and count the batch again.

    :raises NotWaiting: the batch does not wait for anybody's word.
    :raises NotFound: it has no such row, or none that can be mended.
    """
    if batch.state != ImportBatch.State.PREVIEWED:
        raise batches.NotWaiting
    ledger = entry_of(batch.ledger).loaded()
    piece = mending.piece_of(presets.form_of(ledger, batch), batch, row_number)
    work = ledger.at_work(batch, actor=actor, at=at, teller=Teller(batch.pk, actor=actor, clock=lambda: at))
    counts = work.look_again(piece)
    batch.preview(
        rows=counts.rows, added=counts.added, changed=counts.changed, unchanged=counts.unchanged,
        faulty=counts.faulty, duplicate=counts.duplicate,
    )  # fmt: skip


def leave_out(batch: ImportBatch, row_number: int, *, actor: Actor, at: datetime) -> None:
    """
    Let one row of a previewed batch not be brought in, and count the batch again.

    :raises NotWaiting: the batch does not wait for anybody's word.
    """
    if batch.state != ImportBatch.State.PREVIEWED:
        raise batches.NotWaiting
    mending.leave_out(batch, row_number, actor=actor, at=at)
    counts = recounted(batch)
    batch.preview(
        rows=counts.rows, added=counts.added, changed=counts.changed, unchanged=counts.unchanged,
        faulty=counts.faulty, duplicate=counts.duplicate,
    )  # fmt: skip


@contextmanager
def plain_file(batch: ImportBatch, at_hand: Path | None) -> Iterator[Path]:
    """Lend the path of the batch's file in plain: the one at hand if it still is that file."""
    if at_hand is not None:
        with at_hand.open("rb") as content:
            is_same = storing.hash_of(content) == batch.file.sha256
        if is_same:
            yield at_hand
            return
    with storing.opened(batch.file) as path:
        yield path


def ranges_of(actor: Actor, batch: ImportBatch) -> tuple[PathRange, ...]:
    """Return where a batch may go: what the actor may bring in, at or below the batch's unit."""
    below = PathRange.under(batch.org_unit.path)
    found = (
        PathRange(max(each.lo, below.lo), min(each.hi, below.hi))
        for each in actor.roots_for(entry_of(batch.ledger).permission)
    )
    return tuple(each for each in found if each.lo < each.hi)
