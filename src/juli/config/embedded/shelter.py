"""
Where the database stands when its user cannot get to our folders (安置).

Root often works below a folder that is closed to others, and PostgreSQL never runs as root. Then
the cluster stands in a folder of its own that its user reaches; the data folder keeps a note of
where that is, and the place a note of whose it is. A copy of PostgreSQL itself, one for all houses
of the machine, stands beside it where the installed one cannot be reached.
"""

import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from juli.config.embedded import binaries, cluster, leftovers
from juli.config.embedded.account import ServerAccount, closed_folder
from juli.config.embedded.folders import Folders
from juli.config.embedded.keys import Secrets
from juli.config.embedded.progress import Say, say_nothing
from juli.kernel.refusal import Refusal

SHELTERS = Path("/var/lib/juli")
PASSABLE = 0o711
RESIDENT = "data-folder"
COPY = "postgresql-"
NOTE = """\
# 运行数据库的用户无法进入本目录，所以数据库文件存放在下面的文件夹里；备份和删除时请连同它一起。
{place}
"""


class ShelterNotMade(Refusal):
    """The server's user cannot reach our folders, and nothing could be put where it can."""

    code = "embedded.shelter_not_made"
    message = (
        "数据库以用户 {user} 运行，但该用户无法进入文件夹 {folder}；改存到 {place} 也没有成功（{reason}）。"
        "请执行 chmod o+x {folder}，或改用普通用户运行本软件，"
        "或把软件和数据目录（JULI_DATA）放到 /opt、/srv 之类的位置。"
    )


class ShelterOfAnother(Refusal):
    """This data folder is a copy: the database that its note names belongs to the original."""

    code = "embedded.shelter_of_another"
    message = (
        "数据目录 {data} 是从 {original} 复制来的，位于 {place} 的数据库仍属于后者，不能同时使用。"
        "请在原来的数据目录运行，或用 JULI_DATA 指定另一个目录。"
    )


def settle(
    folders: Folders, account: ServerAccount, *, found: Secrets, is_lasting: bool, say: Say = say_nothing
) -> None:
    """
    Choose once where the cluster stands: in the data folder, or where the server's user can reach it.

    :raises ShelterNotMade: there is no such place.
    :raises ShelterOfAnother: the note was copied along with somebody else's data folder.
    """
    if folders.note.is_file():
        _insist_on_being_ours(folders)
        return
    if not account.is_another or cluster.exists(folders) or account.can_enter(folders.data):
        return
    place = _place_for(folders, found)
    if not is_lasting:
        _clear_away_forerunners(folders, but=place)
    _make(place, folders, account, closed=folders.data)
    _write(folders.note, NOTE.format(place=place))
    say(f"用户 {account.name} 无法进入 {folders.data}，数据库文件改存到 {place}。")


def programs(account: ServerAccount, *, say: Say = say_nothing) -> Path:
    """
    Return the folder of PostgreSQL's programs that the server's user can run, copied if need be.

    :raises BinariesMissing: PostgreSQL is not there.
    :raises ShelterNotMade: they could not be copied.
    """
    installed = binaries.installation()
    if not account.is_another or account.can_enter(installed / "bin" / "postgres"):
        return installed / "bin"
    copy = SHELTERS / f"{COPY}{binaries.MAJOR_VERSION}-{_stamp(installed)}"
    there = copy / installed.relative_to(_site(installed)) / "bin"
    if not copy.is_dir():
        say(f"用户 {account.name} 无法进入 {installed}，正在把 PostgreSQL 复制到 {copy}……")
        _copy(installed, copy, account)
    return there


def abandoned() -> list[Path]:
    """Return the places whose data folder is gone, or stands elsewhere by now."""
    homes = {note.parent: note.read_text(encoding="utf-8") for note in SHELTERS.glob(f"*/{RESIDENT}")}
    return [place for place, data in homes.items() if Folders(Path(data.strip())).home != place]


def _place_for(folders: Folders, found: Secrets) -> Path:
    # With the password in it: a data folder that was removed and made again does not find the
    # old cluster, whose keys are lost; one whose note was lost finds its own.
    name = hashlib.sha256(os.fsencode(folders.data) + found.superuser_password.encode()).hexdigest()[:16]
    return SHELTERS / name


