"""
Where units stood on past days, so that a register that follows the tree can be read as of any day.

Rows of registers carry today's path. Only branches that have moved since the day in question stood
elsewhere; they are few, and everything else is where it was. So one statement fetches the moves,
and a unit of the day becomes a handful of ranges of today's paths. Whoever cannot see where a
branch came from knows only that it came from elsewhere.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Self

from django.db import connection
from django.db.models import Case, CharField, Expression, F, Func, Q, Value, When

from juli.engines.indicator.ranges import without
from juli.engines.scope.models import OrgUnit
from juli.kernel.actor import PathRange, merged

# Every stay of each unit that has moved since the day. The joins are outer ones: a unit that has
# left our reach still shows where it was.
STAYS = """
SELECT stay.org_unit_id, stay.parent_id, stay.path, stay.valid_from, stay.valid_until, own.path, own.opened_on
FROM scope_placement AS stay LEFT JOIN scope_orgunit AS own ON own.id = stay.org_unit_id
WHERE stay.org_unit_id IN (
  SELECT moved.org_unit_id
  FROM scope_placement AS moved LEFT JOIN scope_orgunit AS unit ON unit.id = moved.org_unit_id
  WHERE (moved.valid_from > %(day)s AND moved.valid_from > unit.opened_on)
     OR (moved.valid_until > %(day)s AND unit.id IS NULL))
ORDER BY stay.org_unit_id, stay.valid_from
"""


@dataclass(frozen=True, slots=True)
class Stay:
    """One stretch of days during which a unit stood under one parent; ``today`` is where it is now."""

    unit_id: int
    parent_id: int | None
    path: str
    valid_from: date
    valid_until: date | None
    today: str | None
    opened_on: date | None

    def holds_on(self, day: date) -> bool:
        """Say whether the unit stood there on a day."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)


class SplitPart(Func):
    """The n-th part of a path between its slashes; the first is empty."""

    function = "split_part"
    output_field = CharField()


@dataclass(frozen=True, slots=True)
class Moves:
    """The branches that have moved since a day, and where the parents they had are today (沿革)."""

    stays: Mapping[int, tuple[Stay, ...]]
    parents: Mapping[int, str]

    @classmethod
    def none(cls) -> Self:
        """Return no moves: the tree as it is today."""
        return cls({}, {})

    @classmethod
    def since(cls, day: date) -> Self:
        """Ask which branches have moved since a day."""
        with connection.cursor() as cursor:
            cursor.execute(STAYS, {"day": day})
            rows = [Stay(*row) for row in cursor.fetchall()]
        stays = {unit: tuple(each) for unit, each in groupby(rows, key=lambda stay: stay.unit_id)}
        wanted = {stay.parent_id for stay in rows if stay.parent_id is not None}
        found = OrgUnit.objects.filter(pk__in=wanted).values_list("pk", "path") if wanted else ()
        return cls(stays, dict(found))

    @classmethod
    def ever(cls) -> Self:
        """Ask which branches have ever moved."""
        return cls.since(date.min)

    def path_of(self, path: str, *, on: date) -> str:
        """
        Return where a unit of today's path stood on a day.

        A branch that came from beyond our sight gets a path of its own that no unit has.
        """
        return self._path_of(path, on=on, seen=frozenset())

    def every_path(self, path: str) -> tuple[str, ...]:
        """Return every path that a unit of today's path has had, oldest first."""
        turns = {date.min} | {stay.valid_from for stays in self.stays.values() for stay in stays}
        paths = (self.path_of(path, on=day) for day in sorted(turns))
        return tuple(dict.fromkeys(each for each in paths if each.startswith("/"))) or (path,)

    def ranges_of(self, path: str, *, on: date) -> tuple[PathRange, ...]:
        """Return the ranges of today's paths that hold what stood below a unit on a day."""
        wanted = self.path_of(path, on=on)
        branches = self._branches(on)
        pieces = without([PathRange.under(wanted)], map(PathRange.under, branches))
        for today, stood in branches.items():
            if stood.startswith(wanted):
                part = today
            elif wanted.startswith(stood):
                part = today + wanted[len(stood) :]
            else:
                continue
            nested = (PathRange.under(each) for each in branches if each != today and each.startswith(today))
            pieces += without([PathRange.under(part)], nested)
        return merged(pieces)

    def child_of(self, path: str, *, on: date, field: str = "path") -> Expression:
        """Return the number, as text, of the child of a unit below which a row stood on a day."""
        wanted = self.path_of(path, on=on)
        cases = []
        for today, stood in sorted(self._branches(on).items(), key=lambda each: -len(each[0])):
            if stood.startswith(wanted) and stood != wanted:
                child: Expression = Value(stood[len(wanted) :].split("/", 1)[0], output_field=CharField())
            else:
                child = part_below(
                    today + wanted[len(stood) :] if wanted.startswith(stood) else wanted, field
                )
            cases.append(When(in_range(PathRange.under(today), field), then=child))
        default = part_below(wanted, field)
        return Case(*cases, default=default, output_field=CharField()) if cases else default

    def departed(self, path: str, *, on: date) -> int:
        """Return how many branches stood below a unit on a day and have since left our sight."""
        wanted = self.path_of(path, on=on)
        return sum(
            stays[0].today is None
            and any(stay.holds_on(on) and stay.path.startswith(wanted) for stay in stays)
            for stays in self.stays.values()
        )

    def _branches(self, on: date) -> dict[str, str]:
        """Today's path of each branch that stood elsewhere on a day, with where it stood, topmost first."""
        found: dict[str, str] = {}
        for today in sorted(stays[0].today for stays in self.stays.values() if stays[0].today):
            if self._inherited(today, found) != (stood := self.path_of(today, on=on)):
                found[today] = stood
        return found

    @staticmethod
    def _inherited(today: str, found: Mapping[str, str]) -> str:
        above = max((each for each in found if today.startswith(each)), key=len, default="")
        return found[above] + today[len(above) :] if above else today

    def _path_of(self, path: str, *, on: date, seen: frozenset[int]) -> str:
        for number, above in _ancestry(path):
            if number in self.stays and number not in seen:
                return self._place_of(number, on=on, seen=seen | {number}) + path[len(above) :]
        return path

    def _place_of(self, unit_id: int, *, on: date, seen: frozenset[int]) -> str:
        stays = self.stays[unit_id]
        stay = next(
            (each for each in stays if each.holds_on(on)), stays[-1] if on >= stays[-1].valid_from else None
        )
        if stay is None:
            if stays[0].opened_on is not None and stays[0].valid_from > stays[0].opened_on:
                return f"?{unit_id}/"
            stay = stays[0]
        if stay.parent_id is None or stay.parent_id not in self.parents:
            return stay.path
        return self._path_of(self.parents[stay.parent_id], on=on, seen=seen) + f"{unit_id}/"


def part_below(path: str, field: str = "path") -> Expression:
    """Return the number, as text, of the child of a path below which a row stands; empty for its own rows."""
    return SplitPart(F(field), Value("/"), Value(path.count("/") + 1))


def in_range(each: PathRange, field: str = "path") -> Q:
    """Return the condition that a path lies in a range."""
    return Q(**{f"{field}__gte": each.lo, f"{field}__lt": each.hi})


def _ancestry(path: str) -> Iterator[tuple[int, str]]:
    """Yield each unit of a path with its own path, the deepest first."""
    parts = path.strip("/").split("/")
    for length in range(len(parts), 0, -1):
        if parts[length - 1].isdigit():
            yield int(parts[length - 1]), "/" + "/".join(parts[:length]) + "/"
