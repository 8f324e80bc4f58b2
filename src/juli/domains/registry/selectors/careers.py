"""The career of a member, over every union they ever belonged to (会籍履历)."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from juli.domains.registry.models import Membership


@dataclass(frozen=True, slots=True)
class Segment:
    """
    One stretch of a membership (会籍段).

    Of a union out of reach the name is told and nothing else can be opened.
    """

    id: int
    union_name: str
    standing: str
    standing_label: str
    opening_label: str
    closing_label: str
    valid_from: date
    valid_until: date | None
    is_within_reach: bool

    @property
    def is_in_force(self) -> bool:
        return self.valid_until is None


def career_of(person_id: int) -> tuple[Segment, ...]:
    """Return the segments of a person within reach, the oldest first; of anybody else, none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, union_name, standing, opening, closing, valid_from, valid_until, is_within_reach"
            " FROM registry_career(%s)",
            [person_id],
        )
        return tuple(
            Segment(
                id=number,
                union_name=union_name,
                standing=standing,
                standing_label=Membership.Standing(standing).label,
                opening_label=Membership.Opening(opening).label,
                closing_label=Membership.Closing(closing).label if closing else "",
                valid_from=valid_from,
                valid_until=valid_until,
                is_within_reach=is_within_reach,
            )
            for (number, union_name, standing, opening, closing, valid_from, valid_until, is_within_reach)
            in cursor.fetchall()
        )  # fmt: skip
