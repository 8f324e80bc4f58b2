"""Starts what ended, with patience, and stops everything in order (看护)."""

import threading
import time
from dataclasses import dataclass, field

from juli.config.embedded.progress import Say
from juli.config.supervisor.children import Kept
from juli.config.supervisor.patience import Patience
from juli.kernel.refusal import Refusal

TURN_SECONDS = 0.1


@dataclass(slots=True)
class Watch:
    """One child and what is remembered of it."""

    child: Kept
    stop_limit: float
    began: float = 0.0
    due: float | None = None
    patience: Patience = field(default_factory=Patience)


class Keeper:
    """Keeps children alive in the order in which they were taken on; stops them in the reverse."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self._watches: list[Watch] = []
        self.wants_to_stop = threading.Event()
        self.is_in_a_hurry = False

    def take_on(self, child: Kept, *, stop_limit: float) -> None:
        """Keep a child that is being started."""
        self._watches.append(Watch(child, stop_limit, began=time.monotonic()))

    def ask_to_stop(self) -> None:
        """Ask for an orderly end; asked twice, it is no longer waited for anybody."""
        self.is_in_a_hurry = self.wants_to_stop.is_set()
        self.wants_to_stop.set()

    def keep(self) -> None:
        """Look after the children until somebody asks to stop."""
        while not self.wants_to_stop.wait(TURN_SECONDS):
            self.look_round()

    def look_round(self) -> None:
        """Look at every child once."""
        for watch in self._watches:
            self._look_at(watch, now=time.monotonic())

    def stop(self) -> None:
        """Stop the children, the last one first."""
        for watch in reversed(self._watches):
            if watch.child.is_running():
                self._say(f"正在停止{watch.child.label}……")
            watch.child.stop(limit=0.0 if self.is_in_a_hurry else watch.stop_limit)
        self._watches.clear()

    def _look_at(self, watch: Watch, *, now: float) -> None:
        if watch.child.is_running():
            return
        if watch.due is None:
            delay = watch.patience.after_an_end(lived_seconds=now - watch.began)
            watch.due = now + delay
            self._say(
                f"{watch.child.label}意外结束（{watch.child.how_it_ended()}），{delay:g} 秒后重新启动。"
            )
        elif now >= watch.due:
            self._start_again(watch, now=now)

    def _start_again(self, watch: Watch, *, now: float) -> None:
        watch.began, watch.due = now, None
        try:
            watch.child.start()
        except (OSError, Refusal) as error:
            self._say(f"{watch.child.label}没有启动：{error}")
        else:
            self._say(f"{watch.child.label}已重新启动。")
