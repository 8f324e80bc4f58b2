"""Lists: what is shown, how it is narrowed, and how many statements that takes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.pages.visiting import text_of
from tests.world import make_member

pytestmark = pytest.mark.django_db

LISTS = ("/members/", "/unions/", "/employers/")
MOST_STATEMENTS = 30


@pytest.mark.parametrize("address", LISTS)
def test_a_list_opens(lin, address):
    response = lin.get(address)
    assert response.status_code == 200
    print(text_of(response))


def test_details_open(lin, world):
    for address in (
        f"/members/{world.zhou_person.pk}/",
        f"/unions/{world.bearing_union.pk}/",
        f"/unions/{world.federation.pk}/",
        f"/employers/{world.bearing.pk}/",
        "/",
        "/search/?q=周国",
        "/accounts/",
        f"/accounts/{world.he.account_id}/",
    ):
        response = lin.get(address)
        print(address, text_of(response))
        assert response.status_code == 200
