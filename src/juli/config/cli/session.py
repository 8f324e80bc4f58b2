"""What every command of the house stands on: a database that runs, and Django set up (会话)."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer

from juli.config.embedded import cluster, connection, keys
from juli.config.embedded.folders import Folders, data_folder
from juli.config.embedded.server import running
from juli.config.embedded.stopping import signals_as_exits
from juli.kernel.refusal import Refusal


class DatabaseUnreachable(Refusal):
    """The database does not answer, or refuses us."""

    code = "cli.database_unreachable"
    message = "数据库没有应答：{reason}。请运行 juli doctor 检查。"


def tell(sentence: str) -> None:
    """Say something about the progress: on the side, so that results stay clean."""
    print(sentence, file=sys.stderr, flush=True)  # noqa: T201  this is the terminal


@contextmanager
def in_house(*, as_owner: bool = False) -> Iterator[None]:
    """
    See that the database runs and Django is set up, while the block does.

    :raises NotInitialised: there is no database yet.
    :raises Refusal: the database could not be started.
    """
    with database(), _django(as_owner=as_owner):
        yield


@contextmanager
def in_new_house(*, as_owner: bool = False) -> Iterator[None]:
    """
    The same where there may be no database and no keys yet: they are made.

    :raises Refusal: the database could not be made or started.
    """
    if keys.read(data_folder()) is None:
        keys.read_or_create(data_folder())
    with _database_or_new(), _django(as_owner=as_owner):
        yield


@contextmanager
def database() -> Iterator[None]:
    """
    See that the database runs, for a process that does not use it itself.

    :raises NotInitialised: there is no database yet.
    :raises Refusal: the database could not be started.
    """
    if connection.is_embedded():
        cluster.insist_on(Folders(data_folder()))
    with _database_or_new():
        yield


def stop_in_a_hurry() -> NoReturn:
    """End a command that was asked to stop: a database that it runs does not wait for its guests."""
    raise SystemExit(0)


@contextmanager
def refusals() -> Iterator[None]:
    """Turn a refusal, and a database that is down, into a sentence and exit code 1."""
    try:
        yield
    except Refusal as refusal:
        typer.echo(refusal.sentence, err=True)
        raise typer.Exit(1) from refusal
    except Exception as error:
        if not is_database_down(error):
            raise
        typer.echo(DatabaseUnreachable(reason=reason_of(error)).sentence, err=True)
        raise typer.Exit(1) from error


@contextmanager
def _database_or_new() -> Iterator[None]:
    if connection.is_embedded():
        with running(data_folder(), say=tell):
            yield
    else:
        with signals_as_exits():
            yield


@contextmanager
def _django(*, as_owner: bool) -> Iterator[None]:
    os.environ["JULI_DB_AS"] = "owner" if as_owner else "app"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "juli.config.settings")
    import django

    django.setup()
    try:
        yield
    finally:
        _hang_up()


def _hang_up() -> None:
    """Close what is open, so that the database stops without cutting anybody off."""
    from django.db import connections

    for each in connections.all(initialized_only=True):
        each.close()
        if close_pool := getattr(each, "close_pool", None):
            close_pool()


def is_database_down(error: BaseException) -> bool:
    """Say whether the error means that the database does not answer, or not in time."""
    # Asked of what is loaded already: a command that needs no database shall not import a driver.
    kinds = tuple(
        sys.modules[module].OperationalError
        for module in ("psycopg", "django.db.utils")
        if module in sys.modules
    )
    return isinstance(error, kinds)


def reason_of(error: BaseException) -> str:
    """Return the last line of what the database said."""
    told = str(error).strip().splitlines() or ["没有说明原因"]
    return told[-1].strip().rstrip("。.")
