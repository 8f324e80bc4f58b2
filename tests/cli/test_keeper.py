"""Children are started again with patience and stopped in order."""

import pytest

from juli.config.cli.web import crew_for
from juli.config.supervisor import keeper as keeping
from juli.config.supervisor.keeper import Keeper
from juli.config.supervisor.patience import STEADY_SECONDS, Patience


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


class Child:
    """A child that dies when told."""

    def __init__(self, label: str, log: list[str]) -> None:
        self.label, self.log, self.lives = label, log, True

    def start(self) -> None:
        self.log.append(f"start {self.label}")
        self.lives = True

    def is_running(self) -> bool:
        return self.lives

    def how_it_ended(self) -> str:
        return "被信号 9 终止"

    def stop(self, *, limit: float) -> None:
        self.log.append(f"stop {self.label} within {limit:g}")
        self.lives = False


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(keeping, "time", clock)
    return clock


def test_patience_grows_and_is_forgotten_after_a_steady_life() -> None:
    patience = Patience()

    waits = [patience.after_an_end(lived_seconds=1) for _ in range(8)]

    assert waits == [0.5, 1, 2, 5, 10, 30, 30, 30]
    assert patience.after_an_end(lived_seconds=STEADY_SECONDS) == 0.5


def test_a_child_that_died_is_started_after_its_wait(clock: Clock) -> None:
    log: list[str] = []
    said: list[str] = []
    keeper, child = Keeper(said.append), Child("网站", log)
    keeper.take_on(child, stop_limit=5)

    child.lives = False
    keeper.look_round()
    clock.now += 0.4
    keeper.look_round()
    assert log == []
    clock.now += 0.2
    keeper.look_round()

    assert log == ["start 网站"]
    assert said == ["网站意外结束（被信号 9 终止），0.5 秒后重新启动。", "网站已重新启动。"]


def test_a_start_that_fails_is_tried_again(clock: Clock) -> None:
    said: list[str] = []
    keeper, child = Keeper(said.append), Child("网站", [])

    def fail() -> None:
        raise OSError("文件不存在")

    child.start = fail
    child.lives = False
    keeper.take_on(child, stop_limit=5)
    for _ in range(8):
        keeper.look_round()
        clock.now += 0.6

    assert "网站没有启动：文件不存在" in said
    assert len(said) > 3


def test_children_are_stopped_last_one_first() -> None:
    log: list[str] = []
    keeper = Keeper(log.append)
    for label, limit in (("数据库", 9), ("后台任务", 60), ("网站", 15)):
        keeper.take_on(Child(label, []), stop_limit=limit)

    keeper.stop()

    assert log == ["正在停止网站……", "正在停止后台任务……", "正在停止数据库……"]


def test_asked_twice_it_waits_for_nobody() -> None:
    log: list[str] = []
    keeper = Keeper(lambda _: None)
    keeper.take_on(Child("网站", log), stop_limit=15)

    keeper.ask_to_stop()
    keeper.ask_to_stop()
    keeper.keep()
    keeper.stop()

    assert log == ["stop 网站 within 0"]


@pytest.mark.parametrize(("cores", "crew"), [(1, (2, 3)), (2, (2, 5)), (4, (4, 8)), (64, (4, 8))])
def test_the_site_never_wants_more_connections_than_there_are(cores: int, crew: tuple[int, int]) -> None:
    processes, threads = crew_for(cores)

    assert (processes, threads) == crew
    assert processes * threads <= 60 * 0.8 - 12
