"""The timelines of persons, unions and employers."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import reduce
from operator import or_

from django.db import models
from django.db.models import IntegerField, Q, Value
from django.utils import timezone

from juli.domains.registry.facts import Happened
from juli.domains.registry.models import Committee, Coverage, Membership, Post, Term, Union
from juli.domains.registry.permissions import Permission
from juli.domains.registry.timeline.authors import author, labels_of
from juli.domains.registry.timeline.changes import Edit, edits_of, edits_of_each
from juli.domains.registry.timeline.entries import Happening, Timeline
from juli.domains.registry.timeline.wording import names_for, subject_of
from juli.engines.facts.models import KINDS, Fact
from juli.engines.party import merged
from juli.engines.party.models import Employer, EmployerFlag, HazardousPost, Headcount, Person, Subject
from juli.kernel.actor import Actor
from juli.kernel.refusal import NotFound

MOST_ENTRIES = 100
# The action's clock and the database's stand seconds apart within one act.
_SAME_ACT = timedelta(seconds=10)
_CORRECTED = frozenset({Happened.ENTRY_CORRECTED.value, Happened.MEMBERSHIP_CORRECTED.value})
_PARTS: dict[str, type[models.Model]] = {
    model._meta.label_lower: model
    for model in (
        Term, Post, Committee, Coverage, Membership, Headcount, EmployerFlag, HazardousPost,
    )
}  # fmt: skip


def timeline_of_person(person_id: int, *, actor: Actor) -> Timeline:
    """
    Return what happened to a person, newest first.

    :raises NotFound: they are out of reach.
    """
    person = Person.objects.within_reach_of(actor, Permission.SEE).filter(pk=person_id).first()
    if person is None:
        raise NotFound
    own = Q(person_id__in=merged.numbers_of(Subject.PERSON, person.pk))
    return _timeline(_facts(own, actor=actor), edits_of(person), of_person=True)


def timeline_of_union(union_id: int, *, actor: Actor) -> Timeline:
    """
    Return what happened to a union, its terms, posts, committees and coverage, newest first.

    :raises NotFound: it is out of reach.
    """
    union = Union.objects.within_reach_of(actor, Permission.SEE).filter(pk=union_id).first()
    if union is None:
        raise NotFound
    parts = _numbers((Term, Post, Committee, Coverage), union_id=union.pk)
    about = _about({Union: [union.pk], **parts})
    return _timeline(_facts(about, actor=actor), edits_of(union), of_person=False)


def timeline_of_employer(employer_id: int, *, actor: Actor) -> Timeline:
    """
    Return what happened to an employer, its headcounts, marks, hazards and coverage, newest first.

    :raises NotFound: it is out of reach.
    """
    employer = Employer.objects.within_reach_of(actor, Permission.SEE).filter(pk=employer_id).first()
    if employer is None:
        raise NotFound
    parts = _numbers((Headcount, EmployerFlag, HazardousPost, Coverage), employer_id=employer.pk)
    about = _about({Employer: merged.numbers_of(Subject.EMPLOYER, employer.pk), **parts})
    return _timeline(_facts(about, actor=actor), edits_of(employer), of_person=False)


def _numbers(parts: Sequence[type[models.Model]], **of: int) -> dict[type[models.Model], Sequence[int]]:
    """Return the entries of several tables that belong to a record, asked in one statement."""
    asked = [
        part._default_manager.filter(**of).values_list(Value(place, output_field=IntegerField()), "pk")
        for place, part in enumerate(parts)
    ]
    found: dict[type[models.Model], list[int]] = defaultdict(list)
    for place, number in asked[0].union(*asked[1:], all=True):
        found[parts[place]].append(number)
    return dict(found)


def _about(rows: Mapping[type[models.Model], Sequence[int]]) -> Q:
    """Return the condition that a fact is about one of these rows."""
    return reduce(
        or_,
        (
            Q(subject_kind=model._meta.label_lower, subject_id__in=list(numbers))
            for model, numbers in rows.items()
            if numbers
        ),
    )


def _facts(about: Q, *, actor: Actor) -> list[Fact]:
    within = Fact.objects.within_reach_of(actor, Permission.SEE).filter(about)
    return list(within.order_by("-occurred_on", "-id")[: MOST_ENTRIES + 1])


def _timeline(facts: list[Fact], edits: list[Edit], *, of_person: bool) -> Timeline:
    names = names_for(facts)
    labels = labels_of([*(fact.recorded_by for fact in facts), *(edit.account_id for edit in edits)])
    loose, parts = list(edits), _edits_of_parts(facts)
    entries = []
    for fact in facts:
        edit = _edit_of_part(fact, parts) if fact.kind in _CORRECTED else _edit_of(fact, loose)
        entries.append(
            Happening(
                kind=fact.kind,
                verb=KINDS.get(fact.kind, fact.kind),
                on=fact.occurred_on,
                recorded_at=fact.recorded_at,
                by=author(fact.recorded_by, fact.recorded_as, labels),
                subject=subject_of(fact, names=names, of_person=of_person),
                reason=fact.reason,
                is_late=timezone.localdate(fact.recorded_at) > fact.occurred_on,
                is_reversal=fact.reverses is not None,
                attachment_id=fact.payload.get("attachment"),
                changes=edit.changes if edit else (),
            )
        )
    entries += [_bare(edit, labels) for edit in loose]
    entries.sort(key=_newest_first)
    return Timeline(tuple(entries[:MOST_ENTRIES]), is_cut=len(entries) > MOST_ENTRIES)


def _edits_of_parts(facts: list[Fact]) -> list[Edit]:
    """Return what was changed in the entries of which a fact says that they were put right."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for fact in facts:
        if fact.kind in _CORRECTED and fact.subject_kind in _PARTS:
            wanted[fact.subject_kind].add(fact.subject_id)
    return [
        edit
        for kind, numbers in wanted.items()
        for edit in edits_of_each(list(_PARTS[kind]._default_manager.filter(pk__in=numbers)))
    ]


def _edit_of_part(fact: Fact, edits: list[Edit]) -> Edit | None:
    """Take out the change of an entry that a fact tells of."""
    subject = (fact.subject_kind, fact.subject_id)
    return _taken(fact, edits, [edit for edit in edits if edit.subject == subject])


def _edit_of(fact: Fact, loose: list[Edit]) -> Edit | None:
    """Take out the change that was made in the same act as a fact, if there is one."""
    return _taken(fact, loose, loose)


def _taken(fact: Fact, edits: list[Edit], likely: Sequence[Edit]) -> Edit | None:
    """Take out, of the changes by the same hand, the one nearest in time, or of several the last."""
    by_hand = [
        edit
        for edit in reversed(likely)
        if edit.account_id == fact.recorded_by
        and edit.machine == fact.recorded_as
        and abs(edit.at - fact.recorded_at) < _SAME_ACT
    ]
    if not by_hand:
        return None
    nearest = min(by_hand, key=lambda edit: abs(edit.at - fact.recorded_at))
    edits.remove(nearest)
    return nearest


def _bare(edit: Edit, labels: dict[int, str]) -> Happening:
    return Happening(
        kind="",
        verb="更改登记内容",
        on=timezone.localdate(edit.at),
        recorded_at=edit.at,
        by=author(edit.account_id, edit.machine, labels),
        changes=edit.changes,
    )


def _newest_first(entry: Happening) -> tuple[float, float]:
    return -entry.on.toordinal(), -entry.recorded_at.timestamp()
