"""Tables of persons and employers."""

from juli.engines.party.models.employers import Employer, EmployerFlag, HazardousPost, Headcount
from juli.engines.party.models.persons import Person

__all__ = ["Employer", "EmployerFlag", "HazardousPost", "Headcount", "Person"]
