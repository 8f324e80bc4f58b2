"""Which kept figures the latest facts have moved: the cache follows whatever way they were recorded."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Max, Min, Q, QuerySet

from juli.engines.facts.models import Fact
from juli.engines.indicator import catalogue
from juli.engines.indicator.rollups import facts_of

MOST_UNITS: Final = 12
"""When more units than these were moved, the whole tree is worked out at once instead of each by itself."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What happened at one unit or below it: of which kinds, between which days (变动)."""

    org_unit_id: int
    kinds: tuple[str, ...]
    since: date
    until: date


def moved(chosen: Q) -> tuple[Moved, ...]:
    """Return where the chosen facts, as far as the actor of the walls sees them, have moved figures."""
    telling = frozenset[str]().union(*map(facts_of, catalogue.every_indicator()))
    facts = Fact.objects.filter(chosen, kind__in=telling)
    units = facts.order_by().values_list("org_unit_id", flat=True).distinct()[: MOST_UNITS + 1]
    return tuple(_by(facts, "root_id" if len(units) > MOST_UNITS else "org_unit_id"))


def _by(facts: "QuerySet[Fact]", column: str) -> Iterator[Moved]:
    rows = facts.values(column).annotate(
        kinds=ArrayAgg("kind", distinct=True), since=Min("occurred_on"), until=Max("occurred_on")
    )
    for row in rows.order_by(column):
        yield Moved(row[column], tuple(sorted(row["kinds"])), row["since"], row["until"])
