"""The first wall: rows by reach, and the one door into a row that is to be changed."""

from collections.abc import Iterable
from typing import Self, TypeVar

from django.db import models
from django.db.models import Q

from juli.kernel.actor import Actor, PathRange
from juli.kernel.refusal import NotFound, NotPermitted, Refusal

Row = TypeVar("Row", bound=models.Model)


def in_ranges(ranges: Iterable[PathRange], field: str = "path") -> Q:
    """
    Return the condition that a path lies in one of the ranges; of none, that nothing does.

    What bounds several of them is said first: an index serves one range and its order, where ranges
    joined by OR have a whole district read and sorted for the first page of a list.
    """
    wanted = tuple(ranges)
    condition = Q(pk__in=[])
    for each in wanted:
        condition |= _between(each.lo, each.hi, field)
    if len(wanted) < 2:
        return condition
    return _between(min(each.lo for each in wanted), max(each.hi for each in wanted), field) & condition


def _between(lo: str, hi: str, field: str) -> Q:
    return Q(**{f"{field}__gte": lo, f"{field}__lt": hi})


class ScopedQuerySet(models.QuerySet[Row]):
    """Rows that hang on the unit tree by their ``path``."""

    def within_reach_of(self, actor: Actor, permission: str) -> Self:
        """Return the rows at units where the actor holds the permission."""
        return self.filter(in_ranges(actor.roots_for(permission)))

    def under(self, path: str) -> Self:
        """Return the rows of one unit and everything below it."""
        return self.filter(in_ranges([PathRange.under(path)]))

    def claim(self, pk: int, *, actor: Actor, permission: str, see: str) -> Row:
        """
        Return the row, locked, if the actor may act on it.

        :raises NotFound: no such row, or a row the actor may not even see.
        :raises NotPermitted: the actor sees the row but may not do this to it.
        """
        rows = self.select_for_update(of=("self",)).filter(pk=pk)
        if row := rows.within_reach_of(actor, permission).first():
            return row
        if self.filter(pk=pk).within_reach_of(actor, see).exists():
            raise NotPermitted
        raise NotFound

    def claim_each(
        self, pks: Iterable[int], *, actor: Actor, permission: str, see: str
    ) -> tuple[list[Row], dict[int, Refusal]]:
        """Return the rows that ``claim`` would, locked in order, and why it would refuse the others."""
        wanted = set(pks)
        reached = self.filter(pk__in=wanted).within_reach_of(actor, permission)
        rows = list(reached.select_for_update(of=("self",)).order_by("pk"))
        missing = wanted - {row.pk for row in rows}
        seen: set[int] = set()
        if missing:
            seen = set(self.filter(pk__in=missing).within_reach_of(actor, see).values_list("pk", flat=True))
        return rows, {pk: NotPermitted() if pk in seen else NotFound() for pk in missing}
