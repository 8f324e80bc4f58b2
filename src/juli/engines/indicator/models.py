"""The cache of figures worked out before."""

from django.db import models

from juli.engines.indicator.periods import PeriodKind, period_around
from juli.engines.scope.models import ScopedModel
from juli.kernel.period import Period


class Rollup(ScopedModel):
    """
    A figure as it was when last worked out, for trends and league tables (汇总数).

    A cache and nothing more: the table may be emptied at any time and is filled again. Pages that
    show one figure work it out afresh.
    """

    class Kind(models.TextChoices):
        """The stretch that the figure covers (统计期)."""

        DAY = PeriodKind.DAY.value, "时点"
        MONTH = PeriodKind.MONTH.value, "月"
        QUARTER = PeriodKind.QUARTER.value, "季"
        YEAR = PeriodKind.YEAR.value, "年"

    indicator = models.CharField("指标编码", max_length=64)
    version = models.PositiveSmallIntegerField("口径版本")
    period_kind = models.CharField("统计期", max_length=8, choices=Kind)
    period_start = models.DateField("期初")
    dimension = models.CharField("分组", max_length=32, blank=True)
    part = models.CharField("分项", max_length=48, blank=True)
    value = models.DecimalField("数值", max_digits=20, decimal_places=2, null=True)
    numerator = models.DecimalField("分子", max_digits=20, decimal_places=2, null=True)
    denominator = models.DecimalField("分母", max_digits=20, decimal_places=2, null=True)
    worked_out_at = models.DateTimeField("算出时间")

    class Meta:
        verbose_name = "汇总数"
        constraints = [
            models.UniqueConstraint(
                name="indicator_rollup_once",
                fields=[
                    "org_unit",
                    "indicator",
                    "version",
                    "period_kind",
                    "period_start",
                    "dimension",
                    "part",
                ],
            ),
        ]
        indexes = [
            models.Index(name="indicator_rollup_period", fields=["indicator", "period_kind", "period_start"])
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.indicator} {self.period_start}"

    @property
    def period(self) -> Period:
        """The days it covers."""
        return period_around(PeriodKind(self.period_kind), self.period_start)


class Snapshot(ScopedModel):
    """
    A figure as it was found in one week, kept for good (周留存数).

    Registers know what their records say today, not what they said last month; so what has become
    of a share over the weeks cannot be worked out again and is written down instead.
    """

    indicator = models.CharField("指标编码", max_length=64)
    version = models.PositiveSmallIntegerField("口径版本")
    week_start = models.DateField("周一")
    value = models.DecimalField("数值", max_digits=20, decimal_places=2, null=True)
    numerator = models.DecimalField("分子", max_digits=20, decimal_places=2, null=True)
    denominator = models.DecimalField("分母", max_digits=20, decimal_places=2, null=True)
    taken_at = models.DateTimeField("留存时间")

    class Meta:
        verbose_name = "周留存数"
        constraints = [
            models.UniqueConstraint(
                name="indicator_snapshot_once", fields=["org_unit", "indicator", "version", "week_start"]
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.indicator} {self.week_start}"
