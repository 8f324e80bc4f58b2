"""Which user of the machine runs PostgreSQL: never root, and never one made by us (运行用户)."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from juli.kernel.refusal import Refusal

CANDIDATES = ("postgres", "nobody")


class NoUnprivilegedUser(Refusal):
    """We are root, and PostgreSQL will not run as root."""

    code = "embedded.no_unprivileged_user"
    message = (
        "当前以 root 运行，而系统里没有 postgres 或 nobody 用户可以运行数据库。请改用普通用户运行本软件。"
    )


class NotTraversable(Refusal):
    """The user that runs the database cannot get through a folder on the way."""

    code = "embedded.not_traversable"
    message = (
        "数据库以用户 {user} 运行，但该用户无法进入文件夹 {folder}，因此用不到 {path}。"
        "请执行 chmod o+x {folder}，或改用普通用户运行本软件，"
        "或把软件和数据目录（JULI_DATA）放到 /opt、/srv 之类的位置。"
    )


class ProcessOptions(TypedDict, total=False):
    """What ``subprocess`` needs to start a program as somebody else."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True, slots=True)
class ServerAccount:
    """The user that PostgreSQL runs as."""

    name: str
    user_id: int
    group_id: int

    @property
    def is_another(self) -> bool:
        """Whether that is somebody other than ourselves."""
        return self.user_id != os.geteuid()

    @property
    def process_options(self) -> ProcessOptions:
        """How to start a program as this user."""
        if not self.is_another:
            return {}
        return {"user": self.user_id, "group": self.group_id, "extra_groups": []}

    def own(self, folder: Path) -> None:
        """Give this one folder to the user."""
        if self.is_another:
            os.chown(folder, self.user_id, self.group_id)

    def can_enter(self, path: Path) -> bool:
        """Say whether the user can get to the path, and into it or start it."""
        # Asked of the kernel and not worked out from mode bits, which say nothing of ACLs.
        asked = subprocess.run(["test", "-x", path], check=False, cwd="/", **self.process_options)
        return asked.returncode == 0


def server_account() -> ServerAccount:
    """
    Return the user that PostgreSQL shall run as.

    :raises NoUnprivilegedUser: we are root and there is nobody else.
    """
    if os.geteuid() != 0:
        return ServerAccount(str(os.geteuid()), os.geteuid(), os.getegid())
    for name in CANDIDATES:
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return ServerAccount(name, found.pw_uid, found.pw_gid)
    raise NoUnprivilegedUser


def check_traversable(path: Path, account: ServerAccount) -> None:
    """
    Make sure that the user can reach the path.

    :raises NotTraversable: a folder on the way is closed to them.
    """
    if account.is_another and not account.can_enter(path):
        raise NotTraversable(user=account.name, folder=closed_folder(path, account), path=path)


def closed_folder(path: Path, account: ServerAccount) -> Path:
    """Return the first folder on the way that the user cannot enter: the one to open."""
    for folder in reversed(path.parents):
        if not account.can_enter(folder):
            return folder
    return path
