"""Telling how far a batch has come, beside the transaction that is at work on it."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import TracebackType
from typing import Self

from django.db import DatabaseError, connection

from juli.engines.scope import walls
from juli.engines.sheet.models import BatchProgress
from juli.kernel.actor import Actor

_SECONDS_BETWEEN = 0.5


class Phase(StrEnum):
    """What is being done with a batch at the moment (导入阶段)."""

    READING = "reading"
    JUDGING = "judging"
    WAITING = "waiting"
    COMPARING = "comparing"
    POSTING = "posting"
    CORRECTING = "correcting"
    INDEXING = "indexing"
    REPORTING = "reporting"
    UNDOING = "undoing"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return _LABELS[self]

    @property
    def unit(self) -> str:
        """What is counted: a file is read by its bytes, told as a share; everything else goes by rows."""
        return "%" if self is Phase.READING else "行"


_LABELS = {
    Phase.READING: "读取文件",
    Phase.JUDGING: "核对",
    Phase.WAITING: "等待前一份名册写入",
    Phase.COMPARING: "与现有记录比对",
    Phase.POSTING: "写入新增",
    Phase.CORRECTING: "写入更新",
    Phase.INDEXING: "整理索引",
    Phase.REPORTING: "整理错误清单",
    Phase.UNDOING: "撤回",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a batch has come: what is done of what there is, in the phase (进度)."""

    phase: Phase
    done: int = 0
    total: int = 0


class Teller:
    """
    Keeps the standing of one batch, for the block's length.

    It writes to the database on a connection of its own, twice a second at most, so that others see
    it while the posting transaction is open; ``also`` hears every standing at once, for a terminal.
    """

    def __init__(
        self,
        batch_id: int,
        *,
        actor: Actor,
        clock: Callable[[], datetime],
        also: Callable[[Standing], None] | None = None,
    ) -> None:
        self._batch_id, self._actor, self._clock, self._also = batch_id, actor, clock, also
        self._standing = Standing(Phase.READING)
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._write, name="tell", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._is_over.set()
        self._thread.join()

    def tell(self, phase: Phase, done: int = 0, total: int = 0) -> None:
        """Say where things stand."""
        self._standing = Standing(phase, done, total)
        if self._also:
            self._also(self._standing)

    def _write(self) -> None:
        written: Standing | None = None
        try:
            while not self._is_over.wait(_SECONDS_BETWEEN):
                if self._standing != written:
                    written = self._standing
                    self._put_down(written)
        finally:
            connection.close()  # this thread's own

    def _put_down(self, standing: Standing) -> None:
        try:
            with walls.entered(self._actor):
                BatchProgress.objects.filter(batch_id=self._batch_id).update(
                    phase=standing.phase.value,
                    done=standing.done,
                    total=standing.total,
                    told_at=self._clock(),
                )
        except DatabaseError:
            return  # progress is a courtesy: the work goes on without
