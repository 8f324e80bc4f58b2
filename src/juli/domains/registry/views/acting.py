"""From a record and a form's values to the call of an action."""

from collections.abc import Callable
from typing import Any, Protocol

from juli.engines.desk.asking import Act, Verb
from juli.engines.desk.cells import Icon
from juli.engines.desk.pages import Action, Weight


class Numbered(Protocol):
    """Anything with a number of its own."""

    pk: Any


def on_row(action: Callable[..., object]) -> Act:
    """Return the call of an action that takes the record's number first."""

    def act(subject: Numbered, **said: object) -> object:
        return action(subject.pk, **said)

    return act


def as_named(name: str, action: Callable[..., object]) -> Act:
    """Return the call of an action that takes the record's number under a name."""

    def act(subject: Numbered, **said: object) -> object:
        return action(**{name: subject.pk}, **said)

    return act


def on_person(action: Callable[..., object]) -> Act:
    """Return the call of an action on the person whose membership the page is about."""

    def act(subject: Any, **said: object) -> object:  # Any: a membership
        return action(subject.person_id, **said)

    return act


def menu_of(
    verbs: tuple[Verb[Any], ...], *, state: object, href: Callable[[Verb[Any]], str]
) -> tuple[Action, ...]:
    """Return the verbs that make sense for a record in a state, as buttons of its page."""
    return tuple(
        Action(
            verb.title,
            href(verb),
            icon=Icon(verb.icon),
            weight=Weight.DANGER if verb.is_danger else Weight.PLAIN,
        )
        for verb in verbs
        if verb.is_open(state)
    )
