"""
Records opened lately and records pinned: private to an account, named behind the walls.

Apps declare which of their pages show a record. What is kept is its kind and number; whoever has lost
sight of a record since finds it no longer among theirs.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db import connection, transaction
from django.db.models import F, QuerySet, Value
from django.http import HttpRequest
from django.urls import reverse

from juli.engines.desk.cells import Words
from juli.engines.desk.homepage import Recalled
from juli.engines.desk.models import Recent
from juli.kernel.actor import Actor, Standing

if TYPE_CHECKING:
    Records = QuerySet[Any]  # Any: of whichever register
else:
    Records = QuerySet

MOST_KEPT: Final = 40
"""So many are remembered; pinned ones do not count."""

STILL_OPEN_FOR: Final = timedelta(minutes=5)
"""A record that is opened again so soon is not written down again."""

_OPENED: Final = """
INSERT INTO desk_recent (account_id, subject_kind, subject_id, opened_at) VALUES (%s, %s, %s, %s)
ON CONFLICT (account_id, subject_kind, subject_id) DO UPDATE SET opened_at = excluded.opened_at
WHERE desk_recent.opened_at < %s
RETURNING xmax = 0
"""


@dataclass(frozen=True, slots=True)
class RecordKind:
    """
    A kind of record that can be opened and pinned (记录类别).

    ``records`` gives those that an actor may see; ``name`` and ``line`` are fields of theirs. The page
    is ``url_name`` with ``argument``.
    """

    code: str
    label: Words
    icon: str
    url_name: str
    argument: str
    records: Callable[[Actor], Records]
    name: str = "name"
    line: str = "pk"


_DECLARED: dict[str, RecordKind] = {}


def declare(kinds: Iterable[RecordKind]) -> None:
    """Make kinds of record known; the last declaration of a code counts."""
    for each in kinds:
        _DECLARED[each.code] = each


def kind_of(code: str) -> RecordKind | None:
    """Return a declared kind, or None."""
    return _DECLARED.get(code)


def shown_at(url_name: str, arguments: Mapping[str, object]) -> tuple[RecordKind, int] | None:
    """Return which record a page shows, or None for a page that shows none."""
    for each in _DECLARED.values():
        number = arguments.get(each.argument)
        if each.url_name == url_name and isinstance(number, int):
            return each, number
    return None


def keeps(actor: Actor) -> bool:
    """Say whether anything is remembered for somebody: for staff, not for members and machines."""
    return actor.account_id is not None and actor.standing is Standing.STAFF


def _account_of(actor: Actor) -> int:
    """Return whose records are kept; nobody's for those who have no account."""
    return actor.account_id or 0


def note_opened(kind: RecordKind, subject_id: int, *, actor: Actor, at: datetime) -> None:
    """Remember that somebody has opened a record, and forget what was opened longest ago."""
    with connection.cursor() as cursor:
        cursor.execute(_OPENED, [actor.account_id, kind.code, subject_id, at, at - STILL_OPEN_FOR])
        found = cursor.fetchone()
    if found and found[0]:
        mine = Recent.objects.filter(account_id=_account_of(actor), pinned_at__isnull=True)
        kept = mine.order_by("-opened_at", "-pk").values("pk")[:MOST_KEPT]
        mine.exclude(pk__in=kept).delete()


@transaction.atomic
def pin(kind: RecordKind, subject_id: int, *, actor: Actor, at: datetime) -> None:
    """Keep a record at hand."""
    recent, _is_new = Recent.objects.get_or_create(
        account_id=_account_of(actor),
        subject_kind=kind.code,
        subject_id=subject_id,
        defaults={"opened_at": at},
    )
    recent.pin(at=at)


@transaction.atomic
def unpin(kind: RecordKind, subject_id: int, *, actor: Actor, at: datetime) -> None:  # noqa: ARG001  as every verb
    """Keep a record at hand no longer."""
    found = Recent.objects.filter(
        account_id=_account_of(actor), subject_kind=kind.code, subject_id=subject_id
    )
    for recent in found:
        recent.unpin()


def is_pinned(kind: RecordKind, subject_id: int, *, actor: Actor) -> bool:
    """Say whether somebody has pinned a record."""
    pinned = Recent.objects.filter(account_id=_account_of(actor), pinned_at__isnull=False)
    return pinned.filter(subject_kind=kind.code, subject_id=subject_id).exists()


@dataclass(frozen=True, slots=True)
class Pinning:
    """Whether the record of a page is pinned, and the address that changes it (固定)."""

    href: str
    is_pinned: bool


def pinning_of(request: HttpRequest) -> Pinning | None:
    """Return the pin of the record that a page shows; None where it shows none, or where nothing is kept."""
    actor: Actor | None = getattr(request, "actor", None)
    match = request.resolver_match
    if actor is None or match is None or not keeps(actor):
        return None
    if (found := shown_at(match.view_name, match.kwargs)) is None:
        return None
    kind, number = found
    return Pinning(reverse("pin", args=[kind.code, number]), is_pinned(kind, number, actor=actor))


def records_kept(*, actor: Actor, most: int) -> tuple[Recalled, ...]:
    """Return the pinned records and then those opened lately, as far as the actor still sees them."""
    if not keeps(actor):
        return ()
    rows = list(
        Recent.objects.filter(account_id=_account_of(actor), subject_kind__in=_DECLARED).order_by(
            F("pinned_at").desc(nulls_last=True), "-opened_at", "-pk"
        )[:most]
    )
    named = _named(rows, actor=actor)
    return tuple(
        _kept(row, *named[row.subject_kind, row.subject_id])
        for row in rows
        if (row.subject_kind, row.subject_id) in named
    )


def _named(rows: list[Recent], *, actor: Actor) -> dict[tuple[str, int], tuple[str, str]]:
    """Look all the names up in one statement, whatever the registers."""
    wanted: dict[str, list[int]] = {}
    for row in rows:
        wanted.setdefault(row.subject_kind, []).append(row.subject_id)
    parts = [_names_of(_DECLARED[code], numbers, actor=actor) for code, numbers in wanted.items()]
    if not parts:
        return {}
    found = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    return {(code, number): (name, line) for code, number, name, line in found}


def _names_of(kind: RecordKind, numbers: list[int], *, actor: Actor) -> Records:
    rows = kind.records(actor).filter(pk__in=numbers).order_by()
    told = rows.annotate(_kind=Value(kind.code), _name=F(kind.name), _line=F(kind.line))
    named: Records = told.values_list("_kind", "pk", "_name", "_line")
    return named


def _kept(row: Recent, name: str, line: str) -> Recalled:
    kind = _DECLARED[row.subject_kind]
    href = reverse(kind.url_name, args=[row.subject_id])
    return Recalled(kind.label, kind.icon, name, href, line, is_pinned=row.is_pinned)
