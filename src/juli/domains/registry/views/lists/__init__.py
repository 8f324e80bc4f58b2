"""What the registry lists: each register in a class of its own."""

from juli.domains.registry.views.lists.attached import CoverageList, HazardList, HeadcountList, PostList
from juli.domains.registry.views.lists.employers import EmployerList
from juli.domains.registry.views.lists.lookalikes import LOOKALIKES
from juli.domains.registry.views.lists.members import MemberList
from juli.domains.registry.views.lists.unions import UnionList

MEMBERS, UNIONS, EMPLOYERS = MemberList(), UnionList(), EmployerList()
COVERAGES, POSTS, HEADCOUNTS, HAZARDS = CoverageList(), PostList(), HeadcountList(), HazardList()
REGISTERS = (MEMBERS, UNIONS, EMPLOYERS, COVERAGES, POSTS, HEADCOUNTS, HAZARDS, LOOKALIKES)

__all__ = [
    "COVERAGES",
    "EMPLOYERS",
    "HAZARDS",
    "HEADCOUNTS",
    "LOOKALIKES",
    "MEMBERS",
    "POSTS",
    "REGISTERS",
    "UNIONS",
]
