"""Where and under what load numbers were taken, and how much memory they took."""

import json
import os
import platform
import threading
from dataclasses import dataclass, field
from pathlib import Path

import psutil

RESULTS = Path(__file__).with_name("results")
MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Machine:
    """The machine, as a result names it (测量环境)."""

    processor: str
    cores: int
    memory_gib: float
    load: float
    system: str
    python: str

    @classmethod
    def here(cls) -> "Machine":
        """Look at this machine now."""
        return cls(
            processor=_processor(),
            cores=os.cpu_count() or 1,
            memory_gib=round(psutil.virtual_memory().total / (1 << 30), 1),
            load=round(os.getloadavg()[0], 2),
            system=platform.platform(terse=True),
            python=platform.python_version(),
        )


@dataclass(slots=True)
class Watch:
    """
    The memory of this process and all it started, and of others named, looked at ten times a second.

    Of a database process only what is its own counts: its shared buffers are one thing for all.
    """

    others: tuple[int, ...] = ()
    largest: int = 0
    together: int = 0
    _over: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def __enter__(self) -> "Watch":
        self._thread = threading.Thread(target=self._look_on, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        if self._thread:
            self._thread.join()

    def _look_on(self) -> None:
        while not self._over.wait(0.1):
            sizes = [size for process in self._processes() if (size := _own_memory(process))]
            self.largest = max(self.largest, *sizes)
            self.together = max(self.together, sum(sizes))

    def _processes(self) -> list[psutil.Process]:
        found = {os.getpid(): psutil.Process()}
        for number in (os.getpid(), *self.others):
            try:
                for child in psutil.Process(number).children(recursive=True):
                    found[child.pid] = child
            except psutil.Error:
                continue
        return list(found.values())

    @property
    def figures(self) -> dict[str, float]:
        """The peaks in MiB."""
        return {
            "largest_process_mib": round(self.largest / MEBIBYTE, 1),
            "all_processes_mib": round(self.together / MEBIBYTE, 1),
        }


def written(name: str, result: dict[str, object]) -> Path:
    """Write a result with the machine it was taken on, and return where it stands."""
    machine = Machine.here()
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{name}.json"
    described = {slot: getattr(machine, slot) for slot in Machine.__slots__}
    path.write_text(json.dumps({"machine": described} | result, ensure_ascii=False, indent=2) + "\n", "utf-8")
    return path


def _own_memory(process: psutil.Process) -> int:
    try:
        found = process.memory_info()
        return found.rss - found.shared
    except psutil.Error:
        return 0


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "unknown")
