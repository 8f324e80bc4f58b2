"""The first page: the figures of one's unit, what runs, and where to begin."""

import pytest
from django.utils import timezone

from tests.pages.visiting import text_of, visitor_of

pytestmark = pytest.mark.django_db


def test_staff_see_the_figures_of_their_unit(lin, wu):
    said = text_of(lin.get("/"))
    for each in ("会员数", "2 人", "基层工会数", "3 家", "涵盖单位数", "5 家", "新建基层工会数"):
        assert each in said
    assert "青荷" not in text_of(wu.get("/"))


def test_an_empty_house_says_what_to_do_first(world):
    from tests.world import make_union, officer

    union = make_union(world.baishi, name="白石村工会联合会", level="village")
    newcomer = visitor_of(officer(union, name="新专干", duty="town_officer"))
    said = text_of(newcomer.get("/"))
    assert "第一步：" in said


def test_the_auditor_sees_who_looked_and_no_figures(he, world):
    he.get(f"/members/{world.zhou_person.pk}/")
    said = text_of(visitor_of(world.auditor).get("/"))
    assert "最近的查阅记录" in said
    assert "何干事" in said
    assert "会员数" not in said
    assert "基层工会" not in said


def test_the_sample_tells_how_far_it_has_come(lin, monkeypatch):
    from juli.config.sample import recipe

    made = recipe.Recipe("x", 1, 1.0, members_done=6_000, members_whole=597_500)
    monkeypatch.setattr(recipe, "read", lambda: made)
    assert "已装入会员 6,000 / 597,500" in text_of(lin.get("/"))
    monkeypatch.setattr(recipe, "read", lambda: made.with_progress(597_500, 597_500))
    assert "已装入会员" not in text_of(lin.get("/"))


def test_today_is_named(lin):
    today = timezone.localdate()
    assert f"{today.year}年" in text_of(lin.get("/"))
