"""A roster from the stored file to the register: one batch, one transaction, all good rows or none."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

import polars as pl
from django.utils import timezone

from juli.domains.registry.permissions import Permission
from juli.domains.registry.posting import changes, members, staging
from juli.domains.registry.posting.stamps import Stamp
from juli.domains.registry.roster import faults, form, judging
from juli.domains.registry.roster.comparing import Compared, compare
from juli.domains.registry.roster.known import Known
from juli.engines.files import storing
from juli.engines.scope import tree, walls
from juli.engines.sheet import batches, reading, reports
from juli.engines.sheet.judging import Judgement, judge
from juli.engines.sheet.memory import give_back_memory
from juli.engines.sheet.models import ImportBatch
from juli.engines.sheet.reading_ledger import Ledger
from juli.engines.sheet.reading_refusals import MissingColumns
from juli.engines.sheet.telling import Phase, Teller
from juli.kernel.actor import Actor, PathRange

SOURCE: Final = "台账导入"
ROWS_AT_A_TIME: Final = 60_000
_LOCK: Final = 0x52_4F_53  # one roster is posted at a time
_LONGEST_WAIT: Final = "20min"


@dataclass(frozen=True, slots=True, eq=False)
class _Judged:
    """A file read and judged by itself (初核结果)."""

    ledger: Ledger
    judgement: Judgement
    rows: pl.DataFrame


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

    ``at_hand`` is where the file lies in plain, if it does: that spares opening the sealed copy.

    A batch that is over stays as it is. Rows that cannot be taken in come back in the error workbook;
    all others are posted in one transaction, which also writes into the batch that they are.

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
            at = clock()
            with _plain(batch, at_hand) as path:
                judged = _read_and_judged(batch, path, day=timezone.localdate(at), teller=teller)
            batches.reach(batch, ImportBatch.State.JUDGED, actor=actor)
            batches.reach(batch, ImportBatch.State.POSTING, actor=actor)
            with walls.entered(actor):
                _post(batch, judged, Stamp(actor, at, SOURCE, batch.pk), teller=teller)
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


def _read_and_judged(batch: ImportBatch, path: Path, *, day: date, teller: Teller) -> _Judged:
    def tell(done: int, total: int) -> None:
        teller.tell(Phase.READING, done * 100 // max(total, 1), 100)

    ledger = reading.open_ledger(path, filename=batch.file.name, form=form.MEMBERS, progress=tell)
    give_back_memory()
    if not {"union_code", "union_name"} & set(ledger.codes):
        raise MissingColumns(sheet=ledger.sheet, row=ledger.header_row, missing=form.SENTENCES_OF_ONE_OF_TWO)
    teller.tell(Phase.JUDGING, 0, ledger.row_count)
    judgement = judge(ledger, on=day)
    return _Judged(ledger, judgement, judging.judged_alone(judgement))


def _post(batch: ImportBatch, judged: _Judged, stamp: Stamp, *, teller: Teller) -> None:
    """Judge the rows against the register and post them, within the one transaction."""
    total = judged.judgement.rows.height
    _wait_for_turn(teller)
    teller.tell(Phase.COMPARING, 0, total)
    surroundings = members.Surroundings.within_reach()
    ranges = import_ranges(stamp.actor, batch)
    placed = _placed(judged, surroundings, stamp.actor, ranges)
    good = placed.filter(~judged.judgement.is_bad)
    del placed
    compared = compare(good, judged.judgement, ranges=ranges)
    del good
    give_back_memory()
    batch.error_workbook = reports.put_down(
        batch, judged.ledger, judged.judgement, actor=stamp.actor, at=stamp.at
    )
    added, changed = _written(compared, surroundings, stamp, teller=teller)
    batches.settle(
        batch,
        batches.Outcome(
            rows=total, added=added, changed=changed, unchanged=compared.unchanged,
            faulty=judged.judgement.bad_rows,
        ),
        at=stamp.at,
    )  # fmt: skip


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
    judged: _Judged, surroundings: members.Surroundings, actor: Actor, ranges: tuple[PathRange, ...]
) -> pl.DataFrame:
    """Return the rows with union and employer, and where the union stood on the day of joining."""
    judgement = judged.judgement
    rows = judging.placed(judgement, judged.rows, Known.within(ranges))
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
        frames = fresh.sort("path", maintain_order=True).iter_slices(ROWS_AT_A_TIME)
        members.post_members(
            frames, actor=stamp.actor, at=stamp.at, source=stamp.source, batch_id=stamp.batch_id,
            expected=fresh.height, tell=tell_fresh,
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
