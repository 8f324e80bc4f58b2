"""A roster from the stored file to the register: one batch, one transaction, all good rows or none."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

import polars as pl

from juli.domains.registry.permissions import Permission
from juli.domains.registry.posting import changes, members
from juli.domains.registry.posting.stamps import Stamp
from juli.domains.registry.roster import faults, form, judging
from juli.domains.registry.roster.comparing import Compared, compare
from juli.domains.registry.roster.known import Known
from juli.engines.files import storing
from juli.engines.scope import tree, walls
from juli.engines.sheet import batches, reading, reports, staging
from juli.engines.sheet.judging import Judgement, judge
from juli.engines.sheet.memory import give_back_memory
from juli.engines.sheet.models import ImportBatch
from juli.engines.sheet.reading_ledger import Ledger
from juli.engines.sheet.reading_refusals import MissingColumns
from juli.engines.sheet.telling import Phase, Teller
from juli.kernel.actor import Actor, PathRange

SOURCE: Final = "台账导入"
ROWS_AT_A_TIME: Final = 30_000
_LOCK: Final = 0x52_4F_53  # one roster is posted at a time
_LONGEST_WAIT: Final = "20min"


def run(
    batch_id: int,
    *,
    actor: Actor,
    clock: Callable[[], datetime],
    teller: Teller,
    at_hand: Path | None = None,
) -> ImportBatch:
    """
    Bring a batch to its end, whatever befell it before; return it.

    A batch that is over stays as it is. Rows that cannot be taken in come back in the error workbook;
    all others are posted in one transaction, which also writes into the batch that they are.
    ``at_hand`` is where the file lies in plain, if it does: that spares opening the sealed copy.

    :raises BatchBusy: another process is at work on it.
    :raises BatchGivenUp: it was begun too often.
    :raises LedgerRefused: the file is no roster; the batch says why.
    """
    with batches.at_work(batch_id, actor=actor):
        with walls.entered(actor):
            batch = ImportBatch.objects.select_related("file", "org_unit").get(pk=batch_id)
        if batch.is_over:
            return batch
        with batches.begun(batch_id, actor=actor, clock=clock) as batch:
            work = _Work(batch, Stamp(actor, clock(), SOURCE, batch.pk), teller)
            with _plain(batch, at_hand) as path:
                work.read(path)
            batches.reach(batch, ImportBatch.State.JUDGED, actor=actor)
            batches.reach(batch, ImportBatch.State.POSTING, actor=actor)
            with walls.entered(actor):
                work.post()
        return batch


@contextmanager
def _plain(batch: ImportBatch, at_hand: Path | None) -> Iterator[Path]:
    """Lend the path of the batch's file in plain: the one at hand if it still is that file."""
    if at_hand is not None:
        with at_hand.open("rb") as content:
            is_same = storing.hash_of(content) == batch.file.sha256
        if is_same:
            yield at_hand
            return
    with storing.opened(batch.file) as path:
        yield path


