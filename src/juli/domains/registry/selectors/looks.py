"""Who looked at a person's record, when and why (谁看过)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection
from django.db.models import Q

from juli.engines.audit.models import Access
from juli.engines.party import merged
from juli.engines.party.models import Person, Subject
from juli.engines.party.vault import Sealed

FIELDS: Final = {
    **{each.value: each.label for each in Sealed},
    "attachment": "附件", "print": "打印页", "timeline": "履历", "changes": "变更记录", "files": "附件目录",
}  # fmt: skip
"""What of a record was looked at, where it was not its first page."""


@dataclass(frozen=True, slots=True)
class LookedAt:
    """One act of looking; who is empty for the person themselves or a machine (查看)."""

    who: str
    place: str
    at: datetime
    act_label: str
    field_label: str
    reason: str


@dataclass(frozen=True, slots=True)
class Looks:
    """The latest looks, and how many there were within reach (查看记录)."""

    latest: tuple[LookedAt, ...]
    number: int


def looks_at_person(person_id: int, *, most: int = 8) -> Looks:
    """Return who looked at a person's record lately; the wall shows staff what lies in their reach."""
    rows = Access.objects.filter(person_id__in=merged.numbers_of(Subject.PERSON, person_id))
    latest = list(rows.order_by("-at", "-pk")[:most])
    labels = _labels({row.account_id for row in latest if row.account_id is not None})
    return Looks(tuple(_look(row, labels) for row in latest), rows.count())


def looks_at_record(kind: str, numbers: Collection[int], *, most: int = 100) -> Looks:
    """Return who looked at, took out or printed a record of any register, the latest first."""
    about = Q(subject_kind=kind, subject_id__in=list(numbers))
    if kind == Person._meta.label_lower:
        about = Q(person_id__in=list(numbers))
    rows = Access.objects.filter(about)
    latest = list(rows.order_by("-at", "-pk")[:most])
    labels = _labels({row.account_id for row in latest if row.account_id is not None})
    return Looks(tuple(_look(row, labels) for row in latest), rows.count())


def latest_looks(*, most: int = 20) -> tuple[LookedAt, ...]:
    """Return who looked at, revealed or took out anything lately, within the reach of the wall."""
    latest = list(Access.objects.order_by("-pk")[:most])
    labels = _labels({row.account_id for row in latest if row.account_id is not None})
    return tuple(_look(row, labels) for row in latest)


def _look(row: Access, labels: dict[int, tuple[str, str]]) -> LookedAt:
    who, place = labels.get(row.account_id or 0, ("", ""))
    label = FIELDS.get(row.field, "")
    return LookedAt(who, place, row.at, row.get_act_display(), label, row.reason)


def _labels(accounts: set[int]) -> dict[int, tuple[str, str]]:
    if not accounts:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, display_name, unit_name FROM scope_account_labels(%s)", [sorted(accounts)])
        return {number: (name, unit) for number, name, unit in cursor.fetchall()}
