"""Rows as the doors take them: seen and permitted, or refused before anything is asked."""

from juli.domains.registry.models import Membership, Union
from juli.domains.registry.permissions import Permission
from juli.domains.registry.rules.careers import MembershipEnded
from juli.engines.party.models import Employer, Person
from juli.engines.scope.querysets import Row, ScopedQuerySet
from juli.kernel.actor import Actor
from juli.kernel.refusal import NotFound, NotPermitted

UNSHOWN = (
    "name_bigrams", "document_sealed", "document_digest", "mobile_sealed", "mobile_digest",
    "bank_sealed", "bank_digest",
)  # fmt: skip


def sought(rows: "ScopedQuerySet[Row]", number: int, *, actor: Actor, permission: Permission) -> Row:
    """
    Return a row on which the actor holds a permission; the action that follows locks it.

    :raises NotFound: no such row, or a row the actor may not even see.
    :raises NotPermitted: the actor sees the row but may not do this to it.
    """
    if row := rows.filter(pk=number).within_reach_of(actor, permission).first():
        return row
    if rows.filter(pk=number).within_reach_of(actor, Permission.SEE).exists():
        raise NotPermitted
    raise NotFound


def union(number: int, *, actor: Actor, permission: Permission) -> Union:
    """Return a union; refused as ``sought`` refuses."""
    return sought(
        Union.objects.select_related("org_unit").defer("name_bigrams"),
        number,
        actor=actor,
        permission=permission,
    )


def employer(number: int, *, actor: Actor, permission: Permission) -> Employer:
    """Return an employer; refused as ``sought`` refuses."""
    return sought(Employer.objects.defer("name_bigrams"), number, actor=actor, permission=permission)


def person(number: int, *, actor: Actor, permission: Permission) -> Person:
    """Return a person without anything sealed; refused as ``sought`` refuses."""
    return sought(Person.objects.defer(*UNSHOWN), number, actor=actor, permission=permission)


def membership(person_id: int, *, actor: Actor, permission: Permission) -> Membership:
    """
    Return the membership of a person that is in force; refused as ``sought`` refuses.

    :raises MembershipEnded: there is none any more.
    """
    holder = person(person_id, actor=actor, permission=permission)
    found = Membership.objects.filter(person_id=holder.pk, valid_until__isnull=True).first()
    if found is None:
        raise MembershipEnded
    found.person = holder
    return found
