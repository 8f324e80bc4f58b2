"""Tables of persons and employers, of those that look alike, and of what was merged."""

from juli.engines.party.models.employers import Employer, EmployerFlag, HazardousPost, Headcount
from juli.engines.party.models.lookalikes import Lookalike, LookalikeQuerySet, LookalikeScan
from juli.engines.party.models.merging import Merge, MergeChange, MergedInto, Subject
from juli.engines.party.models.persons import Person

__all__ = [
    "Employer",
    "EmployerFlag",
    "HazardousPost",
    "Headcount",
    "Lookalike",
    "LookalikeQuerySet",
    "LookalikeScan",
    "Merge",
    "MergeChange",
    "MergedInto",
    "Person",
    "Subject",
]
