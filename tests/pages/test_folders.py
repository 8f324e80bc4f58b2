"""The parts of a record: its course, its files, what was changed, who looked; and the record on paper."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from juli.domains.registry import actions
from juli.domains.registry.actions.merging_persons import merge_persons
from juli.engines.audit.models import Access
from juli.engines.files import attaching
from juli.engines.files.models import Attachment, StoredFile
from juli.engines.party.particulars import Contact
from juli.engines.scope import walls
from tests.pages.filling import opened
from tests.pages.visiting import text_of, visitor_of
from tests.world import MAY_9, machine, make_member

pytestmark = pytest.mark.django_db

BY = {"actor": machine(), "at": MAY_9}
PDF = b"%PDF-1.7\n1 0 obj"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


def letter(name: str = "入会登记表.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def attached(world, **said: object) -> Attachment:
    return actions.attach_file(world.zhou_person, file=letter(), title="登记表", **BY | said)


# ── what was changed ──


def test_every_change_is_told_field_by_field_and_masked(he, world):
    address = f"/members/{world.zhou_person.pk}/"
    he.post(f"{address}contact/", mobile="13912345678", reason="本人换号")
    he.post(f"{address}particulars/", education="college", reason="补登学历")
    said = text_of(he.get(f"{address}changes/"))
    assert "学历 未说明 大学专科 何干事（青荷镇总工会） 补登学历" in said
    assert "139****5678 何干事（青荷镇总工会） 本人换号" in said
    assert "13912345678" not in he.get(f"{address}changes/").content.decode()


def test_a_record_without_changes_says_so(he, world):
    assert "登记以后还没有更改过" in text_of(he.get(f"/employers/{world.bearing.pk}/changes/"))


def test_a_corrected_entry_is_told_among_the_changes_of_its_record(he, world):
    counted = actions.report_headcount(world.bearing.pk, counted_on=date(2018, 3, 31), employees=1200, **BY)
    page = text_of(he.get(f"/employers/{world.bearing.pk}/"))
    assert "1,200 未计 未计 — 更正" in page
    he.post(
        f"/headcounts/{counted.pk}/correction/", counted_on="2018-03-31", employees="120", reason="多写一个零"
    )
    said = text_of(he.get(f"/employers/{world.bearing.pk}/changes/"))
    assert "职工人数 · 职工人数 1200 120 何干事（青荷镇总工会） 多写一个零" in said


# ── its course ──


def test_the_course_tells_segments_and_is_narrowed(he, world):
    actions.transfer_member(
        world.zhou_membership.pk, to_union_id=world.traders_union.pk, employer_id=world.teahouse.pk,
        on=date(2017, 3, 1), **BY,
    )  # fmt: skip
    he.post(f"/members/{world.zhou_person.pk}/particulars/", education="college", reason="补登学历")
    address = f"/members/{world.zhou_person.pk}/timeline/"
    said = text_of(he.get(address))
    assert "澜江轴承厂工会 在籍 入会 2015-07-01 转出 2017-03-01 更正日期" in said
    assert "会籍转入" in said
    corrections = text_of(he.get(f"{address}?kind=corrections"))
    assert "补登学历" in corrections
    assert "会籍转入" not in corrections
    assert "补登学历" not in text_of(he.get(f"{address}?kind=acts"))


def test_the_overview_shows_the_latest_and_the_way_to_the_rest(he, world):
    for month in range(1, 13):
        actions.report_headcount(world.bearing.pk, counted_on=date(2017, month, 1), employees=100, **BY)
        actions.report_headcount(world.bearing.pk, counted_on=date(2016, month, 1), employees=100, **BY)
    page = he.get(f"/employers/{world.bearing.pk}/")
    assert "看更早的记录" in text_of(page)
    assert page.content.decode().count('<span class="dot">') == 12
    course = he.get(f"/employers/{world.bearing.pk}/timeline/").content.decode()
    assert course.count('<span class="dot">') > 20


def test_a_day_of_joining_is_put_right_from_the_page(he, world):
    address = f"/memberships/{world.zhou_membership.pk}/correction/"
    form = he.get(address)
    assert 'value="2015-07-01"' in form.content.decode()
    answer = he.post(address, begins_on="2014-07-01", reason="以登记表为准", **opened(he, address))
    assert answer["Location"] == f"/members/{world.zhou_person.pk}/"
    assert "2014-07-01" in text_of(he.get(answer["Location"]))


# ── files ──


def test_a_file_is_put_with_a_member_and_handed_out_with_a_line_in_the_log(he, xu, world):
    address = f"/members/{world.zhou_person.pk}/files/"
    answer = he.post(f"{address}new/", file=letter(), title="登记表", **opened(he, f"{address}new/"))
    assert answer["Location"] == address
    said = text_of(xu.get(address))
    assert "入会登记表.pdf 登记表 16 B 何干事（青荷镇总工会）" in said
    assert "上传附件" not in said
    kept = Attachment.objects.get()
    handed = xu.get(f"/attachments/{kept.pk}/")
    assert (handed.content, handed["Content-Type"]) == (PDF, "application/pdf")
    assert handed["Content-Disposition"].startswith("attachment;")
    assert "no-store" in handed["Cache-Control"]
    line = Access.objects.get(act="exported")
    assert (line.account_id, line.field, line.person_id) == (
        world.xu.account_id, "attachment", world.zhou_person.pk,
    )  # fmt: skip
    assert "导出 附件" in text_of(he.get(f"/members/{world.zhou_person.pk}/looks/"))
    assert "打开附件" in text_of(he.get(f"/members/{world.zhou_person.pk}/"))


def test_what_a_file_is_counts_and_not_its_name(he, world):
    address = f"/members/{world.zhou_person.pk}/files/new/"
    webpage = letter("扫描件.pdf", b"<html><script>alert(1)</script>")
    refused = he.post(address, file=webpage)
    assert refused.status_code == 422
    assert "的内容不是 PDF" in text_of(refused)
    assert "是空的" in text_of(he.post(address, file=letter("空.pdf", b"")))
    assert not StoredFile.objects.exists()
    assert he.post(address, file=letter("照片", PNG)).status_code == 302
    assert StoredFile.objects.get().kind == "png"


def test_a_file_too_large_is_refused(he, world, monkeypatch):
    monkeypatch.setattr(attaching, "LARGEST", 10)
    refused = he.post(f"/unions/{world.bearing_union.pk}/files/new/", file=letter())
    assert refused.status_code == 422
    assert "请压缩或拆分后再上传" in text_of(refused)


def test_a_file_is_taken_off_with_a_reason_and_its_row_stays(he, lin, world):
    kept = attached(world)
    assert he.post(f"/attachments/{kept.pk}/removal/", reason=" ").status_code == 422
    assert he.post(f"/attachments/{kept.pk}/removal/", reason="传错了人").status_code == 302
    said = text_of(he.get(f"/members/{world.zhou_person.pk}/files/"))
    assert "入会登记表.pdf" in said
    assert "何干事（青荷镇总工会）移除：传错了人" in said
    assert he.get(f"/attachments/{kept.pk}/").status_code == 409
    assert lin.post(f"/attachments/{kept.pk}/removal/", reason="再来").status_code == 422
    assert "移除附件" in text_of(he.get(f"/members/{world.zhou_person.pk}/"))


def test_files_go_along_with_their_member(he, wu, world):
    kept = attached(world)
    assert wu.get(f"/attachments/{kept.pk}/").status_code == 404
    actions.transfer_member(
        world.zhou_membership.pk, to_union_id=world.electronics_union.pk, employer_id=world.electronics.pk,
        on=date(2018, 5, 1), **BY,
    )  # fmt: skip
    assert he.get(f"/attachments/{kept.pk}/").status_code == 404
    assert wu.get(f"/attachments/{kept.pk}/").content == PDF
    with walls.entered(world.he):
        assert not Attachment.objects.exists()
        assert not StoredFile.objects.exists()


def test_files_lie_sealed(world):
    from django.core.files.storage import default_storage

    kept = attached(world)
    digest = kept.file.sha256
    with default_storage.open(f"{digest[:2]}/{digest}") as sealed:
        assert PDF not in sealed.read()


# ── who looked ──


def test_every_look_at_a_part_of_a_member_is_written_down(he, world):
    for part in ("", "timeline/", "changes/", "files/", "print/"):
        he.get(f"/members/{world.zhou_person.pk}/{part}")
    lines = Access.objects.filter(person_id=world.zhou_person.pk).order_by("pk")
    assert [(each.act, each.field) for each in lines] == [
        ("opened", ""), ("opened", "timeline"), ("opened", "changes"), ("opened", "files"),
        ("exported", "print"),
    ]  # fmt: skip
    said = text_of(he.get(f"/members/{world.zhou_person.pk}/looks/"))
    assert "导出 打印页" in said
    assert "打开详情 变更记录" in said


# ── on paper ──


@pytest.mark.parametrize("noun", ["members", "unions", "employers"])
def test_a_record_is_printed_without_anything_to_press(he, world, noun):
    number = {
        "members": world.zhou_person.pk, "unions": world.bearing_union.pk, "employers": world.bearing.pk,
    }[noun]  # fmt: skip
    page = he.get(f"/{noun}/{number}/print/")
    html = page.content.decode()
    assert "j-nav" not in html
    assert "写明理由后显示" not in html
    assert "办理" not in text_of(page)
    assert "何干事" in text_of(page)
    assert "打印页" in text_of(he.get(f"/{noun}/{number}/"))


# ── next steps ──


def test_a_term_near_its_end_says_how_long_is_left(he, xu, world):
    today = timezone.localdate()
    begun = (today + timedelta(days=30)).replace(year=(today + timedelta(days=30)).year - 5)
    at = datetime.now(UTC)
    actions.begin_term(world.bearing_union.pk, begins_on=begun, years=5, actor=machine(), at=at)
    said = text_of(he.get(f"/unions/{world.bearing_union.pk}/"))
    assert "下一步： 第 1 届任期" in said or "下一步：第 1 届任期" in said
    assert "剩 30 天" in said
    assert "登记换届" not in text_of(xu.get(f"/unions/{world.bearing_union.pk}/"))


def test_a_term_that_is_over_says_since_when(he, world):
    actions.begin_term(world.bearing_union.pk, begins_on=date(2011, 1, 1), years=5, **BY)
    assert "已超期" in text_of(he.get(f"/unions/{world.bearing_union.pk}/"))


def test_an_unverified_member_is_to_be_verified(he, xu, world):
    assert "登记核验结果" in text_of(he.get(f"/members/{world.zhou_person.pk}/"))
    assert "登记核验结果" not in text_of(xu.get(f"/members/{world.zhou_person.pk}/"))


# ── what it costs ──

MOST = {
    "/members/{member}/": 36, "/members/{member}/timeline/": 24, "/members/{member}/changes/": 20,
    "/members/{member}/looks/": 18, "/members/{member}/files/": 18,
    "/unions/{union}/": 38, "/unions/{union}/changes/": 22, "/unions/{union}/files/": 16,
    "/employers/{employer}/": 38, "/employers/{employer}/changes/": 22, "/employers/{employer}/files/": 18,
}  # fmt: skip


@pytest.mark.parametrize("address", MOST)
def test_a_page_of_a_record_asks_few_questions(address, world, django_assert_max_num_queries):
    actions.change_contact(world.zhou_person.pk, contact=Contact(mobile="13912345678"), reason="换号", **BY)
    attached(world)
    he = visitor_of(world.he)
    numbers = {
        "member": world.zhou_person.pk, "union": world.bearing_union.pk, "employer": world.bearing.pk,
    }  # fmt: skip
    with django_assert_max_num_queries(MOST[address]):
        assert he.get(address.format(**numbers)).status_code == 200


def test_the_old_addresses_of_a_merged_member_lead_on(he, world):
    gone = make_member(world.bearing_union, name="周国平")
    merge_persons(world.zhou_person.pk, gone_id=gone.person_id, reason="重复登记", **BY)
    for part in ("timeline/", "changes/", "files/", "looks/", "print/"):
        answer = he.get(f"/members/{gone.person_id}/{part}")
        assert (answer.status_code, answer["Location"]) == (302, f"/members/{world.zhou_person.pk}/{part}")
