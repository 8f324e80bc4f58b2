"""
Making the file of an export: begun as often as it takes, finished once.

Nothing of it is seen before the whole file is sealed and the row says so, in one transaction. A
process that dies leaves a row that is taken up again from the start: reading changes nothing.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.db import connection
from django.utils import timezone

from juli.engines.audit import recording
from juli.engines.desk.background.behind import actor_behind, keeper
from juli.engines.desk.exports import permitting, scratch, sheets
from juli.engines.desk.exports.orders import Order
from juli.engines.desk.exports.watching import Stopped, Watch
from juli.engines.desk.models import Export
from juli.engines.files import storing
from juli.engines.rulebook import rule
from juli.engines.scope import walls
from juli.engines.scope.models import Account
from juli.kernel.actor import Actor
from juli.kernel.refusal import NotPermitted, Refusal

MOST_ATTEMPTS: Final = 3
KEPT_DAYS: Final = "desk.export_days"
_LOCK: Final = 0x45_58_50 << 32  # a key space of advisory locks for exports


class ExportGivenUp(Refusal):
    """It was begun several times and never came to an end."""

    code = "desk.export_given_up"
    message = (
        "这份导出试了 {attempts} 次都没有完成，请稍后重新导出；仍不成功的，请联系系统管理员查看运行日志。"
    )


def make(export_id: int, *, clock: Callable[[], datetime]) -> None:
    """Make the file that an export asks for, unless it is over or another process is at it."""
    export = _begun(export_id, at=clock())
    if export is None:
        return
    try:
        _made(export, clock=clock)
    except Stopped:
        _ended(export_id, Export.State.STOPPED, at=clock())
    except Refusal as refusal:
        _ended(export_id, Export.State.FAILED, at=clock(), sentence=refusal.sentence)


def take_out(
    order: Order, path: Path, *, form: Export.Form, actor: Actor, at: datetime, tell: sheets.Tell
) -> int:
    """
    Write the rows of an order to a file, within the transaction of the caller; return how many.

    :raises NotPermitted: the actor may not see the list.
    :raises NotFound: a unit to look below is out of reach.
    :raises TooManyRowsToWrite: there are more than a sheet of Excel holds.
    """
    permitting.check(order, actor=actor)
    rows, headings = order.values(actor=actor, at=at), order.headings
    if form == Export.Form.TEXT:
        return sheets.write_csv(path, headings=headings, rows=rows, tell=tell)
    name = str(order.register.title)
    return sheets.write_workbook(path, name=name, headings=headings, rows=rows, tell=tell)


def written_down(order: Order, *, rows: int, path: str, actor: Actor, at: datetime) -> None:
    """Leave a line in the log: who took out how many rows of what, and why."""
    recording.took_out(
        f"desk.{order.register.code}", path=path, row_count=rows, actor=actor, at=at,
        reason=order.reason_in_full.strip()[:200],
    )  # fmt: skip


def _begun(export_id: int, *, at: datetime) -> Export | None:
    """Begin an export; None where it is over or has been begun too often."""
    with walls.entered(keeper()):
        export = Export.objects.select_for_update().filter(pk=export_id).first()
        if export is None or export.is_over:
            return None
        if export.is_stopping:
            export.end(Export.State.STOPPED, at=at)
            return None
        if export.attempts >= MOST_ATTEMPTS:
            export.end(Export.State.FAILED, at=at, sentence=ExportGivenUp(attempts=export.attempts).sentence)
            return None
        export.begin(at=at)
        return export


def _made(export: Export, *, clock: Callable[[], datetime]) -> None:
    actor = actor_behind(export.account_id, on=timezone.localdate(clock()))
    if actor is None:
        raise NotPermitted
    order = Order.of(export.register, export.query, reason_in_full=export.reason if export.is_plain else "")
    permitting.check(order, actor=actor)
    form = Export.Form(export.form)
    with scratch.folder() as folder:
        path = folder / f"rows.{form.value}"
        with walls.entered(actor):
            if not _is_ours_alone(export.pk):
                return
            total = order.number_of_rows(actor=actor)
            with Watch(export.pk, total=total, actor=actor) as watch:
                rows = take_out(order, path, form=form, actor=actor, at=clock(), tell=watch.tell)
        _held(export.pk, order, path, rows=rows, actor=actor, at=clock())


def _held(export_id: int, order: Order, path: Path, *, rows: int, actor: Actor, at: datetime) -> None:
    """Seal the file, enter it and the line in the log, and say that it is there: all or nothing."""
    with walls.entered(keeper()), path.open("rb") as content:
        export = Export.objects.select_for_update().get(pk=export_id)
        if export.is_over:
            return
        if export.is_stopping:
            raise Stopped
        unit = Account.scoped.select_related("org_unit").get(pk=export.account_id).org_unit
        stored = storing.keep(content, name=_name(order, export, at=at), org_unit=unit, actor=actor, at=at)
        written_down(order, rows=rows, path=unit.path, actor=actor, at=at)
        days = rule(KEPT_DAYS, on=timezone.localdate(at)).whole()
        export.reach = permitting.reach_of(order, actor=actor)
        export.save(update_fields=["reach"])
        export.hold(stored.pk, rows=rows, expires_at=at + timedelta(days=days), at=at)


def _ended(export_id: int, state: Export.State, *, at: datetime, sentence: str = "") -> None:
    with walls.entered(keeper()):
        export = Export.objects.select_for_update().get(pk=export_id)
        if not export.is_over:
            export.end(state, at=at, sentence=sentence)


def _name(order: Order, export: Export, *, at: datetime) -> str:
    return f"{order.register.title}-{timezone.localtime(at):%Y%m%d-%H%M}.{export.form}"


def _is_ours_alone(export_id: int) -> bool:
    """Say whether no other process makes the same file; the lock goes with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK + export_id])
        return bool(cursor.fetchone()[0])
