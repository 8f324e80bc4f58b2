"""What is done with the records behind a figure to get its value."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from django.db import models
from django.db.models import Count as CountRows
from django.db.models import Expression, Max, Q, Value
from django.db.models import Sum as SumOf
from django.db.models.functions import Coalesce

from juli.engines.party.merged import resolved
from juli.engines.party.models import Subject


@dataclass(frozen=True, slots=True)
class Count:
    """The number of records."""

    is_additive = True

    def expression(self) -> Expression:
        """Return what the database adds up."""
        return CountRows("*")


@dataclass(frozen=True, slots=True)
class CountDistinct:
    """
    The number of different values of a field: persons, unions, employers.

    It does not add up over towns or months: the same person may stand in several. ``once`` names the
    records among which, by a constraint of the database, no value stands twice; then records are
    counted, which is quicker, and only what lies outside is looked at for doubles. ``of`` says of whom
    the field holds numbers where it may be an old one's: who was merged with another counts as that one.
    """

    field: str
    once: Q | None = None
    of: Subject | None = None
    is_additive = False

    def expression(self) -> Expression:
        """Return what the database adds up."""
        return CountRows(resolved(self.of, self.field) if self.of else self.field, distinct=True)


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of a column; of no records, zero."""

    field: str
    is_additive = True

    def expression(self) -> Expression:
        """Return what the database adds up."""
        zero = Value(Decimal(0), output_field=models.DecimalField())
        return Coalesce(SumOf(self.field), zero, output_field=models.DecimalField())


@dataclass(frozen=True, slots=True)
class Reading:
    """What the one record says of itself, such as the number of a term; without a record, nothing."""

    field: str
    is_additive = False

    def expression(self) -> Expression:
        """Return what the database reads."""
        return Max(self.field)


Measure: TypeAlias = Count | CountDistinct | Sum | Reading
