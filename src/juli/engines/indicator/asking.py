"""What somebody asks a figure for: which unit, which year, as of which day."""

from datetime import date

from juli.engines.facts.models import Fact
from juli.engines.indicator import catalogue
from juli.engines.indicator.declarations import Flow
from juli.engines.indicator.periods import up_to
from juli.engines.indicator.sets import FigureSet
from juli.engines.scope.models import OrgUnit
from juli.engines.scope.querysets import in_ranges
from juli.kernel.actor import PathRange
from juli.kernel.period import Period, Year
from juli.kernel.refusal import Refusal

LATELY = 10  # years
FIRST_YEAR = 1925  # the year in which the national federation was founded: nothing here is older


class UnknownUnit(Refusal):
    """No unit within reach bears the code."""

    code = "indicator.unknown_unit"
    message = "没有编码为 {unit_code} 的组织，它可能不存在，或不在您的管理范围内。"
    status = 404


class YearNotCome(Refusal):
    """There is nothing to count in a year that has not begun."""

    code = "indicator.year_not_come"
    message = "{year}年还没有到，没有可以统计的记录。"


class YearTooEarly(Refusal):
    """There is nothing to count before unions existed."""

    code = "indicator.year_too_early"
    message = "{year}年太早，最早可以统计{first}年。"


class DayOutsideYear(Refusal):
    """The cut-off day lies outside the year, or has not come."""

    code = "indicator.day_outside_year"
    message = "截止日 {day} 不在{year}年之内，或者还没有到，请核对。"


def unit_of(code: str) -> OrgUnit:
    """
    Return the unit of a code, if the walls show it.

    :raises UnknownUnit: there is none, or none within reach.
    """
    unit = OrgUnit.objects.filter(code=code).first()
    if unit is None:
        raise UnknownUnit(unit_code=code)
    return unit


def period_of(year: int, *, as_of: date | None, today: date) -> Period:
    """
    Return a year up to its cut-off day: its end, or today while it lasts, unless another is asked for.

    :raises YearNotCome: the year has not begun.
    :raises YearTooEarly: there was nothing to count.
    :raises DayOutsideYear: the day lies outside the year, or in the future.
    """
    if year > today.year:
        raise YearNotCome(year=year)
    if year < FIRST_YEAR:
        raise YearTooEarly(year=year, first=FIRST_YEAR)
    whole = Year(year)
    if as_of is None:
        return up_to(whole, today)
    if as_of not in whole or as_of > today:
        raise DayOutsideYear(day=as_of.isoformat(), year=year)
    return up_to(whole, as_of)


def latest_year(chosen: FigureSet, *, unit: OrgUnit, today: date) -> int:
    """Return the last year in which anything happened that a report counts; without any, this year."""
    declared = [catalogue.indicator(slot.indicator) for slot in chosen.wired]
    kinds = {kind for each in declared if isinstance(each, Flow) for kind in each.kinds}
    facts = Fact.objects.filter(
        in_ranges([PathRange.under(unit.path)]),
        root_id=unit.root_id,
        kind__in=kinds,
        occurred_on__lte=today,
    ).order_by("-occurred_on")
    days = facts.values_list("occurred_on", flat=True)
    # Facts lie apart by years: each that need not be looked into is not even planned for.
    recent = date(today.year - LATELY, 1, 1)
    day = days.filter(occurred_on__gte=recent).first() or days.filter(occurred_on__lt=recent).first()
    return day.year if day else today.year
