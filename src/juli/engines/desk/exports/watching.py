"""Telling how far an export has come, and hearing that it is to stop, beside the transaction that reads."""

import threading
from types import TracebackType
from typing import Final, Self

from django.db import DatabaseError, connection

from juli.engines.desk.models import Export
from juli.engines.scope import walls
from juli.kernel.actor import Actor

SECONDS_BETWEEN: Final = 0.5


class Stopped(Exception):
    """The export was called off while it was being made."""


class Watch:
    """
    Writes progress down now and then from a thread of its own (进度).

    The reading transaction stays open until the last row; what it wrote itself nobody would see.
    """

    def __init__(self, export_id: int, *, total: int | None, actor: Actor) -> None:
        self._export_id, self._total, self._actor = export_id, total, actor
        self._done = 0
        self._is_over, self._is_stopping = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._write, name=f"export-{export_id}", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._is_over.set()
        self._thread.join()

    def tell(self, done: int) -> None:
        """
        Say how many rows are written.

        :raises Stopped: nobody wants the rest any more.
        """
        self._done = done
        if self._is_stopping.is_set():
            raise Stopped

    def _write(self) -> None:
        told = -1
        try:
            while not self._is_over.wait(SECONDS_BETWEEN):
                if told != self._done:
                    told = self._done
                self._put_down(told)
        finally:
            connection.close()  # this thread's own

    def _put_down(self, done: int) -> None:
        try:
            with walls.entered(self._actor):
                mine = Export.objects.filter(pk=self._export_id)
                mine.update(done=done, total=self._total)
                if mine.filter(is_stopping=True).exists():
                    self._is_stopping.set()
        except DatabaseError:
            return  # progress is a courtesy: the work goes on without
