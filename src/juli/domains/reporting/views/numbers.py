"""Numbers of figures as cells: a year is a name and bears no separator."""

from decimal import Decimal

from juli.engines.desk.cells import Number
from juli.engines.indicator.units import Unit


def numbered(value: int | Decimal | None, unit: str, href: str = "") -> Number:
    """Return a number of a figure in its unit."""
    return Number(value, unit, href, is_grouped=unit != Unit.YEAR)
