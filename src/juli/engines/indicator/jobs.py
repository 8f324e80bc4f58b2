"""Jobs that keep the cache of figures: each may run again at any time."""

from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone
from procrastinate.contrib.django import app

from juli.engines import queue
from juli.engines.facts import watermark
from juli.engines.indicator import following, rollups, sets
from juli.engines.scope import walls
from juli.engines.scope.models import OrgUnit
from juli.kernel.actor import Door

KEEPER = "指标汇总"
LOCK = "indicator.rollups"
FOLLOWING = "indicator.following"
OF_A_NIGHT = timedelta(days=1)
"""A process that has just begun looks so far back; what is older was worked out in the night."""
_followed: dict[str, int] = {}
"""Up to which number of a fact this process has followed."""


@app.periodic(cron="* * * * *")
@app.task(name="indicator.follow_facts", lock=FOLLOWING)
def follow_facts(timestamp: int) -> None:  # noqa: ARG001  procrastinate says when it was due
    """
    Every minute, have the kept figures worked out again that facts recorded since have moved.

    Facts are followed here and not where they are recorded: a batch of many thousands asks once, and
    several acts of one minute ask together.
    """
    with walls.entered(walls.system(KEEPER, door=Door.JOB)):
        mark = watermark.mark()
        done = _followed.get(FOLLOWING)
        if mark.number == done:
            return
        latest = Q(recorded_at__gte=timezone.now() - OF_A_NIGHT) if done is None else Q(id__gt=done)
        for each in following.moved(latest):
            queue.later(
                "indicator.refresh_cells", org_unit_id=each.org_unit_id, kinds=",".join(each.kinds),
                since=each.since.isoformat(), until=each.until.isoformat(),
            )  # fmt: skip
    if mark.is_settled:
        _followed[FOLLOWING] = mark.number


@app.task(name="indicator.refresh_cells", lock=LOCK)
def refresh_cells(*, org_unit_id: int, since: str, kinds: str, until: str = "") -> None:
    """
    Work out again the kept figures that facts at a unit or below it have moved.

    ``kinds`` names the kinds of fact, divided by commas; ``since`` and ``until`` are the days between
    which they happened.
    """
    with walls.entered(walls.system(KEEPER, door=Door.JOB)) as actor:
        if (unit := OrgUnit.objects.filter(pk=org_unit_id).first()) is not None:
            cells = rollups.touched_cells(
                unit,
                kinds=kinds.split(","),
                since=date.fromisoformat(since),
                until=date.fromisoformat(until) if until else None,
            )
            rollups.refresh(cells, actor=actor, at=timezone.now())


@app.task(name="indicator.fill_trends", lock=LOCK)
def fill_trends(*, org_unit_id: int, through: str) -> None:
    """Work out the twelve months up to a day, of every quoted figure, for a unit and those below it."""
    codes = {slot.indicator for each in sets.every_set().values() for slot in each.wired}
    with walls.entered(walls.system(KEEPER, door=Door.JOB)) as actor:
        if (unit := OrgUnit.objects.filter(pk=org_unit_id).first()) is not None:
            cells = rollups.trend_cells(unit, through=date.fromisoformat(through), codes=sorted(codes))
            rollups.refresh(cells, actor=actor, at=timezone.now())


@app.periodic(cron="20 2 * * *")
@app.task(name="indicator.fill_all_trends", lock=LOCK)
def fill_all_trends(timestamp: int) -> None:  # noqa: ARG001  procrastinate says when it was due
    """Every night, fill the trends of each federation up to the day before."""
    with walls.entered(walls.system(KEEPER, door=Door.JOB)):
        roots = list(OrgUnit.objects.filter(parent__isnull=True).values_list("pk", flat=True))
    for root in roots:
        fill_trends(org_unit_id=root, through=timezone.localdate().isoformat())
