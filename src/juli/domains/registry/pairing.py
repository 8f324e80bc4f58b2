"""Two records as the actions take them that make them one, and what is written down on both."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final, TypeVar

from django.db import connection
from django.utils import timezone

from juli.domains.registry.facts import Happened
from juli.domains.registry.permissions import Permission
from juli.domains.registry.rules import merging as rules
from juli.engines import queue
from juli.engines.facts import recording
from juli.engines.party import merging
from juli.engines.party.merging import Party
from juli.engines.party.models import Employer, Merge, Person, Subject
from juli.engines.scope.models import OrgUnit
from juli.kernel.actor import Actor
from juli.kernel.refusal import NotPermitted

Row = TypeVar("Row", Person, Employer)

PERMISSIONS: Final = {
    Subject.PERSON: Permission.EDIT_MEMBERS,
    Subject.EMPLOYER: Permission.EDIT_EMPLOYERS,
}
"""What those hold at both records who may merge them, or part them again."""

# What figures of persons and employers say of the past stands otherwise after a merge.
_MOVED: Final = ",".join((Happened.MEMBER_ADMITTED, Happened.COVERAGE_BEGUN))
_EARLIEST: Final = "1995-01-01"


def claimed_pair(
    claim: Callable[..., Row], kept_id: int, gone_id: int, *, subject: Subject, actor: Actor
) -> tuple[Row, Row]:
    """
    Return two records, locked in one order whoever asks, with nothing of them out of reach.

    :raises SameRecord: the two are one already.
    :raises PartlyBeyondReach: what speaks of them lies out of reach.
    :raises Refusal: as ``claim`` does.
    """
    if kept_id == gone_id:
        raise rules.SameRecord
    rows = {number: claim(number, actor=actor) for number in sorted((kept_id, gone_id))}
    if beyond := rows_beyond(subject, (kept_id, gone_id)):
        raise rules.PartlyBeyondReach(rows=beyond)
    return rows[kept_id], rows[gone_id]


def rows_beyond(subject: Subject, numbers: Iterable[int]) -> int:
    """Return how many rows that speak of records lie out of reach, and nothing else of them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT registry_rows_beyond(%s, %s)", [subject.value, list(numbers)])
        return int(cursor.fetchone()[0])


def tell_both(
    kind: Happened, merge: Merge, units: dict[int, OrgUnit], *, reason: str, actor: Actor, at: datetime
) -> None:
    """Write down on both records, each where it stood, that they were made one or two again."""
    is_person = merge.subject == Subject.PERSON
    for number, unit in units.items():
        recording.record(
            kind, subject=Person(pk=number) if is_person else Employer(pk=number), org_unit=unit,
            occurred_on=timezone.localdate(at), person_id=number if is_person else None,
            employer_id=None if is_person else number,
            category="kept" if number == merge.kept_id else "gone",
            payload={"merge": merge.pk, "kept": merge.kept_id, "gone": merge.gone_id}, reason=reason,
            actor=actor, at=at,
        )  # fmt: skip
    for unit_id in {unit.pk for unit in units.values()}:
        queue.later("indicator.refresh_cells", org_unit_id=unit_id, since=_EARLIEST, kinds=_MOVED)


def places_now(kept: Party, gone: Party) -> dict[int, OrgUnit]:
    """Return where two records stand, the kept one last: what is told of it stands first."""
    units = OrgUnit.objects.in_bulk({kept.org_unit_id, gone.org_unit_id})
    return {row.pk: units[row.org_unit_id] for row in (gone, kept)}


def former_places(merge: Merge, *, actor: Actor) -> dict[int, OrgUnit]:
    """
    Return where both records stood before they were merged, the kept one last.

    :raises NotPermitted: the actor may not edit at one of the places.
    """
    subject = Subject(merge.subject)
    images = merge.changes.filter(bearer=merging.RECORDS[subject])
    stood = dict(images.values_list("row_id", "before__org_unit_id"))
    units = OrgUnit.objects.in_bulk({int(unit) for unit in stood.values()})
    for unit_id in stood.values():
        if unit_id not in units or not actor.may(PERMISSIONS[subject], units[unit_id].path):
            raise NotPermitted
    return {number: units[stood[number]] for number in (merge.gone_id, merge.kept_id)}
