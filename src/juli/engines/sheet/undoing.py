"""Taking a batch back: rows made go again, rows altered say what they said, facts are reversed."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.db.models import Count

from juli.engines.facts import recording
from juli.engines.facts.models import Fact
from juli.engines.files.models import Attachment
from juli.engines.scope import walls
from juli.engines.sheet import images
from juli.engines.sheet.models import BatchRow, ImportBatch
from juli.engines.sheet.telling import Phase, Teller
from juli.kernel.actor import Actor

ROWS_AT_A_TIME: Final = 200
REASON: Final = "撤回导入批次"
_NOT_RESTING: Final = frozenset({"sheet.batchrow"})

Resting = dict[int, str]
"""What rests on rows, by the number of the batch row: a sentence for each that cannot be taken back."""


Made = dict[str, set[int]]
"""What a batch has made, by table: what refers to it from there goes along with it."""


def waiting_rows(batch: ImportBatch) -> "models.QuerySet[BatchRow]":
    """Return the rows of a batch that stand in the register, the last made first."""
    stand = (BatchRow.Standing.POSTED, BatchRow.Standing.HELD)
    return BatchRow.objects.filter(batch=batch, standing__in=stand).order_by("-subject_id", "-row_number")


def made_by(batch: ImportBatch) -> Made:
    """Return what a batch has made and what has not been taken back yet."""
    found: Made = defaultdict(set)
    for effects in waiting_rows(batch).values_list("effects", flat=True):
        for label, number in effects.get("made", ()):
            found[label].add(number)
    return found


def resting_on(rows: Sequence[BatchRow], *, batch_id: int, ours: Made) -> Resting:
    """Return what rests on rows: later facts, later corrections, records that refer to them."""
    found = _later_facts(rows, batch_id=batch_id)
    for row in rows:
        for label, number, _was, after in row.effects.get("changed", ()):
            if row.pk not in found and not images.still_so(label, number, after):
                name = apps.get_model(label)._meta.verbose_name
                found[row.pk] = f"导入之后，这条{name}又有改动。"
    return _referred(rows, ours=ours) | found


def resting(batch: ImportBatch, *, most: int) -> list[tuple[str, str]]:
    """Return the first rows of a batch that could not be taken back now, each with what rests on it."""
    ours, found = made_by(batch), []
    numbers = list(waiting_rows(batch).values_list("pk", flat=True))
    for start in range(0, len(numbers), ROWS_AT_A_TIME):
        rows = list(BatchRow.objects.filter(pk__in=numbers[start : start + ROWS_AT_A_TIME]))
        said = resting_on(rows, batch_id=batch.pk, ours=ours)
        found += [(row.row_number, said[row.pk]) for row in rows if row.pk in said]
        if len(found) >= most:
            break
    return [(f"第 {number} 行", reason) for number, reason in sorted(found)[:most]]


@transaction.atomic
def take_back(rows: Sequence[BatchRow], *, batch_id: int, ours: Made, actor: Actor, at: datetime) -> int:
    """
    Take rows back on which nothing rests, and say of the others what does; return how many went.

    Either all of a chunk's rows say that they are undone, or none. What stays is taken out of ``ours``.
    """
    resting = resting_on(rows, batch_id=batch_id, ours=ours)
    undone = 0
    for row in rows:
        if row.pk not in resting:
            try:
                with transaction.atomic():
                    _take_back_row(row, batch_id=batch_id, actor=actor, at=at)
                    undone += 1
                    continue
            except IntegrityError:
                resting[row.pk] = "还有其他记录引用它，或者它们在您的管理范围之外，请先处理那些记录。"
        _hold(row, resting[row.pk], ours=ours)
    return undone


def _hold(row: BatchRow, reason: str, *, ours: Made) -> None:
    for label, number in row.effects.get("made", ()):
        ours.get(label, set()).discard(number)
    row.standing, row.reason = BatchRow.Standing.HELD, reason
    row.save(update_fields=["standing", "reason"])


def _take_back_row(row: BatchRow, *, batch_id: int, actor: Actor, at: datetime) -> None:
    for label, number, was, _after in row.effects.get("changed", ()):
        images.put_back(label, number, was)
    _reverse_facts(row, batch_id=batch_id, actor=actor, at=at)
    for label, number in row.effects.get("made", ()):
        images.take_out(label, [number], batch_id=batch_id)
    row.standing, row.reason = BatchRow.Standing.UNDONE, ""
    row.save(update_fields=["standing", "reason"])


def _reverse_facts(row: BatchRow, *, batch_id: int, actor: Actor, at: datetime) -> None:
    """
    Write the opposite of what the batch wrote down about a row; what it had reversed is told again.

    So that afterwards the same things hold, told by the same facts or by their like.
    """
    by: dict[str, Any] = {"reason": REASON, "actor": actor, "at": at}
    subjects = {number for _, number in row.effects.get("subjects", ())}
    about = list(Fact.objects.filter(subject_id__in=subjects).order_by("-id"))
    known = {fact.id: fact for fact in about}
    dead = {fact.reverses for fact in about if fact.reverses is not None}
    written = set(row.effects.get("facts", ()))
    for fact in about:
        if fact.batch_id != batch_id or tuple(_subject(fact)) not in _subjects(row):
            continue
        original = known.get(fact.reverses) if fact.reverses is not None else None
        if fact.reverses is None and fact.id not in dead:
            recording.reverse(fact, **by)
        elif original is not None and fact.id in written and original.batch_id != batch_id:
            recording.tell_again(fact, batch_id=original.batch_id, **by)


def _subject(fact: Fact) -> tuple[str, int]:
    return fact.subject_kind, fact.subject_id


def _subjects(row: BatchRow) -> set[tuple[str, int]]:
    return {(kind, number) for kind, number in row.effects.get("subjects", ())}


def _later_facts(rows: Sequence[BatchRow], *, batch_id: int) -> Resting:
    """Return the rows about whose subjects something was written down after the batch."""
    owners: dict[tuple[str, int], list[BatchRow]] = defaultdict(list)
    for row in rows:
        for kind, number in row.effects.get("subjects", ()):
            owners[kind, number].append(row)
    told = Fact.objects.filter(subject_id__in={number for _, number in owners})
    reversed_ids = set(told.filter(reverses__isnull=False).values_list("reverses", flat=True))
    found: Resting = {}
    for fact in told.filter(reverses__isnull=True).exclude(batch_id=batch_id).order_by("id"):
        if fact.id in reversed_ids:
            continue
        for row in owners.get((fact.subject_kind, fact.subject_id), ()):
            if fact.id > max(row.effects["facts"], default=0):
                found[row.pk] = f"导入之后，{fact.occurred_on} 又登记了“{fact.kind_label}”。"
    return found


def _referred(rows: Sequence[BatchRow], *, ours: Made) -> Resting:
    """Return the rows whose made records are referred to by records that are not of this batch's making."""
    made: dict[str, dict[int, BatchRow]] = defaultdict(dict)
    for row in rows:
        for label, number in row.effects.get("made", ()):
            made[label][number] = row
    found: Resting = {}
    for label, owners in made.items():
        for model, column in relations(apps.get_model(label)):
            kept = list(ours.get(model._meta.label_lower, ()))
            referring = model._base_manager.filter(**{f"{column}__in": list(owners)}).exclude(pk__in=kept)
            for number, count in referring.values_list(column).annotate(Count("pk")):
                name = model._meta.verbose_name
                found[owners[number].pk] = f"还有 {count} 条“{name}”记录引用它，请先处理这些记录。"
        attached = Attachment.objects.filter(subject_kind=label, subject_id__in=list(owners))
        for number in attached.filter(removed_at__isnull=True).values_list("subject_id", flat=True):
            found[owners[number].pk] = "它带有附件，请先移除附件。"
    return found


