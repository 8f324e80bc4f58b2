"""Several processes and one database: who starts it, who waits for whom, and what a kill leaves."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from juli.config.embedded import leftovers
from juli.config.embedded.folders import Folders
from juli.config.embedded.ownership import Work, owner_of
from juli.config.embedded.server import DatabaseTaken, Server, running
from tests.embedded.reaching import as_app, as_owner, as_superuser

Elsewhere = Callable[[str], subprocess.Popen[str]]

RUN = """
with running(data, True):
    print("up")
    sys.stdin.readline()
print("down")
"""


def test_a_second_process_joins_and_does_not_stop_what_it_has_not_started(
    data: Path, elsewhere: Elsewhere
) -> None:
    owner = elsewhere(RUN)
    assert _line(owner) == "up"
    first = leftovers.postmaster_of(Folders(data).cluster)

    with running(data, fast_for_tests=True), as_app() as app:
        assert app.execute("SELECT 1").fetchone() == (1,)
        assert leftovers.postmaster_of(Folders(data).cluster) == first

    with as_app() as app:
        assert app.execute("SELECT 1").fetchone() == (1,)


def test_the_owner_waits_for_its_guest_before_it_stops(data: Path, elsewhere: Elsewhere) -> None:
    owner = elsewhere(RUN)
    assert _line(owner) == "up"

    with running(data, fast_for_tests=True):
        owner.stdin.write("\n")
        owner.stdin.flush()
        time.sleep(0.3)
        assert owner.poll() is None
        with as_app() as app:
            assert app.execute("SELECT 1").fetchone() == (1,)

    assert _line(owner) == "down"
    assert owner.wait(10) == 0


def test_two_who_start_at_once_get_one_server(data: Path, elsewhere: Elsewhere) -> None:
    starters = [elsewhere(RUN) for _ in range(4)]

    assert [_line(each) for each in starters] == ["up"] * 4
    with as_superuser(data) as superuser:
        assert superuser.execute("SELECT count(*) FROM pg_database WHERE datname = 'juli'").fetchone() == (1,)
    for each in starters:
        each.stdin.write("\n")
        each.stdin.flush()

    assert [each.wait(20) for each in starters] == [0] * 4
    assert leftovers.processes_in(Folders(data).cluster) == []
    assert owner_of(Folders(data)) is None


def test_who_insists_on_running_it_is_told_who_does(data: Path, elsewhere: Elsewhere) -> None:
    owner = elsewhere(RUN)
    assert _line(owner) == "up"

    with pytest.raises(DatabaseTaken, match=f"（{owner.pid}）"):
        Server(data, work=Work.SERVE).start()


@pytest.mark.parametrize("last_word", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGKILL])
def test_however_its_parent_ends_no_server_is_left(
    data: Path, elsewhere: Elsewhere, last_word: signal.Signals
) -> None:
    owner = elsewhere(RUN)
    assert _line(owner) == "up"

    owner.send_signal(last_word)
    owner.wait(10)

    _until(lambda: leftovers.processes_in(Folders(data).cluster) == [])


def test_a_signal_does_not_wait_for_guests(data: Path, elsewhere: Elsewhere) -> None:
    owner, guest = elsewhere(RUN), None
    assert _line(owner) == "up"
    guest = elsewhere(RUN)
    assert _line(guest) == "up"

    owner.terminate()

    assert owner.wait(10) == 128 + signal.SIGTERM
    assert leftovers.processes_in(Folders(data).cluster) == []


def test_a_killed_server_is_started_again_and_recovers(data: Path) -> None:
    server = Server(data, work=Work.SERVE)
    server.start()
    with as_owner() as owner:
        owner.execute("CREATE TABLE kept (id int); INSERT INTO kept VALUES (1)")

    os.kill(server.process_id, signal.SIGKILL)
    _until(lambda: not server.is_running())
    assert server.ended_with == -signal.SIGKILL
    assert server.supervise()
    assert not owner_of(server.folders).is_ready
    server.wait_until_ready()
    assert not server.supervise()

    assert owner_of(server.folders).is_ready
    with as_owner() as owner:
        assert owner.execute("SELECT id FROM kept").fetchall() == [(1,)]
    server.stop()


def test_backends_that_lost_their_server_are_ended_before_the_next_start(data: Path) -> None:
    server = Server(data, work=Work.SERVE)
    server.start()
    busy = as_owner()
    busy.execute("CREATE TABLE kept AS SELECT 1 AS id")
    backend = busy.info.backend_pid
    os.kill(backend, signal.SIGSTOP)  # it cannot notice by itself that its server is gone
    os.kill(server.process_id, signal.SIGKILL)
    _until(lambda: not server.is_running())
    assert backend in leftovers.processes_in(server.folders.cluster)

    server.supervise()
    server.wait_until_ready()

    assert backend not in leftovers.processes_in(server.folders.cluster)
    with as_owner() as owner:
        assert owner.execute("SELECT id FROM kept").fetchall() == [(1,)]
    with pytest.raises(psycopg.OperationalError):
        busy.execute("SELECT 1")
    server.stop()


def test_a_mark_with_a_strangers_number_does_not_prevent_a_start(data: Path) -> None:
    with running(data, fast_for_tests=True):
        pass
    mark = Folders(data).cluster / "postmaster.pid"
    mark.write_text(f"{os.getpid()}\n{Folders(data).cluster}\n")

    with running(data, fast_for_tests=True), as_app() as app:
        assert app.execute("SELECT 1").fetchone() == (1,)


def test_a_server_that_lost_its_parent_is_taken_over(data: Path, elsewhere: Elsewhere) -> None:
    # As on a system where children outlive their parent: the promise to die with it is not made.
    owner = elsewhere("from juli.config.embedded import lineage\nlineage._libc = None\n" + RUN)
    assert _line(owner) == "up"
    orphan = leftovers.postmaster_of(Folders(data).cluster)
    owner.kill()
    owner.wait()
    assert orphan in leftovers.processes_in(Folders(data).cluster)

    with running(data, fast_for_tests=True), as_app() as app:
        assert app.execute("SELECT 1").fetchone() == (1,)
        assert orphan not in leftovers.processes_in(Folders(data).cluster)


def test_a_kill_while_the_cluster_is_made_leaves_nothing_in_the_way(data: Path) -> None:
    (data / "postgres.unfinished" / "base").mkdir(parents=True)
    (data / "postgres.unfinished" / "PG_VERSION").write_text("18\n")
    data.chmod(0o711)

    with running(data, fast_for_tests=True), as_app() as app:
        assert app.execute("SELECT 1").fetchone() == (1,)
    assert not (data / "postgres.unfinished").exists()


def _line(process: subprocess.Popen[str]) -> str:
    return process.stdout.readline().strip()


def _until(is_so: Callable[[], bool], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.02)
