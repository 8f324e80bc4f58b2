"""Who acts, through which door, and how far their reach goes."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class Door(StrEnum):
    """The way an act came in (入口)."""

    PAGE = "page"
    API = "api"
    COMMAND = "command"
    JOB = "job"


class Standing(StrEnum):
    """What somebody is to the house; each has a database role of its own (身份)."""

    STAFF = "staff"
    SELF = "self"
    EMPLOYER = "employer"
    PUBLIC = "public"
    DOOR = "door"

    @property
    def role(self) -> str:
        """The database role whose policies bind this standing."""
        return f"juli_{self.value}"


@dataclass(frozen=True, slots=True, order=True)
class PathRange:
    """
    A half-open range of tree paths in C collation: ``lo <= path < hi``.

    Paths are closed with a slash (``/1/12/``), so unit 12 never swallows unit 120.
    """

    lo: str
    hi: str

    @classmethod
    def under(cls, path: str) -> Self:
        """Return the range of a unit and everything below it (本级及以下)."""
        return cls(path, path + "~")

    @classmethod
    def exactly(cls, path: str) -> Self:
        """Return the range of one unit alone (本级): every child begins with a digit, after '!'."""
        return cls(path, path + "!")

    @classmethod
    def everything(cls) -> Self:
        """Return the range of every unit of every tree (全部)."""
        return cls("/", "/~")

    def __contains__(self, path: str) -> bool:
        return self.lo <= path < self.hi


def merged(ranges: Iterable[PathRange]) -> tuple[PathRange, ...]:
    """Return the fewest ranges that cover the same paths, in order."""
    result: list[PathRange] = []
    for each in sorted(ranges):
        if result and each.lo <= result[-1].hi:
            result[-1] = PathRange(result[-1].lo, max(result[-1].hi, each.hi))
        else:
            result.append(each)
    return tuple(result)


@dataclass(frozen=True, slots=True)
class Actor:
    """
    Somebody, or a named machine, who acts: built once at the edge, the only thing actions see.

    ``reaches`` pairs each permission with the ranges in which it was granted. ``name`` labels the
    actor on the timeline and never holds an identity number.
    """

    name: str
    standing: Standing
    door: Door
    account_id: int | None = None
    reaches: tuple[tuple[str, tuple[PathRange, ...]], ...] = ()
    person_id: int | None = None
    employer_id: int | None = None
    is_machine: bool = False

    def roots_for(self, permission: str) -> tuple[PathRange, ...]:
        """Return the ranges in which the actor holds the permission; a machine holds them all."""
        if self.is_machine:
            return self.ranges
        for held, ranges in self.reaches:
            if held == permission:
                return ranges
        return ()

    def may(self, permission: str, path: str) -> bool:
        """Say whether the actor holds the permission at a unit with this path."""
        return any(path in each for each in self.roots_for(permission))

    def holds(self, permission: str) -> bool:
        """Say whether the actor holds the permission anywhere at all."""
        return bool(self.roots_for(permission))

    @property
    def ranges(self) -> tuple[PathRange, ...]:
        """Every range the actor reaches by any permission: what the second wall lets through."""
        return merged(each for _, ranges in self.reaches for each in ranges)

    @property
    def is_signed_in(self) -> bool:
        """Whether somebody stands behind the actor, as opposed to the public."""
        return self.account_id is not None or self.is_machine
