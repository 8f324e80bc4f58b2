"""What stands around every page of the console: brand, navigation, who is signed in."""

from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest

from juli.engines.desk import navigation
from juli.engines.desk.navigation import Group
from juli.kernel.actor import Actor

LIGHT: Final = "light"
DARK: Final = "dark"


@dataclass(frozen=True, slots=True)
class Shell:
    """The frame of a console page (外框)."""

    federation: str
    groups: tuple[Group, ...]
    name: str
    initial: str
    place: str
    may_search: bool


def shell_of(request: HttpRequest) -> Shell:
    """Return the frame as this visitor sees it."""
    actor: Actor | None = getattr(request, "actor", None)
    name = actor.name if actor is not None else ""
    return Shell(
        federation=getattr(request, "federation_name", ""),
        groups=navigation.groups_for(actor, path=request.path),
        name=name,
        initial=name[:1],
        place=getattr(request, "actor_place", ""),
        may_search=actor is not None and actor.holds(navigation.SEE),
    )


def theme_of(request: HttpRequest) -> str:
    """Return the theme of the visitor's cookie; light for anything unknown."""
    return DARK if request.COOKIES.get("theme") == DARK else LIGHT
