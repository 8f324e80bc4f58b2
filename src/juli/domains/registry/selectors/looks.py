"""Who looked at a person's record, when and why (谁看过)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from juli.engines.audit.models import Access
from juli.engines.party import merged
from juli.engines.party.models import Subject
from juli.engines.party.vault import Sealed


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


def latest_looks(*, most: int = 20) -> tuple[LookedAt, ...]:
    """Return who looked at, revealed or took out anything lately, within the reach of the wall."""
    latest = list(Access.objects.order_by("-pk")[:most])
    labels = _labels({row.account_id for row in latest if row.account_id is not None})
    return tuple(_look(row, labels) for row in latest)


def _look(row: Access, labels: dict[int, tuple[str, str]]) -> LookedAt:
    who, place = labels.get(row.account_id or 0, ("", ""))
    label = Sealed(row.field).label if row.field in {each.value for each in Sealed} else ""
    return LookedAt(who, place, row.at, row.get_act_display(), label, row.reason)


def _labels(accounts: set[int]) -> dict[int, tuple[str, str]]:
    if not accounts:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, display_name, unit_name FROM scope_account_labels(%s)", [sorted(accounts)])
        return {number: (name, unit) for number, name, unit in cursor.fetchall()}