class _Work:
    """A batch at work. What was read is held no longer than it is needed: of a large file that is much."""

    _ledger: Ledger
    _judgement: Judgement
    _rows: pl.DataFrame

    def __init__(self, batch: ImportBatch, stamp: Stamp, teller: Teller) -> None:
        self._batch, self._stamp, self._teller = batch, stamp, teller

    def read(self, path: Path) -> None:
        """
        Read the file and judge its rows by themselves.

        :raises LedgerRefused: it is no roster.
        """
        self._ledger = ledger = reading.open_ledger(
            path, filename=self._batch.file.name, form=form.MEMBERS, progress=self._tell_read
        )
        give_back_memory()
        if not {"union_code", "union_name"} & set(ledger.codes):
            missing = form.SENTENCES_OF_ONE_OF_TWO
            raise MissingColumns(sheet=ledger.sheet, row=ledger.header_row, missing=missing)
        self._teller.tell(Phase.JUDGING, 0, ledger.row_count)
        self._judgement = judge(ledger, on=self._stamp.day)
        self._rows = judging.judged_alone(self._judgement)

    def post(self) -> None:
        """Judge the rows against the register and post them, within the one transaction."""
        _wait_for_turn(self._teller)
        self._teller.tell(Phase.COMPARING, 0, self._ledger.row_count)
        surroundings = members.Surroundings.within_reach()
        compared = self._compared(surroundings)
        rows, faulty = self._ledger.row_count, self._judgement.bad_rows
        self._batch.error_workbook = reports.put_down(
            self._batch, self._ledger, self._judgement, actor=self._stamp.actor, at=self._stamp.at
        )
        del self._ledger, self._judgement
        give_back_memory()
        unchanged = compared.unchanged
        added, changed = _written(compared, surroundings, self._stamp, teller=self._teller)
        outcome = batches.Outcome(rows, added, changed, unchanged, faulty)
        batches.settle(self._batch, outcome, at=self._stamp.at)

    def _compared(self, surroundings: members.Surroundings) -> Compared:
        actor = self._stamp.actor
        ranges = import_ranges(actor, self._batch)
        placed = _placed(self._judgement, self._rows, surroundings, actor, ranges)
        del self._rows
        return compare(placed.filter(~self._judgement.is_bad), self._judgement, ranges=ranges)

    def _tell_read(self, done: int, total: int) -> None:
        self._teller.tell(Phase.READING, done * 100 // max(total, 1), 100)


def _wait_for_turn(teller: Teller) -> None:
    """Let whoever is posting a roster finish: two at once would wait for each other's rows."""
    teller.tell(Phase.WAITING)
    staging.run(f"SET LOCAL lock_timeout = '{_LONGEST_WAIT}'", {})
    staging.run("SELECT pg_advisory_xact_lock(%(key)s)", {"key": _LOCK})
    tree.hold()  # the paths that are copied stay right until they are written
    staging.run("SET LOCAL lock_timeout TO DEFAULT", {})


def import_ranges(actor: Actor, batch: ImportBatch) -> tuple[PathRange, ...]:
    """Return where a batch may go: what the actor may import into, at or below the batch's unit."""
    below = PathRange.under(batch.org_unit.path)
    found = (
        PathRange(max(each.lo, below.lo), min(each.hi, below.hi))
        for each in actor.roots_for(Permission.IMPORT)
    )
    return tuple(each for each in found if each.lo < each.hi)


def _placed(
    judgement: Judgement,
    rows: pl.DataFrame,
    surroundings: members.Surroundings,
    actor: Actor,
    ranges: tuple[PathRange, ...],
) -> pl.DataFrame:
    """Return the rows with union and employer, and where the union stood on the day of joining."""
    rows = judging.placed(judgement, rows, Known.within(ranges))
    # Who joined before the union was founded brought the membership along from another one.
    founded = pl.col("founded_on")
    is_earlier = (pl.col("joined_on") < founded).fill_null(False)
    begun = rows.with_columns(
        pl.when(is_earlier).then(founded).otherwise(pl.col("joined_on")).alias("valid_from"),
        pl.when(is_earlier).then(pl.lit("transferred_in")).otherwise(pl.lit("admitted")).alias("opening"),
    ).drop("founded_on")
    stood = surroundings.places.stood(begun, on="joined_on", column="admitted_at")
    within = pl.any_horizontal(
        pl.lit(False),
        *((pl.col("admitted_at") >= each.lo) & (pl.col("admitted_at") < each.hi) for each in actor.ranges),
    )
    away = stood.select(pl.col("admitted_at").is_not_null() & ~within).to_series()
    judgement.add_faults(away, column="joined_on", fault=faults.ADMITTED_ELSEWHERE, value=stood["joined_on"])
    return stood


def _written(
    compared: Compared, surroundings: members.Surroundings, stamp: Stamp, *, teller: Teller
) -> tuple[int, int]:
    """Post what is new and what has changed; return how many rows were added and how many changed."""
    fresh, returning, changed = compared.fresh, compared.returning, compared.changed
    news = returning.height + changed.height

    def tell_fresh(done: int) -> None:
        is_last = done == fresh.height
        teller.tell(Phase.INDEXING if is_last else Phase.POSTING, done, fresh.height)

    def tell_news(done: int) -> None:
        teller.tell(Phase.CORRECTING, done, news)

    if fresh.height:
        teller.tell(Phase.POSTING, 0, fresh.height)
        members.post_members(
            fresh.iter_slices(ROWS_AT_A_TIME), actor=stamp.actor, at=stamp.at, source=stamp.source,
            batch_id=stamp.batch_id, expected=fresh.height, tell=tell_fresh,
        )  # fmt: skip
    changes.post_changes(_news(changed, surroundings), stamp, tell=tell_news)
    changes.post_changes(_news(returning, surroundings), stamp, tell=tell_news)
    if returning.height:
        members.post_returning(returning.drop("membership_id", "opening", "valid_from"), stamp, surroundings)
    return fresh.height + returning.height, changed.height


def _news(rows: pl.DataFrame, surroundings: members.Surroundings) -> Iterator[pl.DataFrame]:
    """Yield changed rows as ``posting.changes`` takes them."""
    if rows.is_empty():
        return
    begins_anew = (pl.col("changes") & changes.BIT["joined_on"] != 0) & (pl.col("opening") == "admitted")
    is_known_again = pl.col("is_migrant_told_first") | pl.col("is_employer_told_first") | begins_anew
    told = surroundings.located(rows).with_columns(is_told_again=is_known_again.fill_null(False))
    yield from told.iter_slices(ROWS_AT_A_TIME)
