"""Files are kept sealed under their hash, and lent in plain for a moment."""

import io
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from juli.engines.files import sealing, storing
from juli.engines.files.models import StoredFile
from juli.engines.scope import walls
from juli.kernel.crypto import SealBroken
from tests.world import MAY_9, World, machine

pytestmark = pytest.mark.django_db

CONTENT = "姓名,证件号码\n何小明,710199198506150016\n".encode() * 50_000


def kept(world: World, content: bytes = CONTENT, name: str = "名册.csv") -> StoredFile:
    return storing.keep(
        io.BytesIO(content), name=name, org_unit=world.qinghe.org_unit, actor=machine(), at=MAY_9
    )


def on_disk(stored: StoredFile) -> bytes:
    with default_storage.open(f"{stored.sha256[:2]}/{stored.sha256}") as sealed:
        return sealed.read()


def test_a_file_comes_back_as_it_was(world: World):
    stored = kept(world)

    with storing.opened(stored) as path:
        assert path.read_bytes() == CONTENT
    assert (stored.size, stored.kind, stored.uploaded_at) == (len(CONTENT), "text", MAY_9)


def test_nothing_of_it_lies_on_the_disk_in_plain(world: World):
    sealed = on_disk(kept(world))

    assert "何小明".encode() not in sealed
    assert b"710199" not in sealed
    assert len(sealed) == len(CONTENT) + sealing.OVERHEAD


def test_the_same_content_lies_there_once(world: World):
    first, second = kept(world), kept(world, name="另一个名字.csv")

    assert first.sha256 == second.sha256
    assert default_storage.listdir(first.sha256[:2])[1].count(first.sha256) == 1


def test_a_copy_that_a_kill_cut_short_is_written_again(world: World):
    stored = kept(world)
    address = f"{stored.sha256[:2]}/{stored.sha256}"
    whole = on_disk(stored)
    default_storage.delete(address)
    default_storage.save(address, ContentFile(whole[:1000]))

    again = kept(world)

    with storing.opened(again) as path:
        assert path.read_bytes() == CONTENT


def test_an_altered_file_is_not_given_out(world: World):
    stored = kept(world)
    address = f"{stored.sha256[:2]}/{stored.sha256}"
    sealed = bytearray(on_disk(stored))
    sealed[len(sealed) // 2] ^= 1
    default_storage.delete(address)
    default_storage.save(address, ContentFile(bytes(sealed)))

    with pytest.raises(SealBroken), storing.opened(stored):
        pytest.fail("it was altered")


def test_a_file_that_is_gone_is_said_to_be(world: World):
    stored = kept(world)
    default_storage.delete(f"{stored.sha256[:2]}/{stored.sha256}")

    with pytest.raises(storing.FileGone), storing.opened(stored):
        pytest.fail("it is gone")


def archive(*names: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as book:
        for name in names:
            book.writestr(name, b"<x/>")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (archive("xl/workbook.xml"), "xlsx"),
        (archive("word/document.xml"), "docx"),
        (archive("readme.txt"), "zip"),
        (b"PK\x03\x04 cut off", "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "xls"),
        (b"%PDF-1.7", "pdf"),
        (b" <html><table>", "html"),
        ("姓名".encode("gbk"), "text"),
        (b"\x89PNG\x00", "other"),
        (b"", "text"),
    ],
)
def test_what_a_file_is_is_told_by_its_content(world: World, content, kind):
    assert kept(world, content, name="任意.xlsx").kind == kind


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("C:\\台账\\名册.csv", "名册.csv"),
        ("../../etc/passwd", "passwd"),
        ("名\u202e册\x00.csv", "名册.csv"),
        ("", "未命名"),
        ("长" * 300 + ".xlsx", "长" * 195 + ".xlsx"),
    ],
)
def test_a_name_is_shown_without_what_could_hide_in_it(world: World, given, shown):
    assert kept(world, name=given).name == shown


def test_another_town_does_not_see_it(world: World):
    stored = kept(world)

    with walls.entered(world.wu):
        assert not StoredFile.objects.filter(pk=stored.pk).exists()