def relations(model: type[models.Model]) -> list[tuple[type[models.Model], str]]:
    """Return every table and column that refers to a table and may be read here, but those of batches."""
    found = []
    for each in model._meta.get_fields(include_hidden=True):
        if not isinstance(each, models.ForeignObjectRel) or not getattr(each.field, "db_constraint", False):
            continue
        source = each.related_model
        if source._meta.label_lower not in _NOT_RESTING and _may_read(source._meta.db_table):
            found.append((source, each.field.attname))
    return found


def _may_read(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, 'SELECT')", [table])
        return bool(cursor.fetchone()[0])


def undo(batch: ImportBatch, *, actor: Actor, clock: Callable[[], datetime], teller: Teller) -> int:
    """
    Take a whole batch back, chunk by chunk, as far as nothing rests on its rows; return how many went.

    It may be begun again after a kill: rows that are undone say so.
    """
    with walls.entered(actor):
        numbers = list(waiting_rows(batch).values_list("pk", flat=True))
        ours = made_by(batch)
    for start in range(0, len(numbers), ROWS_AT_A_TIME):
        teller.tell(Phase.UNDOING, start, len(numbers))
        with walls.entered(actor):
            chunk = BatchRow.objects.filter(pk__in=numbers[start : start + ROWS_AT_A_TIME])
            rows = list(chunk.order_by("-subject_id", "-row_number"))
            take_back(rows, batch_id=batch.pk, ours=ours, actor=actor, at=clock())
    with walls.entered(actor):
        undone = BatchRow.objects.filter(batch=batch, standing=BatchRow.Standing.UNDONE).count()
        batch.undo(rows=undone, at=clock())
    return undone
