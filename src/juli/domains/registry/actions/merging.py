"""The way back from a merge, and what is decided of records that look alike."""

from datetime import datetime

from django.db import transaction

from juli.domains.registry.claiming import claim_employer, claim_person
from juli.domains.registry.facts import Happened
from juli.domains.registry.pairing import PERMISSIONS, former_places, tell_both
from juli.domains.registry.permissions import Permission
from juli.domains.registry.resting import resting_on
from juli.domains.registry.rules import days
from juli.domains.registry.rules import merging as rules
from juli.engines.party import merging
from juli.engines.party.models import Lookalike, Merge, Subject
from juli.kernel.actor import Actor
from juli.kernel.refusal import NotFound, NotPermitted

_PARTED = {Subject.PERSON: Happened.PERSON_PARTED, Subject.EMPLOYER: Happened.EMPLOYER_PARTED}


@transaction.atomic
def undo_merge(merge_id: int, *, reason: str, actor: Actor, at: datetime) -> Merge:
    """
    Part two records that were merged: both stand again exactly as they stood before.

    :raises NotFound: the merge is out of reach.
    :raises NotPermitted: the actor may not edit there, or where one of the records goes back to.
    :raises MergeUndone: somebody was first.
    :raises ReasonMissing: no reason was given.
    :raises RecordMerged: the kept record was merged into another since.
    :raises SomethingRests: what was done since rests on the merge; the sentence names it.
    """
    found = Merge.objects.within_reach_of(actor, Permission.SEE).filter(pk=merge_id).first()
    if found is None:
        raise NotFound
    subject = Subject(found.subject)
    # The record before the act, in the order in which a merge takes them.
    claim = claim_person if subject is Subject.PERSON else claim_employer
    if not found.is_undone:
        claim(found.kept_id, actor=actor)
    merge = Merge.objects.all().claim(
        merge_id, actor=actor, permission=PERMISSIONS[subject], see=Permission.SEE
    )
    if merge.is_undone:
        raise rules.MergeUndone
    because = days.checked_reason(reason)
    if rests := resting_on(merge):
        raise rules.SomethingRests(rests="、".join(rests))
    places = former_places(merge, actor=actor)
    merge.undone_at, merge.undone_by, merge.undo_reason = at, actor.account_id, because
    merge.save(update_fields=["undone_at", "undone_by", "undo_reason"])
    merging.put_back(merge)
    Lookalike.objects.between(subject, merge.kept_id, merge.gone_id).settle(
        Lookalike.State.OPEN, at=None, by=None
    )
    tell_both(_PARTED[subject], merge, places, reason=because, actor=actor, at=at)
    return merge


@transaction.atomic
def decide_lookalike(
    lookalike_id: int, *, state: Lookalike.State, actor: Actor, at: datetime, reason: str = ""
) -> Lookalike:
    """
    Say that two records are not of the same, or put the question off.

    :raises NotFound: neither half is within reach.
    :raises NotPermitted: the actor may not edit at a half, or not at both of which they say so.
    :raises LookalikeDecided: somebody settled it before.
    """
    rows = Lookalike.objects.select_for_update(of=("self",)).filter(pk=lookalike_id)
    pair = rows.within_reach_of(actor, Permission.SEE).first()
    if pair is None:
        raise NotFound
    permission = PERMISSIONS[Subject(pair.subject)]
    may = [actor.may(permission, path) for path in (pair.first_path, pair.second_path)]
    # Who sees one half alone can put the pair off, but not tell that the two are different.
    if not (all(may) if state == Lookalike.State.DIFFERENT else any(may)):
        raise NotPermitted
    if not pair.is_open:
        raise rules.LookalikeDecided
    pair.state, pair.decided_at, pair.decided_by = state, at, actor.account_id
    pair.decision_reason = reason.strip()[:200]
    pair.save(update_fields=["state", "decided_at", "decided_by", "decision_reason"])
    return pair


@transaction.atomic
def report_lookalike(
    first_id: int, *, second_id: int, subject: Subject, actor: Actor, at: datetime
) -> Lookalike:
    """
    Put two records into the queue that somebody holds for one; they may stand there already.

    :raises SameRecord: the two are one already.
    :raises NotFound: one of them is out of reach.
    :raises NotPermitted: the actor may not edit there.
    :raises RecordMerged: one of them was merged away.
    """
    if first_id == second_id:
        raise rules.SameRecord
    claim = claim_person if subject is Subject.PERSON else claim_employer
    first, second = (claim(number, actor=actor) for number in sorted((first_id, second_id)))
    pair, is_new = Lookalike.objects.get_or_create(
        subject=subject, first_id=first.pk, second_id=second.pk,
        defaults={
            "first_path": first.path, "second_path": second.path, "score": 100,
            "reasons": [Lookalike.Reason.REPORTED], "found_at": at, "seen_at": at,
        },
    )  # fmt: skip
    if not is_new:
        pair.state = Lookalike.State.OPEN
        pair.reasons = sorted({*pair.reasons, Lookalike.Reason.REPORTED})
        pair.save(update_fields=["state", "reasons"])
    return pair
