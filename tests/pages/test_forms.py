"""Forms: asked, refused with the reason on the same page, carried out, and led back."""

from datetime import date

import pytest
from django.utils import timezone

from juli.domains.registry.models import Coverage, Membership, Union
from juli.engines.facts.models import Fact
from juli.engines.party.models import Employer, Person
from juli.engines.scope.models import Account, Grant
from tests import world as building
from tests.pages.visiting import text_of

pytestmark = pytest.mark.django_db


def test_a_union_is_founded_from_the_page(he, world):
    form = he.get(f"/unions/new/?parent_id={world.qinghe.code}")
    assert f'value="{world.qinghe.code}"' in form.content.decode()
    answer = he.post(
        "/unions/new/", parent_id="青荷镇", name="青荷灯具厂工会", code="990188", level="base", form="own",
        employer_class="private", approved_on="2018-05-08", approval_number="青工复〔2018〕3号",
    )  # fmt: skip
    union = Union.objects.get(code="990188")
    assert answer.status_code == 302
    assert answer["Location"] == f"/unions/{union.pk}/"
    assert "工会已登记。" in text_of(he.get(answer["Location"]))
    assert (union.name, union.approval_number) == ("青荷灯具厂工会", "青工复〔2018〕3号")


def test_a_refusal_comes_back_with_what_was_typed(he, world):
    facts = Fact.objects.count()
    answer = he.post(
        "/unions/new/", parent_id=world.qinghe.code, name="青荷灯具厂工会", code=world.bearing_union.code,
        level="base", form="own", approved_on="2018-05-08",
    )  # fmt: skip
    assert answer.status_code == 422
    assert "已被使用，请核对后换一个编码" in text_of(answer)
    assert 'value="青荷灯具厂工会"' in answer.content.decode()
    assert Fact.objects.count() == facts


def test_what_is_missing_is_said_at_its_field(he, world):
    said = text_of(he.post(f"/unions/{world.bearing_union.pk}/name/", name="新名", on="", reason=""))
    assert said.count("这个字段是必填项") >= 2


def test_a_name_that_may_mean_two_asks_for_a_code(he, world):
    building.make_union(world.qinghe, name="澜江轴承二厂工会")
    answer = he.post(
        f"/members/{world.zhou_person.pk}/transfer/", to_union_id="轴承", on="2018-05-08", reason="转岗"
    )
    assert answer.status_code == 422
    assert "对应不止一条记录" in text_of(answer)
    assert world.bearing_union.code in text_of(answer)


def test_what_lies_out_of_reach_cannot_be_named(he, world):
    answer = he.post(
        f"/members/{world.zhou_person.pk}/transfer/", to_union_id=world.electronics_union.code,
        on="2018-05-08", reason="转岗",
    )  # fmt: skip
    assert answer.status_code == 422
    assert "没有找到" in text_of(answer)


def test_a_member_is_admitted_and_moves_on(he, world):
    answer = he.post(
        "/members/new/", union_id=world.traders_union.code, employer_id=world.teahouse.uscc,
        joined_on="2018-05-02", name="苏梅", document_kind="resident", mobile="138 1234 5678",
        document_number=building.resident_number(sex=Person.Sex.FEMALE), is_migrant_worker="yes",
        migrant_source="入会登记表", migrant_as_of="2018-05-02", household="rural",
    )  # fmt: skip
    assert answer.status_code == 302
    membership = Membership.objects.get(person__name="苏梅")
    person = membership.person
    assert (membership.employer_id, membership.joined_on) == (world.teahouse.pk, date(2018, 5, 2))
    assert (person.sex, person.is_migrant_worker, person.mobile_shown) == ("female", True, "138****5678")

    he.post(f"/members/{person.pk}/retention/", on="2018-05-03", reason="失业")
    assert Membership.objects.get(person=person, valid_until=None).standing == "retained"
    he.post(f"/members/{person.pk}/resumption/", on="2018-05-04", employer_id="细针")
    assert Membership.objects.get(person=person, valid_until=None).employer_id == world.tailor.pk
    he.post(f"/members/{person.pk}/leaving/", on="2018-05-05", reason="本人申请")
    assert not Membership.objects.filter(person=person, valid_until=None).exists()


def test_a_faulty_document_is_explained(he, world):
    answer = he.post(
        "/members/new/", union_id=world.bearing_union.code, joined_on="2018-05-02", name="苏梅",
        document_kind="resident", document_number="110101199003070000",
    )  # fmt: skip
    assert answer.status_code == 422
    assert "证件号码没有通过检查" in text_of(answer)


def test_particulars_start_from_what_stands_there(he, world):
    said = he.get(f"/members/{world.chen_person.pk}/particulars/").content.decode()
    assert '<option value="yes" selected>' in said
    assert 'value="入会登记表"' in said
    he.post(
        f"/members/{world.chen_person.pk}/particulars/", household="rural", is_migrant_worker="yes",
        migrant_source="入会登记表", migrant_as_of="2015-07-01", education="college", reason="补登学历",
    )  # fmt: skip
    chen = Person.objects.get(pk=world.chen_person.pk)
    assert (chen.education, chen.is_migrant_worker, chen.skill) == ("college", True, "unstated")


