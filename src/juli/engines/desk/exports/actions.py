"""Asking for an export, calling it off, and handing the file over."""

from datetime import datetime

from django.db import transaction

from juli.engines import queue
from juli.engines.audit import recording
from juli.engines.desk.background.behind import account_of
from juli.engines.desk.exports import permitting, refusals
from juli.engines.desk.exports.orders import Order
from juli.engines.desk.models import Export
from juli.engines.files.models import StoredFile
from juli.kernel.actor import Actor
from juli.kernel.refusal import NotFound

MOST_AT_ONCE, LONGEST_QUERY = 5, 1000
JOB = "desk.export"
_OPEN = (Export.State.WAITING, Export.State.RUNNING)


@transaction.atomic
def ask_for_export(order: Order, *, form: Export.Form, actor: Actor, at: datetime) -> Export:
    """
    Have a list taken out in the background.

    :raises NotPermitted: no account stands behind the actor, or it may not see the list.
    :raises OrderTooLong: there are more conditions than are kept.
    :raises TooManyExports: the account has enough of them under way.
    :raises MayNotReveal: personal columns in full, and no right to see them so.
    :raises ReasonForPlainMissing: personal columns in full, and only blanks for a reason.
    """
    permitting.check(order, actor=actor)
    query = order.query.urlencode()
    if len(query) > LONGEST_QUERY:
        raise refusals.OrderTooLong
    if Export.objects.filter(account_id=account_of(actor), state__in=_OPEN).count() >= MOST_AT_ONCE:
        raise refusals.TooManyExports(most=MOST_AT_ONCE)
    export = Export.objects.create(
        account_id=account_of(actor), register=order.register.code, query=query, form=form,
        columns=",".join(column.name for column in order.columns), is_plain=bool(order.reason_in_full),
        reason=order.reason_in_full.strip()[:200], asked_at=at,
    )  # fmt: skip
    queue.later(JOB, export_id=export.pk)
    return export


@transaction.atomic
def call_export_off(export_id: int, *, actor: Actor, at: datetime) -> Export:
    """
    Have an export ended at the next chance; one that is over stays as it is.

    :raises NotFound: there is none of this number, or it is somebody else's.
    """
    export = Export.objects.select_for_update().filter(pk=export_id, account_id=account_of(actor)).first()
    if export is None:
        raise NotFound
    if export.state == Export.State.WAITING:
        export.end(Export.State.STOPPED, at=at)
    elif not export.is_over:
        export.is_stopping = True
        export.save(update_fields=["is_stopping"])
    return export


@transaction.atomic
def fetch_export(export_id: int, *, actor: Actor, at: datetime) -> StoredFile:
    """
    Return the file of an export to its owner, and write down that it was fetched.

    :raises NotFound: there is none of this number, it is somebody else's, or it is not made yet.
    :raises LinkExpired: its time is over.
    :raises ReachLost: the owner may no longer see all that is in it.
    """
    export = Export.objects.filter(pk=export_id, account_id=account_of(actor)).first()
    if export is None or export.state != Export.State.DONE:
        raise NotFound
    if export.file is None or export.expires_at is None or export.expires_at <= at:
        raise refusals.LinkExpired
    if not permitting.may_still_fetch(export, actor=actor):
        raise refusals.ReachLost
    recording.looked(export, path=export.file.path, actor=actor, at=at, reason=export.reason)
    return export.file
