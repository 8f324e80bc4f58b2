"""The roles, the database and who may enter it: made by the superuser, repeatable (角色与数据库)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from juli.config.embedded.connection import APP, DATABASE, OWNER
from juli.kernel.actor import Standing

STANDINGS = tuple(standing.role for standing in Standing)
FIRST_VERSION_WITH_BUILTIN_LOCALES = 170000
FIRST_VERSION_WITH_GRANT_OPTIONS = 160000

# A page gives up much sooner (see cli/web.py); these stop what nobody waits for any longer.
ROLE_SETTINGS: Mapping[str, Mapping[str, str]] = {
    APP: {
        "statement_timeout": "30min",
        "lock_timeout": "30s",
        "idle_in_transaction_session_timeout": "15min",
        "jit": "off",
    },
    OWNER: {"lock_timeout": "60s", "jit": "off"},
}


@dataclass(frozen=True, slots=True)
class Logins:
    """The database to make, and the passwords of the two roles that sign in."""

    owner_password: str = field(repr=False)
    app_password: str = field(repr=False)
    database: str = DATABASE


def provision(superuser: Mapping[str, str], logins: Logins) -> None:
    """
    Make roles, database and grants, or bring those that are there up to date.

    ``superuser`` are the connection parameters of somebody who may; their ``dbname`` is any
    database that exists already.
    """
    with psycopg.connect(make_conninfo(**superuser), autocommit=True) as connection:
        _make_roles(connection, logins)
        _make_database(connection, logins.database)
    inside = {**superuser, "dbname": logins.database}
    with psycopg.connect(make_conninfo(**inside)) as connection:
        _open_schema(connection)


def provision_tests(superuser: Mapping[str, str]) -> None:
    """Let the owner make test databases, each with the same doors as the real one."""
    with psycopg.connect(make_conninfo(**superuser), autocommit=True) as connection:
        connection.execute(sql.SQL("ALTER ROLE {} CREATEDB").format(sql.Identifier(OWNER)))
    template = {**superuser, "dbname": "template1"}
    with psycopg.connect(make_conninfo(**template)) as connection:
        _open_schema(connection)


def _make_roles(connection: psycopg.Connection, logins: Logins) -> None:
    for role in STANDINGS:
        _make_role(connection, role, "NOLOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE")
    _make_role(connection, APP, "LOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE")
    _make_role(connection, OWNER, "LOGIN NOSUPERUSER NOCREATEROLE")
    _set_password(connection, APP, logins.app_password)
    _set_password(connection, OWNER, logins.owner_password)
    for role in STANDINGS:
        _let_become(connection, member=APP, role=role)
    for role in (APP, *STANDINGS):
        _let_become(connection, member=OWNER, role=role)
    for role, settings in ROLE_SETTINGS.items():
        for name, value in settings.items():
            connection.execute(
                sql.SQL("ALTER ROLE {} SET {} = {}").format(
                    sql.Identifier(role), sql.Identifier(name), sql.Literal(value)
                )
            )


def _make_role(connection: psycopg.Connection, role: str, attributes: str) -> None:
    found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    verb = "ALTER" if found else "CREATE"
    connection.execute(sql.SQL(f"{verb} ROLE {{}} WITH {attributes}").format(sql.Identifier(role)))


def _set_password(connection: psycopg.Connection, role: str, password: str) -> None:
    # Hashed here: the server, its log and its statistics never see the password itself.
    verifier = connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
    connection.execute(
        sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), sql.Literal(verifier))
    )


def _let_become(connection: psycopg.Connection, *, member: str, role: str) -> None:
    """Let a role put on another one by SET ROLE, without having its rights before that."""
    grant = sql.SQL("GRANT {} TO {}").format(sql.Identifier(role), sql.Identifier(member))
    if connection.info.server_version >= FIRST_VERSION_WITH_GRANT_OPTIONS:
        grant += sql.SQL(" WITH INHERIT FALSE, SET TRUE")
    connection.execute(grant)


def _make_database(connection: psycopg.Connection, database: str) -> None:
    found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
    if not found:
        builtin = connection.info.server_version >= FIRST_VERSION_WITH_BUILTIN_LOCALES
        locale = (
            "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LC_COLLATE 'C' LC_CTYPE 'C'"
            if builtin
            else "LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'"
        )
        connection.execute(
            sql.SQL(f"CREATE DATABASE {{}} OWNER {{}} TEMPLATE template0 ENCODING 'UTF8' {locale}").format(
                sql.Identifier(database), sql.Identifier(OWNER)
            )
        )
    name = sql.Identifier(database)
    connection.execute(sql.SQL("ALTER DATABASE {} OWNER TO {}").format(name, sql.Identifier(OWNER)))
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
    connection.execute(sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(name, _all_roles()))


def _open_schema(connection: psycopg.Connection) -> None:
    connection.execute(sql.SQL("ALTER SCHEMA public OWNER TO {}").format(sql.Identifier(OWNER)))
    connection.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
    connection.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(_all_roles()))


def _all_roles() -> sql.Composed:
    return sql.SQL(", ").join(sql.Identifier(role) for role in (APP, *STANDINGS))
