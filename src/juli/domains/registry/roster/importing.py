"""A roster from the stored file to the register: one batch, one transaction, all good rows or none."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import polars as pl

from juli.domains.registry.posting import changes, members
from juli.domains.registry.posting.stamps import Stamp
from juli.domains.registry.roster import differing, faults, form, holding, judging, records, tracing, undoing
from juli.domains.registry.roster.comparing import Compared, compare
from juli.domains.registry.roster.known import Known
from juli.engines.scope import tree, walls
from juli.engines.sheet import batches, mending, presets, previewing, staging, working
from juli.engines.sheet.columns import LedgerForm
from juli.engines.sheet.judging import Judgement, judge
from juli.engines.sheet.memory import give_back_memory
from juli.engines.sheet.models import ImportBatch
from juli.engines.sheet.presets import Preset
from juli.engines.sheet.reading_ledger import Ledger
from juli.engines.sheet.reading_refusals import MissingColumns
from juli.engines.sheet.saying import Occasion
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
    """Bring a roster to its preview or to its end, as ``working.run`` does."""
    return working.run(batch_id, actor=actor, clock=clock, teller=teller, at_hand=at_hand)


class RosterWork:
    """
    A roster at work: all its rows are posted in one transaction (成批写入).

    What was read is held no longer than it is needed: of a large file that is much.
    """

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
        found = presets.opened(MEMBERS, self._batch, path, progress=self._tell_read)
        give_back_memory()
        with walls.entered(self._stamp.actor):
            found = mending.mended(found, self._batch).ledger
        self.judge(found)

    def judge(self, ledger: Ledger) -> None:
        """
        Judge rows that were read already.

        :raises MissingColumns: nothing says which union a row is for.
        """
        self._ledger = ledger
        if not {"union_code", "union_name", "record"} & set(ledger.codes):
            missing = form.SENTENCES_OF_ONE_OF_TWO
            raise MissingColumns(sheet=ledger.sheet, row=ledger.header_row, missing=missing)
        self._teller.tell(Phase.JUDGING, 0, ledger.row_count)
        self._judgement = judge(ledger, on=self._stamp.day)
        self._rows = judging.judged_alone(self._judgement)

    def preview(self) -> None:
        """Put down what would come of every row."""
        self._teller.tell(Phase.COMPARING, 0, self._ledger.row_count)
        compared = self._compared(members.Surroundings.within_reach())
        counts = previewing.put_down(
            self._batch, self._ledger, self._judgement, differing.verdicts(compared), actor=self._stamp.actor,
            at=self._stamp.at,
        )  # fmt: skip
        self._batch.preview(
            rows=counts.rows, added=counts.added, changed=counts.changed, unchanged=counts.unchanged,
            faulty=counts.faulty, duplicate=counts.duplicate,
        )  # fmt: skip

    def look_again(self, ledger: Ledger) -> previewing.Counts:
        """Judge and compare a piece of the roster anew, put that down and count the whole batch."""
        self.judge(ledger)
        compared = self._compared(members.Surroundings.within_reach())
        return previewing.put_again(self._batch, ledger, self._judgement, differing.verdicts(compared))

    def post(self) -> None:
        """Judge the rows against the register and post them, in one transaction."""
        with walls.entered(self._stamp.actor):
            self._post()

    def _post(self) -> None:
        _wait_for_turn(self._teller)
        self._teller.tell(Phase.COMPARING, 0, self._ledger.row_count)
        surroundings = members.Surroundings.within_reach()
        compared = self._compared(surroundings)
        rows, faulty = self._ledger.row_count, self._judgement.bad_rows
        tracing.put_down(self._batch, self._ledger, self._judgement, compared, self._stamp)
        del self._ledger, self._judgement
        give_back_memory()
        unchanged = compared.unchanged
        added, changed = _written(compared, surroundings, self._stamp, teller=self._teller)
        tracing.mark(self._batch)
        outcome = batches.Outcome(rows, added, changed, unchanged, faulty)
        batches.settle(self._batch, outcome, at=self._stamp.at)

    def _compared(self, surroundings: members.Surroundings) -> Compared:
        actor = self._stamp.actor
        ranges = working.ranges_of(actor, self._batch)
        rows = records.recognised(self._judgement, self._rows)
        placed = _placed(self._judgement, rows, surroundings, actor, ranges)
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


@dataclass(frozen=True, slots=True)
class Roster:
    """The members' roster among the ledgers: posted whole, because it is long (会员名册)."""

    form: LedgerForm
    presets: tuple[Preset, ...] = ()

    def at_work(self, batch: ImportBatch, *, actor: Actor, at: datetime, teller: Teller) -> RosterWork:
        """Return the work on one roster."""
        return RosterWork(batch, Stamp(actor, at, SOURCE, batch.pk), teller)

    def undo(self, batch: ImportBatch, *, actor: Actor, clock: Callable[[], datetime], teller: Teller) -> int:
        """Take a roster back as far as nothing rests on it; return how many rows went."""
        return undoing.undo(batch, actor=actor, at=clock(), teller=teller)

    def held(self, occasion: Occasion) -> pl.DataFrame:
        """Return what the register holds within reach, as an export writes it."""
        return holding.held(occasion.ranges)

    def resting(self, batch: ImportBatch, *, most: int) -> list[tuple[str, str]]:
        """Return the first rows that could not be taken back now, each with what rests on it."""
        return undoing.resting(batch, most=most)


MEMBER_TABLE: Final = Preset(
    code="national-members",
    label="全国实名制会员信息采集表",
    form=presets.foreign_form(
        form.MEMBERS, label="会员信息采集表", headings=form.NATIONAL_HEADINGS, words=form.NATIONAL_WORDS
    ),
    source="总工办发〔2017〕14号",
)
"""The table of members of the national real-name scheme (基层工会组织和会员实名制)."""
MEMBERS: Final = Roster(form.MEMBERS, presets=(MEMBER_TABLE,))
