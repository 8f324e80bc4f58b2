"""Questions to the registry; every answer is a frozen value or a queryset behind both walls."""

from juli.domains.registry.selectors.careers import Segment, career_of
from juli.domains.registry.selectors.employer_pages import EmployerPage, employer_page
from juli.domains.registry.selectors.employers import EmployerFilter, employers_in_reach
from juli.domains.registry.selectors.finding import Findings, find
from juli.domains.registry.selectors.hits import EmployerHit, PersonHit, UnionHit
from juli.domains.registry.selectors.member_pages import MemberPage, member_page
from juli.domains.registry.selectors.members import (
    MemberFilter,
    members_counted,
    members_in_reach,
)
from juli.domains.registry.selectors.rows import EmployerRow, MemberRow, UnionRow
from juli.domains.registry.selectors.union_pages import UnionPage, union_page
from juli.domains.registry.selectors.unions import UnionFilter, unions_in_reach

__all__ = [
    "EmployerFilter",
    "EmployerHit",
    "EmployerPage",
    "EmployerRow",
    "Findings",
    "MemberFilter",
    "MemberPage",
    "MemberRow",
    "PersonHit",
    "Segment",
    "UnionFilter",
    "UnionHit",
    "UnionPage",
    "UnionRow",
    "career_of",
    "employer_page",
    "employers_in_reach",
    "find",
    "member_page",
    "members_counted",
    "members_in_reach",
    "union_page",
    "unions_in_reach",
]
