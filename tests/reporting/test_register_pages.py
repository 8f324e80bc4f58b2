"""Committees, sessions and annual reports are registered on plain pages, by whoever may."""

import pytest
from django.urls import reverse

from juli.domains.reporting.models import AnnualReport, CommitteeTerm, Plenary
from tests import world as building
from tests.pages.visiting import Visitor, text_of, visitor_of
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return building.build()


@pytest.fixture
def lin(world: World) -> Visitor:
    return visitor_of(world.lin)


def address(verb: str, world: World) -> str:
    return reverse(f"reporting:{verb}", args=[world.federation.org_unit_id])


def test_a_committee_a_session_and_a_report_are_registered_one_after_the_other(lin: Visitor, world: World):
    page = reverse("reporting:registers")
    assert "还没有登记" in text_of(lin.get(page))

    elected = {"number": "12", "begins_on": "2016-10-12", "expires_on": "2021-10-12"}
    assert lin.post(address("term", world), **elected).status_code == 302
    term = CommitteeTerm.objects.get()
    held = {"term_id": str(term.pk), "number": "3", "held_on": "2018-02-07", "is_enlarged": "on"}
    assert lin.post(address("plenary", world), **held).status_code == 302
    heard = {"plenary_id": str(Plenary.objects.get().pk), "year": "2017", "title": "奋进的一年"}
    assert lin.post(address("annual-report", world), **heard).status_code == 302

    assert AnnualReport.objects.get().plan_year == 2018
    said = text_of(lin.get(page))
    for each in ("第12届", "第12届第3次全委会", "扩大会议", "奋进的一年", "在任"):
        assert each in said


def test_the_next_committee_is_suggested_and_a_wrong_one_refused_in_words(lin: Visitor, world: World):
    elected = {"number": "12", "begins_on": "2016-10-12", "expires_on": "2021-10-12"}
    lin.post(address("term", world), **elected)

    assert 'value="13"' in lin.get(address("term", world)).content.decode()
    again = lin.post(address("term", world), **elected)
    assert again.status_code == 422
    assert "不衔接" in text_of(again)


def test_whoever_may_only_look_sees_no_button_and_is_refused(world: World):
    he = visitor_of(world.he)
    shown = he.get(reverse("reporting:registers"))

    assert shown.context["detail"].actions == ()
    unit = world.qinghe.org_unit_id
    assert he.get(reverse("reporting:term", args=[unit])).status_code == 403
    assert he.get(address("term", world)).status_code == 404
