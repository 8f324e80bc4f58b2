"""
Many rows as the actions take them at once: locked in order, each within reach or refused by itself.

What ``claiming`` raises for one row stands here as a sentence beside its number.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic

from juli.domains.registry.models import Membership
from juli.domains.registry.permissions import Permission
from juli.domains.registry.rules.careers import MembershipEnded
from juli.engines.party.models import Employer, Person
from juli.engines.scope import tree
from juli.engines.scope.querysets import Row
from juli.kernel.actor import Actor
from juli.kernel.refusal import Refusal

Refusals = dict[int, str]
"""Why rows were refused, by the number under which they were asked for."""


@dataclass(frozen=True, slots=True)
class Claimed(Generic[Row]):
    """Rows to act on, and why the others are refused (成批认领)."""

    rows: list[Row]
    refused: Refusals

    def judged(
        self, check: Callable[[Row], None], *, number: Callable[[Row], int] = lambda row: int(row.pk)
    ) -> "Claimed[Row]":
        """Return what is left where a check that raises refuses its row alone."""
        passed: list[Row] = []
        refused = dict(self.refused)
        for row in self.rows:
            try:
                check(row)
            except Refusal as refusal:
                refused[number(row)] = refusal.sentence
            else:
                passed.append(row)
        return Claimed(passed, refused)


def claim_persons(person_ids: Iterable[int], *, actor: Actor) -> Claimed[Person]:
    """Return the persons whose record the actor may edit."""
    tree.hold()
    rows, refused = Person.objects.only("pk", "org_unit_id", "path").claim_each(
        person_ids, actor=actor, permission=Permission.EDIT_MEMBERS, see=Permission.SEE
    )
    return Claimed(rows, _said(refused))


def claim_employers(employer_ids: Iterable[int], *, actor: Actor) -> Claimed[Employer]:
    """Return the employers that the actor may edit."""
    tree.hold()
    rows, refused = Employer.objects.only("pk", "org_unit_id", "path").claim_each(
        employer_ids, actor=actor, permission=Permission.EDIT_EMPLOYERS, see=Permission.SEE
    )
    return Claimed(rows, _said(refused))


def claim_memberships_of(person_ids: Iterable[int], *, actor: Actor) -> Claimed[Membership]:
    """Return the memberships in force of persons, where the actor may edit members."""
    tree.hold()
    wanted = set(person_ids)
    running = Membership.objects.current().filter(person_id__in=wanted)
    reached = running.within_reach_of(actor, Permission.EDIT_MEMBERS).select_related("org_unit")
    rows = list(reached.select_for_update(of=("self",)).order_by("pk"))
    # The persons after their memberships, as for one: two runs over the same people take turns.
    holders = Person.objects.filter(pk__in=[row.person_id for row in rows])
    list(holders.select_for_update().order_by("pk").values_list("pk"))
    return Claimed(rows, _without_membership(wanted - {row.person_id for row in rows}, actor=actor))


def number_of_holder(membership: Membership) -> int:
    """Return the number under which a membership was asked for: its holder's."""
    return membership.person_id


def _without_membership(person_ids: set[int], *, actor: Actor) -> Refusals:
    if not person_ids:
        return {}
    ended = claim_persons(person_ids, actor=actor)
    return ended.refused | {person.pk: MembershipEnded().sentence for person in ended.rows}


def _said(refused: dict[int, Refusal]) -> Refusals:
    return {number: refusal.sentence for number, refusal in refused.items()}
