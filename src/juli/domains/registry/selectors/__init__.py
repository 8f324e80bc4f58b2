"""Questions to the registry; every answer is a frozen value or a queryset behind both walls."""

from juli.domains.registry.selectors.careers import Segment, career_of
from juli.domains.registry.selectors.employer_pages import EmployerPage, employer_page
from juli.domains.registry.selectors.employers import EmployerFilter, employer_rows, employers_in_reach
from juli.domains.registry.selectors.finding import Findings, find
from juli.domains.registry.selectors.hits import EmployerHit, PersonHit, UnionHit
from juli.domains.registry.selectors.member_pages import MemberPage, member_page
from juli.domains.registry.selectors.members import (
    MemberFilter,
    member_rows,
    members_counted,
    members_in_reach,
)
from juli.domains.registry.selectors.rows import EmployerRow, MemberRow, UnionRow
from juli.domains.registry.selectors.union_pages import UnionPage, union_page
from juli.domains.registry.selectors.unions import UnionFilter, union_rows, unions_in_reach
from juli.engines.desk.paging import Page, Place

__all__ = [
    "EmployerFilter",
    "EmployerHit",
    "EmployerPage",
    "EmployerRow",
    "Findings",
    "MemberFilter",
    "MemberPage",
    "MemberRow",
    "Page",
    "PersonHit",
    "Place",
    "Segment",
    "UnionFilter",
    "UnionHit",
    "UnionPage",
    "UnionRow",
    "career_of",
    "employer_page",
    "employer_rows",
    "employers_in_reach",
    "find",
    "member_page",
    "member_rows",
    "members_counted",
    "members_in_reach",
    "union_page",
    "union_rows",
    "unions_in_reach",
]
