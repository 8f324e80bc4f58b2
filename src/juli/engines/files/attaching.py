"""Files put with records: taken in after a look at what they are, and taken off with a reason."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Final

from django.db import models, transaction

from juli.engines.files import storing
from juli.engines.files.models import Attachment, StoredFile
from juli.engines.scope.models import OrgUnit
from juli.kernel.actor import Actor
from juli.kernel.refusal import Refusal

LARGEST: Final = 20 * 1024 * 1024
MOST_SHOWN: Final = 200
LONGEST_REASON: Final = 200
ALLOWED: Final = {
    StoredFile.Kind.PDF: "application/pdf",
    StoredFile.Kind.JPEG: "image/jpeg",
    StoredFile.Kind.PNG: "image/png",
    StoredFile.Kind.DOCUMENT: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    StoredFile.Kind.WORKBOOK: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    StoredFile.Kind.OLD_WORKBOOK: "application/octet-stream",
}
"""What may be put with a record, whatever its name says, and as what it is handed out."""


class AttachmentEmpty(Refusal):
    """There is nothing in the file."""

    code = "files.attachment_empty"
    message = "文件“{name}”是空的，请重新选择。"


class AttachmentTooLarge(Refusal):
    """What is put with a record is a scan or a letter, not a film."""

    code = "files.attachment_too_large"
    message = "文件“{name}”超过 {most} MB，请压缩或拆分后再上传。"


class AttachmentKindRefused(Refusal):
    """What the file is, whatever it is called, is not kept with records."""

    code = "files.attachment_kind_refused"
    message = "文件“{name}”的内容不是 PDF、JPEG、PNG、Word 或 Excel 文件，请转换后再上传。"


class AttachmentRemoved(Refusal):
    """It was taken off before."""

    code = "files.attachment_removed"
    message = "这份附件已经移除，请刷新后查看。"


@dataclass(frozen=True, slots=True)
class Content:
    """The plain content of an attachment, for whoever may have it (附件内容)."""

    name: str
    type_of_content: str
    plain: bytes


@transaction.atomic
def attach(
    content: BinaryIO,
    *,
    name: str,
    size: int,
    title: str,
    subject: models.Model,
    org_unit: OrgUnit,
    actor: Actor,
    at: datetime,
) -> Attachment:
    """
    Put a file with a record; the caller knows that the actor may do so.

    :raises AttachmentEmpty: there is nothing in it.
    :raises AttachmentTooLarge: it is larger than ``LARGEST``.
    :raises AttachmentKindRefused: what it is, is not kept with records.
    """
    if not size:
        raise AttachmentEmpty(name=name)
    if size > LARGEST:
        raise AttachmentTooLarge(name=name, most=LARGEST // (1024 * 1024))
    if storing.kind_of(content) not in ALLOWED:
        raise AttachmentKindRefused(name=name)
    stored = storing.keep(content, name=name, org_unit=org_unit, actor=actor, at=at)
    return Attachment.objects.create(
        org_unit=org_unit,
        path=org_unit.path,
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        file=stored,
        title=title.strip(),
        added_by=actor.account_id,
        added_at=at,
    )


@transaction.atomic
def remove(attachment: Attachment, *, reason: str, actor: Actor, at: datetime) -> Attachment:
    """
    Take a file off its record; its row, its content and the reason stay. The caller has claimed it.

    :raises AttachmentRemoved: it was taken off before.
    """
    if attachment.is_removed:
        raise AttachmentRemoved
    attachment.removed_by, attachment.removed_at = actor.account_id, at
    attachment.removal_reason = reason[:LONGEST_REASON]
    attachment.save(update_fields=["removed_by", "removed_at", "removal_reason"])
    return attachment


def attached_to(kind: str, numbers: Collection[int]) -> list[Attachment]:
    """Return what was put with a record, the latest first, with what was taken off."""
    rows = Attachment.objects.filter(subject_kind=kind, subject_id__in=list(numbers))
    return list(rows.select_related("file").order_by("-id")[:MOST_SHOWN])


def opened(attachment: Attachment) -> Content:
    """
    Return the plain content of an attachment; whoever calls has checked who asks and writes it down.

    :raises FileGone: its content is not there.
    :raises SealBroken: its content was altered.
    """
    stored = attachment.file
    with storing.opened(stored) as path:
        plain = path.read_bytes()
    kind = ALLOWED.get(StoredFile.Kind(stored.kind), "application/octet-stream")
    return Content(stored.name, kind, plain)
