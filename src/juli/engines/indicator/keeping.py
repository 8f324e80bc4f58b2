"""
What a survey found, kept: the latest for the pages, and one of each week for good.

The latest are roll-ups of a day, a cache like all of them: they may be dropped, and the next survey
fills them again. The weeks are appended and never rewritten.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q, Subquery

from juli.engines.indicator.declarations import AnyIndicator, Ratio, Stock
from juli.engines.indicator.figures import Amount
from juli.engines.indicator.models import Rollup, Snapshot
from juli.engines.indicator.periods import PeriodKind, month_ends
from juli.engines.indicator.rollups import CONTENT, KEY, MONTHS_OF_A_TREND
from juli.engines.indicator.surveying import Place, Survey
from juli.engines.indicator.working import share
from juli.engines.scope.models import OrgUnit
from juli.kernel.actor import Actor, PathRange

WEEKS_SHOWN: Final = 26


@dataclass(frozen=True, slots=True)
class Found:
    """One figure of one unit as a survey found it (普查数)."""

    value: Amount | None
    numerator: Amount | None = None
    denominator: Amount | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """The latest that is kept of some units: found as of which day and when, by unit and code (留存)."""

    on: date
    at: datetime
    found: Mapping[tuple[int, str], Found]

    def of(self, unit_id: int, code: str) -> Found:
        """Return a figure of a unit; nothing where none is kept."""
        return self.found.get((unit_id, code), Found(None))


@dataclass(frozen=True, slots=True)
class Week:
    """A figure as it was found in one week (周点)."""

    start: date
    value: Amount | None


def found_in(survey: Survey, declared: Stock | Ratio, place: Place = ()) -> Found:
    """Return a figure at one place of a survey."""
    if isinstance(declared, Stock):
        return Found(survey.value(declared.code, place))
    above = survey.value(declared.numerator.code, place)
    below = survey.value(declared.denominator.code, place)
    return Found(share(above, below), above, below)


@transaction.atomic
def keep_latest(
    survey: Survey, declared: Sequence[Stock | Ratio], *, units: Iterable[OrgUnit], at: datetime
) -> int:
    """Keep what was found of each unit as roll-ups of the day, drop those of days before; return how many."""
    rows = [
        Rollup(
            org_unit=unit,
            path=unit.path,
            indicator=each.code,
            version=each.version,
            period_kind=PeriodKind.DAY.value,
            period_start=survey.day,
            value=found.value,
            numerator=found.numerator,
            denominator=found.denominator,
            worked_out_at=at,
        )
        for unit, each, found in _everything(survey, declared, units)
    ]
    Rollup.objects.bulk_create(
        rows, batch_size=1000, update_conflicts=True, unique_fields=KEY, update_fields=CONTENT
    )
    of_trends = month_ends(survey.day, count=MONTHS_OF_A_TREND)
    outlived = Rollup.objects.filter(
        org_unit__in={row.org_unit_id for row in rows},
        indicator__in=[each.code for each in declared],
        period_kind=PeriodKind.DAY.value,
        period_start__lt=survey.day,
        dimension="",
    )
    outlived.exclude(period_start__in=of_trends).delete()
    return len(rows)


@transaction.atomic
def keep_week(
    survey: Survey, declared: Sequence[Stock | Ratio], *, units: Iterable[OrgUnit], at: datetime
) -> int:
    """Append what was found of each unit as the point of its week; a week that has its points keeps them."""
    rows = [
        Snapshot(
            org_unit=unit,
            path=unit.path,
            indicator=each.code,
            version=each.version,
            week_start=monday_of(survey.day),
            value=found.value,
            numerator=found.numerator,
            denominator=found.denominator,
            taken_at=at,
        )
        for unit, each, found in _everything(survey, declared, units)
    ]
    Snapshot.objects.bulk_create(rows, batch_size=1000, ignore_conflicts=True)
    return len(rows)


def latest(
    unit: OrgUnit,
    declared: Sequence[AnyIndicator],
    *,
    below: Iterable[OrgUnit],
    compared: Sequence[AnyIndicator],
    marker: str,
) -> Kept | None:
    """
    Return the latest that is kept of a unit, and what is compared of those below; None if nothing is.

    ``marker`` is a figure that surveys alone keep, by which the last of them is found.
    """
    kept = Rollup.objects.filter(period_kind=PeriodKind.DAY.value, dimension="")
    last = kept.filter(org_unit=unit, indicator=marker).order_by("-period_start").values("period_start")[:1]
    versions = {each.code: each.version for each in declared}
    own = Q(org_unit=unit, indicator__in={marker, *versions})
    others = Q(org_unit__in=[each.pk for each in below], indicator__in=[each.code for each in compared])
    rows = kept.filter(own | others, period_start=Subquery(last))
    found: dict[tuple[int, str], Found] = {}
    seen: Rollup | None = None
    for row in rows.order_by():
        if row.indicator == marker and row.org_unit_id == unit.pk:
            seen = row
        if row.version == versions.get(row.indicator):
            found[row.org_unit_id, row.indicator] = _found(row)
    return Kept(seen.period_start, seen.worked_out_at, found) if seen else None


def weeks(
    unit: OrgUnit, declared: Sequence[AnyIndicator], *, through: date, actor: Actor, permission: str
) -> dict[str, tuple[Week, ...]]:
    """Return the last weeks of each figure of a unit, oldest first, to whoever reaches the whole of it."""
    if not reaches_whole(unit, actor=actor, permission=permission):
        return {}
    versions = {each.code: each.version for each in declared}
    since = monday_of(through) - timedelta(weeks=WEEKS_SHOWN - 1)
    rows = Snapshot.objects.filter(
        Q(org_unit=unit, indicator__in=versions, week_start__gte=since, week_start__lte=through)
    ).order_by("week_start")
    found: dict[str, list[Week]] = {}
    of_a_week = rows.values_list("indicator", "version", "week_start", "value", "denominator")
    for code, version, start, value, denominator in of_a_week:
        if version == versions[code]:
            shown = value if denominator is not None else _whole(value)
            found.setdefault(code, []).append(Week(start, shown))
    return {code: tuple(points) for code, points in found.items()}


def reaches_whole(unit: OrgUnit, *, actor: Actor, permission: str) -> bool:
    """Say whether an actor reaches a unit with everything below it: what is kept counts all of it."""
    whole = PathRange.under(unit.path)
    return any(root.lo <= whole.lo and whole.hi <= root.hi for root in actor.roots_for(permission))


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def _everything(
    survey: Survey, declared: Sequence[Stock | Ratio], units: Iterable[OrgUnit]
) -> Iterator[tuple[OrgUnit, Stock | Ratio, Found]]:
    for unit in units:
        if (place := survey.place_of(unit)) is not None:
            for each in declared:
                yield unit, each, found_in(survey, each, place)


def _found(row: Rollup) -> Found:
    """Return what a row keeps: counts are whole numbers, though columns have two places for shares."""
    value = row.value if row.denominator is not None else _whole(row.value)
    return Found(value, _whole(row.numerator), _whole(row.denominator))


def _whole(value: Amount | None) -> Amount | None:
    return int(value) if value is not None and value == int(value) else value
