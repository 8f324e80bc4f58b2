"""Members counted through the tree: those of one town, and those of the whole district."""

from datetime import date
from typing import TYPE_CHECKING

from benchmarks import house
from benchmarks.timing import Times, in_turn
from benchmarks.verdicts import Verdict, noted, publish, within

if TYPE_CHECKING:
    from juli.engines.scope.models import OrgUnit
    from juli.kernel.actor import Actor

RUNS = 40
TOWN_BUDGET, DISTRICT_BUDGET = 10.0, 60.0
PAST = date(2018, 6, 30)


def run() -> None:
    """Measure and write the section."""
    with house.standing():
        with house.owner() as link:
            version = house.version(link)
            house.tidied(link)
        verdicts = _measured(house.actor_of(house.DISTRICT))
    publish("towns", "members through the tree", verdicts, notes=NOTES, postgresql=version)


NOTES = f"""
p95 of {RUNS} counts with the reach of the district, behind both walls, by the query that counts the list
of members; the statement's building and the way through the socket included. The town is the one with
most members.
"""


def _measured(actor: "Actor") -> list[Verdict]:
    from django.utils import timezone

    from juli.domains.registry.models import Membership
    from juli.engines.scope import walls
    from juli.engines.scope.models import OrgUnit

    def counted(unit: "OrgUnit", day: date) -> int:
        within_reach = Membership.objects.within_reach_of(actor, "registry.see").under(unit.path)
        return within_reach.counted_on(day)

    today = timezone.localdate()
    with walls.entered(actor):
        district = OrgUnit.objects.get(parent__isnull=True)
        towns = OrgUnit.objects.filter(parent=district, kind="town")
        town = max(towns, key=lambda unit: counted(unit, today))
        places = {"town": (town, TOWN_BUDGET), "district": (district, DISTRICT_BUDGET)}
        found: dict[str, Times] = in_turn(
            {
                f"{name} {day}": lambda unit=unit, day=day: counted(unit, day)
                for name, (unit, _) in places.items()
                for day in (today, PAST)
            },
            runs=RUNS,
        )
        verdicts = []
        for name, (unit, budget) in places.items():
            times, members = found[f"{name} {today}"], counted(unit, today)
            beside = f"{members:,} members, median {times.median:.1f}"
            verdicts.append(within(f"members of a {name} today", times.p95, budget, beside=beside))
            times, members = found[f"{name} {PAST}"], counted(unit, PAST)
            beside = f"{members:,} members, median {times.median:.1f} ms"
            verdicts.append(noted(f"members of a {name} on {PAST}", f"{times.p95:.1f} ms ({beside})"))
    return verdicts


if __name__ == "__main__":
    run()
