"""
Rows as the actions take them: locked, within reach, still in force, and at a place that holds.

Each holds the tree (``scope.tree``): were a branch moved meanwhile, what an action writes below it
would be left at the old place.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from juli.domains.registry.models import Membership, Union
from juli.domains.registry.permissions import Permission
from juli.domains.registry.rules.careers import MembershipEnded
from juli.domains.registry.rules.ending import NeedsCommonSuperior
from juli.domains.registry.rules.founding import UnionEnded
from juli.domains.registry.rules.merging import RecordMerged
from juli.engines.party import merged
from juli.engines.party.models import Employer, Person, Subject
from juli.engines.scope import tree
from juli.kernel.actor import Actor
from juli.kernel.refusal import NotFound


def claim_union(union_id: int, *, actor: Actor, permission: Permission = Permission.ARRANGE_UNIONS) -> Union:
    """
    Return a union in force, locked, if the actor may act on it.

    :raises NotFound: it is out of reach.
    :raises NotPermitted: the actor sees it but may not do this to it.
    :raises UnionEnded: it exists no more.
    """
    tree.hold()
    union = Union.objects.select_related("org_unit").claim(
        union_id, actor=actor, permission=permission, see=Permission.SEE
    )
    if not union.is_in_force:
        raise UnionEnded(name=union.name)
    return union


def claim_other_union(
    union_id: int, *, actor: Actor, permission: Permission = Permission.ARRANGE_UNIONS
) -> Union:
    """
    Return the second union of an act that takes two, locked.

    :raises NeedsCommonSuperior: it is out of reach, or there is none; the two look the same.
    :raises NotPermitted: the actor sees it but may not do this to it.
    :raises UnionEnded: it exists no more.
    """
    try:
        return claim_union(union_id, actor=actor, permission=permission)
    except NotFound:
        raise NeedsCommonSuperior from None


def claim_employer(
    employer_id: int, *, actor: Actor, permission: Permission = Permission.EDIT_EMPLOYERS
) -> Employer:
    """
    Return an employer, locked, if the actor may act on it.

    :raises NotFound: it is out of reach.
    :raises NotPermitted: the actor sees it but may not do this to it.
    :raises RecordMerged: it was merged into another.
    """
    tree.hold()
    # Without joins: the unit may change while the lock is waited for, and a join would lose the row.
    rows = Employer.objects.all()
    with _said_of_merged(Subject.EMPLOYER, employer_id):
        return rows.claim(employer_id, actor=actor, permission=permission, see=Permission.SEE)


def claim_person(person_id: int, *, actor: Actor, permission: Permission = Permission.EDIT_MEMBERS) -> Person:
    """
    Return a person, locked, if the actor may act on them.

    :raises NotFound: they are out of reach.
    :raises NotPermitted: the actor sees them but may not do this to them.
    :raises RecordMerged: the record was merged into another.
    """
    tree.hold()
    # Without joins: the unit may change while the lock is waited for, and a join would lose the row.
    rows = Person.objects.all()
    with _said_of_merged(Subject.PERSON, person_id):
        return rows.claim(person_id, actor=actor, permission=permission, see=Permission.SEE)


def claim_membership(membership_id: int, *, actor: Actor) -> Membership:
    """
    Return a membership in force, its person locked before it, if the actor may act on it.

    :raises NotFound: it is out of reach.
    :raises NotPermitted: the actor sees it but may not do this to it.
    :raises MembershipEnded: the segment is over.
    """
    tree.hold()
    found = Membership.objects.select_related("org_unit", "person", "employer").claim(
        membership_id, actor=actor, permission=Permission.EDIT_MEMBERS, see=Permission.SEE
    )
    if not found.is_in_force:
        raise MembershipEnded
    return found


def find_person(person_id: int, *, actor: Actor) -> Person:
    """
    Return a person whom the actor may see.

    :raises NotFound: they are out of reach.
    """
    person = Person.objects.within_reach_of(actor, Permission.SEE).filter(pk=person_id).first()
    if person is None:
        raise NotFound
    return person


@contextmanager
def _said_of_merged(subject: Subject, number: int) -> Iterator[None]:
    """Of a record that was merged away, perhaps while its lock was waited for, say so."""
    try:
        yield
    except NotFound:
        if merged.kept_in_place_of(subject, number) is not None:
            raise RecordMerged from None
        raise
