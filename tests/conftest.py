"""One throw-away database server for the whole run, and the walls that every test stands behind."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

SERVER = ExitStack()


def pytest_configure(config: pytest.Config) -> None:
    """Start the server, or join the one that the run's first process has started."""
    if config.option.collectonly or "--help" in config.invocation_params.args:
        return
    from psycopg.conninfo import conninfo_to_dict

    from juli.config.embedded import provision, server
    from juli.config.embedded.folders import Folders, data_folder
    from juli.config.embedded.keys import read_or_create

    if settings.OUTSIDE:
        superuser = {name: str(value) for name, value in conninfo_to_dict(settings.OUTSIDE).items()}
        if not hasattr(config, "workerinput"):
            provision.provision(superuser, provision.Logins(owner_password="tests", app_password="tests"))
            provision.provision_tests(superuser)
        return
    data = data_folder()
    SERVER.enter_context(server.running(data, fast_for_tests=True))
    if not hasattr(config, "workerinput"):
        provision.provision_tests(
            {
                "host": str(Folders(data).socket),
                "port": "5432",
                "user": "postgres",
                "password": read_or_create(data).superuser_password,
                "dbname": "postgres",
            }
        )


def pytest_unconfigure(config: pytest.Config) -> None:
    SERVER.close()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> None:
    """After the owner has migrated, put on the application's role for good."""
    from django.db import connection

    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        with connection.cursor() as cursor:
            cursor.execute(EMPTYING)
        connection.close()
        connection.settings_dict["OPTIONS"]["options"] = "-c role=juli_app"


# Tests that commit are cleaned up by TRUNCATE, which no role of the house may do.
EMPTYING = """
DO $$ DECLARE each text; BEGIN
  FOR each IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('GRANT TRUNCATE ON %I TO juli_app', each);
  END LOOP;
END $$;
GRANT SELECT, INSERT, UPDATE, DELETE ON django_content_type, auth_permission TO juli_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO juli_app;
"""


@pytest.fixture(autouse=True)
def behind_the_walls(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let a test look at rows as an observer of the house; requests and actions enter their own walls."""
    names = request.fixturenames
    if (
        "transactional_db" in names
        or "live_server" in names
        or ("db" not in names and not _wants_db(request))
    ):
        yield
        return
    request.getfixturevalue("db")
    from juli.engines.scope import walls

    with walls.entered(walls.system("观察")):
        yield


def _wants_db(request: pytest.FixtureRequest) -> bool:
    mark = request.node.get_closest_marker("django_db")
    return mark is not None and not mark.kwargs.get("transaction", False)


@pytest.fixture(autouse=True, scope="session")
def only_loopback() -> Iterator[None]:
    """Refuse every connection that would leave the machine."""
    real = socket.socket.connect

    def connect(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if isinstance(address, tuple) and host not in {"127.0.0.1", "::1", "localhost"}:
            raise RuntimeError(f"Tests stay on this machine; {host} is outside.")
        real(self, address)  # type: ignore[arg-type]

    socket.socket.connect = connect  # type: ignore[method-assign]
    yield
    socket.socket.connect = real  # type: ignore[method-assign]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of the test's own."""
    return tmp_path


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """Forget what an earlier test left in the process's cache, such as counted sign-ins."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture(autouse=True)
def chinese_again() -> Iterator[None]:
    """Whoever asked for English leaves the thread in English: each test begins in Chinese."""
    yield
    translation.activate(settings.LANGUAGE_CODE)
