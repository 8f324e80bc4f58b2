"""What a killed PostgreSQL leaves behind, cleared away before the next one starts (善后)."""

import os
import signal
import time
from pathlib import Path

from juli.config.embedded.folders import SOCKET_NAME, Folders
from juli.config.embedded.progress import Say

PROCESSES = Path("/proc")
FAST_STOP_SECONDS = 60.0
ORPHAN_SECONDS = 2.0


def clear(folders: Folders, say: Say) -> None:
    """
    Stop what still runs in the cluster and remove the marks of what no longer does.

    Only for the owner of the data folder: any server found here has lost its parent. Where the
    system does not show the processes, PostgreSQL's own checks decide.
    """
    if not PROCESSES.is_dir() or not folders.cluster.is_dir():
        return
    if processes_in(folders.cluster):
        say("发现上一次没有正常结束的数据库，正在收尾……")
        _end_processes(folders.cluster)
    # Nobody works in the cluster now, so the number in these files is nobody's, or a stranger's.
    for mark in (
        folders.cluster / "postmaster.pid",
        folders.socket / SOCKET_NAME,
        folders.socket / f"{SOCKET_NAME}.lock",
    ):
        mark.unlink(missing_ok=True)


def processes_in(cluster: Path) -> list[int]:
    """Return the processes at work in the cluster: every process of PostgreSQL lives there."""
    if not PROCESSES.is_dir():
        return []
    place = str(cluster.resolve())
    found = []
    for entry in PROCESSES.iterdir():
        if entry.name.isdigit() and _folder_of(entry) == place:
            found.append(int(entry.name))
    return found


def all_gone(cluster: Path, seconds: float) -> bool:
    """Wait until nobody works in the cluster, at most so long, and say whether that is so."""
    end = time.monotonic() + seconds
    while processes_in(cluster):
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def postmaster_of(cluster: Path) -> int | None:
    """Return the number of the process that the cluster's own mark names."""
    try:
        return int((cluster / "postmaster.pid").read_text(encoding="utf-8").split("\n", 1)[0])
    except (OSError, ValueError):
        return None


def _folder_of(entry: Path) -> str:
    try:
        return str((entry / "cwd").readlink())
    except OSError:
        return ""  # gone meanwhile, or not ours to see


def _end_processes(cluster: Path) -> None:
    postmaster = postmaster_of(cluster)
    if postmaster in processes_in(cluster):
        _send(signal.SIGINT, [postmaster])  # a fast stop: it tells its children
        if all_gone(cluster, FAST_STOP_SECONDS):
            return
    for last_word in (signal.SIGQUIT, signal.SIGKILL):
        _send(last_word, processes_in(cluster))
        if all_gone(cluster, ORPHAN_SECONDS):
            return


def _send(what: signal.Signals, processes: list[int]) -> None:
    for process in processes:
        try:
            os.kill(process, what)
        except ProcessLookupError:
            continue
