"""
Posting whole frames of unions, employers and members at once (成批入账).

The one path for an import and for the sample. A frame comes in validated; rows and facts go out
set-wise, in the transaction and behind the wall that the caller has entered. A constraint that
fails undoes everything.
"""

from juli.domains.registry.posting.employers import post_coverages, post_employers, post_headcounts
from juli.domains.registry.posting.members import post_members
from juli.domains.registry.posting.stamps import Posted
from juli.domains.registry.posting.unions import post_unions

__all__ = [
    "Posted",
    "post_coverages",
    "post_employers",
    "post_headcounts",
    "post_members",
    "post_unions",
]
