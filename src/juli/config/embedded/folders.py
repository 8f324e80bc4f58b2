"""Where the house keeps its things on disk (数据目录)."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from juli.kernel.refusal import Refusal

SOCKET_NAME = ".s.PGSQL.5432"
# The kernel allows 107 bytes for the path of a socket (103 on some systems); the lock file
# beside it adds five.
LONGEST_SOCKET_PATH = 100


class DataFolderClosed(Refusal):
    """The data folder is not ours to write in."""

    code = "embedded.data_folder_closed"
    message = "数据目录 {data} 无法写入。请改用建立它的用户运行，或用 JULI_DATA 指定另一个目录。"


@dataclass(frozen=True, slots=True)
class Folders:
    """The places inside one data folder that belong to the database."""

    data: Path

    @property
    def note(self) -> Path:
        """Names the folder of the cluster where that is not the data folder (``shelter``)."""
        return self.data / "postgres.place"

    @property
    def home(self) -> Path:
        """The folder in which the cluster and its socket stand."""
        try:
            return Path(self.note.read_text(encoding="utf-8").strip().splitlines()[-1])
        except (FileNotFoundError, NotADirectoryError, IndexError):
            return self.data

    @property
    def cluster(self) -> Path:
        """The PostgreSQL cluster itself."""
        return self.home / "postgres"

    @property
    def unfinished_cluster(self) -> Path:
        """Where a new cluster is made before it gets its name: a kill leaves only this behind."""
        return self.home / "postgres.unfinished"

    @property
    def ownership(self) -> Path:
        """Locked by the one process that runs the database; its text says who and how far."""
        return self.data / "postgres.lock"

    @property
    def guests(self) -> Path:
        """Locked, shared, by every process that uses a database which another one runs."""
        return self.data / "postgres.guests"

    @property
    def start_log(self) -> Path:
        """What PostgreSQL says before its own log is open."""
        return self.data / "postgres-start.log"

    @property
    def secrets(self) -> Path:
        """Passwords and keys, readable by nobody else."""
        return self.data / "secrets.toml"

    @property
    def socket(self) -> Path:
        """The private folder of the socket: beside the cluster, or a short one if that is too long."""
        beside = self.home / "socket"
        if len(os.fsencode(beside / f"{SOCKET_NAME}.lock")) < LONGEST_SOCKET_PATH:
            return beside
        name = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:16]
        return shared_temporary_folder() / f"juli-{name}"


def shared_temporary_folder() -> Path:
    """Return the system's folder for temporary things, the same one for every process."""
    # TMPDIR may differ between the shell that serves and the shell that imports; /tmp does not.
    fixed = Path("/tmp")  # noqa: S108
    return fixed if fixed.is_dir() else Path(tempfile.gettempdir())


def data_folder() -> Path:
    """Return the data folder: ``JULI_DATA``, or ``.data`` where the command was started."""
    return Path(os.environ.get("JULI_DATA") or ".data").expanduser().resolve()


def make_data_folder(data: Path) -> None:
    """
    Make the data folder: private, yet passable for the user that runs the database.

    :raises DataFolderClosed: it cannot be made, or belongs to somebody else.
    """
    if not data.is_dir():
        try:
            data.mkdir(parents=True, exist_ok=True)
            data.chmod(0o711 if os.geteuid() == 0 else 0o700)
        except OSError as error:
            raise DataFolderClosed(data=data) from error
    if not os.access(data, os.R_OK | os.W_OK | os.X_OK):
        raise DataFolderClosed(data=data)
