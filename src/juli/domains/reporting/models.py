"""Committees, their plenary sessions, and the annual reports heard there."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from juli.engines.audit import history
from juli.engines.scope.models import ScopedModel
from juli.engines.scope.querysets import ScopedQuerySet


class CommitteeTermQuerySet(ScopedQuerySet["CommitteeTerm"]):
    """Terms by day."""

    def in_force_on(self, day: date) -> Self:
        """Return the terms that run on a day; one goes on until the next committee is elected."""
        return self.filter(begins_on__lte=day).filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day))


@history.kept()
class CommitteeTerm(ScopedModel):
    """
    One committee of a federation, from its election until the next (委员会届次).

    Local federations elect every five years (工会法(2021)第十六条); ``expires_on`` is when the term
    is over by law, ``ended_on`` when the next committee took over.
    """

    number = models.PositiveSmallIntegerField("届次")
    begins_on = models.DateField("产生日期")
    expires_on = models.DateField("届满日期")
    ended_on = models.DateField("卸任日期", null=True)

    objects = CommitteeTermQuerySet.as_manager()

    class Meta:
        verbose_name = "委员会届次"
        constraints = [
            models.UniqueConstraint(name="reporting_term_number_once", fields=["org_unit", "number"]),
            models.UniqueConstraint(
                name="reporting_term_one_in_office", fields=["org_unit"], condition=Q(ended_on__isnull=True)
            ),
            models.CheckConstraint(
                name="reporting_term_days_in_order",
                condition=Q(expires_on__gt=F("begins_on"))
                & (Q(ended_on__isnull=True) | Q(ended_on__gt=F("begins_on"))),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.number}"

    def end(self, *, on: date) -> None:
        self.ended_on = on
        self.save(update_fields=["ended_on"])


class PlenaryQuerySet(ScopedQuerySet["Plenary"]):
    """Sessions, newest first."""

    def newest_first(self) -> Self:
        """Return the sessions in the order in which people look for them."""
        return self.order_by("-held_on", "-pk")


@history.kept()
class Plenary(ScopedModel):
    """A plenary session of a committee; sessions are numbered within the term (全委会)."""

    term = models.ForeignKey(
        "reporting.CommitteeTerm", models.PROTECT, related_name="plenaries", verbose_name="届次"
    )
    number = models.PositiveSmallIntegerField("次数")
    held_on = models.DateField("召开日期")
    is_enlarged = models.BooleanField("扩大会议", default=False)

    objects = PlenaryQuerySet.as_manager()

    class Meta:
        verbose_name = "全委会"
        constraints = [
            models.UniqueConstraint(name="reporting_plenary_number_once", fields=["term", "number"])
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.number}"


@history.kept()
class AnnualReport(ScopedModel):
    """
    The work report of a year: it looks back on that year and plans the next (年度工作报告).

    It is delivered to a plenary session, usually early in the year that it plans.
    """

    year = models.PositiveSmallIntegerField("回顾年度")
    plan_year = models.PositiveSmallIntegerField("计划年度")
    plenary = models.ForeignKey(
        "reporting.Plenary", models.PROTECT, null=True, related_name="reports", verbose_name="全委会"
    )
    title = models.CharField("标题", max_length=120, blank=True)

    class Meta:
        verbose_name = "年度工作报告"
        constraints = [
            models.UniqueConstraint(name="reporting_report_one_a_year", fields=["org_unit", "year"]),
            models.CheckConstraint(name="reporting_report_plans_ahead", condition=Q(plan_year__gt=F("year"))),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.year}"