def _insist_on_being_ours(folders: Folders) -> None:
    resident = folders.home / RESIDENT
    original = Path(resident.read_text(encoding="utf-8").strip()) if resident.is_file() else folders.data
    if original == folders.data:
        return
    if Folders(original).home == folders.home:
        raise ShelterOfAnother(data=folders.data, original=original, place=folders.home)
    _write(resident, f"{folders.data}\n")  # the data folder was moved


def _make(place: Path, folders: Folders, account: ServerAccount, *, closed: Path) -> None:
    try:
        _make_passable(SHELTERS)
        _make_passable(place)
        _write(place / RESIDENT, f"{folders.data}\n")
        if not account.can_enter(place):
            raise PermissionError(0, "该用户同样无法进入")
    except OSError as error:
        raise _refused(error, place, account, closed=closed) from error


def _make_passable(folder: Path) -> None:
    """Make a folder that others may pass through but not look into, whatever the umask says."""
    if not folder.is_dir():
        folder.mkdir(exist_ok=True)
        folder.chmod(PASSABLE)


def _clear_away_forerunners(folders: Folders, *, but: Path) -> None:
    """Remove what earlier tests on the same data folder have left; nobody has the keys to it."""
    for place in abandoned():
        is_ours = (place / RESIDENT).read_text(encoding="utf-8").strip() == str(folders.data)
        if is_ours and place != but and not leftovers.processes_in(place / "postgres"):
            shutil.rmtree(place, ignore_errors=True)


def _copy(installed: Path, copy: Path, account: ServerAccount) -> None:
    unfinished = copy.with_name(f"unfinished-{os.getpid()}")
    try:
        _make_passable(SHELTERS)
        shutil.rmtree(unfinished, ignore_errors=True)
        for file in _files(installed):
            target = unfinished / file.relative_to(_site(installed))
            _make_open(target.parent, unfinished.parent)
            shutil.copyfile(file, target)
            target.chmod(0o755 if os.access(file, os.X_OK) else 0o644)
            if target.stat().st_size != file.stat().st_size:
                raise OSError(0, f"{target} 不完整")
        _try_out(unfinished / installed.relative_to(_site(installed)) / "bin" / "postgres", account)
        unfinished.rename(copy)
    except (OSError, subprocess.SubprocessError) as error:
        shutil.rmtree(unfinished, ignore_errors=True)
        if copy.is_dir():
            return  # another house was quicker
        raise _refused(error, copy, account, closed=installed) from error


def _make_open(folder: Path, below: Path) -> None:
    """Make a folder that everybody may read, whatever the umask says."""
    if folder == below or folder.is_dir():
        return
    _make_open(folder.parent, below)
    folder.mkdir()
    folder.chmod(0o755)


def _try_out(postgres: Path, account: ServerAccount) -> None:
    # Not every file system lets programs run from it.
    subprocess.run(
        [postgres, "--version"], check=True, capture_output=True, cwd="/", **account.process_options
    )


def _files(installed: Path) -> Iterator[Path]:
    """Yield what it takes to run: the programs, and the libraries that the wheel keeps beside them."""
    libraries = _site(installed) / f"{binaries.WHEEL}.libs"
    for folder in (installed / "bin", installed / "lib", installed / "share", libraries):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".a":
                yield path


def _stamp(installed: Path) -> str:
    digest = hashlib.sha256()
    for file in _files(installed):
        digest.update(f"{file.relative_to(_site(installed))} {file.stat().st_size}\n".encode())
    return digest.hexdigest()[:12]


def _site(installed: Path) -> Path:
    # The libraries are found by a path that leads from the programs through this folder.
    return installed.parents[1]


def _write(path: Path, text: str) -> None:
    """Write the file whole or not at all."""
    written = path.with_name(f".{path.name}.{os.getpid()}")
    written.write_text(text, encoding="utf-8")
    written.replace(path)


def _refused(error: Exception, place: Path, account: ServerAccount, *, closed: Path) -> ShelterNotMade:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else "程序无法在那里运行"
    folder = closed_folder(closed, account)
    return ShelterNotMade(user=account.name, folder=folder, place=place, reason=reason)
