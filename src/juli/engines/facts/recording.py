"""The one way to write down what happened."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db import models

from juli.engines.facts.models import KINDS, Fact
from juli.engines.scope.models import OrgUnit
from juli.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Subject:
    """To whom one of many like facts happened (事实对象)."""

    id: int
    person_id: int | None = None
    employer_id: int | None = None
    category: str = ""


@dataclass(slots=True)
class Gathered:
    """The facts of a block of work that belongs to a batch (批次事实)."""

    batch_id: int
    facts: list[Fact] = field(default_factory=list)


_GATHERED: ContextVar[Gathered | None] = ContextVar("gathered", default=None)


@contextmanager
def gathered(batch_id: int) -> Iterator[Gathered]:
    """Put everything that is written down within the block to a batch, and hand over what it was."""
    found = Gathered(batch_id)
    token = _GATHERED.set(found)
    try:
        yield found
    finally:
        _GATHERED.reset(token)


class UnknownFactKind(LookupError):
    """The kind was never registered: a mistake in the calling code."""


def register_kinds(kinds: Mapping[StrEnum, str]) -> None:
    """
    Make an app's kinds of fact known, each with its Chinese label.

    :raises ValueError: another app has registered the same code with another label.
    """
    for kind, label in kinds.items():
        if KINDS.setdefault(kind.value, label) != label:
            raise ValueError(kind.value)


def record(
    kind: StrEnum,
    *,
    subject: models.Model,
    org_unit: OrgUnit,
    occurred_on: date,
    actor: Actor,
    at: datetime,
    person_id: int | None = None,
    employer_id: int | None = None,
    quantity: Decimal | int = 1,
    amount: Decimal | None = None,
    category: str = "",
    payload: Mapping[str, object] | None = None,
    reason: str = "",
    batch_id: int | None = None,
    reverses: int | None = None,
) -> Fact:
    """
    Write down one thing that happened at a unit, at the unit's place of this day.

    :raises UnknownFactKind: the kind was never registered.
    """
    if kind.value not in KINDS:
        raise UnknownFactKind(kind.value)
    return _kept(
        root_id=org_unit.root_id,
        occurred_on=occurred_on,
        kind=kind.value,
        org_unit_id=org_unit.pk,
        path=org_unit.path,
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        person_id=person_id,
        employer_id=employer_id,
        quantity=quantity,
        amount=amount,
        category=category,
        payload=dict(payload or {}),
        reason=reason,
        batch_id=batch_id,
        reverses=reverses,
        **_stamp(actor, at=at),
    )


def record_each(
    kind: StrEnum,
    subjects: Iterable[Subject],
    *,
    model: type[models.Model],
    org_unit: OrgUnit,
    occurred_on: date,
    actor: Actor,
    at: datetime,
    reason: str = "",
    batch_id: int | None = None,
) -> int:
    """
    Write down the same thing for many rows of one table at a unit; return how many.

    :raises UnknownFactKind: the kind was never registered.
    """
    placed = ((org_unit, each) for each in subjects)
    return record_in_places(
        kind, placed, model=model, occurred_on=occurred_on, actor=actor, at=at, reason=reason,
        batch_id=batch_id,
    )  # fmt: skip


def record_in_places(
    kind: StrEnum,
    placed: Iterable[tuple[OrgUnit, Subject]],
    *,
    model: type[models.Model],
    occurred_on: date,
    actor: Actor,
    at: datetime,
    reason: str = "",
    batch_id: int | None = None,
) -> int:
    """
    Write down the same thing for many rows of one table, each at its unit; return how many.

    :raises UnknownFactKind: the kind was never registered.
    """
    if kind.value not in KINDS:
        raise UnknownFactKind(kind.value)
    facts = [
        Fact(
            root_id=org_unit.root_id,
            occurred_on=occurred_on,
            kind=kind.value,
            org_unit_id=org_unit.pk,
            path=org_unit.path,
            subject_kind=model._meta.label_lower,
            subject_id=subject.id,
            person_id=subject.person_id,
            employer_id=subject.employer_id,
            category=subject.category,
            reason=reason,
            batch_id=batch_id,
            **_stamp(actor, at=at),
        )
        for org_unit, subject in placed
    ]
    return len(_kept_all(facts))


def reverse(fact: Fact, *, reason: str, actor: Actor, at: datetime) -> Fact:
    """Write the opposite of a fact on the day of the fact itself, so that its year is put right."""
    return _kept(
        root_id=fact.root_id,
        occurred_on=fact.occurred_on,
        kind=fact.kind,
        org_unit_id=fact.org_unit_id,
        path=fact.path,
        subject_kind=fact.subject_kind,
        subject_id=fact.subject_id,
        person_id=fact.person_id,
        employer_id=fact.employer_id,
        quantity=-fact.quantity,
        amount=None if fact.amount is None else -fact.amount,
        category=fact.category,
        payload=fact.payload,
        reason=reason,
        batch_id=fact.batch_id,
        reverses=fact.id,
        **_stamp(actor, at=at),
    )


def tell_again(reversal: Fact, *, batch_id: int | None, reason: str, actor: Actor, at: datetime) -> Fact:
    """
    Write down once more what a reversal had taken back, on the day and at the place where it was.

    ``batch_id`` is that of the fact that was taken back: it belongs to whom it belonged before.
    """
    return _kept(
        root_id=reversal.root_id,
        occurred_on=reversal.occurred_on,
        kind=reversal.kind,
        org_unit_id=reversal.org_unit_id,
        path=reversal.path,
        subject_kind=reversal.subject_kind,
        subject_id=reversal.subject_id,
        person_id=reversal.person_id,
        employer_id=reversal.employer_id,
        quantity=-reversal.quantity,
        amount=None if reversal.amount is None else -reversal.amount,
        category=reversal.category,
        payload=reversal.payload,
        reason=reason,
        batch_id=batch_id,
        **_stamp(actor, at=at),
    )


def restate(
    fact: Fact,
    *,
    occurred_on: date,
    category: str,
    payload: Mapping[str, object],
    reason: str,
    actor: Actor,
    at: datetime,
    quantity: Decimal | int | None = None,
) -> Fact:
    """Reverse a fact and write it down as it should have been, at the place where it was."""
    reverse(fact, reason=reason, actor=actor, at=at)
    return _kept(
        root_id=fact.root_id,
        occurred_on=occurred_on,
        kind=fact.kind,
        org_unit_id=fact.org_unit_id,
        path=fact.path,
        subject_kind=fact.subject_kind,
        subject_id=fact.subject_id,
        person_id=fact.person_id,
        employer_id=fact.employer_id,
        quantity=fact.quantity if quantity is None else quantity,
        amount=fact.amount,
        category=category,
        payload=dict(payload),
        reason=reason,
        batch_id=fact.batch_id,
        **_stamp(actor, at=at),
    )


def _kept(**columns: Any) -> Fact:  # Any: columns of several types
    return _kept_all([Fact(**columns)])[0]


def _kept_all(facts: list[Fact]) -> list[Fact]:
    """Write facts down; within a batch at work they belong to it."""
    work = _GATHERED.get()
    if work is not None:
        for fact in facts:
            fact.batch_id = work.batch_id
    if len(facts) == 1:
        facts[0].save(force_insert=True)
    else:
        Fact.objects.bulk_create(facts, batch_size=2_000)
    if work is not None:
        work.facts.extend(facts)
    return facts


def _stamp(actor: Actor, *, at: datetime) -> dict[str, Any]:  # Any: columns of several types
    """Return the columns that say who wrote a fact down, when, and through which door."""
    return {
        "recorded_at": at,
        "recorded_by": actor.account_id,
        "recorded_as": actor.name if actor.is_machine else "",
        "door": actor.door,
    }
