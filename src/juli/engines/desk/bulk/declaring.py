"""The declaration of a verb for many records."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from juli.engines.desk.cells import Words
from juli.engines.desk.lists.registers import AnyRegister
from juli.engines.desk.verbs import Asking
from juli.kernel.refusal import NotFound, Refusal

Many = Callable[..., Mapping[int, str]]
"""Does something to records by their numbers and returns a sentence for each that was refused."""


@dataclass(frozen=True)
class Inverse:
    """
    The verb that takes another one back (逆操作).

    ``carried`` are the fields of the first form that the second is filled in with.
    """

    slug: str
    carried: tuple[str, ...] = ()


@dataclass(frozen=True)
class BulkVerb:
    """
    One thing that can be done to many records of a register (批量业务).

    ``act`` takes the numbers of the records, then the form's arguments by name, ``actor`` and ``at``, and
    returns why it refused which; with no numbers at all it only judges its arguments. ``subject`` is
    the field of the register's rows that names what is acted on. ``says`` tells what will happen, with
    ``%(number)s`` in it.
    """

    slug: str
    title: Words
    submit: Words
    form: type[Asking]
    permission: str
    act: Many
    says: Words
    icon: str = "checks"
    subject: str = "pk"
    lead: Words = ""
    is_danger: bool = False
    inverse: Inverse | None = field(default=None)


def one_by_one(action: Callable[..., object]) -> Many:
    """Return the verb for many of an action for one: where they are few, or each is a tree of changes."""

    def act(numbers: Iterable[int], **said: Any) -> Mapping[int, str]:  # Any: the action's own arguments
        refused = {}
        for number in numbers:
            try:
                with transaction.atomic():
                    action(number, **said)
            except Refusal as refusal:
                refused[number] = refusal.sentence
        return refused

    return act


def verb_of(register: AnyRegister, slug: str) -> BulkVerb:
    """
    Return a verb of a register.

    :raises NotFound: it has none of this name.
    """
    verbs: Sequence[BulkVerb] = register.bulk
    for verb in verbs:
        if verb.slug == slug:
            return verb
    raise NotFound
