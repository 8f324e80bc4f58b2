"""The one table of what happened."""

from typing import Any

from django.db import models
from django.db.models import Func

from juli.engines.scope.fields import PathField
from juli.engines.scope.querysets import ScopedQuerySet

KINDS: dict[str, str] = {}
"""Every registered kind with its Chinese label; domains register theirs when they are loaded."""


class NextFactNumber(Func):
    """The next number of a fact; an identity column is not allowed on a partitioned table before 17."""

    template = "nextval('facts_fact_id_seq')"
    output_field = models.BigIntegerField()


class Fact(models.Model):
    """
    Something that happened (事实).

    Append-only by grant; a correction is a new row whose ``reverses`` names the old one and whose
    quantity and amount are its opposite. ``path`` is the place in the tree on the day it happened
    and never changes. Facts carry ids, never names. Partitioned by the year of ``occurred_on``.
    """

    pk = models.CompositePrimaryKey("root_id", "occurred_on", "id")
    root_id = models.BigIntegerField("根组织编号")
    occurred_on = models.DateField("发生日期")
    id = models.BigIntegerField("编号", db_default=NextFactNumber())
    kind = models.CharField("事实类别", max_length=48)
    org_unit_id = models.BigIntegerField("所属组织编号")
    path = PathField("路径")
    subject_kind = models.CharField("对象类别", max_length=48)
    subject_id = models.BigIntegerField("对象编号")
    person_id = models.BigIntegerField("自然人编号", null=True)
    employer_id = models.BigIntegerField("单位编号", null=True)
    quantity = models.DecimalField("数量", max_digits=14, decimal_places=2, default=1)
    amount = models.DecimalField("金额（元）", max_digits=14, decimal_places=2, null=True)
    category = models.CharField("当日分类", max_length=32, blank=True)
    payload = models.JSONField("附记", default=dict)
    reason = models.CharField("理由", max_length=200, blank=True)
    batch_id = models.BigIntegerField("批次编号", null=True)
    reverses = models.BigIntegerField("冲销的事实编号", null=True)
    recorded_at = models.DateTimeField("记录时间")
    recorded_by = models.BigIntegerField("记录账号编号", null=True)
    recorded_as = models.CharField("记录程序", max_length=64, blank=True)
    door = models.CharField("入口", max_length=16)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "事实"

    def __str__(self) -> str:
        return f"#{self.id} {self.kind}"

    @property
    def kind_label(self) -> str:
        """The Chinese label of what happened."""
        return KINDS.get(self.kind, self.kind)

    def payload_of(self, key: str) -> Any:  # JSON holds whatever the action noted
        """Return one note of the payload, or None."""
        return self.payload.get(key)
