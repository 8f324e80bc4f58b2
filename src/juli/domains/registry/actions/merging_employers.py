"""Two records of one employer made one (合并重复的单位)."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from juli.domains.registry.claiming import claim_employer
from juli.domains.registry.facts import Happened
from juli.domains.registry.models import Coverage, Membership
from juli.domains.registry.pairing import claimed_pair, places_now, tell_both
from juli.domains.registry.rules import days
from juli.domains.registry.rules import merging as rules
from juli.engines.party import merging, registering
from juli.engines.party.models import Employer, EmployerFlag, Headcount, Lookalike, Merge, Subject
from juli.engines.scope.models import OrgUnit
from juli.kernel.actor import Actor

_MOVED_HERE = ("registry_membership", "registry_coverage", "party_headcount")


@transaction.atomic
def merge_employers(
    kept_id: int, *, gone_id: int, reason: str, actor: Actor, at: datetime, taken: Collection[str] = ()
) -> Merge:
    """
    Make two records of one employer one: the kept one bears what both had, the other's number leads to it.

    ``taken`` names what is taken over from the other record. Times in which the same union stood for both
    become one; of two headcounts of a day the kept record's stands.

    :raises SameRecord: the two are one already.
    :raises NotFound: one of them is out of reach.
    :raises NotPermitted: the actor may not edit employers there.
    :raises RecordMerged: one of them was merged away.
    :raises ReasonMissing: no reason was given.
    :raises UnknownPart: something else was to be taken over.
    :raises PartlyBeyondReach: members or a coverage lie out of reach.
    :raises TwoCoverages: two unions stand for them.
    """
    rules.check_parts(taken, known=rules.EMPLOYER_PARTS)
    because = days.checked_reason(reason)
    kept, gone = claimed_pair(claim_employer, kept_id, gone_id, subject=Subject.EMPLOYER, actor=actor)
    before = merging.images_of(Subject.EMPLOYER, (kept.pk, gone.pk))
    merge = merging.begun(kept, gone=gone, taken=taken, known=before, reason=because, actor=actor, at=at)
    tell_both(Happened.EMPLOYER_MERGED, merge, places_now(kept, gone), reason=because, actor=actor, at=at)
    covering = _one_coverage(kept, gone)
    _marks_once(kept, gone)
    Membership.objects.filter(employer_id=gone.pk).update(employer_id=kept.pk)
    counted = Headcount.objects.filter(employer_id=kept.pk).values("counted_on")
    Headcount.objects.filter(employer_id=gone.pk).exclude(counted_on__in=counted).update(employer_id=kept.pk)
    merging.move_references(Subject.EMPLOYER, gone=gone.pk, kept=kept.pk, except_=_MOVED_HERE)
    _take_over(kept, gone, taken)
    kept.updated_at = at
    kept.save()
    place = covering.org_unit if covering else OrgUnit.objects.get(pk=kept.org_unit_id)
    registering.place_employers([kept.pk], at_unit=place, at=at)
    merging.set_aside(merge)
    merging.journal(merge, before)
    Lookalike.objects.between(Subject.EMPLOYER, kept.pk, gone.pk).settle(
        Lookalike.State.MERGED, at=at, by=actor.account_id
    )
    return merge


def _one_coverage(kept: Employer, gone: Employer) -> Coverage | None:
    """Let every union stand for the two as for one, and return who does today."""
    held = Coverage.objects.filter(employer_id__in=(kept.pk, gone.pk))
    spans = list(held.select_for_update(of=("self",)).select_related("org_unit").order_by("valid_from", "pk"))
    today = [span for span in spans if span.valid_until is None]
    if len({span.union_id for span in today}) > 1:
        first, second = today[:2]
        raise rules.TwoCoverages(first=first.org_unit.name, second=second.org_unit.name)
    for span in spans:
        if span.employer_id == gone.pk:
            _absorb(span, [other for other in spans if _is_one_time(span, other)])
            span.employer_id = kept.pk
            span.save(update_fields=["employer_id"])
    return next((span for span in spans if span.valid_until is None), None)


def _is_one_time(span: Coverage, other: Coverage) -> bool:
    """Say whether another coverage is the kept record's, by the same union and partly on the same days."""
    if other.employer_id == span.employer_id or other.union_id != span.union_id:
        return False
    if _end(other) == other.valid_from:
        return False
    return span.valid_from < _end(other) and other.valid_from < _end(span)


def _absorb(span: Coverage, others: list[Coverage]) -> None:
    """Let the first of the kept record's coverages last as long as all, and the rest hold on no day."""
    if not others:
        return
    first, *rest = others
    together = [span, *others]
    begin, end = min(each.valid_from for each in together), max(_end(each) for each in together)
    for each in (span, *rest):
        each.valid_until = each.valid_from
        each.save(update_fields=["valid_until"])
    first.valid_from, first.valid_until = begin, None if end == date.max else end
    first.save(update_fields=["valid_from", "valid_until"])


def _end(span: Coverage) -> date:
    return span.valid_until or date.max


def _marks_once(kept: Employer, gone: Employer) -> None:
    """Let a mark that both bear be borne once, since the earlier day."""
    seen: set[str] = set()
    borne = EmployerFlag.objects.filter(employer_id__in=(kept.pk, gone.pk), valid_until__isnull=True)
    for mark in borne.select_for_update(of=("self",)).order_by("valid_from", "pk"):
        if mark.flag in seen:
            mark.valid_until = mark.valid_from
            mark.save(update_fields=["valid_until"])
        seen.add(mark.flag)


def _take_over(kept: Employer, gone: Employer, taken: Collection[str]) -> None:
    """Put the chosen values into the kept row; a code changes hands, for it stands once only."""
    own = kept.uscc
    for part in taken:
        for column in rules.EMPLOYER_PARTS[part]:
            setattr(kept, column, getattr(gone, column))
    if rules.CODE in taken:
        rows = Employer.objects.filter(pk=gone.pk)
        rows.update(uscc=f"~{gone.pk}")
        Employer.objects.filter(pk=kept.pk).update(uscc=kept.uscc)
        rows.update(uscc=own)
