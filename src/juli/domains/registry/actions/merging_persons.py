"""Two records of one person made one (合并重复的自然人)."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from juli.domains.registry.actions.vacating import leave_posts
from juli.domains.registry.claiming import claim_person
from juli.domains.registry.facts import Happened
from juli.domains.registry.models import Membership, Post
from juli.domains.registry.pairing import claimed_pair, places_now, tell_both
from juli.domains.registry.rules import days
from juli.domains.registry.rules import merging as rules
from juli.engines.party import merging
from juli.engines.party.models import Lookalike, Merge, Person, Subject
from juli.kernel.actor import Actor

_MOVED_HERE = ("registry_membership", "registry_post")


@transaction.atomic
def merge_persons(
    kept_id: int, *, gone_id: int, reason: str, actor: Actor, at: datetime, taken: Collection[str] = (),
    membership_id: int | None = None,
) -> Merge:  # fmt: skip
    """
    Make two records of one person one: the kept one bears what both had, the other's number leads to it.

    ``taken`` names what is taken over from the other record; ``membership_id`` which of two memberships
    in force stays so. The same union's two are one, the older of them.

    :raises SameRecord: the two are one already.
    :raises NotFound: one of them is out of reach.
    :raises NotPermitted: the actor may not edit members there.
    :raises RecordMerged: one of them was merged away.
    :raises ReasonMissing: no reason was given.
    :raises UnknownPart: something else was to be taken over.
    :raises PartlyBeyondReach: a membership or a post lies out of reach.
    :raises TwoMemberships: two unions, and nobody said which membership stays.
    """
    rules.check_parts(taken, known=rules.PERSON_PARTS)
    because = days.checked_reason(reason)
    kept, gone = claimed_pair(claim_person, kept_id, gone_id, subject=Subject.PERSON, actor=actor)
    before = merging.images_of(Subject.PERSON, (kept.pk, gone.pk))
    merge = merging.begun(kept, gone=gone, taken=taken, known=before, reason=because, actor=actor, at=at)
    tell_both(Happened.PERSON_MERGED, merge, places_now(kept, gone), reason=because, actor=actor, at=at)
    place = _one_membership(kept, gone, membership_id=membership_id, actor=actor, at=at)
    _one_holder_of_posts(kept, gone)
    for model in (Membership, Post):
        model.objects.filter(person_id=gone.pk).update(person_id=kept.pk)
    merging.move_references(Subject.PERSON, gone=gone.pk, kept=kept.pk, except_=_MOVED_HERE)
    if place is not None:
        kept.org_unit_id, kept.path = place.org_unit_id, place.path
    _take_over(kept, gone, taken)
    kept.updated_at = at
    kept.save()
    merging.set_aside(merge)
    merging.journal(merge, before)
    Lookalike.objects.between(Subject.PERSON, kept.pk, gone.pk).settle(
        Lookalike.State.MERGED, at=at, by=actor.account_id
    )
    return merge


def _one_membership(
    kept: Person, gone: Person, *, membership_id: int | None, actor: Actor, at: datetime
) -> Membership | None:
    """Leave one membership in force of two, and return it; none where neither is a member."""
    held = Membership.objects.filter(person_id__in=(kept.pk, gone.pk), valid_until__isnull=True)
    segments = list(
        held.select_for_update(of=("self",)).select_related("org_unit").order_by("valid_from", "pk")
    )
    if len(segments) < 2:
        return segments[0] if segments else None
    first, second = segments
    if first.org_unit_id == second.org_unit_id:
        _empty(second)
        return first
    if membership_id not in (first.pk, second.pk):
        raise rules.TwoMemberships(first=first.org_unit.name, second=second.org_unit.name)
    stays, ends = (first, second) if membership_id == first.pk else (second, first)
    today = timezone.localdate(at)
    leave_posts([ends], on=today, reason=Membership.Closing.MERGED.label, actor=actor, at=at)
    _end(ends, on=max(today, ends.valid_from))
    return stays


def _empty(segment: Membership) -> None:
    """Let a segment that was entered twice hold on no day."""
    _end(segment, on=segment.valid_from)


def _end(segment: Membership, *, on: date) -> None:
    segment.valid_until, segment.closing = on, Membership.Closing.MERGED
    segment.save(update_fields=["valid_until", "closing"])


def _one_holder_of_posts(kept: Person, gone: Person) -> None:
    """Let a post that both are said to hold be held once, since the earlier day."""
    held = Post.objects.filter(person_id__in=(kept.pk, gone.pk), valid_until__isnull=True)
    seen: set[tuple[int, str]] = set()
    for post in held.select_for_update(of=("self",)).order_by("valid_from", "pk"):
        if (post.union_id, post.office) in seen:
            post.valid_until = post.valid_from
            post.save(update_fields=["valid_until"])
        seen.add((post.union_id, post.office))


def _take_over(kept: Person, gone: Person, taken: Collection[str]) -> None:
    """Put the chosen values into the kept row; a document changes hands, for it stands once only."""
    is_one_identity = (rules.NAME in taken) == (rules.DOCUMENT in taken) or kept.name == gone.name
    own = {column: getattr(kept, column) for column in rules.DOCUMENT_ALONE}
    for part in taken:
        for column in rules.PERSON_PARTS[part]:
            setattr(kept, column, getattr(gone, column))
    if not is_one_identity:
        # Name and number were checked together; from two records, nobody has checked them.
        kept.verification, kept.verified_on = Person.Verification.UNVERIFIED, None
        kept.verification_source = ""
    if rules.DOCUMENT in taken:
        rows = Person.objects.filter(pk=gone.pk)
        rows.update(document_digest=b"changing hands")
        Person.objects.filter(pk=kept.pk).update(document_digest=kept.document_digest)
        rows.update(**own)
