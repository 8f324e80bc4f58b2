"""The palette, records opened lately and pins: private, named behind the walls, in reach of one key."""

import pytest
from django.urls import reverse

from juli.engines.desk import recalling
from juli.engines.desk.models import Recent
from juli.engines.scope import walls
from juli.engines.scope.models import Grant
from tests.pages.visiting import Visitor, text_of, visitor_of
from tests.world import actor_of, make_employer

pytestmark = pytest.mark.django_db


def kept_by(actor) -> list[tuple[str, bool]]:
    with walls.entered(actor):
        return [(each.title, each.is_pinned) for each in recalling.records_kept(actor=actor, most=20)]


def pin(visitor: Visitor, kind: str, number: int, pinned: str = "yes") -> int:
    return visitor.post(reverse("pin", args=[kind, number]), pinned=pinned).status_code


def test_opened_records_are_remembered_the_latest_first(he, world):
    he.get(f"/members/{world.zhou_person.pk}/")
    he.get(f"/unions/{world.bearing_union.pk}/")
    he.get(f"/employers/{world.bearing.pk}/")
    he.get("/members/999999/")
    assert [name for name, _pinned in kept_by(world.he)] == [
        "澜江轴承厂有限公司", "澜江轴承厂工会", "周国平",
    ]  # fmt: skip
    said = text_of(he.get("/"))
    assert said.index("最近打开") < said.index("周国平")


def test_they_are_nobody_elses(he, lin, world):
    he.get(f"/members/{world.zhou_person.pk}/")
    assert kept_by(world.lin) == []
    with walls.entered(world.lin):
        assert Recent.objects.count() == 0


def test_pins_come_first_and_come_off(he, world):
    he.get(f"/members/{world.zhou_person.pk}/")
    assert pin(he, "registry.union", world.bearing_union.pk) == 302
    assert kept_by(world.he) == [("澜江轴承厂工会", True), ("周国平", False)]
    assert "取消固定" in he.get(f"/unions/{world.bearing_union.pk}/").content.decode()
    assert pin(he, "registry.union", world.bearing_union.pk, "no") == 302
    assert all(not pinned for _name, pinned in kept_by(world.he))
    assert "固定到首页" in he.get(f"/unions/{world.bearing_union.pk}/").content.decode()


def test_whoever_loses_sight_of_a_record_finds_it_no_longer(he, world):
    he.get(f"/members/{world.zhou_person.pk}/")
    Grant.objects.filter(account_id=world.he.account_id).update(
        org_unit=world.baishi.org_unit_id, path=world.baishi.path
    )
    from juli.engines.scope.models import Account

    moved = actor_of(Account.objects.get(pk=world.he.account_id))
    assert kept_by(moved) == []


def test_nothing_out_of_reach_is_pinned(wu, world):
    assert pin(wu, "registry.member", world.zhou_person.pk) == 404
    assert pin(wu, "registry.nothing", 1) == 404
    assert Recent.objects.count() == 0


def test_only_so_many_are_kept_and_pins_stay(he, world, monkeypatch):
    monkeypatch.setattr(recalling, "MOST_KEPT", 3)
    pin(he, "registry.union", world.bearing_union.pk)
    for number in range(5):
        he.get(f"/employers/{make_employer(world.qinghe, name=f'青荷{number}店').pk}/")
    assert [name for name, _pinned in kept_by(world.he)] == [
        "澜江轴承厂工会", "青荷4店", "青荷3店", "青荷2店",
    ]  # fmt: skip


def test_members_and_those_at_the_door_are_not_followed(world):
    zhou = visitor_of(world.zhou)
    zhou.get("/")
    zhou.get("/palette/")
    assert Recent.objects.count() == 0


def test_the_palette_is_a_page_and_a_fragment(he, world):
    he.get(f"/members/{world.zhou_person.pk}/")
    page, part = he.get("/palette/"), he.get("/palette/", **{"HX-Request": "true"})
    for answer in (page, part):
        said = text_of(answer)
        assert "周国平" in said
        assert "台账导入" in said
        assert answer["Cache-Control"].startswith("max-age=0")
        assert answer["Referrer-Policy"] == "no-referrer"
    assert "<main" in page.content.decode()
    assert "<main" not in part.content.decode()


@pytest.mark.parametrize(("query", "found"), [
    ("秀兰", "陈秀兰"), ("cxl", "陈秀兰"), ("轴承", "澜江轴承厂工会"), ("tzdr", "台账导入"),
    ("zhanghao", "账号与授权"),
])  # fmt: skip
def test_the_palette_finds_records_and_pages(he, query, found):
    assert found in text_of(he.get(f"/palette/?q={query}"))


def test_the_palette_finds_only_what_lies_in_reach(wu):
    said = text_of(wu.get("/palette/?q=秀兰"))
    assert "陈秀兰" not in said
    assert "没有找到" in said


def test_a_personal_number_is_not_repeated(lin):
    said = lin.get("/palette/?q=13912345678").content.decode()
    assert "13912345678" not in said
