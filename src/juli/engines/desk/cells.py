"""What one place of a table, a list of facts or a header may hold."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import NewType, TypeAlias

from django.utils.functional import Promise

Words: TypeAlias = Promise | str
"""Text for people: a plain string or a lazy translation."""

NOTHING = "—"
"""What stands in a table where there is nothing to say."""

Icon = NewType("Icon", str)
"""The name of a line icon; tools/assets.py finds it written as ``Icon("…")`` or ``icon="…"``."""


class Tone(StrEnum):
    """How a state weighs; never shown by colour alone (语气)."""

    OK = "ok"
    INFO = "info"
    WARN = "warn"
    BAD = "bad"
    MUTE = "mute"
    HONOUR = "honour"


@dataclass(frozen=True, slots=True)
class Text:
    """Plain words; empty ones are shown as 未填 (文字)."""

    text: Words


@dataclass(frozen=True, slots=True)
class Quiet:
    """Words of less weight: a place, a code, a remark (次要文字)."""

    text: Words


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a record, in bold, leading to it: the first column of a list (名称)."""

    text: Words
    href: str


@dataclass(frozen=True, slots=True)
class Link:
    """A way to another record or page (链接)."""

    text: Words
    href: str


@dataclass(frozen=True, slots=True)
class Links:
    """Several ways from one place of a table: what can be done to its row (若干链接)."""

    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """
    A count or an amount, right-aligned with its unit (数).

    With an ``href`` it is a figure link: the way down to its records. A year is not grouped.
    """

    value: int | Decimal | None
    unit: Words = ""
    href: str = ""
    is_grouped: bool = True


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day, with the year (日期)."""

    on: date | None


@dataclass(frozen=True, slots=True)
class Moment:
    """A day and a time of day, in local time (时刻)."""

    at: datetime | None


@dataclass(frozen=True, slots=True)
class State:
    """An icon and a word (状态). Without an icon of its own it takes that of its tone."""

    label: Words
    tone: Tone = Tone.MUTE
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Masked:
    """
    A value with its middle hidden, as ``4401**********2417`` (掩码).

    ``reveal_href`` leads to the page that asks for a reason and shows it in full for one minute.
    """

    text: str
    reveal_href: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A share of a whole between 0 and 1, drawn; the number stands in a cell of its own (条)."""

    share: float


Cell: TypeAlias = Text | Quiet | Name | Link | Links | Number | Day | Moment | State | Masked | Bar
