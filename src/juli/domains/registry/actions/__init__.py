"""The verbs of the registry: the only writers of unions, employers and memberships."""

from juli.domains.registry.actions.coverage import cover_employer, uncover_employer
from juli.domains.registry.actions.employers import register_employer
from juli.domains.registry.actions.members import admit_member
from juli.domains.registry.actions.unions import (
    Approval,
    LegalPerson,
    correct_union,
    found_federation,
    found_union,
    rename_union,
)

__all__ = [
    "Approval",
    "LegalPerson",
    "admit_member",
    "correct_union",
    "cover_employer",
    "found_federation",
    "found_union",
    "register_employer",
    "rename_union",
    "uncover_employer",
]
