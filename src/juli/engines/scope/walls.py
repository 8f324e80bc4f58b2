"""
The second wall: one helper opens the transaction, the database role and the reach.

Everything that asks the database runs inside ``entered``: a request with its rendering, a job, a
command, the cursor of an export. The settings are local to the transaction, so nothing leaks into
the next one that gets the connection. Blocks nest; the inner one gives the outer's reach back.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction

from juli.kernel.actor import Actor, Door, PathRange, Standing

SETTINGS = (
    "role",
    "juli.lo",
    "juli.hi",
    "juli.bounds",
    "juli.person",
    "juli.employer",
    "juli.account",
    "pghistory.context_metadata",
)
"""What the wall sets, in the order of ``_Reach.values``; the policies read exactly these."""


@dataclass(frozen=True, slots=True)
class _Reach:
    """The values of ``SETTINGS`` for one actor."""

    values: tuple[str, ...]

    @classmethod
    def of(cls, actor: Actor) -> "_Reach":
        ranges = actor.ranges
        lo = ranges[0].lo if ranges else ""
        hi = ranges[-1].hi if ranges else ""
        return cls(
            (
                actor.standing.role,
                lo,
                hi,
                _bounds(ranges),
                "" if actor.person_id is None else str(actor.person_id),
                "" if actor.employer_id is None else str(actor.employer_id),
                _account(actor),
                json.dumps({"account": actor.account_id, "door": actor.door.value, "actor": actor.name}),
            )
        )


def _bounds(ranges: tuple[PathRange, ...]) -> str:
    """Return where each of several ranges begins and ends, in order; of none, what nothing lies behind."""
    return "one" if len(ranges) == 1 else ",".join(f"{each.lo},{each.hi}" for each in ranges)


def _account(actor: Actor) -> str:
    """Return whose private rows are shown: one account's, or everybody's to a machine of the house."""
    if actor.is_machine:
        return "*"
    return "" if actor.account_id is None else str(actor.account_id)


_CLOSED = _Reach(("juli_app", *[""] * (len(SETTINGS) - 1)))
_SET = "SELECT " + ", ".join(f"set_config('{each}', %s, true)" for each in SETTINGS)


def _impose(reach: _Reach) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_SET, reach.values)


def _stack() -> list[_Reach]:
    """The reaches entered on this connection, outermost first; a connection belongs to one thread."""
    stack = getattr(connection, "_juli_reaches", None)
    if stack is None:
        stack = []
        connection._juli_reaches = stack  # type: ignore[attr-defined]
    return stack


@contextmanager
def entered(actor: Actor) -> Iterator[Actor]:
    """
    Open a transaction in which the database shows and takes only what the actor reaches.

    On an error everything written inside is undone. The actor comes back for ``as``.
    """
    stack = _stack()
    with transaction.atomic():
        _impose(reach := _Reach.of(actor))
        stack.append(reach)
        try:
            yield actor
        finally:
            stack.pop()
            is_nested = bool(stack or connection.savepoint_ids)  # else the settings end with the transaction
            if is_nested and not connection.needs_rollback and _is_usable():
                _impose(stack[-1] if stack else _CLOSED)


def _is_usable() -> bool:
    """Say whether the connection still takes statements: not closed, not in a failed transaction."""
    raw = connection.connection
    return raw is not None and not raw.closed and raw.info.transaction_status.name != "INERROR"


def is_entered() -> bool:
    """Say whether the current thread stands inside a wall."""
    return bool(_stack())


def system(name: str, *, door: Door = Door.COMMAND) -> Actor:
    """Return a named machine of the house with reach over every tree; its name stands on the timeline."""
    return Actor(
        name=name,
        standing=Standing.STAFF,
        door=door,
        reaches=(("*", (PathRange.everything(),)),),
        is_machine=True,
    )


def stranger(*, door: Door = Door.PAGE) -> Actor:
    """Return the public: nobody signed in, nothing reached."""
    return Actor(name="访客", standing=Standing.PUBLIC, door=door)


def doorkeeper(*, door: Door = Door.PAGE) -> Actor:
    """Return the standing in which a request begins: it reads accounts, grants and sessions, nothing else."""
    return Actor(name="门卫", standing=Standing.DOOR, door=door)
