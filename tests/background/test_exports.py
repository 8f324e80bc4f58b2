"""Lists taken out as files: what is in them, who gets them, and what stays behind."""

import csv
import io
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import polars as pl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from juli.engines.audit.models import Access
from juli.engines.desk import lists
from juli.engines.desk.exports import actions, cleaning, making, refusals, scratch
from juli.engines.desk.exports.orders import Order
from juli.engines.desk.exports.watching import Stopped
from juli.engines.desk.models import Export
from juli.engines.files.models import StoredFile
from juli.engines.party.models import Person
from juli.engines.scope import actions as scope
from juli.engines.scope import walls
from juli.engines.scope.models import Grant
from juli.kernel.actor import Actor
from juli.kernel.refusal import NotFound, NotPermitted
from tests import world as building
from tests.pages.visiting import Visitor, text_of, visitor_of
from tests.world import World, machine

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


def asked(actor: Actor, query: str = "", *, register: str = "members", form: str = "csv", why: str = ""):
    with walls.entered(actor):
        order = Order.of(register, query, reason_in_full=why)
        return actions.ask_for_export(order, form=Export.Form(form), actor=actor, at=NOW)


def made(actor: Actor, query: str = "", **said) -> Export:
    export = asked(actor, query, **said)
    making.make(export.pk, clock=lambda: NOW)
    return Export.objects.get(pk=export.pk)


def content_of(visitor: Visitor, export: Export) -> bytes:
    answer = visitor.get(f"/exports/{export.pk}/file/")
    assert answer.status_code == 200, answer.content
    return b"".join(answer.streaming_content)


