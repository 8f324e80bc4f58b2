"""
The staff of an office day: their accounts, and what each of them may work on.

    python -m benchmarks.office_staff READERS WRITERS PASSWORD    opens accounts, prints the plan as JSON

Accounts are opened and duties granted by the actions that the console uses.
"""

import json
import random
import sys
from typing import TYPE_CHECKING, Any

from benchmarks import house

if TYPE_CHECKING:
    from juli.engines.scope.models import OrgUnit

NAMES = 600
PEOPLE, UNIONS, EMPLOYERS = 400, 40, 60


def main(arguments: list[str]) -> int:
    """Open the accounts and print the plan."""
    readers, writers, password = int(arguments[0]), int(arguments[1]), arguments[2]
    with house.standing():
        with house.owner() as link:
            version = house.version(link)
        print(json.dumps(_plan(readers, writers, password) | {"postgresql": version}, ensure_ascii=False))
    return 0


def _plan(readers: int, writers: int, password: str) -> dict[str, Any]:
    from django.utils import timezone

    from juli.domains.registry.models import Union
    from juli.engines.scope import walls
    from juli.engines.scope.models import OrgUnit

    chance = random.Random(2018)
    with walls.entered(walls.system("测速")):
        district = OrgUnit.objects.get(parent__isnull=True)
        town_unions = Union.objects.filter(level=Union.Level.TOWN).select_related("org_unit")
        towns = [union.org_unit for union in town_unions.order_by("pk")]
        staff = []
        for number in range(readers):
            unit = district if number % 2 else towns[number // 2 % len(towns)]
            duty = "federation_officer" if number % 2 else ("town_officer", "reader")[number // 2 % 2]
            staff.append({"does": "read"} | _opened(f"du{number:02d}", unit, duty, password))
        for number in range(writers):
            unit = towns[number % len(towns)]
            opened = _opened(f"xie{number:02d}", unit, "town_officer", password)
            staff.append({"does": "write"} | opened | _work_in(unit, chance))
        return {"staff": staff, "today": f"{timezone.localdate()}"} | _names(chance)


def _opened(username: str, unit: "OrgUnit", duty: str, password: str) -> dict[str, Any]:
    """Open an account and grant it a duty at a unit and below."""
    from django.utils import timezone

    from juli.config.duties import BY_CODE
    from juli.engines.scope import actions, walls
    from juli.engines.scope.models import Grant

    by = {"actor": walls.system("测速"), "at": timezone.now()}
    account = actions.open_account(
        username=username, display_name=username, password=password, org_unit_id=unit.pk, **by
    )
    actions.grant(
        account.pk, permissions=BY_CODE[duty].permissions, duty=duty, org_unit_id=unit.pk,
        extent=Grant.Extent.SUBTREE, **by,
    )  # fmt: skip
    return {"username": username}


def _work_in(town: "OrgUnit", chance: random.Random) -> dict[str, Any]:
    """Return members, joint unions and employers of a town: nobody else writes about them."""
    from juli.domains.registry.models import Coverage, Membership, Union

    inside = {"path__startswith": town.path}
    running = Membership.objects.current().filter(standing=Membership.Standing.ACTIVE, **inside)
    people = list(running.values_list("person_id", flat=True)[: PEOPLE * 20])
    joint = Union.objects.filter(form=Union.Form.JOINT, level=Union.Level.BASE, **inside)
    covered = Coverage.objects.filter(valid_until__isnull=True, **inside)
    employers = list(covered.values_list("employer_id", flat=True)[: EMPLOYERS * 5])
    return {
        "people": chance.sample(people, min(PEOPLE, len(people))),
        "unions": list(joint.order_by("pk").values_list("code", flat=True)[:UNIONS]),
        "employers": chance.sample(employers, min(EMPLOYERS, len(employers))),
    }


def _names(chance: random.Random) -> dict[str, list[str]]:
    """Return what staff type into the search box: names and initials of people in the register."""
    from juli.engines.party.models import Person

    numbers = list(Person.objects.order_by("pk").values_list("pk", flat=True))
    found = list(
        Person.objects.filter(pk__in=chance.sample(numbers, min(NAMES, len(numbers)))).values_list(
            "name", "name_initials"
        )
    )
    return {"names": [name for name, _ in found], "initials": [initials for _, initials in found]}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
