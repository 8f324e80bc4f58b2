"""The pages of a ledger: handed in, looked at, mended, posted, taken back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from juli.domains.registry.models import Membership
from juli.engines.party.models import Employer
from juli.engines.sheet import jobs
from juli.engines.sheet.models import BatchRow, ImportBatch
from tests.ledgers.handing_in import as_csv
from tests.ledgers.test_employers import known, shop
from tests.pages.visiting import Visitor, text_of, visitor_of
from tests.roster.importing import person
from tests.world import World

pytestmark = pytest.mark.django_db
MOST_STATEMENTS = 12


def handed_in(visitor: Visitor, ledger: str, rows: list[dict[str, object]]) -> ImportBatch:
    upload = SimpleUploadedFile("台账.csv", as_csv(rows))
    answer = visitor.post("/imports/", file=upload, ledger=ledger, unit="")
    assert answer.status_code == 302, text_of(answer)
    batch = ImportBatch.objects.get(pk=int(answer["Location"].rstrip("/").rsplit("/", 1)[-1]))
    jobs.bring_in(batch_id=batch.pk)
    batch.refresh_from_db()
    return batch


def test_a_batch_from_upload_to_undo(world: World):
    he = visitor_of(world.he)
    batch = handed_in(he, "registry.employers", [shop(world), known(world.teahouse, 地址="新街 1 号")])
    assert batch.state == ImportBatch.State.PREVIEWED
    shown = text_of(he.get(f"/imports/{batch.pk}/?tab=changed&row=3"))
    assert "还没有写入" in shown
    assert "写入登记册" in shown
    assert "新街 1 号" in he.get(f"/imports/{batch.pk}/?tab=changed&row=3").content.decode()

    assert he.post(f"/imports/{batch.pk}/confirmation/").status_code == 302
    jobs.bring_in(batch_id=batch.pk)
    assert Employer.objects.filter(name="青荷新店").exists()

    assert "撤回 2 行" in text_of(he.get(f"/imports/{batch.pk}/undoing/"))
    assert he.post(f"/imports/{batch.pk}/undoing/").status_code == 302
    jobs.take_back(batch_id=batch.pk, account_id=world.he.account_id)
    assert not Employer.objects.filter(name="青荷新店").exists()
    assert "登记册恢复原样" in text_of(he.get(f"/imports/{batch.pk}/"))


def test_a_faulty_row_is_mended_in_the_page(world: World):
    he = visitor_of(world.he)
    batch = handed_in(he, "registry.employers", [shop(world, 经济类型="什么")])
    page = he.get(f"/imports/{batch.pk}/?tab=faulty&row=2").content.decode()
    assert 'name="cell-ownership" value="什么"' in page

    answer = he.post(f"/imports/{batch.pk}/rows/2/mending/", **{"cell-ownership": "私营"})

    assert answer.status_code == 302
    batch.refresh_from_db()
    assert (batch.added_rows, batch.faulty_rows) == (1, 0)
    he.post(f"/imports/{batch.pk}/confirmation/")
    jobs.bring_in(batch_id=batch.pk)
    assert Employer.objects.get(name="青荷新店").ownership == "private"


def test_a_row_that_is_left_out_is_not_posted(world: World):
    he = visitor_of(world.he)
    batch = handed_in(he, "registry.employers", [shop(world, "甲店"), shop(world, "乙店", 经济类型="什么")])
    he.post(f"/imports/{batch.pk}/rows/3/leaving/", tab="faulty")
    batch.refresh_from_db()
    assert (batch.added_rows, batch.faulty_rows) == (1, 0)

    he.post(f"/imports/{batch.pk}/confirmation/")
    jobs.bring_in(batch_id=batch.pk)

    batch.refresh_from_db()
    assert (batch.state, batch.row_count, batch.added_rows) == (ImportBatch.State.POSTED, 1, 1)
    assert BatchRow.objects.get(batch=batch, row_number=3).standing == BatchRow.Standing.LEFT_OUT


def test_a_roster_is_looked_at_mended_posted_and_taken_back(world: World):
    he = visitor_of(world.he)
    rows = [
        person(world.bearing_union, "何小明"),
        person(world.bearing_union, "何大明", 入会日期="2016-13-01"),
    ]
    batch = handed_in(he, "registry.members", rows)
    assert (batch.state, batch.added_rows, batch.faulty_rows) == ("previewed", 1, 1)
    assert not Membership.objects.filter(person__name="何小明").exists()

    he.post(f"/imports/{batch.pk}/rows/3/mending/", **{"cell-joined_on": "2016-12-01"})
    batch.refresh_from_db()
    assert (batch.added_rows, batch.faulty_rows) == (2, 0)
    he.post(f"/imports/{batch.pk}/confirmation/")
    jobs.bring_in(batch_id=batch.pk)
    assert Membership.objects.filter(person__name__in=["何小明", "何大明"]).count() == 2

    assert "撤回 2 行" in text_of(he.get(f"/imports/{batch.pk}/undoing/"))
    he.post(f"/imports/{batch.pk}/undoing/")
    jobs.take_back(batch_id=batch.pk, account_id=world.he.account_id)
    batch.refresh_from_db()
    assert (batch.state, batch.undone_rows) == ("undone", 2)
    assert not Membership.objects.filter(person__name__in=["何小明", "何大明"]).exists()


def test_the_pages_ask_little(world: World):
    he = visitor_of(world.he)
    batch = handed_in(he, "registry.employers", [shop(world, str(each)) for each in range(20)])
    for address in ("/imports/", f"/imports/{batch.pk}/", f"/imports/{batch.pk}/?tab=added&row=3"):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert he.get(address).status_code == 200
        ours = [each for each in asked if "set_config" not in each["sql"] and "SAVEPOINT" not in each["sql"]]
        assert len(ours) <= MOST_STATEMENTS, [each["sql"][:120] for each in ours]


def test_a_base_officer_hands_in_rosters_only(world: World):
    bai = visitor_of(world.bai)

    page = bai.get("/imports/").content.decode()

    assert "registry.members" in page
    assert "registry.employers" not in page
    upload = SimpleUploadedFile("台账.csv", as_csv([shop(world)]))
    assert bai.post("/imports/", file=upload, ledger="registry.employers").status_code == 422
    assert bai.get("/imports/template/?ledger=registry.employers").status_code == 403


def test_every_ledger_has_a_template(world: World):
    lin = visitor_of(world.lin)
    from juli.engines.sheet.entries import declared

    for entry in declared():
        answer = lin.get(f"/imports/template/?ledger={entry.code}")
        assert answer.content[:2] == b"PK", entry.code
