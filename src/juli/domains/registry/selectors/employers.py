"""Lists of employers."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from juli.domains.registry.models import Coverage
from juli.domains.registry.permissions import Permission
from juli.domains.registry.selectors import labelling, naming
from juli.domains.registry.selectors.reaching import below
from juli.domains.registry.selectors.rows import EmployerRow
from juli.engines.party.models import Employer, EmployerFlag
from juli.kernel.actor import Actor

KEYS = ("path", "pk")


@dataclass(frozen=True, slots=True)
class EmployerFilter:
    """
    Which employers to list, as they stood on a day (单位筛选条件).

    ``industry`` is the beginning of a code of GB/T 4754. Ownership and state of business are what
    is known today: they have no history by day.
    """

    on: date
    unit_id: int | None = None
    ownership: Employer.Ownership | None = None
    business: Employer.Business | None = None
    industry: str = ""
    mark: EmployerFlag.Flag | None = None
    is_covered: bool | None = None
    named: str = ""


def employers_in_reach(*, actor: Actor, chosen: EmployerFilter) -> "QuerySet[Employer]":
    """
    Return the employers that the actor may see, in the order of the tree.

    :raises NotFound: the unit to look below is out of reach.
    """
    rows = Employer.objects.within_reach_of(actor, Permission.SEE)
    if chosen.unit_id is not None:
        rows = rows.filter(below(chosen.unit_id, actor=actor))
    if chosen.ownership:
        rows = rows.filter(ownership=chosen.ownership)
    if chosen.business:
        rows = rows.filter(business=chosen.business)
    if chosen.industry:
        rows = rows.filter(industry__startswith=chosen.industry)
    if chosen.named:
        rows = rows.filter(naming.bodies_named(chosen.named))
    if chosen.mark:
        marks = EmployerFlag.objects.filter(
            labelling.in_force(chosen.on), employer_id=OuterRef("pk"), flag=chosen.mark
        )
        rows = rows.filter(Exists(marks))
    if chosen.is_covered is not None:
        covering = Exists(Coverage.objects.filter(labelling.in_force(chosen.on), employer_id=OuterRef("pk")))
        rows = rows.filter(covering if chosen.is_covered else ~covering)
    return rows.order_by(*KEYS)


def rows_of(employers: list[Employer], *, on: date) -> list[EmployerRow]:
    """Return employers as lines of a list, in their order."""
    numbers = [employer.pk for employer in employers]
    territories = labelling.unit_names(employer.territory_id for employer in employers)
    unions = labelling.unions_of_employers(numbers, on=on)
    counted = labelling.headcounts(numbers, on=on)
    members = labelling.members_of_employers(numbers, on=on)
    return [
        _row(
            each,
            territory_name=territories.get(each.territory_id, ""),
            union=unions.get(each.pk),
            counted=counted.get(each.pk),
            members=members.get(each.pk, 0),
        )
        for each in employers
    ]


def _row(
    employer: Employer,
    *,
    territory_name: str,
    union: labelling.Named | None,
    counted: labelling.Counted | None,
    members: int,
) -> EmployerRow:
    return EmployerRow(
        id=employer.pk,
        name=employer.name,
        uscc=employer.uscc,
        ownership=employer.ownership,
        ownership_label=employer.get_ownership_display(),
        industry=employer.industry,
        business=employer.business,
        business_label=employer.get_business_display(),
        territory_name=territory_name,
        union_id=union.id if union else None,
        union_name=union.name if union else "",
        employees=counted.employees if counted else None,
        counted_on=counted.counted_on if counted else None,
        members=members,
    )
