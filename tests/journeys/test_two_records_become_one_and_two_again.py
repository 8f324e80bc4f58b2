"""An officer finds somebody twice, corrects one, makes one record of two, and parts them, in a browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from juli.domains.registry.models import Membership
from juli.engines.party.models import MergedInto, Person
from juli.engines.scope import walls
from juli.engines.scope.models import Account
from tests import world as building
from tests.pages.browsing import CHROMIUM, NARROW, WIDE, chromium
from tests.registry.merging import twins
from tests.world import PASSWORD, World, machine

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM, reason="needs chromium"),
]


@pytest.fixture
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def world() -> World:
    with walls.entered(machine()):
        return building.build()


def signed_in(browser: Browser, address: str, world: World, *, size: tuple[int, int]) -> Page:
    with walls.entered(machine()):
        username = Account.scoped.get(pk=world.he.account_id).username
    viewport = {"width": size[0], "height": size[1]}
    page = browser.new_context(locale="zh-CN", viewport=viewport).new_page()
    page.goto(f"{address}/sign-in/?next=/lookalikes/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    return page


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=lambda size: f"{size[0]}px")
def test_two_records_become_one_and_two_again(browser, world, live_server, size):
    with walls.entered(machine()):
        first, second = (membership.person for membership in twins(world))
    page = signed_in(browser, live_server.url, world, size=size)
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))

    # Found twice, by letters whole and first.
    page.goto(f"{live_server.url}/search/?q=huangdc")
    assert page.locator("main tbody tr").count() == 2

    # Corrected.
    page.goto(f"{live_server.url}/members/{first.pk}/particulars/")
    page.select_option("[name=education]", "college")
    page.fill("[name=reason]", "按学历证书")
    page.click("main .form-end .btn-primary")
    page.wait_for_url(f"**/members/{first.pk}/")

    # Held for one, compared, and refused once: two unions.
    page.goto(f"{live_server.url}/members/{first.pk}/duplicate/")
    page.fill("[name=second_id]", number_of(second))
    page.click("main .form-end .btn-primary")
    page.wait_for_url("**/lookalikes/*/")
    page.fill("[name=reason]", "同一人登记了两次")
    page.click("text=合并成一份")
    page.wait_for_selector("text=一个人只有一段有效会籍")

    # Made one; the other's address leads here.
    page.locator("[name=membership]").first.check()
    page.click("text=合并成一份")
    page.wait_for_url(f"**/members/{first.pk}/")
    page.wait_for_selector("text=这份记录由 2 份合并而成")
    page.goto(f"{live_server.url}/members/{second.pk}/")
    page.wait_for_url(f"**/members/{first.pk}/")

    # And two again.
    page.click("text=撤销合并 >> nth=0")
    page.fill("[name=reason]", "核对后不是同一人")
    page.click("main .form-end .btn-primary")
    page.wait_for_selector("text=两份记录已恢复")
    page.goto(f"{live_server.url}/members/{second.pk}/")
    page.wait_for_selector("text=青荷商贸联合工会")

    with walls.entered(machine()):
        assert Person.objects.filter(name="黄大川").count() == 2
        assert not MergedInto.objects.exists()
    assert said == []


def number_of(person: Person) -> str:
    """Return the member number under which the other record is known."""
    with walls.entered(machine()):
        return Membership.objects.get(person=person, valid_until__isnull=True).number
