"""Putting files away and taking them out again."""

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, BinaryIO

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import connection, transaction

from juli.engines.files import sealing
from juli.engines.files.models import StoredFile
from juli.engines.scope.models import OrgUnit
from juli.kernel.actor import Actor
from juli.kernel.refusal import Refusal

_NAME_LENGTH = 200
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_MAGIC = {
    b"%PDF": StoredFile.Kind.PDF,
    b"\xff\xd8\xff": StoredFile.Kind.JPEG,
    b"\x89PNG\r\n\x1a\n": StoredFile.Kind.PNG,
}


class FileGone(Refusal):
    """The register knows the file, the disk does not have it."""

    code = "files.file_gone"
    message = "文件“{name}”的内容已不在磁盘上，请重新上传；如有备份，请先恢复文件目录。"


def keep(content: BinaryIO, *, name: str, org_unit: OrgUnit, actor: Actor, at: datetime) -> StoredFile:
    """Put a file away, sealed under its hash, and enter it for a unit; the stream is read twice."""
    content.seek(0)
    digest, size, head = _measured(content)
    _hold(digest)
    _put_away(content, digest=digest, size=size)
    return StoredFile.objects.create(
        org_unit=org_unit,
        path=org_unit.path,
        sha256=digest,
        name=_plain_name(name),
        size=size,
        kind=_kind_of(head, content),
        uploaded_by=actor.account_id,
        uploaded_at=at,
    )


@contextmanager
def opened(stored: StoredFile) -> Iterator[Path]:
    """
    Lend the path of a stored file's plain content for as long as the block lasts.

    The plain copy has no name on the disk, so that nothing is left of it even after a kill.

    :raises FileGone: its content is not there.
    :raises SealBroken: its content was altered.
    """
    if not default_storage.exists(_address(stored.sha256)):
        raise FileGone(name=stored.name)
    with (
        tempfile.TemporaryFile(prefix="juli-") as plain,
        default_storage.open(_address(stored.sha256)) as sealed,
    ):
        for piece in sealing.unsealed(sealed, sha256=stored.sha256, size=stored.size):
            plain.write(piece)
        plain.flush()
        yield Path(f"/proc/{os.getpid()}/fd/{plain.fileno()}")


@transaction.atomic
def discard(stored: StoredFile) -> None:
    """
    Let go of a file that nothing refers to any more; its content goes with the last that holds it.

    Only a machine of the house sees who else holds the content: call it behind that wall.
    """
    digest = stored.sha256
    _hold(digest)
    stored.delete()
    if not StoredFile.objects.filter(sha256=digest).exists():
        default_storage.delete(_address(digest))


def hash_of(content: BinaryIO) -> str:
    """Return the hash under which a file would be kept."""
    content.seek(0)
    return _measured(content)[0]


def kind_of(content: BinaryIO) -> StoredFile.Kind:
    """Tell what a file is by its content, before it is kept."""
    content.seek(0)
    return _kind_of(content.read(8192), content)


def _measured(content: BinaryIO) -> tuple[str, int, bytes]:
    digest, size, head = hashlib.sha256(), 0, b""
    while piece := content.read(1 << 20):
        head = head or piece[:8192]
        size += len(piece)
        digest.update(piece)
    return digest.hexdigest(), size, head


def _put_away(content: BinaryIO, *, digest: str, size: int) -> None:
    """Write the sealed content unless it is there already, whole: a kill may have left a part of it."""
    address = _address(digest)
    if default_storage.exists(address):
        if default_storage.size(address) == size + sealing.OVERHEAD:
            return
        default_storage.delete(address)
    content.seek(0)
    with tempfile.TemporaryFile(prefix="juli-") as sealed:
        for piece in sealing.sealed(content, sha256=digest):
            sealed.write(piece)
        sealed.seek(0)
        saved = default_storage.save(address, File(sealed))
    if saved != address:  # somebody else was first
        default_storage.delete(saved)


def _hold(digest: str) -> None:
    """Let nobody else put away or discard the same content until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(digest[:15], 16)])


def _address(digest: str) -> str:
    return f"{digest[:2]}/{digest}"


def _plain_name(name: str) -> str:
    """Return the last part of a name as people gave it, without what could hide in it."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(character for character in last if character.isprintable()).strip() or "未命名"
    if len(shown) <= _NAME_LENGTH:
        return shown
    stem, dot, suffix = shown.rpartition(".")
    return (
        f"{stem[: _NAME_LENGTH - len(suffix) - 1]}{dot}{suffix}"
        if dot and len(suffix) < 10
        else shown[:_NAME_LENGTH]
    )


def _kind_of(head: bytes, content: IO[bytes]) -> StoredFile.Kind:
    """Tell what a file is by its content."""
    if head.startswith(_ZIP):
        return _kind_of_archive(content)
    if head.startswith(_OLE):
        return StoredFile.Kind.OLD_WORKBOOK
    for magic, kind in _MAGIC.items():
        if head.startswith(magic):
            return kind
    if head.lstrip()[:200].lower().startswith((b"<html", b"<!doctype html", b"<table")):
        return StoredFile.Kind.WEB_PAGE
    return StoredFile.Kind.OTHER if b"\0" in head else StoredFile.Kind.TEXT


def _kind_of_archive(content: IO[bytes]) -> StoredFile.Kind:
    content.seek(0)
    try:
        with zipfile.ZipFile(content) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return StoredFile.Kind.ARCHIVE
    if "xl/workbook.xml" in names:
        return StoredFile.Kind.WORKBOOK
    return StoredFile.Kind.DOCUMENT if "word/document.xml" in names else StoredFile.Kind.ARCHIVE
