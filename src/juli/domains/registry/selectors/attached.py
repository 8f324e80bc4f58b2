"""Lists of what hangs on unions and employers: coverage, offices held, headcounts, hazardous posts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Q, QuerySet

from juli.domains.registry.models import Coverage, Post, Union
from juli.domains.registry.permissions import Permission
from juli.domains.registry.selectors import labelling
from juli.domains.registry.selectors.reaching import below
from juli.engines.party.models import Employer, HazardousPost, Headcount, Person
from juli.engines.scope.querysets import ScopedQuerySet
from juli.kernel.actor import Actor

Rows = TypeVar("Rows", bound=ScopedQuerySet)  # type: ignore[type-arg]  # of whatever table


@dataclass(frozen=True, slots=True)
class AttachedFilter:
    """
    Which of them to list (筛选条件).

    ``is_in_force`` None lists what has ended as well; ``kind`` is the office, or the kind of hazard.
    """

    on: date
    unit_id: int | None = None
    employer_id: int | None = None
    is_in_force: bool | None = True
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Attached:
    """One line: the row's names and those of the union, the employer and the person it ties (行)."""

    id: int
    union: labelling.Named | None
    employer: labelling.Named | None
    person: labelling.Named | None
    valid_from: date
    valid_until: date | None
    title: str = ""
    kind_label: str = ""
    number: int | None = None
    migrant_workers: int | None = None
    women: int | None = None
    source: str = ""
    yes_or_no: bool | None = None

    @property
    def is_in_force(self) -> bool:
        return self.valid_until is None


def coverages_in_reach(*, actor: Actor, chosen: AttachedFilter) -> "QuerySet[Coverage]":
    """
    Return which union stands for the staff of which employer, union by union.

    :raises NotFound: the unit to look below is out of reach.
    """
    return _dated(Coverage.objects.within_reach_of(actor, Permission.SEE), actor, chosen)


def posts_in_reach(*, actor: Actor, chosen: AttachedFilter) -> "QuerySet[Post]":
    """
    Return who holds which office, union by union.

    :raises NotFound: the unit to look below is out of reach.
    """
    rows = _dated(Post.objects.within_reach_of(actor, Permission.SEE), actor, chosen)
    return rows.filter(office=chosen.kind) if chosen.kind else rows


def headcounts_in_reach(*, actor: Actor, chosen: AttachedFilter) -> "QuerySet[Headcount]":
    """
    Return the headcounts of employers up to a day.

    :raises NotFound: the unit to look below is out of reach.
    """
    rows = _placed(Headcount.objects.within_reach_of(actor, Permission.SEE), actor, chosen)
    return rows.filter(counted_on__lte=chosen.on)


def hazards_in_reach(*, actor: Actor, chosen: AttachedFilter) -> "QuerySet[HazardousPost]":
    """
    Return the hazardous posts of employers.

    :raises NotFound: the unit to look below is out of reach.
    """
    rows = _dated(HazardousPost.objects.within_reach_of(actor, Permission.SEE), actor, chosen)
    return rows.filter(hazard=chosen.kind) if chosen.kind else rows


def _dated(rows: Rows, actor: Actor, chosen: AttachedFilter) -> Rows:
    rows = _placed(rows, actor, chosen).filter(valid_from__lte=chosen.on)
    over = Q(valid_until__lte=chosen.on)
    match chosen.is_in_force:
        case True:
            return rows.exclude(over)
        case False:
            return rows.filter(over)
        case None:
            return rows


def _placed(rows: Rows, actor: Actor, chosen: AttachedFilter) -> Rows:
    if chosen.unit_id is not None:
        rows = rows.filter(below(chosen.unit_id, actor=actor))
    return rows.filter(employer_id=chosen.employer_id) if chosen.employer_id else rows


def coverage_lines(rows: Sequence[Coverage]) -> list[Attached]:
    """Return coverage as lines, in their order."""
    unions, employers = _unions(row.union_id for row in rows), _employers(row.employer_id for row in rows)
    return [
        Attached(
            row.pk, unions.get(row.union_id), employers.get(row.employer_id), None, row.valid_from,
            row.valid_until,
        )
        for row in rows
    ]  # fmt: skip


def post_lines(rows: Sequence[Post]) -> list[Attached]:
    """Return offices held as lines, in their order."""
    unions = _unions(row.union_id for row in rows)
    named = Person.objects.filter(pk__in={row.person_id for row in rows}).values_list("pk", "name")
    persons = {number: labelling.Named(number, name) for number, name in named}
    return [
        Attached(
            row.pk, unions.get(row.union_id), None, persons.get(row.person_id), row.valid_from,
            row.valid_until, kind_label=row.get_office_display(), yes_or_no=row.is_full_time,
        )
        for row in rows
    ]  # fmt: skip


def headcount_lines(rows: Sequence[Headcount]) -> list[Attached]:
    """Return headcounts as lines, in their order."""
    employers = _employers(row.employer_id for row in rows)
    return [
        Attached(
            row.pk, None, employers.get(row.employer_id), None, row.counted_on, None, number=row.employees,
            migrant_workers=row.migrant_workers, women=row.women, source=row.source,
        )
        for row in rows
    ]  # fmt: skip


def hazard_lines(rows: Sequence[HazardousPost]) -> list[Attached]:
    """Return hazardous posts as lines, in their order."""
    employers = _employers(row.employer_id for row in rows)
    return [
        Attached(
            row.pk, None, employers.get(row.employer_id), None, row.valid_from, row.valid_until,
            title=row.title, kind_label=row.get_hazard_display(), number=row.workers,
            yes_or_no=row.is_checked_by_employer,
        )
        for row in rows
    ]  # fmt: skip


def _unions(numbers: Iterable[int]) -> dict[int, labelling.Named]:
    rows = Union.objects.filter(pk__in=set(numbers)).values_list("pk", "name")
    return {number: labelling.Named(number, name) for number, name in rows}


def _employers(numbers: Iterable[int]) -> dict[int, labelling.Named]:
    rows = Employer.objects.filter(pk__in=set(numbers)).values_list("pk", "name")
    return {number: labelling.Named(number, name) for number, name in rows}
