"""As root: the server runs as somebody else, who must be able to reach its folders."""

import os
import shutil
import stat
from pathlib import Path

import pytest

from juli.config.cli.doctor import machine
from juli.config.cli.doctor.findings import Finding
from juli.config.embedded import binaries, leftovers, shelter
from juli.config.embedded.account import NotTraversable, NoUnprivilegedUser, server_account
from juli.config.embedded.folders import Folders
from juli.config.embedded.server import Server, running
from tests.embedded.reaching import as_app

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="asks how root is treated")


@pytest.fixture
def shelters(data: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = data.parent / "shelters"
    monkeypatch.setattr(shelter, "SHELTERS", place)
    return place


@pytest.fixture
def closed(data: Path, shelters: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder below a folder that is closed to others."""
    parent = data.parent / "closed"
    parent.mkdir(mode=0o700)
    place = parent / "inner" / "data"
    monkeypatch.setenv("JULI_DATA", str(place))
    return place


@pytest.fixture
def closed_binaries(data: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """PostgreSQL's programs below a folder that is closed to others."""
    site = data.parent / "site"
    site.mkdir(mode=0o700)
    installed = binaries.installation()
    there = site / installed.relative_to(installed.parents[1])
    shutil.copytree(installed, there, ignore=shutil.ignore_patterns("include", "*.a"))
    shutil.copytree(installed.parents[1] / f"{binaries.WHEEL}.libs", site / f"{binaries.WHEEL}.libs")
    monkeypatch.setattr(binaries, "installation", lambda: there)
    return there


def test_below_a_closed_folder_the_cluster_stands_where_its_user_reaches_it(
    closed: Path, shelters: Path
) -> None:
    told: list[str] = []

    with running(closed, fast_for_tests=True, say=told.append), as_app() as app:
        assert app.execute("SELECT current_database()").fetchone() == ("juli",)

    home = Folders(closed).home
    assert home.parent == shelters
    assert str(home) in Folders(closed).note.read_text(encoding="utf-8")
    assert [sentence for sentence in told if f"数据库文件改存到 {home}。" in sentence] == told[:1]
    assert stat.S_IMODE(shelters.stat().st_mode) == stat.S_IMODE(home.stat().st_mode) == 0o711
    assert home.stat().st_uid == 0
    assert stat.S_IMODE(Folders(closed).cluster.stat().st_mode) == 0o700
    assert Folders(closed).cluster.stat().st_uid == server_account().user_id
    assert closed.parents[1].stat().st_mode & 0o777 == 0o700, "nobody opens folders behind the owner's back"
    assert not (closed / "postgres").exists()


def test_it_is_found_again(closed: Path) -> None:
    with running(closed, fast_for_tests=True):
        first = Folders(closed).home
    told: list[str] = []

    with running(closed, fast_for_tests=True, say=told.append), as_app():
        assert Folders(closed).home == first
    assert told == []

    Folders(closed).note.unlink()
    with running(closed, fast_for_tests=True), as_app():
        assert Folders(closed).home == first, "the same keys find the same place"


def test_a_data_folder_that_was_moved_keeps_its_database(
    closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(closed, fast_for_tests=True):
        home = Folders(closed).home
    moved = closed.rename(closed.with_name("moved"))
    monkeypatch.setenv("JULI_DATA", str(moved))

    with running(moved, fast_for_tests=True), as_app():
        assert Folders(moved).home == home
    assert shelter.abandoned() == []


def test_a_copied_data_folder_does_not_share_the_database(closed: Path) -> None:
    with running(closed, fast_for_tests=True):
        pass
    twin = closed.with_name("twin")
    shutil.copytree(closed, twin, ignore=shutil.ignore_patterns("socket"))

    with pytest.raises(shelter.ShelterOfAnother, match=f"是从 {closed} 复制来的"):
        Server(twin, fast_for_tests=True).prepare()


def test_what_was_removed_with_its_keys_is_not_found_but_named_and_cleared(
    closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(closed, fast_for_tests=True):
        lost = Folders(closed).home
    shutil.rmtree(closed)
    assert shelter.abandoned() == [lost]
    assert any(f"{lost} 所属的数据目录已不存在" in each.sentence for each in _examined(closed))

    with running(closed, fast_for_tests=True), as_app():
        assert Folders(closed).home != lost
    assert not lost.exists()
    assert any(f"存放在 {Folders(closed).home}" in each.sentence for each in _examined(closed))


def test_closed_programs_are_copied_once(closed: Path, shelters: Path, closed_binaries: Path) -> None:
    told: list[str] = []

    for _ in range(2):
        with running(closed, fast_for_tests=True, say=told.append), as_app():
            process = leftovers.postmaster_of(Folders(closed).cluster)
            program = Path(f"/proc/{process}/exe").readlink()
            assert program.is_relative_to(shelters)

    assert len([sentence for sentence in told if "正在把 PostgreSQL 复制到" in sentence]) == 1
    closed_binaries.joinpath("share", "of-a-newer-version").write_text("")
    with running(closed, fast_for_tests=True), as_app():
        copies = [each.name for each in shelters.glob("*") if each != Folders(closed).home]
    assert len(copies) == 2, "and again when they change"


def test_open_data_with_closed_programs_stays_where_it_is(
    data: Path, shelters: Path, closed_binaries: Path
) -> None:
    with running(data, fast_for_tests=True), as_app():
        assert Folders(data).home == data
    assert [each.name.startswith("postgresql-") for each in shelters.iterdir()] == [True]
    assert shelter.abandoned() == []


def test_where_no_other_place_is_to_be_had_the_folder_is_named_with_its_mend(
    closed: Path, shelters: Path
) -> None:
    shelters.write_text("a file in the way")

    with pytest.raises(shelter.ShelterNotMade) as refused:
        Server(closed, fast_for_tests=True).prepare()

    assert f"无法进入文件夹 {closed.parents[1]}；" in refused.value.sentence
    assert f"chmod o+x {closed.parents[1]}，" in refused.value.sentence


def test_programs_that_do_not_run_there_are_refused(
    closed: Path, shelters: Path, closed_binaries: Path
) -> None:
    (closed_binaries / "bin" / "postgres").write_text("not a program")

    with pytest.raises(shelter.ShelterNotMade, match="改存到"):
        Server(closed, fast_for_tests=True).prepare()

    assert list(shelters.rglob("bin")) == [], "no half copy is left"


def test_a_cluster_that_can_no_longer_be_reached_is_named(data: Path) -> None:
    with running(data, fast_for_tests=True):
        pass
    data.parent.chmod(0o700)

    with pytest.raises(NotTraversable, match=f"chmod o\\+x {data.parent}，"):
        Server(data, fast_for_tests=True).prepare()


def test_without_another_user_root_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("juli.config.embedded.account.CANDIDATES", ("no-such-user",))

    with pytest.raises(NoUnprivilegedUser, match="请改用普通用户"):
        server_account()


def _examined(data: Path) -> list[Finding]:
    return list(machine.examine(data))
