"""The life of a batch: received once, worked on by one process at a time, picked up again after a kill."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Final

from django.db import DatabaseError, connection, transaction
from django.db.models import Q

from juli.engines.files import storing
from juli.engines.scope import walls
from juli.engines.scope.models import OrgUnit
from juli.engines.sheet.models import BatchProgress, BatchRow, ImportBatch
from juli.kernel.actor import Actor, Door
from juli.kernel.refusal import Refusal

MOST_ATTEMPTS: Final = 3
_LOCK: Final = 0x53_48_54 << 32  # a key space of advisory locks for batches
_BEGUN: Final = (
    ImportBatch.State.READING,
    ImportBatch.State.JUDGED,
    ImportBatch.State.POSTING,
    ImportBatch.State.INTERRUPTED,
)
_OPEN: Final = (ImportBatch.State.RECEIVED, ImportBatch.State.PREVIEWED, *_BEGUN)


class BatchBusy(Refusal):
    """Another process is at work on the batch."""

    code = "sheet.batch_busy"
    message = "这份文件正由另一个任务导入，请等它完成后再查看结果。"


class BatchGivenUp(Refusal):
    """It was begun several times and never came to an end."""

    code = "sheet.batch_given_up"
    message = (
        "这份文件已经试了 {attempts} 次都没有导入成功，登记的数据没有改动。请联系系统管理员查看运行日志。"
    )


class CalledOff(Refusal):
    """Whoever began it at a terminal stopped it."""

    code = "sheet.called_off"
    message = "导入已由操作人中止，没有写入任何一行。"


class CalledOffHalfway(Refusal):
    """It was stopped after some of its chunks were posted."""

    code = "sheet.called_off_halfway"
    message = "导入已由操作人中止，此前已写入 {rows} 行，可以撤回。"


class NotWaiting(Refusal):
    """Nobody's word is waited for: it was given, or the batch is over."""

    code = "sheet.not_waiting"
    message = "这一批不在等待确认，可能已经由别人确认或放弃，请刷新页面查看。"


