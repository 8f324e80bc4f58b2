"""For whom a member works: one of the employers that the union stands for."""

from juli.domains.registry.models import Union
from juli.domains.registry.rules.careers import EmployerNotCovered
from juli.engines.party.models import Employer
from juli.kernel.refusal import NotFound


def covered_employer(union: Union, employer_id: int) -> Employer:
    """
    Return an employer that the union covers.

    :raises NotFound: the employer is out of reach.
    :raises EmployerNotCovered: the union does not stand for it.
    """
    employer = Employer.objects.filter(pk=employer_id).first()
    if employer is None:
        raise NotFound
    if not union.coverages.filter(employer=employer, valid_until__isnull=True).exists():
        raise EmployerNotCovered(employer=employer.name, union=union.name)
    return employer
