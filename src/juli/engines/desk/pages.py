"""What a list, a record, a form and the pages around them are made of."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from juli.engines.desk.cells import Cell, Link, State, Tone, Words


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the way to this page; the last one has no address (位置)."""

    label: Words
    href: str = ""


class Weight(StrEnum):
    """How a button stands out (按钮轻重). One PRIMARY a page, named with its result."""

    PRIMARY = "primary"
    PLAIN = "plain"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Action:
    """
    A button in a page's head (操作).

    It leads to ``href``; with ``is_post`` it sends an empty POST there, with the CSRF token.
    """

    label: Words
    href: str
    icon: str = ""
    weight: Weight = Weight.PLAIN
    is_post: bool = False


@dataclass(frozen=True, slots=True)
class Tab:
    """One of several views of the same thing, with how many it holds (页签)."""

    label: Words
    href: str
    number: int | None = None
    is_current: bool = False
    is_bad: bool = False


@dataclass(frozen=True, slots=True)
class Chip:
    """A condition in force; without ``remove_href`` it is locked, as the scope is (条件)."""

    label: Words
    value: Words
    remove_href: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """
    A heading of a table (列).

    ``sort_href`` makes it sortable; ``sorted`` is "", "up" or "down".
    """

    label: Words
    is_numeric: bool = False
    sort_href: str = ""
    sorted: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """
    One line of a table (行).

    ``is_off`` greys out what is no longer in force; ``number`` names the record where rows are ticked.
    """

    cells: tuple[Cell, ...]
    is_off: bool = False
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows; ``caption`` is read out to those who cannot see the page (表)."""

    caption: Words
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Pager:
    """Keyset paging: an empty address means that there is no such page (翻页)."""

    sentence: Words
    previous_href: str = ""
    next_href: str = ""


@dataclass(frozen=True, slots=True)
class Empty:
    """What to say where nothing is: what belongs here, and the button that starts it (空页)."""

    sentence: Words
    action: Action | None = None
    template: Link | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several things to tick: a column to show (选项). A locked one cannot be left out."""

    name: str
    label: Words
    is_chosen: bool
    is_locked: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """A saved filter as its list offers it (常用筛选); ``removal_href`` only to its owner."""

    label: Words
    href: str
    is_current: bool = False
    is_shared: bool = False
    removal_href: str = ""


@dataclass(frozen=True, slots=True)
class Toolbox:
    """
    What a list can do beyond showing itself (列表工具).

    ``carried`` are the looks that the form of conditions sends along, ``conditions`` what the choice of
    columns does. ``bulk`` are the actions on ticked rows, ``query`` the conditions they understand by
    "all". ``state`` is what a saved filter keeps.
    """

    columns: tuple[Choice, ...] = ()
    conditions: tuple[tuple[str, str], ...] = ()
    carried: tuple[tuple[str, str], ...] = ()
    filters: tuple[Kept, ...] = ()
    saving_href: str = ""
    state: str = ""
    query: str = ""
    export_href: str = ""
    print_href: str = ""
    bulk: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """
    A list page (列表).

    ``total`` is exact, or with ``is_more`` as far as was counted (None while counting); ``counted`` says
    how it was counted. ``total_href`` makes the total a figure link.
    """

    title: Words
    total: int | None
    unit: Words
    table: Table
    pager: Pager
    empty: Empty
    counted: Words = ""
    total_href: str = ""
    actions: tuple[Action, ...] = ()
    tabs: tuple[Tab, ...] = ()
    chips: tuple[Chip, ...] = ()
    tools: Toolbox | None = None
    is_more: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled value of a record (事项)."""

    label: Words
    value: Cell


@dataclass(frozen=True, slots=True)
class Span:
    """
    One stretch of a career (履历段).

    ``share`` is its part of the whole time in twenty-fourths, at least 1. ``standing`` is
    "past", "resting" or "current".
    """

    title: Words
    line: Words
    share: int
    standing: str = "past"
    href: str = ""


@dataclass(frozen=True, slots=True)
class Career:
    """Where a record has been, in proportion to time (履历)."""

    title: Words
    summary: Words
    here: Words
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """
    Something that happened (经过): the day, a verb and its object, the reason, and who did it.
    """

    on: date
    verb: Words
    subject: Words = ""
    reason: Words = ""
    by: Words = ""
    icon: str = "circle-dot"
    attachment: Link | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """Everything that happened to a record, newest first (时间线)."""

    entries: tuple[Entry, ...]
    number: int
    kinds: tuple[Tab, ...] = ()
    more_href: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """One line of the log of who looked (查看记录)."""

    who: Words
    place: Words
    when: Words
    what: Words


@dataclass(frozen=True, slots=True)
class Section:
    """
    A heading and what stands under it: facts, a table, looks, or words (栏).

    ``number`` stands grey beside the heading; ``link`` at the right.
    """

    title: Words
    number: Words = ""
    link: Link | None = None
    facts: tuple[Fact, ...] = ()
    table: Table | None = None
    looks: tuple[Look, ...] = ()
    words: Words = ""


@dataclass(frozen=True, slots=True)
class Note:
    """One remark a page, where it is needed (提示): INFO, OK, WARN or BAD."""

    words: Words
    lead: Words = ""
    tone: Tone = Tone.INFO
    link: Link | None = None
    clock: Words = ""


@dataclass(frozen=True, slots=True)
class Detail:
    """
    One record (详情). ``line`` stands under its name; ``sections`` and ``aside`` below.

    ``more`` are the actions that wait behind a menu; ``paper`` leads to the record as it is printed.
    """

    title: Words
    states: tuple[State, ...] = ()
    line: tuple[Fact, ...] = ()
    actions: tuple[Action, ...] = ()
    more: tuple[Action, ...] = ()
    initial: str = ""
    tabs: tuple[Tab, ...] = ()
    paper: Link | None = None
    note: Note | None = None
    career: Career | None = None
    sections: tuple[Section, ...] = ()
    timeline: Timeline | None = None
    aside: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Some fields of a form under one heading (字段组); ``names`` are field names."""

    title: Words
    names: tuple[str, ...]
    help: Words = ""


@dataclass(frozen=True, slots=True)
class FormPage:
    """A page that asks for something (表单页). Fields in no group come first, without heading."""

    title: Words
    submit: Words
    back_href: str
    lead: Words = ""
    action_href: str = ""
    groups: tuple[FieldGroup, ...] = ()
    aside: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class Revealed:
    """A full value, on screen for one minute (明文)."""

    label: Words
    value: str
    reason: Words
    back_href: str


@dataclass(frozen=True, slots=True)
class Hits:
    """What a search found in one register (搜索结果)."""

    title: Words
    number: Words
    table: Table
    all_href: str = ""


@dataclass(frozen=True, slots=True)
class Search:
    """A search and what it found; no groups before anything was asked (搜索)."""

    query: str
    groups: tuple[Hits, ...] = ()
    sentence: Words = ""
