"""Filling in forms: nothing typed is lost, nothing is done twice, nobody's change is wiped out."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from juli.engines.desk.filling import drafts
from juli.engines.desk.models import Draft, SentForm
from juli.engines.facts.models import Fact
from juli.engines.party.models import Employer, Person
from juli.engines.scope.models import Account
from tests.pages.filling import hidden_of, opened
from tests.pages.visiting import Visitor, text_of, visitor_of
from tests.world import PASSWORD

pytestmark = pytest.mark.django_db


def correction(world, **said: object) -> dict[str, object]:
    return {
        "uscc": world.bearing.uscc, "name": world.bearing.name, "ownership": "private", "industry": "C33",
        "address": "", "business": "operating", "business_as_of": "", "reason": "更正", **said,
    }  # fmt: skip


def address_of(world) -> str:
    return f"/employers/{world.bearing.pk}/correction/"


# ── drafts ──


def test_a_draft_is_kept_while_typing_and_offered_again(he, world):
    slip = opened(he, address_of(world))
    said = he.client.post(
        "/drafts/", {**correction(world, address="青荷路 9 号"), **slip}, headers={"HX-Request": "true"}
    )
    assert "草稿已存" in text_of(said)
    page = he.get(address_of(world))
    assert "存的草稿" in text_of(page)
    assert "青荷路 9 号" not in page.content.decode()
    filled = he.get(f"{address_of(world)}?draft=1").content.decode()
    assert 'value="青荷路 9 号"' in filled
    assert "已填回" in filled


def test_a_draft_is_kept_by_its_button_without_a_script(he, world):
    slip = opened(he, address_of(world))
    answer = he.post("/drafts/", **correction(world, address="青荷路 9 号"), **slip)
    assert (answer.status_code, answer["Location"]) == (302, f"{address_of(world)}?draft=1")
    assert 'value="青荷路 9 号"' in he.get(answer["Location"]).content.decode()


def test_a_draft_lies_sealed_and_belongs_to_its_owner(he, lin, world):
    he.post("/drafts/", **correction(world, address="青荷路 9 号"), **opened(he, address_of(world)))
    kept = Draft.objects.get()
    assert "青荷路".encode() not in bytes(kept.filled)
    assert world.bearing.name not in kept.title
    assert "存的草稿" not in text_of(lin.get(address_of(world)))
    assert lin.post(f"/drafts/{kept.pk}/removal/").status_code == 404
    (mine,) = drafts.mine(actor=world.he, at=timezone.now())
    assert (mine.title, mine.about, mine.href) == (
        "更正登记事项", world.bearing.name, f"{address_of(world)}?draft=1",
    )  # fmt: skip
    assert drafts.mine(actor=world.lin, at=timezone.now()) == ()


def test_my_drafts_stand_on_my_first_page(he, lin, world):
    he.post("/drafts/", **correction(world), **opened(he, address_of(world)))
    said = he.get("/")
    assert f"更正登记事项：{world.bearing.name}" in text_of(said)
    assert f"{address_of(world)}?draft=1" in said.content.decode()
    assert "没提交的草稿" not in text_of(lin.get("/"))


def test_a_draft_goes_when_it_is_sent_thrown_away_or_old(he, world):
    slip = opened(he, address_of(world))
    he.post("/drafts/", **correction(world, address="甲"), **slip)
    assert he.post(address_of(world), **correction(world, address="甲"), **slip).status_code == 302
    assert not Draft.objects.exists()

    he.post("/drafts/", **correction(world), **opened(he, address_of(world)))
    answer = he.post(f"/drafts/{Draft.objects.get().pk}/removal/")
    assert (answer.status_code, answer["Location"]) == (302, address_of(world))
    assert not Draft.objects.exists()

    he.post("/drafts/", **correction(world), **opened(he, address_of(world)))
    Draft.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert "存的草稿" not in text_of(he.get(address_of(world)))


def test_a_draft_of_nothing_yet_stands_once_for_each_form(he):
    for name in ("甲店", "乙店"):
        he.post("/drafts/", name=name, **opened(he, "/employers/new/"))
    kept = Draft.objects.get()
    assert (kept.form, kept.subject) == ("registry:employer-new", "")
    assert 'value="乙店"' in he.get("/employers/new/?draft=1").content.decode()


def test_passwords_are_kept_nowhere(he, world):
    address = f"/accounts/{world.xu.account_id}/password/"
    page = he.get(address)
    assert "存为草稿" not in text_of(page)
    he.post("/drafts/", password="qinghe-2018-geheim", **opened(he, address))
    assert all("geheim" not in str(each.values) for each in drafts.mine(actor=world.he, at=timezone.now()))


def test_what_comes_on_no_page_of_ours_is_not_kept(he, world):
    assert he.post("/drafts/", **correction(world)).status_code == 404
    assert he.post("/drafts/", slip="forged", **correction(world)).status_code == 404
    assert not Draft.objects.exists()


# ── sent twice ──


def test_a_form_sent_twice_is_carried_out_once(he, world):
    address = f"/employers/{world.bearing.pk}/headcounts/"
    said = {"counted_on": "2018-05-01", "employees": "120", **opened(he, address)}
    first, second = he.post(address, **said), he.post(address, **said)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert Fact.objects.filter(kind="registry.headcount_reported").count() == 1
    assert "已经办过，没有重复办理" in text_of(he.get(second["Location"]))


def test_a_refused_form_may_be_sent_again(he, world):
    address = f"/employers/{world.bearing.pk}/headcounts/"
    slip = opened(he, address)
    refused = he.post(address, counted_on="2018-05-01", employees="12", women="13", **slip)
    assert refused.status_code == 422
    assert not SentForm.objects.exists()
    assert he.post(address, counted_on="2018-05-01", employees="13", women="13", **slip).status_code == 302


def test_twice_opened_is_twice_sent(he, world):
    address = f"/employers/{world.bearing.pk}/headcounts/"
    for day in ("2018-04-01", "2018-05-01"):
        he.post(address, counted_on=day, employees="120", **opened(he, address))
    assert Fact.objects.filter(kind="registry.headcount_reported").count() == 2


# ── two at once ──


def test_who_comes_second_chooses_field_by_field(he, lin, world):
    slip = opened(he, address_of(world))
    theirs = correction(world, industry="C34", address="林主席路 1 号")
    assert lin.post(address_of(world), **theirs, **opened(lin, address_of(world))).status_code == 302

    facts = Fact.objects.count()
    clash = he.post(address_of(world), **correction(world, industry="C35", name="澜江轴承二厂"), **slip)
    said = text_of(clash)
    assert clash.status_code == 409
    assert "林主席（澜江区总工会）在" in said
    for each in ("打开时 C33", "用现在登记的 C34", "用您填的 C35", "林主席路 1 号"):
        assert each in said
    assert Fact.objects.count() == facts
    carried = hidden_of(clash)
    assert carried["name"] == "澜江轴承二厂"
    # Untouched by me, so theirs is chosen beforehand; touched by both, mine.
    page = clash.content.decode()
    assert re.search(r'name="take-address" value="theirs" checked', page)
    assert re.search(r'name="take-industry" value="mine" checked', page)

    kept = {"take-address": "theirs", "take-industry": "theirs"}
    assert he.post(address_of(world), **carried, **kept).status_code == 302
    now = Employer.objects.get(pk=world.bearing.pk)
    assert (now.name, now.industry, now.address) == ("澜江轴承二厂", "C34", "林主席路 1 号")


def test_a_third_change_meanwhile_is_shown_again(he, lin, world):
    slip = opened(he, address_of(world))
    lin.post(address_of(world), **correction(world, industry="C34"), **opened(lin, address_of(world)))
    clash = he.post(address_of(world), **correction(world, industry="C35"), **slip)
    lin.post(address_of(world), **correction(world, industry="C36"), **opened(lin, address_of(world)))
    again = he.post(address_of(world), **hidden_of(clash), **{"take-industry": "mine"})
    assert again.status_code == 409
    assert "打开时 C34" in text_of(again)
    assert "用现在登记的 C36" in text_of(again)
    assert he.post(address_of(world), **hidden_of(again), **{"take-industry": "mine"}).status_code == 302
    assert Employer.objects.get(pk=world.bearing.pk).industry == "C35"


def test_the_same_change_by_both_is_no_clash(he, lin, world):
    slip = opened(he, address_of(world))
    lin.post(address_of(world), **correction(world, industry="C34"), **opened(lin, address_of(world)))
    assert he.post(address_of(world), **correction(world, industry="C34"), **slip).status_code == 302


def test_what_clashed_lies_in_a_draft_as_well(he, lin, world):
    slip = opened(he, address_of(world))
    lin.post(address_of(world), **correction(world, industry="C34"), **opened(lin, address_of(world)))
    he.post(address_of(world), **correction(world, industry="C35"), **slip)
    filled = he.get(f"{address_of(world)}?draft=1")
    assert 'value="C35"' in filled.content.decode()
    answer = he.post(address_of(world), **correction(world, industry="C35"), slip=hidden_of(filled)["slip"])
    assert answer.status_code == 409  # the draft remembers what stood there when it was begun


def test_a_sealed_value_that_changed_is_shown_masked(he, lin, world):
    address = f"/members/{world.zhou_person.pk}/contact/"
    slip = opened(he, address)
    lin.post(address, mobile="13911112222", reason="换号", **opened(lin, address))
    clash = he.post(address, mobile="13733334444", reason="换号", **slip)
    assert clash.status_code == 409
    assert "139****2222" in text_of(clash)
    assert "13911112222" not in clash.content.decode()
    assert he.post(address, **hidden_of(clash)).status_code == 302
    assert Person.objects.get(pk=world.zhou_person.pk).mobile_shown == "137****4444"


# ── the session ends ──


def signed_out(visitor: Visitor) -> None:
    visitor.client.cookies.pop("sessionid")


def credentials(account_id: int) -> dict[str, str]:
    return {"username": Account.scoped.get(pk=account_id).username, "password": PASSWORD}


def test_what_was_sent_after_the_session_ended_comes_back_filled_in(he, world):
    slip = opened(he, address_of(world))
    signed_out(he)
    door = he.post(address_of(world), **correction(world, address="青荷路 9 号"), **slip)
    assert door.status_code == 403
    assert "登录已失效。" in text_of(door)
    assert "青荷路" not in door.content.decode()
    kept = hidden_of(door)["kept"]

    wrong = he.post("/sign-in/", **credentials(world.he.account_id) | {"password": "x"}, kept=kept)
    assert hidden_of(wrong)["kept"] == kept
    back = he.post("/sign-in/", **credentials(world.he.account_id), kept=kept)
    assert back["Location"] == f"{address_of(world)}?draft=1"
    page = he.get(back["Location"])
    assert 'value="青荷路 9 号"' in page.content.decode()
    assert "还没有提交" in text_of(page)
    assert Employer.objects.get(pk=world.bearing.pk).address == ""


def test_at_a_shared_machine_nobody_gets_what_somebody_else_typed(he, world):
    slip = opened(he, address_of(world))
    signed_out(he)
    door = he.post(address_of(world), **correction(world, address="青荷路 9 号"), **slip)
    back = he.post("/sign-in/", **credentials(world.lin.account_id), kept=hidden_of(door)["kept"])
    assert back["Location"] == "/"
    assert "属于另一个账号" in text_of(he.get("/"))
    assert not Draft.objects.exists()


def test_a_draft_of_somebody_signed_out_is_told_in_its_line(he, world):
    slip = opened(he, address_of(world))
    signed_out(he)
    said = he.client.post("/drafts/", {**correction(world), **slip}, headers={"HX-Request": "true"})
    assert said.status_code == 200
    assert "草稿没有存上" in text_of(said)
    assert not Draft.objects.exists()


def test_a_page_older_than_the_sign_in_comes_back_filled_in(world):
    client = Client(enforce_csrf_checks=True)
    he = Visitor(client, world.he)
    door = client.get("/sign-in/")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', door.content.decode()).group(1)
    client.post("/sign-in/", {**credentials(world.he.account_id), "csrfmiddlewaretoken": token})
    slip = opened(he, address_of(world))
    stale = client.post(address_of(world), {**correction(world, address="青荷路 9 号"), **slip})
    assert (stale.status_code, stale["Location"]) == (302, f"{address_of(world)}?draft=1")
    assert 'value="青荷路 9 号"' in client.get(stale["Location"]).content.decode()
    assert client.post(address_of(world), correction(world)).status_code == 403


def test_a_page_of_another_account_is_not_carried_out(he, lin, world):
    slip = opened(he, address_of(world))
    answer = lin.post(address_of(world), **correction(world, address="青荷路 9 号"), **slip)
    assert answer.status_code == 422
    assert "这一页是另一个账号打开的" in text_of(answer)
    assert Employer.objects.get(pk=world.bearing.pk).address == ""


# ── what it costs ──


def test_a_form_costs_one_statement_for_its_draft(he, world, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        he.get(address_of(world))


def test_visitors_without_a_script_are_served_alike(world):
    page = visitor_of(world.he).get(address_of(world)).content.decode()
    assert 'formaction="/drafts/"' in page
    assert "onclick" not in page
