"""Makes the PostgreSQL cluster and writes its configuration (数据库集群)."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from juli.config.embedded import binaries, tuning
from juli.config.embedded.account import ServerAccount, check_traversable
from juli.config.embedded.connection import SUPERUSER
from juli.config.embedded.folders import Folders
from juli.kernel.refusal import Refusal

CONFIGURATION = "juli.conf"


class NotInitialised(Refusal):
    """There is no database in the data folder yet."""

    code = "embedded.not_initialised"
    message = (
        "数据目录 {data} 里还没有数据库。正式使用请先运行 juli init，试用请先运行 juli sample panyu-2018。"
    )


class ClusterNotMade(Refusal):
    """The program that makes a cluster failed."""

    code = "embedded.cluster_not_made"
    message = "建立数据库失败：{reason}"


class ClusterOfAnotherVersion(Refusal):
    """The data folder holds a cluster that these binaries cannot open."""

    code = "embedded.cluster_of_another_version"
    message = (
        "数据目录 {cluster} 由 PostgreSQL {found} 建立，本软件内置的是 {version}。"
        "请用原来的版本备份后再升级。"
    )


class SocketFolderTaken(Refusal):
    """Somebody else made the folder in which our socket would stand."""

    code = "embedded.socket_folder_taken"
    message = "文件夹 {folder} 属于其他用户，不能用来连接数据库。请删除它，或把数据目录换到较短的路径。"


def exists(folders: Folders) -> bool:
    """Say whether there is a finished cluster."""
    return (folders.cluster / "PG_VERSION").is_file()


def insist_on(folders: Folders) -> None:
    """
    Make sure that there is a cluster, for whoever uses one but makes none.

    :raises NotInitialised: there is none.
    """
    if not exists(folders):
        raise NotInitialised(data=folders.data)


def make(
    folders: Folders, *, account: ServerAccount, programs: Path, password: str, is_lasting: bool
) -> None:
    """
    Make the cluster: scram for everybody, builtin C.UTF-8, checksums.

    It gets its name only when it is whole, so a kill at any moment leaves no half cluster.

    :raises ClusterNotMade: PostgreSQL says why.
    :raises NotTraversable: the server's user cannot reach the folder.
    """
    unfinished = folders.unfinished_cluster
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    account.own(unfinished)
    check_traversable(unfinished, account)
    _initdb(unfinished, account=account, programs=programs, password=password, is_lasting=is_lasting)
    with (unfinished / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.write(f"\ninclude '{CONFIGURATION}'\n")
    unfinished.rename(folders.cluster)


def check(folders: Folders, account: ServerAccount) -> None:
    """
    Make sure that our binaries can open the cluster and that its user can reach it.

    :raises ClusterOfAnotherVersion: another PostgreSQL made it.
    :raises NotTraversable: the server's user cannot reach it.
    """
    found = (folders.cluster / "PG_VERSION").read_text(encoding="ascii").strip()
    if found != binaries.MAJOR_VERSION:
        raise ClusterOfAnotherVersion(cluster=folders.cluster, found=found, version=binaries.MAJOR_VERSION)
    check_traversable(folders.cluster, account)


def configure(folders: Folders, *, account: ServerAccount, is_lasting: bool) -> None:
    """Write the settings for this machine, as it is today."""
    machine = tuning.this_machine(folders.home)
    settings = (
        tuning.settings_for(machine, socket=folders.socket)
        if is_lasting
        else tuning.settings_for_tests(machine, socket=folders.socket)
    )
    path = folders.cluster / CONFIGURATION
    path.write_text(tuning.as_configuration(settings), encoding="utf-8")
    path.chmod(0o600)
    account.own(path)


def make_socket_folder(folders: Folders, account: ServerAccount) -> None:
    """
    Make the private folder of the socket.

    :raises SocketFolderTaken: it stands in a shared folder and is not ours.
    :raises NotTraversable: the server's user cannot reach it.
    """
    folder = folders.socket
    folder.mkdir(mode=0o700, exist_ok=True)
    status = folder.lstat()
    if folder.is_symlink() or status.st_uid not in {os.geteuid(), account.user_id}:
        raise SocketFolderTaken(folder=folder)
    folder.chmod(0o700)
    account.own(folder)
    check_traversable(folder, account)


def _initdb(place: Path, *, account: ServerAccount, programs: Path, password: str, is_lasting: bool) -> None:
    with tempfile.NamedTemporaryFile("w", dir=place.parent, prefix=".initdb-") as password_file:
        password_file.write(password)
        password_file.flush()
        account.own(Path(password_file.name))
        command: list[str | Path] = [
            programs / "initdb",
            f"--pgdata={place}",
            f"--username={SUPERUSER}",
            f"--pwfile={password_file.name}",
            "--auth-local=scram-sha-256",
            "--auth-host=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--data-checksums",
            "--no-instructions",
            *([] if is_lasting else ["--no-sync"]),
        ]
        made = subprocess.run(
            command,
            check=False,
            capture_output=True,
            text=True,
            cwd="/",
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
            **account.process_options,
        )
    if made.returncode != 0:
        lines = made.stderr.strip().splitlines() or ["initdb 没有说明原因。"]
        raise ClusterNotMade(reason=lines[-1])
