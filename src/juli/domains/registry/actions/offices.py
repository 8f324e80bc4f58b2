"""Terms, posts and committees of unions."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from juli.domains.registry.claiming import claim_union, find_person
from juli.domains.registry.facts import Happened
from juli.domains.registry.models import Committee, Membership, Post, Term, Union
from juli.domains.registry.permissions import Permission
from juli.domains.registry.rules import days, posts, terms
from juli.engines.facts import recording
from juli.engines.party.models import Person
from juli.engines.rulebook import rule
from juli.kernel.actor import Actor

_COUNTERPART = {
    Committee.Kind.WOMEN: Committee.Kind.WOMEN_COMMISSIONER,
    Committee.Kind.WOMEN_COMMISSIONER: Committee.Kind.WOMEN,
}

Office = Post.Office
CommitteeKind = Committee.Kind
"""What callers name posts and committees by; the tables themselves are the registry's own."""


@transaction.atomic
def begin_term(
    union_id: int, *, begins_on: date, years: int, actor: Actor, at: datetime,
    number: int | None = None, elected_on: date | None = None,
) -> Term:  # fmt: skip
    """
    Begin a term of a union's committee; without a number it is the next one.

    :raises NotFound: the union is out of reach.
    :raises NotPermitted: the actor may not arrange unions there.
    :raises UnionEnded: it exists no more.
    :raises NoTermOfItsOwn: what lies below a base union has no term.
    :raises TermLengthUnlawful: the law names other lengths.
    :raises TermsOverlap: another term holds on one of these days.
    :raises TermNumberTaken: this term is registered.
    :raises InTheFuture: the day has not come.
    :raises TooEarly: the union did not exist yet, or the election came after.
    """
    union = claim_union(union_id, actor=actor)
    label = union.get_level_display()
    if union.level in terms.WITHOUT_TERM:
        raise terms.NoTermOfItsOwn(level=label)
    days.check_happened(begins_on, today=timezone.localdate(at))
    days.check_not_before(
        begins_on, earliest=max(union.approved_on, elected_on or date.min), event="工会成立或选举"
    )
    lawful = rule(terms.rule_for(union.level), on=begins_on)
    choices = lawful.choices() if isinstance(lawful.value, tuple) else (lawful.whole(),)
    terms.check_years(years, lawful=choices, label=label, citation=lawful.citation)
    expires_on = terms.expiry(begins_on, years=years)
    counted = _number_of_term(union, wanted=number, begins_on=begins_on, expires_on=expires_on)
    term = Term.objects.create(
        union=union, org_unit=union.org_unit, path=union.path, number=counted,
        elected_on=elected_on, begins_on=begins_on, expires_on=expires_on,
    )  # fmt: skip
    recording.record(
        Happened.TERM_BEGUN, subject=term, org_unit=union.org_unit, occurred_on=begins_on,
        payload={"number": counted, "expires_on": expires_on.isoformat()}, actor=actor, at=at,
    )  # fmt: skip
    return term


@transaction.atomic
def take_post(
    *, union_id: int, person_id: int, office: Post.Office, on: date, actor: Actor, at: datetime,
    is_full_time: bool = False,
) -> Post:  # fmt: skip
    """
    Let a person take a post in a union from a day.

    :raises NotFound: the union or the person is out of reach.
    :raises NotPermitted: the actor may not arrange unions there.
    :raises UnionEnded: the union exists no more.
    :raises NotAMember: an elected post, and no active membership.
    :raises PostForWomen: a post of the women's committee, and no woman.
    :raises PostHeld: the person holds this very post.
    :raises PostTaken: somebody else is the head.
    :raises PostsIncompatible: committee and audit do not go together.
    :raises InTheFuture: the day has not come.
    :raises TooEarly: the union did not exist yet.
    """
    union = claim_union(union_id, actor=actor)
    person = find_person(person_id, actor=actor)
    days.check_happened(on, today=timezone.localdate(at))
    days.check_not_before(on, earliest=union.approved_on, event="工会成立")
    posts.check_for_women(office, is_woman=person.sex == Person.Sex.FEMALE)
    _refuse_outsiders(person, office=office)
    _refuse_second_holder(union, person=person, office=office)
    post = Post.objects.create(
        union=union, person=person, office=office, is_full_time=is_full_time,
        org_unit=union.org_unit, path=union.path, valid_from=on,
    )  # fmt: skip
    recording.record(
        Happened.POST_TAKEN, subject=post, org_unit=union.org_unit, occurred_on=on, person_id=person.pk,
        category=office, actor=actor, at=at,
    )  # fmt: skip
    return post


