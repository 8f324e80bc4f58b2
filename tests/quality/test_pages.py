"""The pages of data quality and of coverage: what they show, to whom, and with how many statements."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from juli.domains.registry.quality import boards, topics
from tests.pages.visiting import Visitor, text_of, visitor_of
from tests.quality.untidiness import Mess, untidy
from tests.world import World, machine

pytestmark = pytest.mark.django_db
MOST = 12


@pytest.fixture
def mess(world: World) -> Mess:
    return untidy(world)


@pytest.fixture
def lin(world: World) -> Visitor:
    return visitor_of(world.lin)


@pytest.fixture
def he(world: World) -> Visitor:
    return visitor_of(world.he)


def address(name: str, **query: object) -> str:
    return reverse(f"registry:{name}") + "?" + "&".join(f"{key}={value}" for key, value in query.items())


def test_the_page_opens(lin: Visitor, mess: Mess):
    page = lin.get(address("quality"))
    assert page.status_code == 200, page.content[:500]
    for name in ("coverage-map",):
        assert lin.get(address(name)).status_code == 200
