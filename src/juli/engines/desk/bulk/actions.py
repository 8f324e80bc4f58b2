"""Asking for a bulk action, calling it off, taking it up again."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from juli.engines import queue
from juli.engines.desk.background.behind import account_of
from juli.engines.desk.bulk.declaring import BulkVerb
from juli.engines.desk.bulk.selections import NothingChosen, Selection
from juli.engines.desk.models import BulkItem, BulkRun
from juli.engines.files.sealing import vault
from juli.kernel.actor import Actor
from juli.kernel.refusal import NotFound, NotPermitted, Refusal

JOB = "desk.bulk"
SEALED_AS = "desk.bulkrun.arguments"
TWICE_WITHIN = timedelta(seconds=10)
Filled = Mapping[str, list[str]]
"""What a form was sent with, by the names of its fields."""


class NumberChanged(Refusal):
    """Other records came under the filter between the question and the answer."""

    code = "desk.number_changed"
    message = "符合条件的记录刚才从 {before} 条变成了 {now} 条，请核对后再确认一次。"


class AlreadyUndone(Refusal):
    """A run is taken back once."""

    code = "desk.already_undone"
    message = "这一批已经撤销过，请在后台任务里查看撤销的结果。"


class NothingLeft(Refusal):
    """Every record of the run has its answer."""

    code = "desk.nothing_left"
    message = "这一批没有待办理的记录，无需继续。"


@transaction.atomic
def ask_for_bulk(
    selection: Selection, verb: BulkVerb, *, filled: Filled, expected: int, actor: Actor, at: datetime,
    reason: str = "",
) -> BulkRun:  # fmt: skip
    """
    Write down the records and have them worked in the background.

    The same thing asked for twice in a moment is done once.

    :raises NotPermitted: no account stands behind the actor, or it may do this nowhere.
    :raises NothingChosen: there is no record.
    :raises NumberChanged: there are more or fewer than the page said.
    :raises AlreadyUndone: the run to be taken back was taken back before.
    """
    account = account_of(actor)
    if not actor.holds(verb.permission):
        raise NotPermitted
    if selection.undone is not None and BulkRun.objects.filter(inverse_of=selection.undone).exists():
        raise AlreadyUndone
    plain = json.dumps(dict(filled), ensure_ascii=False, sort_keys=True)
    if (same := _same(selection, verb, plain, expected, actor=actor, at=at)) is not None:
        return same
    run = BulkRun.objects.create(
        account_id=account, register=selection.register.code, verb=verb.slug,
        query=selection.query[:1000], reason=reason.strip()[:200], asked_at=at,
        arguments=vault().seal(plain, context=SEALED_AS), inverse_of=selection.undone,
    )  # fmt: skip
    frozen = selection.freeze(run, verb, actor=actor)
    if not frozen:
        raise NothingChosen
    if frozen != expected:
        raise NumberChanged(before=f"{expected:,}", now=f"{frozen:,}")
    run.total = frozen
    run.save(update_fields=["total"])
    queue.later(JOB, run_id=run.pk)
    return run


@transaction.atomic
def call_bulk_off(run_id: int, *, actor: Actor, at: datetime) -> BulkRun:
    """
    Let no further record of a run be worked; what is done stays done.

    :raises NotFound: there is none of this number, or it is somebody else's.
    """
    run = _claimed(run_id, actor=actor)
    if run.is_over:
        return run
    if run.state == BulkRun.State.WAITING:
        skip_the_rest(run, at=at)
    else:
        run.is_stopping = True
        run.save(update_fields=["is_stopping"])
    return run


@transaction.atomic
def go_on_with_bulk(run_id: int, *, actor: Actor, at: datetime) -> BulkRun:
    """
    Take up a run again that was called off or failed, where it stopped.

    :raises NotFound: there is none of this number, or it is somebody else's.
    :raises NothingLeft: every record has its answer.
    """
    run = _claimed(run_id, actor=actor)
    if not run.is_over:
        return run
    left = BulkItem.objects.filter(run=run, outcome=BulkItem.Outcome.SKIPPED)
    run.done -= left.update(outcome=BulkItem.Outcome.WAITING)
    if not BulkItem.objects.filter(run=run, outcome=BulkItem.Outcome.WAITING).exists():
        raise NothingLeft
    run.save(update_fields=["done"])
    run.wait_again()
    queue.later(JOB, run_id=run.pk)
    return run


@transaction.atomic
def skip_the_rest(run: BulkRun, *, at: datetime, actor: Actor | None = None) -> None:
    """End a run that its owner called off; records that were not reached say so."""
    waiting = BulkItem.objects.filter(run=run, outcome=BulkItem.Outcome.WAITING)
    run.done += waiting.update(outcome=BulkItem.Outcome.SKIPPED)
    run.end(BulkRun.State.STOPPED, at=at)


def _claimed(run_id: int, *, actor: Actor) -> BulkRun:
    run = BulkRun.objects.select_for_update().filter(pk=run_id, account_id=account_of(actor)).first()
    if run is None:
        raise NotFound
    return run


def _same(
    selection: Selection, verb: BulkVerb, plain: str, expected: int, *, actor: Actor, at: datetime
) -> BulkRun | None:
    """Return the run that a button pressed twice has asked for already."""
    recent = BulkRun.objects.filter(
        account_id=account_of(actor), register=selection.register.code, verb=verb.slug,
        query=selection.query[:1000], total=expected, inverse_of=selection.undone,
        asked_at__gt=at - TWICE_WITHIN, asked_at__lte=at,
    )  # fmt: skip
    for run in recent.order_by("-pk"):
        if vault().open(bytes(run.arguments), context=SEALED_AS) == plain:
            return run
    return None
