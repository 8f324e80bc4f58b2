"""What was counted holds until something is recorded."""

import pytest

from juli.engines.facts.watermark import Mark
from juli.engines.indicator import remembering


@pytest.fixture(autouse=True)
def fresh():
    remembering.forget()
    yield
    remembering.forget()


def counter():
    numbers = iter(range(1, 9))
    return lambda: next(numbers)


def test_the_same_is_counted_once_until_a_fact_is_recorded():
    count = counter()

    assert [remembering.counted("a", Mark(7, is_settled=True), count) for _ in range(3)] == [1, 1, 1]
    assert remembering.counted("b", Mark(7, is_settled=True), count) == 2
    assert remembering.counted("a", Mark(8, is_settled=True), count) == 3


def test_nothing_is_remembered_while_somebody_writes_or_without_a_mark():
    count = counter()

    assert [remembering.counted("a", Mark(7, is_settled=False), count) for _ in range(2)] == [1, 2]
    assert [remembering.counted("a", None, count) for _ in range(2)] == [3, 4]
    assert remembering.counted("a", Mark(7, is_settled=True), count) == 5


def test_only_so_much_is_remembered(monkeypatch):
    monkeypatch.setattr(remembering, "MOST_REMEMBERED", 2)
    count = counter()
    for key in "abc":
        remembering.counted(key, Mark(7, is_settled=True), count)

    assert remembering.counted("c", Mark(7, is_settled=True), count) == 3
    assert remembering.counted("a", Mark(7, is_settled=True), count) == 4
