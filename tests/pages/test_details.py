"""One record: what its page says, who may do what from there, and that looking leaves a line."""

import re
from datetime import date

import pytest

from juli.domains.registry import actions
from juli.engines.audit.models import Access
from juli.engines.party.models import Person
from juli.kernel.actor import Standing
from tests.pages.visiting import text_of, visitor_of
from tests.world import MAY_9, machine, make_member

pytestmark = pytest.mark.django_db


def test_a_member_shows_career_and_timeline(he, world):
    actions.transfer_member(
        world.chen_membership.pk, to_union_id=world.traders_union.pk, employer_id=world.teahouse.pk,
        on=date(2017, 3, 1), reason="随劳动关系转移", actor=machine(), at=MAY_9,
    )  # fmt: skip
    said = text_of(he.get(f"/members/{world.chen_person.pk}/"))
    assert "会籍履历" in said
    assert said.index("澜江轴承厂工会 2015-07 入会") < said.index("青荷商贸联合工会 2017-03 转入，至今")
    assert "理由：随劳动关系转移" in said
    assert "青荷茶楼有限公司" in said
    assert "是（入会登记表）" in said


def test_opening_a_person_leaves_a_line_that_colleagues_see(he, xu, world):
    he.get(f"/members/{world.zhou_person.pk}/")
    line = Access.objects.get(person_id=world.zhou_person.pk)
    assert (line.act, line.account_id, line.subject_kind) == ("opened", world.he.account_id, "party.person")
    assert "何干事 青荷镇总工会" in text_of(xu.get(f"/members/{world.zhou_person.pk}/"))


def test_a_search_that_misses_or_a_refused_look_leaves_none(wu, world):
    assert wu.get(f"/members/{world.zhou_person.pk}/").status_code == 404
    assert not Access.objects.exists()


def test_a_sealed_value_is_shown_for_a_reason_and_kept_by_nobody(he, world):
    address = f"/members/{world.zhou_person.pk}/revelations/document/"
    assert "写明理由后显示" in text_of(he.get(f"/members/{world.zhou_person.pk}/"))
    assert he.post(address, reason=" ").status_code == 422
    assert not Access.objects.filter(act="revealed").exists()
    answer = he.post(address, reason="核对补贴名册")
    shown = re.search(r'class="revealed"[^>]*>([\dX]{18})<', answer.content.decode())
    assert shown
    assert "no-store" in answer["Cache-Control"]
    line = Access.objects.get(act="revealed")
    assert (line.field, line.reason, line.person_id) == ("document", "核对补贴名册", world.zhou_person.pk)
    assert "核对补贴名册" in text_of(he.get(f"/members/{world.zhou_person.pk}/"))


def test_a_value_nobody_registered_is_refused_in_words(he, world):
    answer = he.post(f"/members/{world.zhou_person.pk}/revelations/bank/", reason="核对账号")
    assert answer.status_code == 422
    assert "这位职工没有登记银行账号。" in text_of(answer)


def test_only_three_values_are_sealed(he, world):
    assert he.get(f"/members/{world.zhou_person.pk}/revelations/name/").status_code == 404


def test_menus_offer_what_the_visitor_may_do(he, xu, world):
    offered = text_of(he.get(f"/members/{world.zhou_person.pk}/"))
    assert "转会籍" in offered
    assert "恢复在籍" not in offered
    only_read = text_of(xu.get(f"/members/{world.zhou_person.pk}/"))
    assert "转会籍" not in only_read
    assert "写明理由后显示" not in only_read
    assert "撤销" not in text_of(xu.get(f"/unions/{world.bearing_union.pk}/"))
    assert "上报职工人数" not in text_of(xu.get(f"/employers/{world.bearing.pk}/"))


def test_a_resting_membership_offers_to_resume(he, world):
    actions.retain_membership(
        world.zhou_membership.pk, on=date(2018, 1, 1), reason="退休", actor=machine(), at=MAY_9
    )
    said = text_of(he.get(f"/members/{world.zhou_person.pk}/"))
    assert "恢复在籍" in said
    assert "转为保留会籍" in said


def test_an_ended_membership_says_so(he, world):
    actions.leave_membership(
        world.zhou_membership.pk, on=date(2018, 1, 1), reason="本人申请", actor=machine(), at=MAY_9
    )
    assert "会籍已终止" in text_of(he.get(f"/members/{world.zhou_person.pk}/"))
    answer = he.get(f"/members/{world.zhou_person.pk}/transfer/")
    assert answer.status_code == 409
    assert "这段会籍已经结束" in text_of(answer)


def test_a_union_shows_numbers_posts_and_employers(he, world):
    actions.take_post(
        union_id=world.bearing_union.pk, person_id=world.zhou_person.pk, office="chair", on=date(2018, 1, 5),
        actor=machine(), at=MAY_9,
    )  # fmt: skip
    actions.begin_term(world.bearing_union.pk, begins_on=date(2018, 1, 5), years=5, actor=machine(), at=MAY_9)
    said = text_of(he.get(f"/unions/{world.bearing_union.pk}/"))
    for each in (
        "会员 2 人",
        "周国平 主席 2018-01-05 至今 离任",
        "第 1 届",
        "澜江轴承厂有限公司",
        "澜工复〔2010〕1号",
    ):
        assert each in said


def test_an_employer_shows_headcounts_marks_and_who_covers_it(he, world):
    by = {"actor": machine(), "at": MAY_9}
    actions.report_headcount(world.bearing.pk, counted_on=date(2018, 3, 31), employees=120, women=48, **by)
    actions.flag_employer(world.bearing.pk, mark="park", on=date(2018, 1, 1), source="摸查", **by)
    actions.report_hazard(world.bearing.pk, title="打磨", hazard="dust", workers=9, on=date(2018, 2, 1), **by)
    said = text_of(he.get(f"/employers/{world.bearing.pk}/"))
    for each in (
        "2018-03-31 120 未计 48",
        "园区企业 摸查",
        "打磨 粉尘 9",
        "澜江轴承厂工会 2010-03-01 至今 解除覆盖",
    ):
        assert each in said


def test_members_see_their_own_record_and_who_looked(he, world):
    he.get(f"/members/{world.zhou_person.pk}/")
    zhou = visitor_of(world.zhou)
    assert world.zhou.standing is Standing.SELF
    said = text_of(zhou.get("/"))
    for each in ("周国平", "澜江轴承厂工会", world.zhou_membership.number, "何干事 青荷镇总工会"):
        assert each in said
    assert "陈秀兰" not in said
    assert "账号与授权" not in said


def test_a_member_of_no_union_of_today_still_sees_their_record(world):
    actions.leave_membership(
        world.zhou_membership.pk, on=date(2018, 1, 1), reason="本人申请", actor=machine(), at=MAY_9
    )
    assert "会籍已终止" in text_of(visitor_of(world.zhou).get("/"))


def test_a_foreign_document_is_called_by_its_name(he, world):
    membership = make_member(world.bearing_union, name="林晓曼")
    Person.objects.filter(pk=membership.person_id).update(document_kind="passport")
    assert "护照" in text_of(he.get(f"/members/{membership.person_id}/"))
