"""A batch that is posted row by row through actions: in chunks, each of which says what it has done."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

import polars as pl
from django.db import transaction

from juli.engines.facts import recording
from juli.engines.scope import walls
from juli.engines.sheet import batches, images, mending, presets, previewing, reports
from juli.engines.sheet.columns import ROW
from juli.engines.sheet.comparing import Compared, compare
from juli.engines.sheet.faults import Fault
from juli.engines.sheet.judging import Judgement, judge
from juli.engines.sheet.models import BatchRow, ImportBatch
from juli.engines.sheet.reading_ledger import Ledger as Sheet
from juli.engines.sheet.saying import Occasion, Said
from juli.engines.sheet.telling import Phase, Teller
from juli.engines.sheet.working import ranges_of
from juli.kernel.actor import Actor
from juli.kernel.refusal import Refusal

if TYPE_CHECKING:
    from juli.engines.sheet.ledgers import Ledger

ROWS_IN_A_CHUNK: Final = 200
TRIED_AT_MOST: Final = 2_000
"""So many rows are tried out before anybody is asked; of more, the actions speak when they are posted."""

_LONGEST_REASON: Final = 300


class _TriedOut(Exception):
    """Nothing of a trial is to stay."""


class RowWork:
    """One batch of a ledger at work (逐行写入)."""

    _sheet: Sheet
    _judgement: Judgement

    def __init__(
        self, ledger: "Ledger", batch: ImportBatch, *, actor: Actor, at: datetime, teller: Teller
    ) -> None:
        self._ledger, self._batch, self._teller = ledger, batch, teller
        self._actor, self._at = actor, at

    @property
    def occasion(self) -> Occasion:
        """Who brings the batch in, when and where."""
        return Occasion(self._actor, self._at, self._batch, ranges_of(self._actor, self._batch))

    def read(self, path: Path) -> None:
        """
        Read the file, put mended cells into their places and judge the rows by themselves.

        :raises LedgerRefused: it is no such ledger.
        """
        sheet = presets.opened(self._ledger, self._batch, path, progress=self._tell_read)
        with walls.entered(self._actor):
            self.judge(mending.mended(sheet, self._batch).ledger)

    def judge(self, sheet: Sheet) -> None:
        """Judge rows that were read already."""
        self._teller.tell(Phase.JUDGING, 0, sheet.row_count)
        self._sheet = sheet
        self._judgement = judge(sheet, on=self.occasion.day)

    def preview(self) -> None:
        """Put down what would come of every row; few enough of them are tried out."""
        counts = self._put_down(self._compared_and_tried())
        self._batch.preview(
            rows=counts.rows, added=counts.added, changed=counts.changed, unchanged=counts.unchanged,
            faulty=counts.faulty, duplicate=counts.duplicate,
        )  # fmt: skip

    def look_again(self, sheet: Sheet) -> previewing.Counts:
        """Judge and compare a piece of the batch anew, put that down and count the whole batch."""
        self.judge(sheet)
        compared = self._compared_and_tried()
        return previewing.put_again(self._batch, sheet, self._judgement, compared.verdicts)

    def post(self) -> None:
        """Post chunk by chunk what has not been posted yet, then settle the batch."""
        with walls.entered(self._actor):
            self._teller.tell(Phase.COMPARING, 0, self._sheet.row_count)
            compared = compare(self._ledger, self._judgement, occasion=self.occasion)
            self._put_down(compared)
            waiting = [each for each in compared.to_post() if each.row_number not in self._posted()]
        self._teller.tell(Phase.POSTING, 0, len(waiting))
        done, rows = 0, iter(waiting)
        while chunk := list(islice(rows, ROWS_IN_A_CHUNK)):
            with walls.entered(self._actor):
                for said in chunk:
                    self._post_row(said)
            done += len(chunk)
            self._teller.tell(Phase.POSTING, done, len(waiting))
        with walls.entered(self._actor):
            self._settle()

    def _posted(self) -> frozenset[int]:
        posted = BatchRow.objects.filter(batch=self._batch, standing=BatchRow.Standing.POSTED)
        return frozenset(posted.values_list("row_number", flat=True))

    def _compared_and_tried(self) -> Compared:
        self._teller.tell(Phase.COMPARING, 0, self._sheet.row_count)
        compared = compare(self._ledger, self._judgement, occasion=self.occasion)
        waiting = list(islice(compared.to_post(), TRIED_AT_MOST + 1))
        if len(waiting) <= TRIED_AT_MOST:
            self._try_out(waiting)
        return compared

    def _try_out(self, rows: Iterable[Said]) -> None:
        """Post the rows and take it all back: what an action refuses is a fault of its row."""
        refused: dict[int, Refusal] = {}
        try:
            with transaction.atomic():
                for said in rows:
                    if refusal := self._refusal_of(said):
                        refused[said.row_number] = refusal
                raise _TriedOut
        except _TriedOut:
            self._blame(refused)

    def _refusal_of(self, said: Said) -> Refusal | None:
        try:
            with transaction.atomic():
                self._ledger.post(said, self.occasion)
        except Refusal as refusal:
            return refusal
        return None

    def _blame(self, refused: dict[int, Refusal]) -> None:
        rows = self._judgement.rows[ROW]
        column = self._ledger.form.key[0]
        for number, refusal in refused.items():
            said = refusal.sentence[:_LONGEST_REASON].replace("{", "{{").replace("}", "}}")
            self._judgement.add_faults(rows == number, column=column, fault=Fault(refusal.code, said))

    def _put_down(self, compared: Compared) -> previewing.Counts:
        return previewing.put_down(
            self._batch, self._sheet, self._judgement, compared.verdicts, actor=self._actor, at=self._at
        )

    def _post_row(self, said: Said) -> None:
        """Post one row and write down what that did, or why it was refused."""
        row = BatchRow.objects.filter(batch=self._batch, row_number=said.row_number)
        try:
            with transaction.atomic(), recording.gathered(self._batch.pk) as written:
                before = images.taken(self._touched(said))
                posted = self._ledger.post(said, self.occasion)
        except Refusal as refusal:
            row.update(standing=BatchRow.Standing.REFUSED, reason=refusal.sentence[:_LONGEST_REASON])
            self._blame({said.row_number: refusal})
            return
        effects = {
            "facts": [fact.id for fact in written.facts],
            "subjects": sorted({(fact.subject_kind, fact.subject_id) for fact in written.facts}),
            "made": [(made._meta.label_lower, made.pk) for made in posted.made],
            "changed": images.changed_since(before),
        }
        row.update(standing=BatchRow.Standing.POSTED, subject_id=posted.subject_id, effects=effects)

    def _touched(self, said: Said) -> Iterator[tuple[type, tuple[int, ...]]]:
        if said.record is not None:
            yield self._ledger.model, (said.record,)
        for model, numbers in self._ledger.touched(said, self.occasion):
            yield model, tuple(numbers)

    def _settle(self) -> None:
        """Count what has come of the rows, and give back those that were refused."""
        self._teller.tell(Phase.REPORTING)
        rows = BatchRow.objects.filter(batch=self._batch).exclude(standing=BatchRow.Standing.LEFT_OUT)
        verdicts = pl.DataFrame(
            list(rows.values_list("verdict", "standing")), schema=["verdict", "standing"], orient="row"
        )
        posted = verdicts.filter(pl.col("standing") == BatchRow.Standing.POSTED)["verdict"]
        added = int((posted == BatchRow.Verdict.ADDED).sum())
        unchanged = int((verdicts["verdict"] == BatchRow.Verdict.UNCHANGED).sum())
        changed = len(posted) - added
        previewing.forget_faults(self._batch)
        self._batch.error_workbook = reports.put_down(
            self._batch, self._sheet, self._judgement, actor=self._actor, at=self._at
        )
        outcome = batches.Outcome(
            verdicts.height, added, changed, unchanged, verdicts.height - added - changed - unchanged
        )
        batches.settle(self._batch, outcome, at=self._at)

    def _tell_read(self, done: int, total: int) -> None:
        self._teller.tell(Phase.READING, done * 100 // max(total, 1), 100)
