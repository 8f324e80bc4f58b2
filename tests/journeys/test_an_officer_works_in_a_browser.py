"""An officer signs in, finds a member, transfers them and looks at a sealed number, in a real browser."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, sync_playwright

from juli.engines.scope import walls
from juli.engines.scope.models import Account
from tests import world as building
from tests.world import PASSWORD, World

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM, reason="needs chromium"),
]


@pytest.fixture
def page() -> Iterator[Page]:
    # Playwright drives its browser from an event loop, which Django would take for an asynchronous view.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser.new_context(locale="zh-CN").new_page()
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def world() -> World:
    with walls.entered(walls.system("测试")):
        return building.build()


def test_an_officer_works_in_a_browser(page, world, live_server):
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    with walls.entered(walls.system("测试")):
        username = Account.scoped.get(pk=world.he.account_id).username

    page.goto(f"{live_server.url}/members/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    page.wait_for_url("**/members/")

    page.keyboard.press("/")
    page.keyboard.type("cxl")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")
    page.click("text=陈秀兰")
    page.wait_for_selector("text=会籍履历")

    page.click("text=转会籍")
    page.fill("[name=to_union_id]", "商贸")
    page.fill("[name=employer_id]", "青荷茶楼")
    page.fill("[name=on]", "2018-05-01")
    page.click("main .btn-primary")
    page.wait_for_selector("text=会籍已转接")
    assert page.locator(".car-bar li").count() == 2

    page.click("text=写明理由后显示 >> nth=0")
    page.fill("[name=reason]", "核对补贴名册")
    page.click("main .btn-primary")
    shown = page.inner_text(".revealed")
    assert len(shown) == 18
    page.click("text=看完了，返回")
    page.wait_for_selector("text=查看明文 证件号码")
    assert shown not in page.content()
    assert said == []
