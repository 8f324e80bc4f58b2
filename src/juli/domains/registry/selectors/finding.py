"""
One box that finds persons, unions and employers (检索).

All registers are asked at once: what is meant as a whole comes first, then what begins so, then what holds
it; and of equals what is in force before what has ended.
"""

from dataclasses import dataclass
from datetime import date

from juli.domains.registry.permissions import Permission
from juli.domains.registry.selectors.hits import EmployerHit, Hits, PersonHit, UnionHit, hits_of
from juli.domains.registry.selectors.sought import Sought, abbreviated, sought
from juli.kernel.actor import Actor
from juli.kernel.text import fold_query

_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Findings:
    """
    What a search found, the best first (检索结果).

    A tuple of ``MOST_SHOWN`` means that there may be more. ``is_too_short`` says that nothing was
    looked for because too little was typed.
    """

    query: str
    persons: tuple[PersonHit, ...] = ()
    unions: tuple[UnionHit, ...] = ()
    employers: tuple[EmployerHit, ...] = ()
    is_too_short: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.persons or self.unions or self.employers)


def find(query: str, *, actor: Actor, on: date) -> Findings:
    """Return the persons, unions and employers that the actor may see and that match a query."""
    wanted = sought(query)
    if wanted.is_in_vain:
        return Findings(query=query, is_too_short=len(fold_query(query)) < _SHORTEST)
    found = Findings(query, *_registers(wanted, actor=actor, on=on))
    if found.is_empty and not (wanted := abbreviated(query)).is_in_vain:
        found = Findings(query, *_registers(wanted, actor=actor, on=on))
    return found


def _registers(
    wanted: Sought, *, actor: Actor, on: date
) -> tuple[tuple[PersonHit, ...], tuple[UnionHit, ...], tuple[EmployerHit, ...]]:
    found: Hits = hits_of(
        wanted.persons, wanted.unions, wanted.employers, text=wanted.text, person=wanted.person,
        body=wanted.body, within=actor.roots_for(Permission.SEE), on=on,
    )  # fmt: skip
    return found.persons, found.unions, found.employers
