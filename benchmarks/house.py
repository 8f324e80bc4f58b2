"""
The full-size house that is measured: its database, Django inside it, and visitors who are signed in.

It is the sample of ``JULI_DATA`` (``juli bench`` makes one where there is none). What is measured goes
through the real settings, middleware and walls; only the owner's connection goes around them.
"""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import psycopg

from juli.config.cli import session
from juli.config.embedded import connection as links

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

    from juli.kernel.actor import Actor

PASSWORD = "juli-sample-2018"
DISTRICT, TOWN, BASE = "qu", "zhen", "jiceng"
LABELS = {DISTRICT: "district", TOWN: "town", BASE: "base union"}


@contextmanager
def standing() -> Iterator[None]:
    """Open the house: the database runs and Django is set up as in production, without a test's extras."""
    with session.in_house():
        yield


def visitor(username: str) -> "Client":
    """Return a client that has signed in at the door like anybody else."""
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    answer = client.post("/sign-in/", {"username": username, "password": PASSWORD})
    if answer.status_code != 302:
        raise SystemExit(f"{username} could not sign in ({answer.status_code}): is this the sample's house?")
    return client


def actor_of(username: str) -> "Actor":
    """Return the actor behind an account, with the reach of today."""
    from django.utils import timezone

    from juli.engines.scope import reaching, walls
    from juli.engines.scope.models import Account
    from juli.kernel.actor import Door

    with walls.entered(walls.doorkeeper()):
        account = Account.objects.get(username=username)
        return reaching.actor_for(account, on=timezone.localdate(), door=Door.PAGE)


@dataclass(slots=True)
class Ledger:
    """The statements that were sent to the database, and how long each took to come back."""

    statements: list[tuple[str, float]] = field(default_factory=list)
    parameters: list[Any] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.statements)

    @property
    def milliseconds(self) -> float:
        return sum(taken for _, taken in self.statements)

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        start = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.statements.append((sql, (time.perf_counter() - start) * 1000))
            self.parameters.append(params)


def between_the_walls(ledger: Ledger) -> slice:
    """Return where in the ledger stands what a page asked after its visitor was known."""
    marks = [place for place, (sql, _) in enumerate(ledger.statements) if "set_config('role'" in sql]
    return slice(marks[1] + 1, marks[2] if len(marks) > 2 else None)


def in_the_server(ledger: Ledger, place: slice, actor: "Actor") -> float:
    """Return how long the database says that it plans and executes these statements, in milliseconds."""
    from django.db import connection

    from juli.engines.scope import walls

    taken = 0.0
    with walls.entered(actor), connection.cursor() as cursor:
        for (sql, _), params in zip(ledger.statements[place], ledger.parameters[place], strict=True):
            if sql.lstrip().upper().startswith("SELECT"):
                cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {sql}", params)
                told = cursor.fetchone()[0]
                plan = (json.loads(told) if isinstance(told, str) else told)[0]
                taken += plan["Planning Time"] + plan["Execution Time"]
    return taken


@contextmanager
def listening() -> Iterator[Ledger]:
    """Write down every statement of Django's connection while the block runs."""
    from django.db import connection

    ledger = Ledger()
    with connection.execute_wrapper(ledger):
        yield ledger


def page(client: "Client", address: str) -> "HttpResponse":
    """
    Ask for a page and insist on getting it.

    :raises SystemExit: the page says something else than that all is well.
    """
    answer = client.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address}: {answer.status_code}")
    return answer


def owner() -> "psycopg.Connection[tuple[Any, ...]]":
    """Return the owner's connection, which no wall stands around."""
    return psycopg.connect(**links.parameters(as_owner=True), autocommit=True, prepare_threshold=None)  # type: ignore[arg-type]


def as_owner() -> "psycopg.Connection[tuple[Any, ...]]":
    """Return an owner's connection made by Django: it differs from the application's in its role alone."""
    from django.db import connections

    told = links.parameters(as_owner=True)
    connections.databases["owner"] = connections["default"].settings_dict | {
        "USER": told["user"],
        "PASSWORD": told["password"],
    }
    connections["owner"].ensure_connection()
    return connections["owner"].connection


def version(link: "psycopg.Connection[tuple[Any, ...]]") -> str:
    """Return the version of the database."""
    return str(link.execute("SHOW server_version").fetchone()[0]).split()[0]  # type: ignore[index]


def count(link: "psycopg.Connection[tuple[Any, ...]]", table: str) -> int:
    """Return how many rows a table has."""
    return int(link.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # type: ignore[index,arg-type]


def tidied(link: "psycopg.Connection[tuple[Any, ...]]") -> None:
    """
    Leave the tables as a house leaves them that has stood for a while.

    Autovacuum has been by, and their pages are in the database's own memory: a benchmark starts the
    database anew, which an office does not.
    """
    for table in ("party_person", "registry_membership", "registry_union", "party_employer", "facts_fact"):
        link.execute(f"VACUUM (ANALYZE) {table}")
        link.execute(f"SELECT sum(length({table}::text)) FROM {table}")
