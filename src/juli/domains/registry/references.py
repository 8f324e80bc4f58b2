"""Which tables of this app speak of persons and employers: they move when two records become one."""

from collections.abc import Mapping
from typing import Final

from juli.engines.party.merging import Reference
from juli.engines.party.models import Subject

REFERENCES: Final[Mapping[Subject, tuple[Reference, ...]]] = {
    Subject.PERSON: (
        Reference("registry_membership", "person_id"),
        Reference("registry_post", "person_id"),
    ),
    Subject.EMPLOYER: (
        Reference("registry_membership", "employer_id"),
        Reference("registry_coverage", "employer_id"),
    ),
}
