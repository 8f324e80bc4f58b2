"""
What was counted is remembered by the process until something happens.

Every act records a fact, and every fact draws a number: as long as none was drawn and nobody was
writing, counting again gives the same (``facts.watermark``). Nothing outlives the process.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Final, TypeVar

from juli.engines.facts.watermark import Mark

MOST_REMEMBERED: Final = 4_000

Counted = TypeVar("Counted")

_remembered: OrderedDict[Hashable, tuple[int, object]] = OrderedDict()
_lock: Final = Lock()


def counted(key: Hashable, mark: Mark | None, count: Callable[[], Counted]) -> Counted:
    """
    Return what was counted under this key since the last fact, else count and remember it.

    The mark was asked for before; without one nothing is remembered. The key must name everything on
    which the number depends besides the facts: who asks, and within which reach.
    """
    if mark is None:
        return count()
    with _lock:
        number, found = _remembered.get(key, (None, None))
    if number == mark.number:
        return found  # type: ignore[return-value]  # a key is used for one kind of thing
    fresh = count()
    if mark.is_settled:
        with _lock:
            _remembered[key] = (mark.number, fresh)
            _remembered.move_to_end(key)
            while len(_remembered) > MOST_REMEMBERED:
                _remembered.popitem(last=False)
    return fresh


def forget() -> None:
    """Forget everything, as a new process would."""
    with _lock:
        _remembered.clear()
