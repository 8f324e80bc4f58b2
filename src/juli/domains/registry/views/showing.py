"""Small values as cells, the same on every page of the registry."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from juli.domains.registry.selectors.lineage import Ancestor
from juli.domains.registry.views.addresses import address
from juli.engines.desk.cells import NOTHING, Cell, Day, Link, Links, Quiet, Text, Words
from juli.engines.desk.pages import Column


def linked(text: Words, href: str) -> Cell:
    """Return words that lead somewhere where there is somewhere to go."""
    if not text:
        return Quiet(NOTHING)
    return Link(text, href) if href else Text(text)


def unless_empty(text: Words) -> Cell:
    """Return words, or a dash in a table where there are none."""
    return Text(text) if text else Quiet(NOTHING)


def until(day: date | None) -> Cell:
    """Return the end of a stretch of time: a day, or that it lasts."""
    return Day(day) if day else Quiet(_("至今"))


def answer_of(value: bool | None) -> str:
    """Return yes, no, or nothing known."""
    return {None: "", True: _("是"), False: _("否")}[value]


def lineage_line(ancestors: Iterable[Ancestor]) -> str:
    """Return the way down the tree in words."""
    return " / ".join(each.name for each in ancestors)


def doing_columns(*, may: bool) -> tuple[Column, ...]:
    """Return the column of what can be done to each row, for whoever may."""
    return (Column(_("办理")),) if may else ()


def done_cell(*links: Link | None, may: bool) -> tuple[Cell, ...]:
    """Return the cell of what can be done to a row, for whoever may."""
    return (Links(tuple(link for link in links if link is not None)),) if may else ()


def correcting(name: str, number: int) -> Link:
    """Return the way to where an entry is put right."""
    return Link(_("更正"), address(f"{name}-correction", number))