@transaction.atomic
def leave_post(post_id: int, *, on: date, reason: str, actor: Actor, at: datetime) -> Post:
    """
    Let a person leave a post on a day.

    :raises NotFound: the post is out of reach.
    :raises NotPermitted: the actor may not arrange unions there.
    :raises PostLeft: it was left before.
    :raises ReasonMissing: no reason was given.
    :raises InTheFuture: the day has not come.
    :raises TooEarly: the post was taken later.
    """
    post = Post.objects.select_related("org_unit").claim(
        post_id, actor=actor, permission=Permission.ARRANGE_UNIONS, see=Permission.SEE
    )
    if post.valid_until is not None:
        raise posts.PostLeft
    kept = days.checked_reason(reason)
    days.check_happened(on, today=timezone.localdate(at))
    days.check_not_before(on, earliest=post.valid_from, event="任职")
    post.valid_until = on
    post.save(update_fields=["valid_until"])
    recording.record(
        Happened.POST_LEFT, subject=post, org_unit=post.org_unit, occurred_on=on, person_id=post.person_id,
        category=post.office, reason=kept, actor=actor, at=at,
    )  # fmt: skip
    return post


@transaction.atomic
def form_committee(*, union_id: int, kind: Committee.Kind, on: date, actor: Actor, at: datetime) -> Committee:
    """
    Form a women's or audit committee; a women's committee takes the place of the commissioner.

    :raises NotFound: the union is out of reach.
    :raises NotPermitted: the actor may not arrange unions there.
    :raises UnionEnded: it exists no more.
    :raises CommitteeExists: there is one.
    :raises InTheFuture: the day has not come.
    :raises TooEarly: the union did not exist yet.
    """
    union = claim_union(union_id, actor=actor)
    days.check_happened(on, today=timezone.localdate(at))
    days.check_not_before(on, earliest=union.approved_on, event="工会成立")
    held = {each.kind: each for each in union.committees.filter(valid_until__isnull=True)}
    if kind in held:
        raise posts.CommitteeExists(committee=Committee.Kind(kind).label)
    if replaced := held.get(_COUNTERPART.get(kind, "")):
        _end_committee(replaced, union=union, on=on, reason="由新的女职工组织接替", actor=actor, at=at)
    committee = Committee.objects.create(
        union=union, kind=kind, org_unit=union.org_unit, path=union.path, valid_from=on
    )
    recording.record(
        Happened.COMMITTEE_FORMED, subject=committee, org_unit=union.org_unit, occurred_on=on,
        category=kind, actor=actor, at=at,
    )  # fmt: skip
    return committee


@transaction.atomic
def end_committee(committee_id: int, *, on: date, reason: str, actor: Actor, at: datetime) -> Committee:
    """
    End a committee on a day.

    :raises NotFound: it is out of reach.
    :raises NotPermitted: the actor may not arrange unions there.
    :raises CommitteeEnded: it was ended before.
    :raises ReasonMissing: no reason was given.
    :raises InTheFuture: the day has not come.
    :raises TooEarly: it was formed later.
    """
    committee = Committee.objects.select_related("union__org_unit").claim(
        committee_id, actor=actor, permission=Permission.ARRANGE_UNIONS, see=Permission.SEE
    )
    if committee.valid_until is not None:
        raise posts.CommitteeEnded
    kept = days.checked_reason(reason)
    days.check_happened(on, today=timezone.localdate(at))
    days.check_not_before(on, earliest=committee.valid_from, event="专门委员会成立")
    _end_committee(committee, union=committee.union, on=on, reason=kept, actor=actor, at=at)
    return committee


def _end_committee(
    committee: Committee, *, union: Union, on: date, reason: str, actor: Actor, at: datetime
) -> None:
    committee.valid_until = max(on, committee.valid_from)
    committee.save(update_fields=["valid_until"])
    recording.record(
        Happened.COMMITTEE_ENDED, subject=committee, org_unit=union.org_unit,
        occurred_on=committee.valid_until, category=committee.kind, reason=reason, actor=actor, at=at,
    )  # fmt: skip


def _number_of_term(union: Union, *, wanted: int | None, begins_on: date, expires_on: date) -> int:
    """Return the number of a new term, if it fits between the others."""
    others = list(union.terms.order_by("begins_on", "pk"))
    for other in others:
        if other.begins_on < expires_on and begins_on < other.expires_on:
            raise terms.TermsOverlap(number=other.number, begins=other.begins_on, expires=other.expires_on)
        if other.number == wanted:
            raise terms.TermNumberTaken(number=wanted)
    return wanted or 1 + max((other.number for other in others), default=0)


def _refuse_outsiders(person: Person, *, office: Post.Office) -> None:
    held = Membership.objects.filter(
        person=person, valid_until__isnull=True, standing=Membership.Standing.ACTIVE
    )
    if office in posts.ELECTED and not held.exists():
        raise posts.NotAMember


def _refuse_second_holder(union: Union, *, person: Person, office: Post.Office) -> None:
    """The union is locked, so nobody else takes a post in it meanwhile."""
    in_force = union.posts.filter(valid_until__isnull=True)
    own = set(in_force.filter(person=person).values_list("office", flat=True))
    if office in own:
        raise posts.PostHeld(office=Post.Office(office).label)
    if office in posts.HEADS and in_force.filter(office=office).exists():
        raise posts.PostTaken(office=Post.Office(office).label)
    posts.check_compatible(office, held=own)
