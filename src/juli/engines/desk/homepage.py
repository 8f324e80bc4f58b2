"""What the first page after signing in is made of."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from juli.engines.desk.cells import State, Words
from juli.engines.desk.figures import Headline, Progress
from juli.engines.desk.pages import Action, Section

SOON_DAYS = 3
"""With so few days left a clock turns amber."""


@dataclass(frozen=True, slots=True)
class Running:
    """An import, an export or a bulk action that is under way (正在进行)."""

    title: Words
    href: str
    progress: Progress
    state: State | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """
    How much time is left, as a ring and in words (时钟).

    ``standing`` is "", "soon" or "over"; ``used`` the share of the time that has gone, in hundredths.
    """

    words: Words
    standing: str = ""
    used: int = 0

    @classmethod
    def until(cls, due_on: date, *, since: date, today: date) -> "Clock":
        """Return the clock of a day in calendar days."""
        left = (due_on - today).days
        whole = max((due_on - since).days, 1)
        used = max(0, min(100, 100 - left * 100 // whole))
        if left < 0:
            return cls(_("逾期 %(days)s 天") % {"days": f"{-left:,}"}, "over", 100)
        if left == 0:
            return cls(_("今天到期"), "soon", used)
        words = _("剩 %(days)s 天") % {"days": left}
        return cls(words, "soon" if left <= SOON_DAYS else "", used)


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One thing to do (待办行): what kind, what, where, since when, and how long it may wait."""

    kind: Words
    icon: str
    title: Words
    href: str
    place: Words = ""
    remark: Words = ""
    sent: Words = ""
    clock: Clock | None = None


@dataclass(frozen=True, slots=True)
class WorkGroup:
    """Things to do under one heading (待办组)."""

    title: Words
    lines: tuple[WorkLine, ...]
    more_href: str = ""
    more: Words = ""

    @property
    def number(self) -> int:
        """How many there are."""
        return len(self.lines)


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something that went wrong (预警): how grave, what, and where."""

    state: State
    title: Words
    href: str
    line: Words = ""


@dataclass(frozen=True, slots=True)
class Recalled:
    """A record that was opened lately, or pinned (最近与固定)."""

    kind: Words
    icon: str
    title: Words
    href: str
    line: Words = ""
    is_pinned: bool = False


@dataclass(frozen=True, slots=True)
class Home:
    """The first page after signing in (我的工作). ``nothing`` is said where no work waits."""

    title: Words
    line: Words
    headlines: tuple[Headline, ...] = ()
    actions: tuple[Action, ...] = ()
    groups: tuple[WorkGroup, ...] = ()
    nothing: Words = ""
    all_href: str = ""
    alarms: tuple[Alarm, ...] = ()
    sections: tuple[Section, ...] = ()
    running: tuple[Running, ...] = ()
    running_href: str = ""
    kept: tuple[Recalled, ...] = ()
    aside: tuple[Section, ...] = ()

    @property
    def is_running(self) -> bool:
        """Whether anything is still under way, so that the page keeps asking."""
        return any(each.progress.is_running for each in self.running)
