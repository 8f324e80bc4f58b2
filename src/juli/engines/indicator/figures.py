"""What working out an indicator yields: the value and everything needed to open it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias

from juli.engines.indicator.declarations import AnyIndicator, Records
from juli.engines.indicator.evidence import Line
from juli.engines.scope.models import OrgUnit
from juli.kernel.period import Period

Amount: TypeAlias = int | Decimal
Evidence: TypeAlias = "Records | Sequence[Line]"


@dataclass(frozen=True, slots=True)
class Part:
    """
    One part of a figure broken down (分项).

    ``code`` is the unit's number for a part by town, the code of the class otherwise; empty for
    what belongs to the unit itself or to no class. A withheld part has no value.
    """

    code: str
    label: str
    value: Amount | None
    evidence_count: int = 0
    numerator: Amount | None = None
    denominator: Amount | None = None
    unit_code: str = ""
    is_withheld: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """
    An indicator worked out for a unit and a period, with its evidence (数据).

    ``value`` is exact; it is None where there is nothing to read or to divide by, and where the
    number is withheld for being small. ``is_partial`` says that the actor does not reach all of the
    unit, so that the number is smaller than the unit's. ``late`` counts records written down after
    the period had ended.
    """

    indicator: AnyIndicator
    unit: OrgUnit
    period: Period
    value: Amount | None
    evidence: Evidence
    evidence_count: int
    worked_out_at: datetime
    numerator: Amount | None = None
    denominator: Amount | None = None
    by: str = ""
    parts: tuple[Part, ...] = ()
    components: "tuple[Figure, ...]" = ()
    late: int = 0
    is_partial: bool = False
    is_withheld: bool = False

    @property
    def as_of(self) -> date:
        """The cut-off day."""
        return self.period.last_day

    @property
    def definition(self) -> str:
        """The definition in words."""
        return self.indicator.definition

    @property
    def version(self) -> int:
        """The version of the definition."""
        return self.indicator.version

    @property
    def difference(self) -> Amount | None:
        """What the parts lack of the whole, or exceed it by (negative); None where that has no meaning."""
        values = [part.value for part in self.parts]
        if self.value is None or self.denominator is not None or not values or None in values:
            return None
        return self.value - sum(value for value in values if value is not None)