def test_an_employer_is_registered_covered_and_released(he, world):
    answer = he.post(
        "/employers/new/", uscc=building.credit_code(), name="青荷面馆", ownership="self_employed",
        business="operating", territory_id="青荷镇总工会",
    )  # fmt: skip
    employer = Employer.objects.get(name="青荷面馆")
    assert answer["Location"] == f"/employers/{employer.pk}/"
    he.post(f"/employers/{employer.pk}/coverage/", union_id=world.traders_union.code, on="2018-05-02")
    coverage = Coverage.objects.get(employer=employer)
    answer = he.post(f"/coverages/{coverage.pk}/ending/", on="2018-05-03", reason="另行建会")
    assert answer["Location"] == f"/unions/{world.traders_union.pk}/"
    coverage.refresh_from_db()
    assert coverage.valid_until == date(2018, 5, 3)


def test_two_unions_become_one(he, world):
    answer = he.post(
        f"/unions/{world.bearing_union.pk}/merger/", into_id=world.traders_union.code, on="2018-05-08",
        reason="合并组建",
    )  # fmt: skip
    assert answer["Location"] == f"/unions/{world.traders_union.pk}/"
    assert "会员 2 人" in text_of(he.get(answer["Location"]))
    ended = text_of(he.get(f"/unions/{world.bearing_union.pk}/"))
    assert "并入 青荷商贸联合工会" in ended
    assert "更名" not in ended


def test_an_account_is_opened_given_more_and_ended(he, world):
    unit = world.bearing_union.code
    weak = he.post(
        "/accounts/new/", username="xiaoliu", display_name="刘专干", password="12345", org_unit_id=unit,
        duty="base_officer", reason="新到岗",
    )  # fmt: skip
    assert weak.status_code == 422
    assert "密码至少要有 10 个字符" in text_of(weak)
    assert "12345" not in weak.content.decode()
    answer = he.post(
        "/accounts/new/", username="xiaoliu", display_name="刘专干", password="qinghe-2018-liu",
        org_unit_id=unit, duty="base_officer", reason="新到岗",
    )  # fmt: skip
    account = Account.scoped.get(username="xiaoliu")
    assert answer["Location"] == f"/accounts/{account.pk}/"
    assert "基层工会主席、专干" in text_of(he.get(answer["Location"]))

    held = Grant.objects.filter(account=account)
    assert {each.reason for each in held} == {"新到岗"}
    he.post(f"/grants/{held.first().pk}/ending/", on=str(timezone.localdate()), reason="调离")
    assert {each.reason for each in held.all()} == {"新到岗；停止：调离"}
    assert not held.filter(valid_until=None).exists()


def test_nobody_gives_what_they_do_not_hold(he, world):
    answer = he.post(
        f"/accounts/{world.xu.account_id}/duties/", duty="audit_administrator",
        org_unit_id=world.qinghe.code, extent="subtree", reason="兼任",
    )  # fmt: skip
    assert answer.status_code == 422
    assert "只能授出您自己在该范围内持有的权限" in text_of(answer)


def test_duties_are_handed_over(lin, world):
    heir = Account.scoped.get(pk=world.xu.account_id)
    lin.post(
        f"/accounts/{world.he.account_id}/handover/", to_account_id=heir.username,
        on=str(timezone.localdate()), reason="岗位调整",
    )  # fmt: skip
    assert not Grant.objects.filter(account_id=world.he.account_id, valid_until=None).exists()
    assert Grant.objects.filter(account=heir, permission="scope.grant", valid_until=None).exists()


def test_a_suspended_account_is_out(he, world):
    he.post(f"/accounts/{world.xu.account_id}/suspension/")
    assert not Account.scoped.get(pk=world.xu.account_id).is_active
    he.post(f"/accounts/{world.xu.account_id}/reinstatement/")
    assert Account.scoped.get(pk=world.xu.account_id).is_active


def test_a_number_left_blank_stays_and_goes_only_when_ticked(he, world):
    address = f"/members/{world.zhou_person.pk}/contact/"
    he.post(address, mobile="13912345678", bank_account="6222021234567890", reason="登记账号")

    he.post(address, mobile="13787654321", reason="换号")
    person = Person.objects.get(pk=world.zhou_person.pk)
    assert (person.mobile_shown, person.bank_shown) == ("137****4321", "****7890")

    both = he.post(address, mobile="13787654321", without="mobile", reason="换号")
    assert both.status_code == 422
    he.post(address, without="bank_account", reason="账号已销户")
    person = Person.objects.get(pk=world.zhou_person.pk)
    assert (person.mobile_shown, person.bank_shown) == ("137****4321", "")
