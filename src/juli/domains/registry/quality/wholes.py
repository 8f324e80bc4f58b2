"""What figures of data quality are counted among, and the conditions that they share."""

from datetime import date
from typing import Final

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from juli.domains.registry.indicators import FIRST_USED
from juli.domains.registry.models import Coverage
from juli.domains.registry.permissions import Permission
from juli.domains.registry.quality.listings import EMPLOYERS as EMPLOYER_LINES
from juli.engines.indicator.declarations import Dimension, Stock, Version
from juli.engines.indicator.measures import Count
from juli.engines.indicator.units import Unit
from juli.engines.party.models import Employer, Headcount

GONE: Final = (Employer.Business.CLOSED, Employer.Business.MOVED)


def first(definition: str) -> tuple[Version, ...]:
    """Return the first wording of a definition."""
    return (Version(1, FIRST_USED, definition),)


def in_force(day: date, prefix: str = "") -> Q:
    """Return the condition that a dated row holds on a day."""
    since, until = f"{prefix}valid_from", f"{prefix}valid_until"
    return Q(**{f"{since}__lte": day}) & (Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gt": day}))


def standing(day: date, prefix: str = "union__") -> Q:
    """Return the condition that a union exists on a day."""
    ended = f"{prefix}ended_on"
    return Q(**{f"{prefix}approved_on__lte": day}) & (
        Q(**{f"{ended}__isnull": True}) | Q(**{f"{ended}__gt": day})
    )


def is_covered(day: date) -> Exists:
    """Return the condition that a union in force stands for an employer."""
    rows = Coverage.objects.filter(in_force(day), standing(day), employer_id=OuterRef("pk"))
    return Exists(rows)


def employees_on(day: date) -> Subquery:
    """Return how many people an employer had at the last count up to a day; none of one never counted."""
    rows = Headcount.objects.filter(employer_id=OuterRef("pk"), counted_on__lte=day)
    return Subquery(rows.order_by("-counted_on", "-pk").values("employees")[:1])


def _employers(day: date) -> "QuerySet[Employer]":
    rows = Employer.objects.filter(registered_on__lte=day).exclude(business__in=GONE)
    return rows.annotate(employees=employees_on(day))


OF_AN_EMPLOYER = Dimension(
    "employer_class",
    "单位经济类型",
    F("ownership"),
    lambda: {code: str(label) for code, label in Employer.Ownership.choices},
)
EMPLOYERS = Stock(
    code="registry.employers",
    label="登记单位数",
    unit=Unit.ESTABLISHMENT,
    formula="截止日已登记、未关闭注销也未迁出的单位，逐家计数",
    source="GB 32100—2015；工会统计口径：单位与工会分列",
    versions=first(
        "截止日已经登记的用人单位，经营状态为“关闭注销”“迁出”的不计。经营状态以现登记为准；"
        "所属镇街按覆盖它的工会，没有工会的按所在地。"
    ),
    permission=Permission.SEE,
    dimensions=(OF_AN_EMPLOYER,),
    records=_employers,
    measure=Count(),
    evidence=EMPLOYER_LINES,
)
