"""One owner and its guests: who runs the database of a data folder, and who merely uses it."""

import fcntl
import json
import os
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Self

from juli.config.embedded.folders import Folders


class Work(StrEnum):
    """What the owner is there for."""

    SERVE = "serve"
    COMMAND = "command"


@dataclass(frozen=True, slots=True)
class Owner:
    """The process that runs the database, in its own words."""

    process_id: int
    work: Work
    is_ready: bool


class LockedFile:
    """A file lock that the kernel takes back when the process ends, however it ends."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle: int | None = None

    @property
    def is_held(self) -> bool:
        """Whether this process holds it."""
        return self._handle is not None

    def take(self, *, shared: bool = False) -> bool:
        """Take the lock if it is free, and say whether it is ours now."""
        if self._handle is not None:
            return True
        try:
            handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except FileNotFoundError:
            return False  # the data folder itself is gone
        try:
            fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return False
        self._handle = handle
        return True

    def write(self, text: str) -> None:
        """Replace the text of the file that we hold."""
        if self._handle is not None:
            os.pwrite(self._handle, text.encode().ljust(200), 0)

    def release(self) -> None:
        """Give the lock back."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


class Ownership:
    """The right to run the database of one data folder: one process has it at a time."""

    def __init__(self, folders: Folders, work: Work) -> None:
        self._lock = LockedFile(folders.ownership)
        self._guests = LockedFile(folders.guests)
        self._work = work

    @property
    def is_ours(self) -> bool:
        """Whether this process has the right."""
        return self._lock.is_held

    def take(self) -> bool:
        """Take the right if nobody has it, and say whether it is ours now."""
        taken = self._lock.take()
        if taken:
            self.announce(is_ready=False)
        return taken

    def announce(self, *, is_ready: bool) -> None:
        """Tell those who wait whether the database can be used."""
        owner = Owner(os.getpid(), self._work, is_ready)
        self._lock.write(json.dumps(asdict(owner)))

    def close_to_guests(self) -> bool:
        """Say whether nobody else uses the database; from then on nobody else may."""
        return self._guests.take()

    def release(self) -> None:
        """Give the right back."""
        self._guests.release()
        self._lock.release()


class Visit:
    """The use of a database that another process runs; it waits for us before it stops."""

    def __init__(self, folders: Folders) -> None:
        self._folders = folders
        self._lock = LockedFile(folders.guests)

    def enter(self) -> bool:
        """Ask to be waited for; False when the owner is about to stop."""
        return self._lock.take(shared=True)

    def leave(self) -> None:
        """Let the owner go."""
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.leave()


def owner_of(folders: Folders) -> Owner | None:
    """Return who runs the database now, or None where nobody does."""
    probe = LockedFile(folders.ownership)
    if not folders.ownership.exists():
        return None
    if probe.take(shared=True):
        probe.release()
        return None
    try:
        found = json.loads(folders.ownership.read_text(encoding="utf-8"))
        return Owner(int(found["process_id"]), Work(found["work"]), bool(found["is_ready"]))
    except (ValueError, KeyError, TypeError):
        return Owner(0, Work.COMMAND, is_ready=False)  # taken this instant, not yet announced
