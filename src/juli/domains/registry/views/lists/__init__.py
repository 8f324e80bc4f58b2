"""What the registry lists: each register in a class of its own."""

from juli.domains.registry.views.lists.attached import CoverageList, HazardList, HeadcountList, PostList
from juli.domains.registry.views.lists.employers import EmployerList
from juli.domains.registry.views.lists.lookalikes import LOOKALIKES
from juli.domains.registry.views.lists.members import MemberList
from juli.domains.registry.views.lists.persons import PersonList
from juli.domains.registry.views.lists.unions import UnionList

MEMBERS, UNIONS, EMPLOYERS = MemberList(), UnionList(), EmployerList()
PERSONS, COVERAGES, POSTS = PersonList(), CoverageList(), PostList()
HEADCOUNTS, HAZARDS = HeadcountList(), HazardList()
REGISTERS = (MEMBERS, UNIONS, EMPLOYERS, PERSONS, COVERAGES, POSTS, HEADCOUNTS, HAZARDS, LOOKALIKES)

__all__ = [
    "COVERAGES",
    "EMPLOYERS",
    "HAZARDS",
    "HEADCOUNTS",
    "LOOKALIKES",
    "MEMBERS",
    "PERSONS",
    "POSTS",
    "REGISTERS",
    "UNIONS",
]
