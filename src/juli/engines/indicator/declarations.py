"""The kinds of figure, as a domain declares them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar, TypeAlias

from django.db.models import Expression, F, Q, QuerySet, Subquery

from juli.engines.indicator.evidence import EvidenceColumns, Line
from juli.engines.indicator.measures import Measure, Reading
from juli.engines.indicator.units import Unit

Records: TypeAlias = "QuerySet[Any]"  # Any: rows of whichever domain declares the figure
Term: TypeAlias = Expression | F | Subquery
"""What the database computes for each record."""


@dataclass(frozen=True, slots=True)
class Version:
    """One wording of a definition, and since when it is used (口径版本)."""

    number: int
    since: date
    definition: str


@dataclass(frozen=True, slots=True, eq=False)
class Dimension:
    """
    What a figure may be broken down by, besides the units below (分组).

    ``expression`` yields the code of the part on each record; ``labels`` says what the codes are
    called, in the order in which they are shown.
    """

    code: str
    label: str
    expression: Term
    labels: Callable[[], Mapping[str, str]]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Indicator:
    """
    What every figure says of itself, whatever its kind (指标).

    ``source`` is the law or the practice of statistics that the definition follows; ``permission``
    is what one must hold to see the records. The values of a sensitive figure are withheld where
    they are so small that they would point at somebody.
    """

    code: str
    label: str
    unit: Unit
    formula: str
    source: str
    versions: tuple[Version, ...]
    permission: str
    is_sensitive: bool = False
    dimensions: tuple[Dimension, ...] = ()
    beside: tuple[str, ...] = ()

    kind_label: ClassVar[str] = "指标"

    @property
    def version(self) -> int:
        """The number of the definition in use."""
        return self.versions[-1].number

    @property
    def definition(self) -> str:
        """The definition in use, in words."""
        return self.versions[-1].definition

    @property
    def parts_may_overlap(self) -> bool:
        """Whether the parts of a breakdown need not sum to the whole."""
        return False

    def dimension(self, code: str) -> Dimension | None:
        """Return what the figure may be broken down by under that code."""
        return next((each for each in self.dimensions if each.code == code), None)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Flow(Indicator):
    """
    What happened within a period, from facts (时期指标).

    Only facts that stand are counted: a reversed fact and its reversal both drop out.
    ``unless_followed_by`` names kinds of fact which, recorded of the same subject up to the end
    of the period, take it out again: founded and dissolved within the year is not newly founded.
    """

    kinds: tuple[str, ...]
    measure: Measure
    where: Q = field(default_factory=Q)
    unless_followed_by: tuple[str, ...] = ()
    evidence: EvidenceColumns

    kind_label: ClassVar[str] = "时期指标"

    @property
    def parts_may_overlap(self) -> bool:
        """One person may have acted in two towns."""
        return not self.measure.is_additive


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Stock(Indicator):
    """
    What stood on a day, from dated registers (时点指标).

    ``records`` returns the rows in force on a day, each with a ``path``. With ``is_of_unit_alone``
    only rows of the unit itself count, not of those below it. ``moved_by`` names the kinds of fact
    that change the figure. ``counted`` is for a register that has a quicker way than to count
    ``records``: how many there are within a reach on a day, and how many of them lie outside what
    the measure counts ``once``. ``all_but`` is for records that nearly all of another stock are.
    """

    records: Callable[[date], Records]
    measure: Measure
    evidence: EvidenceColumns
    is_of_unit_alone: bool = False
    moved_by: tuple[str, ...] = ()
    counted: Callable[[Q, date], tuple[int, int]] | None = None
    all_but: "AllBut | None" = None

    kind_label: ClassVar[str] = "时点指标"

    @property
    def parts_may_overlap(self) -> bool:
        """One employer may be covered in two towns."""
        return not self.measure.is_additive

    @property
    def is_a_reading(self) -> bool:
        """Whether the value is read off one record instead of counted."""
        return isinstance(self.measure, Reading)


@dataclass(frozen=True, slots=True, eq=False)
class AllBut:
    """
    All records of another stock but few, which an index finds (其余).

    The two are counted and taken from each other, where looking at each record would take long. What
    tells them apart must be a property of the value that the measure counts, such as of the person.
    """

    whole: Stock
    others: Callable[[date], Records]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Listed(Indicator):
    """The length of a list that the program itself holds, such as the modules of the work (清单指标)."""

    entries: Callable[[], Sequence[Line]]
    evidence: EvidenceColumns

    kind_label: ClassVar[str] = "清单指标"


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Ratio(Indicator):
    """Two figures kept side by side; the share follows from them and is never stored alone (比率指标)."""

    numerator: "Flow | Stock"
    denominator: "Flow | Stock"

    kind_label: ClassVar[str] = "比率指标"

    @property
    def parts_may_overlap(self) -> bool:
        """Shares of towns never sum to the share of the district."""
        return True


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Partition(Indicator):
    """A whole and the parts that must sum to it; a difference is shown, never spread (构成指标)."""

    whole: "Flow | Stock"
    parts: tuple["Flow | Stock", ...]

    kind_label: ClassVar[str] = "构成指标"


AnyIndicator: TypeAlias = Flow | Stock | Listed | Ratio | Partition
Counted: TypeAlias = Flow | Stock
