"""Every kind of task that the apps have declared, by code."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from django.utils.functional import Promise

if TYPE_CHECKING:
    from juli.engines.tasks.models import Task

CODE = re.compile(r"[a-z]+(_[a-z]+)*\.[a-z][a-z0-9_]*")
Words: TypeAlias = "Promise | str"

_DECLARED: dict[str, "Kind"] = {}


class DoublyDeclared(ValueError):
    """Two kinds claim one code: a mistake of the programmer, found when the house starts."""


@dataclass(frozen=True, slots=True)
class Kind:
    """
    One kind of task (待办类别).

    ``title`` may hold ``%(number)s``. Who holds ``permission`` at the unit may work on it; an empty one
    is for kinds that wait for one account. ``leads_to`` gives the address of what is to be worked
    through. A counted kind is kept by a job and closes itself when nothing is left; the others are
    closed by hand. ``is_alarm`` sets it apart from ordinary work.
    """

    code: str
    label: Words
    title: Words
    icon: str
    leads_to: Callable[["Task"], str]
    permission: str = ""
    is_counted: bool = False
    is_alarm: bool = False

    def title_of(self, task: "Task") -> str:
        """Return what a task of this kind is called."""
        number: Any = "" if task.number is None else f"{task.number:,}"  # Any: what a format string takes
        return str(self.title) % {"number": number}


def declare(kinds: Iterable[Kind]) -> None:
    """
    Make kinds known, each once; the same declaration may come again.

    :raises DoublyDeclared: another kind bears the code.
    :raises ValueError: the code is not ``app.thing``.
    """
    for each in kinds:
        if not CODE.fullmatch(each.code):
            raise ValueError(f"{each.code}: the code is not app.thing")
        if _DECLARED.setdefault(each.code, each) is not each:
            raise DoublyDeclared(each.code)


def kind(code: str) -> Kind:
    """
    Return the kind of a code.

    :raises LookupError: there is none.
    """
    return _DECLARED[code]


def every_kind() -> tuple[Kind, ...]:
    """Return all of them, by code."""
    return tuple(_DECLARED[code] for code in sorted(_DECLARED))


def permissions() -> tuple[str, ...]:
    """Return the permissions that any kind of task waits for."""
    return tuple(sorted({each.permission for each in _DECLARED.values() if each.permission}))
