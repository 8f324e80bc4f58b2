"""Signing in to the database of a data folder."""

from pathlib import Path

import psycopg

from juli.config.embedded import connection, keys
from juli.config.embedded.folders import Folders


def as_app() -> psycopg.Connection:
    return _connected(connection.parameters(as_owner=False))


def as_owner() -> psycopg.Connection:
    return _connected(connection.parameters(as_owner=True))


def as_superuser(data: Path) -> psycopg.Connection:
    found = keys.read(data)
    assert found is not None
    return _connected(
        {
            "host": str(Folders(data).socket),
            "user": "postgres",
            "password": found.superuser_password,
            "dbname": "juli",
        }
    )


def _connected(parameters: dict[str, str]) -> psycopg.Connection:
    return psycopg.connect(psycopg.conninfo.make_conninfo(**parameters), autocommit=True)
