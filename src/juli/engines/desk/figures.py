"""What the pages of figures, the report, imports and the home page are made of."""

from dataclasses import dataclass
from datetime import date

from juli.engines.desk.cells import Link, Number, State, Words
from juli.engines.desk.pages import Action, Entry, Fact, Note, Pager, Section, Tab, Table


@dataclass(frozen=True, slots=True)
class Headline:
    """
    One of at most four figures at the top of the home page (首页指标).

    ``trend`` holds up to twelve values, oldest first, for the line beside the number.
    """

    label: Words
    number: Number
    on: date
    line: Words = ""
    gap: Words = ""
    trend: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long job has come (进度). ``left`` says in words how long it still takes."""

    label: Words
    done: int
    total: int | None
    unit: Words
    left: Words = ""
    is_running: bool = True

    @property
    def percent(self) -> int:
        """The share that is done, rounded down: 100 means finished."""
        return 0 if not self.total else min(100, self.done * 100 // self.total)


@dataclass(frozen=True, slots=True)
class Share:
    """One line of a figure split by town or by class (分项); ``share`` of the largest, 0 to 1."""

    label: Words
    number: Number
    share: float
    percent: Words = ""


@dataclass(frozen=True, slots=True)
class Split:
    """
    A figure split into parts (分布).

    ``check`` says whether the parts sum to the figure, or why they need not.
    """

    title: Words
    heading: Words
    shares: tuple[Share, ...]
    total: Number
    check: State | None = None

    @property
    def has_percent(self) -> bool:
        """Whether the parts say their percentages, so that the table needs the column."""
        return any(each.percent for each in self.shares)


@dataclass(frozen=True, slots=True)
class Measure:
    """A number beside the big one: the other way of counting, or what is missing (旁注数)."""

    label: Words
    number: Number
    line: Words = ""
    is_gap: bool = False


@dataclass(frozen=True, slots=True)
class FigurePage:
    """
    One figure opened up (指标页).

    ``spoken`` is how the report writes it; ``definition`` fills the panel at the right;
    ``on`` is the day asked about and ``report_on`` the last day of the reported year.
    """

    title: Words
    line: Words
    code: str
    version: Words
    number: Number
    on: date
    definition: tuple[Fact, ...]
    spoken: Words = ""
    formula: Words = ""
    check: State | None = None
    measures: tuple[Measure, ...] = ()
    splits: tuple[Split, ...] = ()
    records: Table | None = None
    records_number: Words = ""
    records_href: str = ""
    report_on: date | None = None
    today: date | None = None
    used_in: tuple[Link, ...] = ()
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """A number quoted in a sentence of the report, leading to its evidence (引用)."""

    text: Words
    href: str
    is_shown: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words and quotes in order; ``lead`` is set in bold before them (段落)."""

    runs: tuple[Words | Quote, ...]
    lead: Words = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading of the report and its paragraphs (章)."""

    title: Words
    anchor: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What stands behind the number that is shown beside the report (依据)."""

    label: Words
    number: Number
    check: State
    facts: tuple[Fact, ...]
    position: Words = ""
    previous_href: str = ""
    next_href: str = ""
    records: Table | None = None
    records_number: Words = ""
    records_href: str = ""
    changes: tuple[Entry, ...] = ()
    note: Note | None = None


@dataclass(frozen=True, slots=True)
class ReportPage:
    """The report with its numbers as links, and the evidence of one of them (报告页)."""

    title: Words
    kicker: Words
    chapters: tuple[Chapter, ...]
    contents: tuple[Tab, ...] = ()
    tally: tuple[State, ...] = ()
    line: Words = ""
    actions: tuple[Action, ...] = ()
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an import (步骤); ``standing`` is "done", "now" or "later"."""

    label: Words
    standing: str


@dataclass(frozen=True, slots=True)
class BatchPage:
    """
    One import, from the file to the register (导入批次).

    While ``progress.is_running`` the page asks ``progress_href`` every two seconds for the
    fragment ``desk/_import_progress.html`` with the same context.
    """

    title: Words
    line: Words
    steps: tuple[Step, ...]
    progress: Progress
    progress_href: str
    tabs: tuple[Tab, ...] = ()
    error_workbook: Link | None = None
    table: Table | None = None
    pager: Pager | None = None
    empty: Words = ""
    actions: tuple[Action, ...] = ()
    note: Note | None = None
    aside: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportsPage:
    """Where a ledger is brought in, and what was brought in before (台账导入)."""

    title: Words
    line: Words
    submit: Words
    batches: Table
    templates: tuple[Link, ...] = ()
    sheets: tuple[Link, ...] = ()
    pager: Pager | None = None
    empty: Words = ""
