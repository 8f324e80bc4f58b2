"""Two officers correct one employer at once, one loses the session, and nothing typed is lost."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from juli.engines.party.models import Employer
from juli.engines.scope import walls
from juli.engines.scope.models import Account
from juli.kernel.actor import Actor
from tests import world as building
from tests.world import PASSWORD, World

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM, reason="needs chromium"),
]
SIZES = {"desk": {"width": 1440, "height": 900}, "telephone": {"width": 360, "height": 740}}


@pytest.fixture
def browser() -> Iterator[Browser]:
    # Playwright drives its browser from an event loop, which Django would take for an asynchronous view.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield opened
        opened.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def world() -> World:
    with walls.entered(walls.system("测试")):
        return building.build()


def username_of(actor: Actor) -> str:
    with walls.entered(walls.system("测试")):
        return Account.scoped.get(pk=actor.account_id).username


def sign_in(page: Page, actor: Actor) -> None:
    page.fill("[name=username]", username_of(actor))
    page.fill("[name=password]", PASSWORD)
    page.click("main button")


def arrived(browser: Browser, actor: Actor, address: str, *, size: str, has_script: bool = True) -> Page:
    """Return the page at an address, signed in, in a browser of its own."""
    context = browser.new_context(locale="zh-CN", viewport=SIZES[size], java_script_enabled=has_script)
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.goto(address)
    sign_in(page, actor)
    page.wait_for_url(address)
    return page


def standing(world: World) -> Employer:
    with walls.entered(walls.system("测试")):
        return Employer.objects.get(pk=world.bearing.pk)


@pytest.mark.parametrize("size", SIZES)
def test_two_officers_correct_one_record(browser, world, live_server, size):
    form = f"{live_server.url}/employers/{world.bearing.pk}/correction/"
    he = arrived(browser, world.he, form, size=size)
    said: list[str] = []
    he.on("pageerror", lambda error: said.append(str(error)))
    lin = arrived(browser, world.lin, form, size="desk", has_script=False)

    # He types; the draft keeps itself, and comes back after the tab was closed.
    he.fill("[name=address]", "青荷路 9 号")
    he.wait_for_selector("text=草稿已存")
    he.goto(f"{live_server.url}/employers/{world.bearing.pk}/")
    he.goto(form)
    he.click("text=接着填")
    assert he.input_value("[name=address]") == "青荷路 9 号"

    # Lin, without any script, saves first.
    lin.fill("[name=address]", "林主席路 1 号")
    lin.fill("[name=industry]", "C34")
    lin.fill("[name=reason]", "以执照为准")
    lin.click("main .btn-primary")
    lin.wait_for_selector("text=登记事项已更正")

    # He is asked which to keep, field by field, and loses nothing.
    he.fill("[name=reason]", "实地核对")
    he.click("main .btn-primary")
    he.wait_for_selector("text=别人先保存了")
    assert "林主席（澜江区总工会）" in he.inner_text("main")
    assert he.locator(".clash").count() == 2
    assert he.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    he.check("input[name=take-industry][value=theirs]")
    he.check("input[name=take-address][value=mine]")

    # His session ends before he answers; he signs in again and finds his form filled in.
    he.context.clear_cookies()
    he.click("text=按选择的保存")
    he.wait_for_selector("text=登录已失效")
    sign_in(he, world.he)
    he.wait_for_url("**/correction/?draft=1")
    assert he.input_value("[name=address]") == "青荷路 9 号"
    assert he.input_value("[name=reason]") == "实地核对"
    he.click("main .btn-primary")
    he.wait_for_selector("text=登记事项已更正")

    # The old values stay to be read.
    he.click("nav.tabs >> text=变更记录")
    he.wait_for_selector("text=实地核对")
    told = he.inner_text("main")
    assert "林主席路 1 号" in told
    assert standing(world).address == "青荷路 9 号"
    assert he.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert said == []


@pytest.mark.parametrize("size", SIZES)
def test_a_file_is_put_with_a_member_and_the_record_printed(browser, world, live_server, tmp_path, size):
    letter = tmp_path / "入会登记表.pdf"
    letter.write_bytes(b"%PDF-1.7\n1 0 obj")
    page = arrived(browser, world.he, f"{live_server.url}/members/{world.zhou_person.pk}/files/", size=size)
    page.set_input_files("[name=file]", letter)
    page.fill("[name=title]", "登记表原件")
    page.click("main .btn-primary")
    page.wait_for_selector("text=附件已添加")
    with page.expect_download() as download:
        page.click("text=入会登记表.pdf")
    assert download.value.path().read_bytes() == letter.read_bytes()
    page.click("text=移除")
    page.fill("[name=reason]", "传错了人")
    page.click("main .btn-primary")
    page.wait_for_selector("text=移除：传错了人")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    page.goto(f"{live_server.url}/members/{world.zhou_person.pk}/print/")
    page.emulate_media(media="print")
    assert not page.is_visible("text=返回")
    assert "周国平" in page.inner_text("h1")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
