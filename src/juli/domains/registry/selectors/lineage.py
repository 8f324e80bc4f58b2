"""What stands above a record in the tree, and who held posts where."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection

from juli.domains.registry.models import Post
from juli.domains.registry.selectors import labelling


@dataclass(frozen=True, slots=True)
class Ancestor:
    """A unit above a record, by name only: it may be out of reach (上级组织)."""

    id: int
    name: str
    kind: str
    depth: int


@dataclass(frozen=True, slots=True)
class PostHeld:
    """
    Who holds or held which post where, and when (任职).

    The names are empty where the person or the union is out of reach.
    """

    id: int
    person_id: int
    person_name: str
    union_id: int
    union_name: str
    office: str
    office_label: str
    is_full_time: bool
    valid_from: date
    valid_until: date | None

    @property
    def is_in_force(self) -> bool:
        return self.valid_until is None


def lineage_of(org_unit_id: int) -> tuple[Ancestor, ...]:
    """Return the units from the root down to a unit within reach, itself included."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, name, kind, depth FROM scope_lineage(%s)", [org_unit_id])
        return tuple(Ancestor(*row) for row in cursor.fetchall())


def posts_held(posts: Iterable[Post]) -> tuple[PostHeld, ...]:
    """Return posts with the names of who and where."""
    rows = list(posts)
    persons = labelling.persons(post.person_id for post in rows)
    unions = labelling.unions_at(post.org_unit_id for post in rows)
    return tuple(
        PostHeld(
            id=post.pk,
            person_id=post.person_id,
            person_name=persons[post.person_id].name if post.person_id in persons else "",
            union_id=post.union_id,
            union_name=unions[post.org_unit_id].name if post.org_unit_id in unions else "",
            office=post.office,
            office_label=post.get_office_display(),
            is_full_time=post.is_full_time,
            valid_from=post.valid_from,
            valid_until=post.valid_until,
        )
        for post in rows
    )
