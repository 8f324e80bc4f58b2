"""The whole house: started, hurt, mended and stopped, as an operator sees it."""

import http.client
import json
import signal
import time
from collections.abc import Iterator

import pytest

from juli.config.cli.web import STOP_SECONDS
from tests.cli.house import House, free_port

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("a whole house")]


IN_ORDER = ["正在停止网站……", "正在停止后台任务……", "正在停止数据库……", "已停止。"]


@pytest.fixture(scope="module")
def founded_house() -> Iterator[House]:
    house = House()
    house.init()
    yield house
    house.clear_away()


@pytest.fixture
def house(founded_house: House) -> House:
    """A house in service and well, whatever an earlier test did to it."""
    if not founded_house.is_open:
        founded_house.serve()
    founded_house.wait_for(founded_house.is_well)
    return founded_house


@pytest.fixture
def closed_house(founded_house: House) -> Iterator[House]:
    """A house that is not in service."""
    founded_house.end()
    yield founded_house
    founded_house.end()


def test_it_says_where_it_is_and_answers_there(house: House) -> None:
    assert f"http://127.0.0.1:{house.port}/" in house.said()
    assert [house.get(path) for path in ("/healthz", "/readyz", "/sign-in/")] == [200, 200, 200]


def test_browsers_that_keep_their_connections_keep_nobody_out(house: House) -> None:
    browsers = [http.client.HTTPConnection("127.0.0.1", house.port, timeout=10) for _ in range(60)]
    for each in browsers:
        each.request("GET", "/healthz")
        assert each.getresponse().read()
    for each in browsers:
        each.close()


def test_the_doctor_finds_nothing_bad(house: House) -> None:
    house.wait_for(house.worker_beats)

    examined = house.call("doctor", "--json")

    assert examined.returncode == 0, examined.stdout
    assert not [each for each in json.loads(examined.stdout) if each["word"] == "bad"]


def test_a_command_joins_the_database_of_the_house(house: House) -> None:
    before = house.child("postgres").pid

    listed = house.call("user", "list", "--json")

    assert [each["username"] for each in json.loads(listed.stdout)] == ["admin", "audit"]
    assert house.child("postgres").pid == before
    assert house.is_well()


def test_a_second_federation_is_refused(house: House) -> None:
    again = house.call("init", "--name", "另一个总工会", "--code", "449902")

    assert again.returncode == 1
    assert "已经建立了“澜江区总工会”" in again.stderr


def test_a_second_house_on_the_same_port_is_refused(house: House) -> None:
    second = house.call("serve", "--port", str(house.port))

    assert second.returncode == 1
    assert "已被其他程序占用" in second.stderr


def test_a_second_house_on_the_same_data_is_refused(house: House) -> None:
    second = house.call("serve", "--port", str(free_port()))

    assert second.returncode == 1
    assert f"（{house.process.pid}）" in second.stderr


@pytest.mark.parametrize(
    ("command", "label"), [("juli web", "网站"), ("juli worker", "后台任务"), ("postgres", "数据库")]
)
def test_a_killed_child_is_started_again(house: House, command: str, label: str) -> None:
    victim = house.child(command)

    victim.kill()

    house.wait_for(lambda: f"{label}意外结束（被信号 9 终止）" in house.said())
    house.wait_for(lambda: f"{label}已重新启动" in house.said())
    house.wait_for(house.is_well)
    assert house.child(command).pid != victim.pid
    # No page stumbles over a connection of before.
    assert [house.get("/sign-in/") for _ in range(12)] == [200] * 12


def test_one_process_of_the_site_dies_and_the_site_goes_on(house: House) -> None:
    site = house.child("juli web")
    victim = site.children()[0]

    victim.kill()

    house.wait_for(lambda: len(site.children()) == 2 and victim not in site.children())
    house.wait_for(house.is_well)
    assert house.child("juli web") == site


def test_a_worker_that_lost_its_database_hears_of_new_jobs_again(house: House) -> None:
    house.wait_for(house.worker_beats)
    house.child("postgres").kill()

    house.wait_for(lambda: "后台任务意外结束（退出码 1）" in house.said())
    house.wait_for(house.is_well)
    house.wait_for(house.worker_beats)


def test_ctrl_c_stops_it_in_order_and_leaves_nothing(house: House) -> None:
    assert house.stop(signal.SIGINT) == 0

    assert house.processes() == []
    assert [line for line in house.said().splitlines() if line in IN_ORDER] == IN_ORDER


def test_killed_itself_it_takes_everything_along_and_starts_again(closed_house: House) -> None:
    house = closed_house
    house.serve()

    house.process.kill()
    house.process.wait()
    house.serve()
    assert house.is_well()

    assert house.stop(signal.SIGTERM) == 0
    assert house.processes() == []
    assert [line for line in house.said().splitlines() if line in IN_ORDER] == IN_ORDER


def test_stopped_while_the_site_is_loading_it_does_not_wait_in_vain(closed_house: House) -> None:
    house = closed_house
    house.serve()  # ready as soon as the first process answers; the second may still be loading

    began = time.monotonic()
    assert house.stop(signal.SIGTERM) == 0

    assert "refused to gracefully stop" not in house.said()
    assert time.monotonic() - began < STOP_SECONDS


def test_stopped_while_it_starts_it_leaves_nothing(closed_house: House) -> None:
    house = closed_house
    house.start()
    house.wait_for(lambda: "数据库已启动" in house.said())

    assert house.stop(signal.SIGINT) == 0

    assert house.processes() == []
    assert "Traceback" not in house.said()
