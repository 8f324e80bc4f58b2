"""Durations of something done many times, and what to say of them."""

import math
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Times:
    """Durations in milliseconds (耗时)."""

    each: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.each)

    @property
    def p95(self) -> float:
        """The smallest duration that 95 of 100 do not exceed."""
        return sorted(self.each)[max(math.ceil(len(self.each) * 0.95) - 1, 0)]

    @property
    def least(self) -> float:
        """The duration on which other work on the machine weighed least."""
        return min(self.each)

    def __add__(self, other: "Times") -> "Times":
        return Times(self.each + other.each)


def timed(act: Callable[[], object], *, runs: int, warm: int = 2) -> Times:
    """Do something again and again, after some runs that do not count."""
    for _ in range(warm):
        act()
    return Times(tuple(milliseconds(act) for _ in range(runs)))


def milliseconds(act: Callable[[], object]) -> float:
    """Do something once."""
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def in_turn(acts: dict[str, Callable[[], object]], *, runs: int, warm: int = 2) -> dict[str, Times]:
    """
    Do several things in turn, so that other work on the machine weighs on all of them alike.

    What is compared as a ratio must be measured so.
    """
    for _ in range(warm):
        for act in acts.values():
            act()
    found: dict[str, list[float]] = {name: [] for name in acts}
    for _ in range(runs):
        for name, act in acts.items():
            found[name].append(milliseconds(act))
    return {name: Times(tuple(each)) for name, each in found.items()}
