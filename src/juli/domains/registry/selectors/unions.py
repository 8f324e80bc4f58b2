"""Lists of unions."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from juli.domains.registry.models import Union
from juli.domains.registry.permissions import Permission
from juli.domains.registry.selectors import labelling, naming
from juli.domains.registry.selectors.reaching import below
from juli.domains.registry.selectors.rows import UnionRow
from juli.domains.registry.selectors.terms import Standing, last_term_is
from juli.kernel.actor import Actor

KEYS = ("path", "pk")


@dataclass(frozen=True, slots=True)
class UnionFilter:
    """
    Which unions to list, as they stood on a day (工会筛选条件).

    ``unit_id`` is the unit below which to look; ``is_in_force`` None lists the ended as well.
    """

    on: date
    unit_id: int | None = None
    level: Union.Level | None = None
    form: Union.Form | None = None
    employer_class: str = ""
    is_in_force: bool | None = True
    named: str = ""
    term: Standing | None = None


def unions_in_reach(*, actor: Actor, chosen: UnionFilter) -> "QuerySet[Union]":
    """
    Return the unions that the actor may see, in the order of the tree.

    :raises NotFound: the unit to look below is out of reach.
    """
    rows = Union.objects.within_reach_of(actor, Permission.SEE)
    if chosen.unit_id is not None:
        rows = rows.filter(below(chosen.unit_id, actor=actor))
    if chosen.level:
        rows = rows.filter(level=chosen.level)
    if chosen.form:
        rows = rows.filter(form=chosen.form)
    if chosen.employer_class:
        rows = rows.filter(employer_class=chosen.employer_class)
    if chosen.named:
        rows = rows.filter(naming.bodies_named(chosen.named))
    if chosen.term:
        rows = rows.filter(last_term_is(chosen.term, on=chosen.on))
    if chosen.is_in_force is None:
        rows = rows.filter(approved_on__lte=chosen.on)
    elif chosen.is_in_force:
        rows = rows.in_force_on(chosen.on)
    else:
        rows = rows.filter(Q(ended_on__lte=chosen.on))
    return rows.order_by(*KEYS)


def rows_of(unions: list[Union], *, on: date) -> list[UnionRow]:
    """Return unions as lines of a list, in their order."""
    units = [union.org_unit_id for union in unions]
    members = labelling.members_at((union.path for union in unions), on=on)
    employers = labelling.employers_of_units(units, on=on)
    terms = labelling.terms_of_unions(union.pk for union in unions)
    return [
        UnionRow(
            id=union.pk,
            org_unit_id=union.org_unit_id,
            name=union.name,
            code=union.code,
            level=union.level,
            level_label=union.get_level_display(),
            form_label=union.get_form_display(),
            employer_class=union.employer_class,
            approved_on=union.approved_on,
            ended_on=union.ended_on,
            members=members.get(union.path, 0),
            employers=employers.get(union.org_unit_id, 0),
            term_expires_on=terms.get(union.pk),
        )
        for union in unions
    ]
