"""
Working a bulk run: chunk after chunk, a transaction each, until every record has its answer.

The row of the run is locked for as long as a chunk takes, so that two processes take turns and no
record is worked twice. The reach is read anew for each chunk: a right that is withdrawn ends there.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils import timezone

from juli.engines.desk.background.behind import actor_behind, keeper
from juli.engines.desk.bulk.actions import SEALED_AS, skip_the_rest
from juli.engines.desk.bulk.declaring import BulkVerb, verb_of
from juli.engines.desk.lists.registers import register_of
from juli.engines.desk.models import BulkItem, BulkRun
from juli.engines.files.sealing import vault
from juli.engines.scope import walls
from juli.kernel.actor import Actor
from juli.kernel.refusal import NotPermitted, Refusal

CHUNK: Final = 500
MOST_ATTEMPTS: Final = 3
Clock = Callable[[], datetime]


class BulkGivenUp(Refusal):
    """It was begun several times and came no further."""

    code = "desk.bulk_given_up"
    message = "这一批试了 {attempts} 次都没有继续下去；已办理的有效，其余的可以稍后点“继续办理”。"


class ArgumentsOutdated(Refusal):
    """What the form was filled in with does not hold any more."""

    code = "desk.arguments_outdated"
    message = "填写的内容已经不适用（例如转入的工会不在您的管理范围内），请重新发起。"


class RowFailed(Refusal):
    """A record met a rule of the database that no action foresaw."""

    code = "desk.row_failed"
    message = "这一条与现有记录冲突，没有办理，请打开记录单独办理。"


def work(run_id: int, *, clock: Clock) -> None:
    """Work a run until it is over; may be called again after a kill, and twice at once."""
    run = _begun(run_id, at=clock())
    if run is None:
        return
    try:
        while _next_chunk(run, clock=clock):
            pass
    except Refusal as refusal:
        _failed(run_id, refusal.sentence, at=clock())


def filled_in(run: BulkRun) -> QueryDict:
    """Return what the form of a run was filled in with."""
    said = QueryDict(mutable=True)
    for name, values in json.loads(vault().open(bytes(run.arguments), context=SEALED_AS)).items():
        said.setlist(name, values)
    return said


def _begun(run_id: int, *, at: datetime) -> BulkRun | None:
    with walls.entered(keeper()):
        run = BulkRun.objects.select_for_update().filter(pk=run_id).first()
        if run is None or run.is_over:
            return None
        if run.attempts >= MOST_ATTEMPTS:
            run.end(BulkRun.State.FAILED, at=at, sentence=BulkGivenUp(attempts=run.attempts).sentence)
            return None
        run.begin(at=at)
        return run


def _next_chunk(begun: BulkRun, *, clock: Clock) -> bool:
    """Work some records in a transaction of their own; return whether there may be more."""
    at = clock()
    actor = actor_behind(begun.account_id, on=timezone.localdate(at))
    if actor is None:
        raise NotPermitted
    with walls.entered(actor):
        run = BulkRun.objects.select_for_update().get(pk=begun.pk)
        if run.is_over:
            return False
        if run.is_stopping:
            skip_the_rest(run, at=at)
            return False
        waiting = BulkItem.objects.filter(run=run, outcome=BulkItem.Outcome.WAITING)
        numbers = list(waiting.order_by("subject_id").values_list("subject_id", flat=True)[:CHUNK])
        if not numbers:
            run.end(BulkRun.State.DONE, at=at)
            return False
        verb = verb_of(register_of(run.register), run.verb)
        refused = _acted(verb, numbers, _arguments(run, verb, actor=actor), actor=actor, at=at)
        _answer(run, numbers, refused)
        return True


def _arguments(run: BulkRun, verb: BulkVerb, *, actor: Actor) -> dict[str, Any]:  # Any: the form's own
    """
    Return the arguments that the form cleans to today.

    :raises ArgumentsOutdated: it would not be accepted any more.
    """
    form = verb.form(filled_in(run), actor=actor, subject=None)
    if not form.is_valid():
        raise ArgumentsOutdated
    return form.arguments()


def _acted(
    verb: BulkVerb, numbers: Sequence[int], arguments: Mapping[str, Any], *, actor: Actor, at: datetime
) -> Mapping[int, str]:
    """Act on records, and where they break a rule of the database together, on halves of them."""
    try:
        with transaction.atomic():
            return verb.act(numbers, **arguments, actor=actor, at=at)
    except Refusal as refusal:
        return dict.fromkeys(numbers, refusal.sentence)
    except IntegrityError:
        if len(numbers) == 1:
            return {numbers[0]: RowFailed().sentence}
        half = len(numbers) // 2
        parts = (numbers[:half], numbers[half:])
        first, second = (_acted(verb, part, arguments, actor=actor, at=at) for part in parts)
        return {**first, **second}


def _answer(run: BulkRun, numbers: Sequence[int], refused: Mapping[int, str]) -> None:
    """Write down what came of each record, and how far the run has come."""
    items = BulkItem.objects.filter(run=run)
    by_sentence: dict[str, list[int]] = {}
    for number, sentence in refused.items():
        by_sentence.setdefault(sentence[:300], []).append(number)
    for sentence, those in by_sentence.items():
        items.filter(subject_id__in=those).update(outcome=BulkItem.Outcome.REFUSED, sentence=sentence)
    items.filter(subject_id__in=[each for each in numbers if each not in refused]).update(
        outcome=BulkItem.Outcome.DONE
    )
    run.done += len(numbers)
    run.refused += len(refused)
    run.attempts = 1  # it comes on: only starts without any progress are counted
    run.save(update_fields=["done", "refused", "attempts"])


def _failed(run_id: int, sentence: str, *, at: datetime) -> None:
    with walls.entered(keeper()):
        run = BulkRun.objects.select_for_update().get(pk=run_id)
        if not run.is_over:
            run.end(BulkRun.State.FAILED, at=at, sentence=sentence)
