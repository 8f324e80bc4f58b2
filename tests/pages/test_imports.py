"""Bringing a roster in from a page, from handing it in to taking the faulty rows back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from juli.engines.sheet.models import ImportBatch
from tests.pages.visiting import visitor_of
from tests.world import World

pytestmark = pytest.mark.django_db

HEAD = "姓名,证件号码,工会编码,入会日期\n"


def handed_in(client: Client, text: str, *, unit: str = "") -> ImportBatch:
    upload = SimpleUploadedFile("名册.csv", text.encode())
    answer = client.post("/imports/", {"file": upload, "unit": unit})
    assert answer.status_code == 302, answer.content.decode()
    return ImportBatch.objects.get(pk=int(answer["Location"].rstrip("/").rsplit("/", 1)[-1]))


def test_a_roster_handed_in_waits_for_the_worker(world: World) -> None:
    client = visitor_of(world.lin).client

    batch = handed_in(client, HEAD)

    job = ProcrastinateJob.objects.get(task_name="sheet.bring_in")
    assert job.args == {"batch_id": batch.pk}
    page = client.get(f"/imports/{batch.pk}/").content.decode()
    assert "名册.csv" in page
    assert f'hx-get="/imports/{batch.pk}/progress/"' in page


def test_an_upload_without_a_file_says_so(world: World) -> None:
    answer = visitor_of(world.lin).client.post("/imports/", {"unit": ""})

    assert answer.status_code == 422
    assert "请选择要导入的文件" in answer.content.decode()
    assert not ImportBatch.objects.exists()


def test_a_unit_that_is_not_there_is_named(world: World) -> None:
    upload = SimpleUploadedFile("名册.csv", HEAD.encode())

    answer = visitor_of(world.lin).client.post("/imports/", {"file": upload, "unit": "no-such"})

    assert answer.status_code == 422
    assert "没有编码为“no-such”的组织" in answer.content.decode()
    assert not ImportBatch.objects.exists()


def test_the_template_is_a_workbook(world: World) -> None:
    answer = visitor_of(world.lin).client.get("/imports/template/")

    assert answer.content[:2] == b"PK"
    assert answer["Cache-Control"] == "no-store"


def test_another_town_does_not_see_the_batch(world: World) -> None:
    batch = handed_in(visitor_of(world.lin).client, HEAD, unit=world.qinghe.code)

    assert visitor_of(world.wu).client.get(f"/imports/{batch.pk}/").status_code == 404
    assert visitor_of(world.wu).client.get(f"/imports/{batch.pk}/errors/").status_code == 404
