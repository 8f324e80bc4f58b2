"""The one way into the log."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection, models

from juli.engines.audit.models import Access
from juli.kernel.actor import Actor


def looked(
    subject: models.Model,
    *,
    path: str,
    actor: Actor,
    at: datetime,
    act: Access.Act = Access.Act.OPENED,
    person_id: int | None = None,
    field: str = "",
    reason: str = "",
) -> Access:
    """Write down that the actor opened or revealed one record."""
    return Access.objects.create(
        act=act,
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        person_id=person_id,
        path=path,
        account_id=actor.account_id,
        door=actor.door,
        field=field,
        reason=reason,
        at=at,
    )


def took_out(
    subject_kind: str, *, path: str, row_count: int, actor: Actor, at: datetime, reason: str = ""
) -> Access:
    """Write down that the actor exported rows of one kind."""
    return Access.objects.create(
        act=Access.Act.EXPORTED,
        subject_kind=subject_kind,
        path=path,
        account_id=actor.account_id,
        door=actor.door,
        row_count=row_count,
        reason=reason,
        at=at,
    )


def took_out_each(
    model: type[models.Model],
    persons: Iterable[tuple[int, str]],
    *,
    fields: Sequence[str],
    actor: Actor,
    at: datetime,
    reason: str,
) -> int:
    """Write down for each person, given with their path, that values of theirs were taken out in full."""
    lines = [
        Access(
            act=Access.Act.EXPORTED,
            subject_kind=model._meta.label_lower,
            subject_id=person,
            person_id=person,
            path=path,
            account_id=actor.account_id,
            door=actor.door,
            field=",".join(fields)[:32],
            reason=reason,
            at=at,
        )
        for person, path in persons
    ]
    return len(Access.objects.bulk_create(lines, batch_size=2_000))


def passed_the_door(
    act: Access.Act, *, account_id: int | None, path: str, actor: Actor, at: datetime
) -> None:
    """Write down a sign-in or a sign-out; the role at the door may leave a line but not read any."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_access"
            " (act, subject_kind, path, account_id, door, field, row_count, reason, at)"
            " VALUES (%s, '', %s, %s, %s, '', 1, '', %s)",
            [act.value, path, account_id, actor.door.value, at],
        )
