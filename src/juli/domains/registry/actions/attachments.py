"""Putting files with members, unions and employers, handing them out, and taking them off."""

from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from juli.domains.registry.claiming import claim_employer, claim_person, claim_union
from juli.domains.registry.facts import Happened
from juli.domains.registry.models import Union
from juli.domains.registry.permissions import Permission
from juli.domains.registry.rules import days
from juli.domains.registry.rules.attaching import KEEPING
from juli.engines.audit import recording as looking
from juli.engines.audit.models import Access
from juli.engines.facts import recording
from juli.engines.files import attaching
from juli.engines.files.attaching import AttachmentRemoved, Content
from juli.engines.files.models import Attachment
from juli.engines.party.models import Employer, Person
from juli.kernel.actor import Actor
from juli.kernel.refusal import NotFound

Record = Person | Employer | Union


@transaction.atomic
def attach_file(
    record: Record, *, file: "UploadedFile[Any]", title: str, actor: Actor, at: datetime
) -> Attachment:
    """
    Put a file with a record.

    :raises NotFound: the record is out of reach.
    :raises NotPermitted: the actor may not change the record.
    :raises UnionEnded: the union exists no more.
    :raises AttachmentEmpty: there is nothing in the file.
    :raises AttachmentTooLarge: it is too large.
    :raises AttachmentKindRefused: what it is, is not kept with records.
    """
    claimed = _claimed(record, actor=actor)
    attachment = attaching.attach(
        file,  # type: ignore[arg-type]  # Django's file reads and seeks as one of Python's
        name=file.name or "", size=file.size or 0, title=title, subject=claimed,
        org_unit=claimed.org_unit, actor=actor, at=at,
    )  # fmt: skip
    _record(Happened.FILE_ATTACHED, claimed, attachment, reason="", actor=actor, at=at)
    return attachment


@transaction.atomic
def remove_file(attachment_id: int, *, reason: str, actor: Actor, at: datetime) -> Attachment:
    """
    Take a file off its record; row, content and reason are kept.

    :raises NotFound: it is out of reach.
    :raises NotPermitted: the actor may not change the record.
    :raises ReasonMissing: no reason was given.
    :raises AttachmentRemoved: it was taken off before.
    """
    within = Attachment.objects.within_reach_of(actor, Permission.SEE)
    kind = within.filter(pk=attachment_id).values_list("subject_kind", flat=True).first()
    if kind not in KEEPING:
        raise NotFound
    rows = Attachment.objects.select_related("org_unit")
    attachment = rows.claim(attachment_id, actor=actor, permission=KEEPING[kind], see=Permission.SEE)
    kept = days.checked_reason(reason)
    attaching.remove(attachment, reason=kept, actor=actor, at=at)
    _record(Happened.FILE_REMOVED, _subject(attachment), attachment, reason=kept, actor=actor, at=at)
    return attachment


@transaction.atomic
def hand_out_file(attachment_id: int, *, actor: Actor, at: datetime) -> Content:
    """
    Return the content of an attachment, and write down who took it out.

    :raises NotFound: it is out of reach.
    :raises AttachmentRemoved: it was taken off its record.
    :raises FileGone: its content is not on the disk.
    """
    within = Attachment.objects.within_reach_of(actor, Permission.SEE).select_related("file")
    attachment = within.filter(pk=attachment_id).first()
    if attachment is None:
        raise NotFound
    if attachment.is_removed:
        raise AttachmentRemoved
    content = attaching.opened(attachment)
    record = _subject(attachment)
    looking.looked(
        record, path=attachment.path, act=Access.Act.EXPORTED, field="attachment",
        person_id=record.pk if isinstance(record, Person) else None, actor=actor, at=at,
    )  # fmt: skip
    return content


def _claimed(record: Record, *, actor: Actor) -> Record:
    match record:
        case Person():
            return claim_person(record.pk, actor=actor)
        case Employer():
            return claim_employer(record.pk, actor=actor)
        case Union():
            return claim_union(record.pk, actor=actor)


def _subject(attachment: Attachment) -> Any:  # Any: a record of one of several registers, its number alone
    return apps.get_model(attachment.subject_kind)(pk=attachment.subject_id)


def _record(
    kind: Happened, record: Any, attachment: Attachment, *, reason: str, actor: Actor, at: datetime
) -> None:
    recording.record(
        kind, subject=record, org_unit=attachment.org_unit, occurred_on=timezone.localdate(at),
        person_id=record.pk if isinstance(record, Person) else None,
        employer_id=record.pk if isinstance(record, Employer) else None,
        payload={"attachment": attachment.pk}, reason=reason, actor=actor, at=at,
    )  # fmt: skip
