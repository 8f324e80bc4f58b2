"""How the facts of an entry follow when it is put right, so that the figures of their days are right."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

from django.db import models, transaction
from django.utils import timezone

from juli.domains.registry.facts import Happened
from juli.domains.registry.permissions import Permission
from juli.domains.registry.rules import correcting
from juli.engines.facts import recording
from juli.engines.facts.models import Fact
from juli.engines.scope import tree
from juli.engines.scope.models import OrgUnit, ScopedModel
from juli.engines.scope.querysets import ScopedQuerySet
from juli.kernel.actor import Actor

Entry = TypeVar("Entry", bound=ScopedModel)


@transaction.atomic
def claim(
    rows: "ScopedQuerySet[Entry]",
    number: int,
    *,
    permission: Permission,
    actor: Actor,
    at: datetime,
) -> Entry:
    """
    Return an entry of a register, locked, the tree held before it.

    :raises NotFound: it is out of reach.
    :raises NotPermitted: the actor sees it but may not do this to it.
    """
    tree.hold()
    return rows.claim(number, actor=actor, permission=permission, see=Permission.SEE)


@transaction.atomic
def restate(
    kind: Happened,
    entry: models.Model,
    *,
    occurred_on: date,
    permission: Permission,
    reason: str,
    actor: Actor,
    at: datetime,
    category: str | None = None,
    quantity: Decimal | int | None = None,
    payload: Mapping[str, object] | None = None,
) -> None:
    """
    Write down anew what was told of an entry, where something in it is no longer right.

    :raises ToldElsewhere: it was told where the actor does not reach.
    """
    told = _standing(kind, entry, permission=permission, actor=actor)
    wanted_category = told.category if category is None else category
    wanted_quantity = told.quantity if quantity is None else Decimal(quantity)
    wanted_payload = told.payload if payload is None else dict(payload)
    said = (told.occurred_on, told.category, told.quantity, told.payload)
    if said == (occurred_on, wanted_category, wanted_quantity, wanted_payload):
        return
    recording.restate(
        told, occurred_on=occurred_on, category=wanted_category, quantity=wanted_quantity,
        payload=wanted_payload, reason=reason, actor=actor, at=at,
    )  # fmt: skip


@transaction.atomic
def take_back(
    kind: Happened, entry: models.Model, *, permission: Permission, reason: str, actor: Actor, at: datetime
) -> None:
    """
    Take back what was told of an entry: it did not happen.

    :raises ToldElsewhere: it was told where the actor does not reach.
    """
    told = _standing(kind, entry, permission=permission, actor=actor)
    recording.reverse(told, reason=reason, actor=actor, at=at)


@transaction.atomic
def follow_end(
    kind: Happened,
    entry: models.Model,
    *,
    was: date | None,
    now: date | None,
    permission: Permission,
    reason: str,
    actor: Actor,
    at: datetime,
) -> None:
    """
    Let what was told of an end follow when the end is moved or taken back.

    :raises ToldElsewhere: it was told where the actor does not reach.
    """
    if was is None or was == now:
        return
    if now is None:
        take_back(kind, entry, permission=permission, reason=reason, actor=actor, at=at)
    else:
        restate(kind, entry, occurred_on=now, permission=permission, reason=reason, actor=actor, at=at)


@transaction.atomic
def record_correction(
    entry: models.Model,
    *,
    org_unit: OrgUnit,
    what: str,
    reason: str,
    actor: Actor,
    at: datetime,
    kind: Happened = Happened.ENTRY_CORRECTED,
    person_id: int | None = None,
    employer_id: int | None = None,
) -> None:
    """Write down that an entry was put right and why; its history keeps what stood there."""
    recording.record(
        kind, subject=entry, org_unit=org_unit, occurred_on=timezone.localdate(at), category=what,
        person_id=person_id, employer_id=employer_id, reason=reason, actor=actor, at=at,
    )  # fmt: skip


def _standing(kind: Happened, entry: models.Model, *, permission: Permission, actor: Actor) -> Fact:
    """Return what is told of an entry and was not taken back."""
    told = Fact.objects.within_reach_of(actor, permission).filter(
        kind=kind, subject_kind=entry._meta.label_lower, subject_id=entry.pk
    )
    undone = told.filter(reverses__isnull=False).values("reverses")
    standing = told.filter(reverses__isnull=True).exclude(id__in=undone).order_by("-id").first()
    if standing is None:
        raise correcting.ToldElsewhere
    return standing
