"""What rows of the registers said before they were changed, from the history that triggers keep."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import models

from juli.domains.registry.timeline.entries import Change

# Where a row stands follows from what happened to it, and that is told by facts; what is sealed
# is told by its mask; what is derived is not told at all.
_UNTOLD: Final = frozenset(
    {
        "id", "path", "org_unit", "updated_at", "name_bigrams", "name_initials", "name_pinyin",
        "document_sealed", "document_digest", "mobile_sealed", "mobile_digest", "bank_sealed", "bank_digest",
        "batch_id", "merged_into",
    }
)  # fmt: skip
_UNTOLD_OF: Final = {"registry.membership": frozenset({"number"})}
"""What is untold of one register alone: a member's number never changes, a term's may."""

_MASKED: Final = {"document_shown": "document", "mobile_shown": "mobile", "bank_shown": "bank"}
_LABELS: Final = {"document_shown": "证件号码", "mobile_shown": "手机号码", "bank_shown": "银行账号"}
_NOTHING: Final = "（空）"


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of a row, with who made it (一次变更)."""

    at: datetime
    account_id: int | None
    machine: str
    changes: tuple[Change, ...]
    subject: tuple[str, int]


def edits_of(row: models.Model) -> list[Edit]:
    """Return every change of a row that tells something, the oldest first."""
    return edits_of_each([row])


def edits_of_each(rows: Sequence[models.Model]) -> list[Edit]:
    """Return every change of rows of one table that tells something, each row's oldest first."""
    if not rows:
        return []
    events: dict[int, list[dict[str, Any]]] = defaultdict(list)  # Any: columns of many types
    for event in _events(rows):
        events[event["pgh_obj_id"]].append(event)
    return [edit for row in rows for edit in _edits(row, events[row.pk])]


def _edits(row: models.Model, events: Sequence[Mapping[str, Any]]) -> list[Edit]:
    if not events:
        return []
    after: Sequence[Mapping[str, Any]] = [*events[1:], _state(row)]
    edits = []
    for old, new in zip(events, after, strict=True):
        if changes := tuple(_changes(type(row), old, new)):
            context = old["pgh_context"] or {}
            is_account = context.get("account") is not None
            edits.append(
                Edit(
                    at=old["pgh_created_at"],
                    account_id=context.get("account"),
                    machine="" if is_account else str(context.get("actor", "")),
                    changes=changes,
                    subject=(row._meta.label_lower, row.pk),
                )
            )
    return edits


def _events(rows: Sequence[models.Model]) -> list[dict[str, Any]]:
    """Return the states before each change; the trigger copies every column but the derived ones."""
    kept = rows[0].events.model  # type: ignore[attr-defined]  # the tracker adds it to every kept table
    found = kept._default_manager.filter(pgh_obj_id__in=[row.pk for row in rows])
    return list(found.order_by("pgh_created_at", "pgh_id").values())


def _state(row: models.Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def _changes(model: type[models.Model], old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    untold = _UNTOLD | _UNTOLD_OF.get(model._meta.label_lower, frozenset())
    for column in model._meta.concrete_fields:
        if column.name in untold or column.attname not in old:
            continue
        before, after = old[column.attname], new[column.attname]
        masked = _MASKED.get(column.name)
        if masked:
            digests = (_bytes(old[f"{masked}_digest"]), _bytes(new[f"{masked}_digest"]))
            if digests[0] != digests[1]:
                yield Change(_LABELS[column.name], before or _NOTHING, after or _NOTHING, is_masked=True)
        elif before != after:
            label = str(column.verbose_name)
            yield Change(label, _worded(column, before), _worded(column, after))


def _bytes(value: bytes | memoryview | None) -> bytes | None:
    return None if value is None else bytes(value)


def _worded(column: "models.Field[Any, Any]", value: Any) -> str:  # Any: whatever the column holds
    if value is None or value == "":
        return _NOTHING
    if isinstance(value, bool):
        return "是" if value else "否"
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(column, models.ForeignKey):
        return f"#{value}"
    return str(value)