class NothingToUndo(Refusal):
    """Nothing of the batch stands in the register, or it is being undone already."""

    code = "sheet.nothing_to_undo"
    message = "这一批没有可以撤回的内容，请刷新页面查看。"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many rows a posting took in, and how (导入结果)."""

    rows: int
    added: int
    changed: int
    unchanged: int
    faulty: int


@transaction.atomic
def receive(
    content: BinaryIO, *, name: str, ledger: str, org_unit: OrgUnit, actor: Actor, at: datetime,
    asking_first: bool = False, preset: str = "",
) -> ImportBatch:  # fmt: skip
    """
    Take a file in for a unit; the same file that is still on its way there is not taken in twice.

    Whether the actor may do so is for the domain to say, which knows what the ledger holds.
    """
    digest = storing.hash_of(content)
    waiting = ImportBatch.objects.filter(
        ledger=ledger, org_unit=org_unit, file__sha256=digest, state__in=_OPEN
    )
    if batch := waiting.order_by("pk").first():
        return batch
    batch = ImportBatch.objects.create(
        ledger=ledger, org_unit=org_unit, path=org_unit.path, received_by=actor.account_id,
        received_as=actor.name[:64], door=actor.door, received_at=at, asks_first=asking_first, preset=preset,
        file=storing.keep(content, name=name, org_unit=org_unit, actor=actor, at=at),
    )  # fmt: skip
    BatchProgress.objects.create(batch=batch, org_unit=org_unit, path=org_unit.path, told_at=at)
    return batch


@contextmanager
def at_work(batch_id: int, *, actor: Actor) -> Iterator[None]:
    """
    Hold the batch for this process; the database lets it go when the process dies.

    :raises BatchBusy: another process holds it.
    """
    if not _locked("pg_try_advisory_lock", batch_id, actor=actor):
        raise BatchBusy
    try:
        yield
    finally:
        if connection.connection is not None and not connection.connection.closed:
            _let_go(batch_id, actor=actor)


def is_at_work(batch_id: int, *, actor: Actor) -> bool:
    """Say whether some process holds the batch."""
    if not _locked("pg_try_advisory_lock", batch_id, actor=actor):
        return True
    _let_go(batch_id, actor=actor)
    return False


@contextmanager
def begun(batch_id: int, *, actor: Actor, clock: Callable[[], datetime]) -> Iterator[ImportBatch]:
    """
    Begin a batch that is not over, or begin it again,
    and see that its row says the truth however the block ends.

    A refusal ends the batch with its sentence, and so does whoever stops it at a terminal; anything
    else leaves it to be picked up again. Each state is written in a transaction of its own; the
    block itself writes ``posted``.

    :raises BatchGivenUp: it was begun too often.
    """
    with walls.entered(actor):
        batch = ImportBatch.objects.select_related("file", "org_unit").get(pk=batch_id)
        is_given_up = batch.attempts >= MOST_ATTEMPTS
        given_up = BatchGivenUp(attempts=batch.attempts)
        if is_given_up:
            batch.fail(reason=given_up.sentence, at=clock())
        else:
            batch.begin(at=clock())
    if is_given_up:
        raise given_up
    try:
        yield batch
    except Refusal as refusal:
        with walls.entered(actor):
            batch.fail(reason=refusal.sentence, at=clock())
        raise
    except KeyboardInterrupt:
        with walls.entered(actor):
            batch.fail(reason=_called_off(batch).sentence, at=clock())
        raise
    except BaseException:
        _interrupt(batch, actor=actor)
        raise


@transaction.atomic
def confirm(batch: ImportBatch, *, actor: Actor, at: datetime) -> None:
    """
    Give the word that a previewed batch may be posted.

    :raises NotWaiting: nobody's word is waited for.
    """
    held = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if held.state != ImportBatch.State.PREVIEWED:
        raise NotWaiting
    held.confirm(who=actor.name[:64], at=at)


@transaction.atomic
def drop(batch: ImportBatch, *, actor: Actor, at: datetime) -> None:  # noqa: ARG001  the batch says who brought it
    """
    Give a previewed batch up; nothing of it was posted.

    :raises NotWaiting: nobody's word is waited for.
    """
    held = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if held.state != ImportBatch.State.PREVIEWED:
        raise NotWaiting
    held.drop(at=at)


@transaction.atomic
def begin_undoing(batch: ImportBatch, *, actor: Actor, at: datetime) -> None:
    """
    Begin to take a batch back.

    :raises NothingToUndo: nothing of it stands in the register.
    """
    held = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if not held.may_be_undone:
        raise NothingToUndo
    held.begin_undoing(who=actor.name[:64], at=at)


def _called_off(batch: ImportBatch) -> Refusal:
    posted = BatchRow.objects.filter(batch=batch, standing=BatchRow.Standing.POSTED).count()
    return CalledOffHalfway(rows=posted) if posted else CalledOff()


def reach(batch: ImportBatch, state: ImportBatch.State, *, actor: Actor) -> None:
    """Write down, in a transaction of its own, how far a batch has come."""
    with walls.entered(actor):
        batch.reach(state)


def settle(batch: ImportBatch, outcome: Outcome, *, at: datetime) -> None:
    """Write down what came of a batch: belongs into the transaction that posts its rows."""
    batch.post(
        rows=outcome.rows, added=outcome.added, changed=outcome.changed, unchanged=outcome.unchanged,
        faulty=outcome.faulty, at=at,
    )  # fmt: skip


def left_behind(*, waiting_since: datetime, actor: Actor, ledger: str = "") -> list[ImportBatch]:
    """
    Return the batches, of every ledger or of one, that nobody is at work on, marked as interrupted.

    They were begun, or received by a command that has not begun with them since.
    """
    forgotten = Q(state=ImportBatch.State.RECEIVED, door=Door.COMMAND, received_at__lt=waiting_since)
    with walls.entered(actor):
        rows = ImportBatch.objects.filter(Q(state__in=_BEGUN) | forgotten)
        rows = rows.filter(ledger=ledger) if ledger else rows
        found = list(rows.order_by("pk"))
    left = [batch for batch in found if not is_at_work(batch.pk, actor=actor)]
    for batch in left:
        reach(batch, ImportBatch.State.INTERRUPTED, actor=actor)
    return left


def undoing_left_behind(*, actor: Actor) -> list[ImportBatch]:
    """Return the batches that were being taken back by a process that is no more."""
    with walls.entered(actor):
        found = list(ImportBatch.objects.filter(state=ImportBatch.State.UNDOING).order_by("pk"))
    return [batch for batch in found if not is_at_work(batch.pk, actor=actor)]


def _interrupt(batch: ImportBatch, *, actor: Actor) -> None:
    """Mark the batch as interrupted if the database still listens; if not, the sweeper will."""
    try:
        with walls.entered(actor):
            batch.refresh_from_db(fields=["state"])
            if not batch.is_over:
                batch.reach(ImportBatch.State.INTERRUPTED)
    except DatabaseError:
        return


def _locked(function: str, batch_id: int, *, actor: Actor) -> bool:
    with walls.entered(actor), connection.cursor() as cursor:
        # So that a statement of a process that was killed does not hold the lock until it ends.
        cursor.execute("SELECT set_config('client_connection_check_interval', '1000', false)")
        cursor.execute(f"SELECT {function}(%s)", [_LOCK + batch_id])
        return bool(cursor.fetchone()[0])


def _let_go(batch_id: int, *, actor: Actor) -> None:
    try:
        _locked("pg_advisory_unlock", batch_id, actor=actor)
    except DatabaseError:
        connection.close()  # the lock goes with the connection