def rows_of(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    """Files of 2026 are fetched in 2026."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + timedelta(hours=1))


def test_what_the_list_shows_comes_out_and_no_more(world: World, he: Visitor):
    export = made(world.he, "columns=document&columns=union&sort=-joined_on")

    rows = rows_of(content_of(he, export))
    assert list(rows[0]) == ["记录号", "姓名", "证件号码", "工会"]
    assert {row["工会"] for row in rows} == {"澜江轴承厂工会"}
    assert len(rows) == 8
    assert export.done == export.total == 8
    assert all("*" in row["证件号码"] for row in rows)
    assert rows[0]["记录号"].isdecimal()


def test_a_filter_narrows_the_file_as_it_narrows_the_list(world: World, lin: Visitor):
    export = made(world.lin, "migrant=yes")

    assert [row["姓名"] for row in rows_of(content_of(lin, export))] == ["陈秀兰"]


def test_text_stays_text_in_csv_and_in_xlsx(world: World, lin: Visitor, tmp_path):
    text = rows_of(content_of(lin, made(world.lin)))
    assert "'=1+1" in {row["姓名"] for row in text}
    assert all(row["会员号"].rstrip("\t").isdecimal() for row in text)

    path = tmp_path / "members.xlsx"
    path.write_bytes(content_of(lin, made(world.lin, form="xlsx")))
    frame = pl.read_excel(path, infer_schema_length=0)
    assert "=1+1" in set(frame["姓名"])
    assert {row["会员号"].rstrip("\t") for row in text} == set(frame["会员号"])
    assert frame.columns[0] == "记录号"


def test_every_list_of_the_house_comes_out(world: World, lin: Visitor):
    for code, register in lists.declared().items():
        every = urlencode([("columns", column.name) for column in register.columns])
        export = made(world.lin, every, register=code)

        assert export.state == "done", (code, export.sentence)
        assert len(rows_of(content_of(lin, export))) == export.total


def test_lists_that_hold_something_come_out_whole(world: World, lin: Visitor):
    assert made(world.lin, register="employers").total == 5
    assert made(world.lin, "level=all", register="unions").total == 6


def test_plain_values_need_the_right_and_a_reason_and_leave_a_line_for_each(world: World, he: Visitor):
    before = Access.objects.filter(person_id=world.chen_person.pk).count()
    export = made(world.he, why="制作会员卡，经主席批准")

    rows = rows_of(content_of(he, export))
    assert all("*" not in row["证件号码"] and "*" not in row["手机"] for row in rows)
    line = Access.objects.filter(person_id=world.chen_person.pk).latest("pk")
    assert Access.objects.filter(person_id=world.chen_person.pk).count() == before + 1
    assert (line.act, line.reason, line.field) == ("exported", "制作会员卡，经主席批准", "document,mobile")
    whole = Access.objects.get(act="exported", subject_kind="desk.members")
    assert (whole.row_count, whole.account_id, whole.reason) == (8, world.he.account_id, line.reason)

    with pytest.raises(refusals.ReasonForPlainMissing):
        asked(world.he, why="  ")
    with pytest.raises(refusals.MayNotReveal):
        asked(world.xu, why="看看")


def test_whom_one_may_not_reveal_stays_masked(world: World):
    by = building.granted(world.federation, ["registry.see"], name="两头")
    scope.grant(
        by.account_id, permissions=["registry.reveal"], org_unit_id=world.qinghe.org_unit_id,
        extent=Grant.Extent.SUBTREE, actor=machine(), at=building.MAY_9,
    )  # fmt: skip
    actor = building.actor_of(building.Account.objects.get(pk=by.account_id))
    with walls.entered(actor):
        order = Order.of("members", "columns=document", reason_in_full="核对")
        values = list(order.values(actor=actor, at=NOW))

    plain = [line for line in values if "*" not in str(line[2])]
    assert len(plain) == 8
    assert len(values) == 9
    assert Person.objects.filter(name="=1+1").values_list("document_shown", flat=True)[0] in {
        line[2] for line in values
    }


def test_nobody_else_gets_the_file_and_its_owner_only_while_they_may(world: World, he: Visitor, lin: Visitor):
    export = made(world.he)

    assert lin.get(f"/exports/{export.pk}/").status_code == 404
    assert lin.get(f"/exports/{export.pk}/file/").status_code == 404
    content_of(he, export)

    Grant.objects.filter(account_id=world.he.account_id, permission="registry.see").update(
        valid_until=datetime(2026, 11, 1, tzinfo=UTC).date()
    )
    answer = he.get(f"/exports/{export.pk}/file/")
    assert answer.status_code == 403
    assert "管理范围或权限在导出之后有变化" in text_of(answer)


def test_a_file_goes_when_its_time_is_over(world: World, he: Visitor, monkeypatch):
    export = made(world.he)
    twin = made(world.he)
    assert StoredFile.objects.count() == 2
    assert export.expires_at == NOW + timedelta(days=7)

    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + timedelta(days=7))
    he = visitor_of(world.he)  # the session of last week is over too
    answer = he.get(f"/exports/{export.pk}/file/")
    assert answer.status_code == 410
    assert "已过期" in text_of(answer)

    Export.objects.filter(pk=twin.pk).update(expires_at=NOW + timedelta(days=30))
    with walls.entered(machine()):
        assert cleaning.clean(at=NOW + timedelta(days=8)) == 1
    content_of(he, twin)  # the same content, which another export still holds
    with walls.entered(machine()):
        cleaning.clean(at=NOW + timedelta(days=31))
    assert not StoredFile.objects.exists()
    assert Export.objects.get(pk=twin.pk).done == 8


def test_making_twice_makes_one_file(world: World):
    export = asked(world.he)
    making.make(export.pk, clock=lambda: NOW)
    making.make(export.pk, clock=lambda: NOW)

    assert StoredFile.objects.count() == 1


def test_a_dead_maker_leaves_nothing_and_the_next_begins_anew(world: World, monkeypatch):
    export = asked(world.he)
    with monkeypatch.context() as patched:
        patched.setattr(making, "take_out", lambda *_, **__: (_ for _ in ()).throw(OSError("disk")))
        with pytest.raises(OSError, match="disk"):
            making.make(export.pk, clock=lambda: NOW)
    assert Export.objects.get(pk=export.pk).state == "running"
    assert not StoredFile.objects.exists()

    making.make(export.pk, clock=lambda: NOW)
    assert Export.objects.get(pk=export.pk).state == "done"


def test_what_never_ends_is_given_up_with_a_sentence(world: World):
    export = asked(world.he)
    Export.objects.filter(pk=export.pk).update(attempts=making.MOST_ATTEMPTS)

    making.make(export.pk, clock=lambda: NOW)

    found = Export.objects.get(pk=export.pk)
    assert found.state == "failed"
    assert "没有完成" in found.sentence


def test_who_lost_the_right_meanwhile_gets_no_file(world: World):
    export = asked(world.he)
    Grant.objects.filter(account_id=world.he.account_id).update(
        valid_until=datetime(2026, 11, 1, tzinfo=UTC).date()
    )

    making.make(export.pk, clock=lambda: NOW)

    assert Export.objects.get(pk=export.pk).state == "failed"


def test_an_export_is_called_off_before_and_while_it_is_made(world: World, he: Visitor, monkeypatch):
    waiting = asked(world.he)
    assert he.post(f"/exports/{waiting.pk}/stopping/").status_code == 302
    making.make(waiting.pk, clock=lambda: NOW)
    assert Export.objects.get(pk=waiting.pk).state == "stopped"

    running = asked(world.he)
    monkeypatch.setattr(making, "take_out", lambda *_, **__: (_ for _ in ()).throw(Stopped()))
    making.make(running.pk, clock=lambda: NOW)
    assert Export.objects.get(pk=running.pk).state == "stopped"
    assert not StoredFile.objects.exists()


def test_so_many_at_once_and_no_more(world: World):
    for _ in range(actions.MOST_AT_ONCE):
        asked(world.he)
    with pytest.raises(refusals.TooManyExports):
        asked(world.he)


def test_who_may_not_see_the_list_takes_nothing_out(world: World):
    with pytest.raises(NotPermitted):
        asked(world.auditor)
    with walls.entered(world.lin), pytest.raises(NotFound):
        actions.fetch_export(1, actor=world.lin, at=NOW)


def test_the_page_asks_and_leads_to_the_run(world: World, he: Visitor):
    answer = he.get("/lists/members/export/?migrant=yes&columns=mobile")
    said = text_of(answer)
    assert answer.status_code == 200
    assert "开始导出" in said
    assert "农民工：是农民工" in said
    assert "记录号、姓名、手机" in said
    assert "导出明文" in said

    missing = he.post("/lists/members/export/?columns=mobile", form="xlsx", is_plain="on", reason="")
    assert missing.status_code == 422
    assert "请写明理由" in text_of(missing)

    sent = he.post("/lists/members/export/?migrant=yes&columns=mobile", form="xlsx")
    export = Export.objects.latest("pk")
    assert sent.headers["Location"] == f"/exports/{export.pk}/"
    page = he.get(sent.headers["Location"])
    assert "取消导出" in text_of(page)
    assert 'hx-trigger="every 2s"' in page.content.decode()
    making.make(export.pk, clock=lambda: NOW)
    done = he.get(f"/exports/{export.pk}/")
    assert "下载文件" in text_of(done)
    assert "every 2s" not in done.content.decode()
    assert "会员" in text_of(he.get("/runs/"))


def test_who_may_not_reveal_is_not_asked_for_a_reason(xu: Visitor):
    assert "导出明文" not in text_of(xu.get("/lists/members/export/"))


def test_no_page_of_runs_asks_more_than_twelve_times(world: World, he: Visitor):
    export = made(world.he)
    for address in ("/runs/", f"/exports/{export.pk}/", f"/exports/{export.pk}/progress/"):
        with CaptureQueriesContext(
            connection,
        ) as asked_for:
            assert he.get(address).status_code == 200
        questions = [each for each in asked_for if not each["sql"].startswith(("SAVEPOINT", "RELEASE"))]
        told = [each for each in questions if "set_config" not in each["sql"]]
        assert len(told) <= 12, "\n".join(each["sql"] for each in told)


def test_a_killed_makers_folder_is_cleared_away(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (tmp_path / "juli-export-999999999-abc").mkdir()
    with scratch.folder() as mine:
        assert scratch.clear() == 1
        assert mine.exists()
