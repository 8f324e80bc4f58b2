"""Putting right terms, posts and committees of unions."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from juli.domains.registry.actions.correcting import restating
from juli.domains.registry.facts import Happened
from juli.domains.registry.models import Committee, Post, Term
from juli.domains.registry.permissions import Permission
from juli.domains.registry.rules import correcting, days, posts, terms
from juli.domains.registry.taken import refused_by
from juli.engines.party.models import Person
from juli.engines.rulebook import rule
from juli.kernel.actor import Actor

_ARRANGE = Permission.ARRANGE_UNIONS


@transaction.atomic
def correct_term(
    term_id: int, *, number: int, elected_on: date | None, begins_on: date, years: int, reason: str,
    actor: Actor, at: datetime,
) -> Term:  # fmt: skip
    """
    Put right what is registered of a term.

    :raises NotFound: it is out of reach.
    :raises NotPermitted: the actor may not arrange unions there.
    :raises ReasonMissing: no reason was given.
    :raises TermLengthUnlawful: the law names other lengths.
    :raises TermsOverlap: another term holds on one of these days.
    :raises TermNumberTaken: another term has the number.
    :raises InTheFuture: the day has not come.
    :raises TooEarly: the union did not exist yet, or the election came after.
    :raises ToldElsewhere: it was told where the actor does not reach.
    """
    term = restating.claim(
        Term.objects.select_related("union__org_unit"), term_id, permission=_ARRANGE, actor=actor, at=at
    )
    union, kept = term.union, days.checked_reason(reason)
    days.check_happened(begins_on, today=timezone.localdate(at))
    days.check_not_before(
        begins_on, earliest=max(union.approved_on, elected_on or date.min), event="工会成立或选举"
    )
    lawful = rule(terms.rule_for(union.level), on=begins_on)
    choices = lawful.choices() if isinstance(lawful.value, tuple) else (lawful.whole(),)
    terms.check_years(years, lawful=choices, label=union.get_level_display(), citation=lawful.citation)
    expires_on = terms.expiry(begins_on, years=years)
    _refuse_other_terms(term, number=number, begins_on=begins_on, expires_on=expires_on)
    term.number, term.elected_on = number, elected_on
    term.begins_on, term.expires_on = begins_on, expires_on
    term.save(update_fields=["number", "elected_on", "begins_on", "expires_on"])
    restating.restate(
        Happened.TERM_BEGUN, term, occurred_on=begins_on, permission=_ARRANGE, reason=kept,
        payload={"number": number, "expires_on": expires_on.isoformat()}, actor=actor, at=at,
    )  # fmt: skip
    restating.record_correction(term, org_unit=union.org_unit, what="term", reason=kept, actor=actor, at=at)
    return term


@transaction.atomic
def correct_post(
    post_id: int, *, office: Post.Office, is_full_time: bool, begins_on: date, ends_on: date | None,
    reason: str, actor: Actor, at: datetime,
) -> Post:  # fmt: skip
    """
    Put right what is registered of a post; one that was left by mistake is held again without an end.

    :raises NotFound: it is out of reach.
    :raises NotPermitted: the actor may not arrange unions there.
    :raises ReasonMissing: no reason was given.
    :raises NotEndedYet: it is held, and an end was given.
    :raises EndsTooEarly: it would end before it begins.
    :raises PostForWomen: a post of the women's committee, and no woman.
    :raises PostsIncompatible: committee and audit do not go together.
    :raises PostHeld: the person holds this very post.
    :raises PostTaken: somebody else is the head.
    :raises InTheFuture: a day has not come.
    :raises TooEarly: the union did not exist yet.
    :raises ToldElsewhere: it was told where the actor does not reach.
    """
    post = restating.claim(
        Post.objects.select_related("union", "org_unit"), post_id, permission=_ARRANGE, actor=actor, at=at
    )
    kept = days.checked_reason(reason)
    _check_stretch(begins_on, ends_on, standing=post.valid_until, founded=post.union.approved_on, at=at)
    was = post.valid_until
    _check_office(post, office=office, is_held=ends_on is None)
    post.office, post.is_full_time = office, is_full_time
    post.valid_from, post.valid_until = begins_on, ends_on
    taken = posts.PostTaken(office=Post.Office(office).label)
    with refused_by("registry_post_one_chair", taken):
        post.save(update_fields=["office", "is_full_time", "valid_from", "valid_until"])
    by: dict[str, Any] = {"permission": _ARRANGE, "reason": kept, "actor": actor, "at": at}
    restating.restate(Happened.POST_TAKEN, post, occurred_on=begins_on, category=office, **by)
    restating.follow_end(Happened.POST_LEFT, post, was=was, now=ends_on, **by)
    restating.record_correction(
        post, org_unit=post.org_unit, what="post", person_id=post.person_id, reason=kept, actor=actor, at=at
    )
    return post


@transaction.atomic
def correct_committee(
    committee_id: int, *, kind: Committee.Kind, begins_on: date, ends_on: date | None, reason: str,
    actor: Actor, at: datetime,
) -> Committee:  # fmt: skip
    """
    Put right what is registered of a committee.

    :raises NotFound: it is out of reach.
    :raises NotPermitted: the actor may not arrange unions there.
    :raises ReasonMissing: no reason was given.
    :raises NotEndedYet: it exists, and an end was given.
    :raises EndsTooEarly: it would end before it begins.
    :raises CommitteeExists: another one of the kind exists.
    :raises InTheFuture: a day has not come.
    :raises TooEarly: the union did not exist yet.
    :raises ToldElsewhere: it was told where the actor does not reach.
    """
    rows = Committee.objects.select_related("union", "org_unit")
    committee = restating.claim(rows, committee_id, permission=_ARRANGE, actor=actor, at=at)
    kept = days.checked_reason(reason)
    founded = committee.union.approved_on
    _check_stretch(begins_on, ends_on, standing=committee.valid_until, founded=founded, at=at)
    was = committee.valid_until
    committee.kind, committee.valid_from, committee.valid_until = kind, begins_on, ends_on
    exists = posts.CommitteeExists(committee=Committee.Kind(kind).label)
    with refused_by("registry_committee_one_in_force", exists):
        committee.save(update_fields=["kind", "valid_from", "valid_until"])
    by: dict[str, Any] = {"permission": _ARRANGE, "reason": kept, "actor": actor, "at": at}
    restating.restate(Happened.COMMITTEE_FORMED, committee, occurred_on=begins_on, category=kind, **by)
    restating.follow_end(Happened.COMMITTEE_ENDED, committee, was=was, now=ends_on, **by)
    restating.record_correction(
        committee, org_unit=committee.org_unit, what="committee", reason=kept, actor=actor, at=at
    )
    return committee


def _check_stretch(
    begins_on: date, ends_on: date | None, *, standing: date | None, founded: date, at: datetime
) -> None:
    today = timezone.localdate(at)
    correcting.check_end(ends_on, standing=standing)
    days.check_happened(begins_on, today=today)
    days.check_not_before(begins_on, earliest=founded, event="工会成立")
    correcting.check_order(begins_on, ends_on)
    if ends_on is not None:
        days.check_happened(ends_on, today=today)


def _check_office(post: Post, *, office: Post.Office, is_held: bool) -> None:
    sexes = Person.objects.filter(pk=post.person_id).values_list("sex", flat=True)
    posts.check_for_women(office, is_woman=sexes.first() == Person.Sex.FEMALE)
    if not is_held:
        return
    others = Post.objects.filter(union_id=post.union_id, valid_until__isnull=True).exclude(pk=post.pk)
    own = set(others.filter(person_id=post.person_id).values_list("office", flat=True))
    if office in own:
        raise posts.PostHeld(office=Post.Office(office).label)
    if office in posts.HEADS and others.filter(office=office).exists():
        raise posts.PostTaken(office=Post.Office(office).label)
    posts.check_compatible(office, held=own)


def _refuse_other_terms(term: Term, *, number: int, begins_on: date, expires_on: date) -> None:
    for other in Term.objects.filter(union_id=term.union_id).exclude(pk=term.pk).order_by("begins_on", "pk"):
        if other.begins_on < expires_on and begins_on < other.expires_on:
            raise terms.TermsOverlap(number=other.number, begins=other.begins_on, expires=other.expires_on)
        if other.number == number:
            raise terms.TermNumberTaken(number=number)
