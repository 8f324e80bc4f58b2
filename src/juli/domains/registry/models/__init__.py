"""Tables of unions and memberships."""

from juli.domains.registry.models.memberships import Membership, MembershipQuerySet
from juli.domains.registry.models.unions import Committee, Coverage, Post, Term, Union

__all__ = ["Committee", "Coverage", "Membership", "MembershipQuerySet", "Post", "Term", "Union"]
