"""Our own PostgreSQL: made, entered by the right people, stopped without a trace."""

import os
import stat
from pathlib import Path

import psycopg
import pytest

from juli.config.embedded import connection, leftovers, provision
from juli.config.embedded.folders import LONGEST_SOCKET_PATH, SOCKET_NAME, DataFolderClosed, Folders
from juli.config.embedded.server import Server, running
from tests.embedded.reaching import as_app, as_owner, as_superuser


def test_it_is_made_started_and_stopped(data: Path) -> None:
    server = Server(data, fast_for_tests=True)
    server.prepare()
    assert not server.is_running()

    server.start()
    assert server.is_running()
    assert server.is_ready()
    with as_app() as app:
        assert app.execute("SELECT current_database()").fetchone() == ("juli",)

    server.stop()
    server.stop()
    assert not server.is_running()
    assert leftovers.processes_in(Folders(data).cluster) == []
    assert not (Folders(data).socket / SOCKET_NAME).exists()


def test_it_does_not_run_as_root_and_keeps_its_folders_closed(data: Path) -> None:
    with running(data, fast_for_tests=True):
        process = leftovers.postmaster_of(Folders(data).cluster)
        assert Path(f"/proc/{process}").stat().st_uid != 0
        for folder in (Folders(data).cluster, Folders(data).socket):
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_it_hears_nobody_from_the_network(data: Path) -> None:
    with running(data, fast_for_tests=True), as_superuser(data) as superuser:
        assert superuser.execute("SHOW listen_addresses").fetchone() == ("",)
        assert superuser.execute("SHOW data_checksums").fetchone() == ("on",)
        rules = superuser.execute("SELECT DISTINCT auth_method FROM pg_hba_file_rules").fetchall()
        assert rules == [("scram-sha-256",)]


@pytest.mark.parametrize("user", ["postgres", "juli_owner", "juli_app"])
def test_a_wrong_password_is_refused(data: Path, user: str) -> None:
    with running(data, fast_for_tests=True):
        wrong = {**connection.parameters(as_owner=False), "user": user, "password": "wrong"}
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(psycopg.conninfo.make_conninfo(**wrong))


def test_the_application_puts_on_a_standing_and_has_no_rights_before_that(data: Path) -> None:
    with running(data, fast_for_tests=True), as_owner() as owner, as_app() as app:
        owner.execute("CREATE TABLE leaflet (id int); GRANT SELECT ON leaflet TO juli_staff")

        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("SELECT * FROM leaflet")
        app.execute("SET ROLE juli_staff")
        assert app.execute("SELECT * FROM leaflet").fetchall() == []
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("SET ROLE juli_owner")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("CREATE TABLE public.mine (id int)")


def test_the_owner_puts_on_every_role_but_is_no_superuser(data: Path) -> None:
    with running(data, fast_for_tests=True), as_owner() as owner:
        for role in ("juli_app", *provision.STANDINGS):
            owner.execute(psycopg.sql.SQL("SET ROLE {}").format(psycopg.sql.Identifier(role)))
            owner.execute("RESET ROLE")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            owner.execute("CREATE ROLE somebody SUPERUSER")
        found = owner.execute(
            "SELECT pg_get_userbyid(datdba), datlocprovider, datlocale"
            " FROM pg_database WHERE datname = 'juli'"
        ).fetchone()
        assert found == ("juli_owner", "b", "C.UTF-8")


def test_chinese_sorts_and_matches_as_characters(data: Path) -> None:
    with running(data, fast_for_tests=True), as_app() as app:
        assert app.execute("SELECT length('𠮷林'), upper('ä'), '工会' ~ '^\\w{2}$'").fetchone() == (
            2,
            "Ä",
            True,
        )


def test_provisioning_again_changes_nothing(data: Path) -> None:
    with running(data, fast_for_tests=True), as_superuser(data) as superuser:
        before = _doors(superuser)

    with running(data, fast_for_tests=True), as_superuser(data) as superuser:
        assert _doors(superuser) == before


def test_errors_are_logged_without_statement_or_values(data: Path) -> None:
    with running(data, fast_for_tests=True), as_owner() as owner:
        owner.execute("CREATE TABLE person (id_number text PRIMARY KEY)")
        with pytest.raises(psycopg.errors.UniqueViolation):
            owner.execute("INSERT INTO person VALUES (%s), (%s)", ["44011319800101", "44011319800101"])

    logged = "".join(log.read_text() for log in (Folders(data).cluster / "log").iterdir())
    assert "duplicate key" in logged
    assert "44011319800101" not in logged
    assert "INSERT" not in logged


def test_a_long_data_path_gets_a_short_socket(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    long = data / ("数据" * 20) / ("目录" * 20)
    monkeypatch.setenv("JULI_DATA", str(long))
    socket = Folders(long).socket
    assert len(os.fsencode(socket / SOCKET_NAME)) < LONGEST_SOCKET_PATH

    with running(long, fast_for_tests=True), as_app() as app:
        assert app.execute("SELECT 1").fetchone() == (1,)
        assert stat.S_IMODE(socket.stat().st_mode) == 0o700

    assert not list(socket.iterdir())
    socket.rmdir()


def test_a_data_folder_that_cannot_be_made_is_refused(data: Path) -> None:
    data.write_text("a file stands in the way")

    with pytest.raises(DataFolderClosed, match="无法写入"):
        Server(data).prepare()
    data.unlink()


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to root")
def test_a_closed_data_folder_is_refused(data: Path) -> None:
    data.mkdir(mode=0o500)

    with pytest.raises(DataFolderClosed, match="无法写入"):
        Server(data).prepare()


def _doors(superuser: psycopg.Connection) -> list[tuple[object, ...]]:
    return superuser.execute(
        "SELECT rolname, rolcanlogin, rolsuper, rolcreaterole, rolinherit, rolconfig,"
        " (SELECT datacl FROM pg_database WHERE datname = 'juli'),"
        " (SELECT nspacl FROM pg_namespace WHERE nspname = 'public')"
        " FROM pg_roles WHERE rolname LIKE 'juli%' ORDER BY 1"
    ).fetchall()
