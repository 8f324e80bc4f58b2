"""The dated tree of units, and the base of every row that hangs on it."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from juli.engines.audit import history
from juli.engines.scope.fields import PathField
from juli.engines.scope.querysets import ScopedQuerySet, in_ranges
from juli.kernel.actor import Actor


class OrgUnitQuerySet(models.QuerySet["OrgUnit"]):
    """Units by reach and by day."""

    def within_reach_of(self, actor: Actor, permission: str) -> Self:
        """Return the units at which the actor holds the permission."""
        return self.filter(in_ranges(actor.roots_for(permission)))

    def open_on(self, day: date) -> Self:
        """Return the units that existed on a day."""
        return self.filter(opened_on__lte=day).filter(Q(closed_on__isnull=True) | Q(closed_on__gt=day))


@history.kept()
class OrgUnit(models.Model):
    """
    A unit of the tree (组织).

    ``parent`` is the truth and ``path`` is derived from it; a branch is moved under an advisory
    lock (docs/adr/0008). ``root_id`` is the immutable id of the tree's root.
    """

    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    root_id = models.BigIntegerField("根组织编号")
    path = PathField("路径", unique=True)
    depth = models.PositiveSmallIntegerField("层级")
    name = models.CharField("名称", max_length=120)
    code = models.CharField("编码", max_length=32, unique=True)
    kind = models.CharField("类别", max_length=24)
    opened_on = models.DateField("启用日期")
    closed_on = models.DateField("停用日期", null=True)

    objects = OrgUnitQuerySet.as_manager()

    class Meta:
        verbose_name = "组织"
        constraints = [
            models.CheckConstraint(
                name="scope_unit_days_in_order",
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
            ),
            models.CheckConstraint(
                name="scope_unit_path_is_closed",
                condition=Q(path__startswith="/") & Q(path__endswith="/"),
            ),
        ]
        indexes = [models.Index(name="scope_unit_parent", fields=["parent", "kind"])]

    def __str__(self) -> str:
        return f"#{self.pk} {self.code}"

    @property
    def is_open(self) -> bool:
        return self.closed_on is None

    def move_to(self, *, parent: "OrgUnit") -> None:
        self.parent, self.path, self.depth = parent, f"{parent.path}{self.pk}/", parent.depth + 1
        self.save(update_fields=["parent", "path", "depth"])

    def close(self, *, on: date) -> None:
        self.closed_on = on
        self.save(update_fields=["closed_on"])

    def rename(self, name: str) -> None:
        self.name = name
        self.save(update_fields=["name"])


class ScopedModel(models.Model):
    """A row that hangs on the tree: its unit, and the unit's path copied for the walls."""

    org_unit = models.ForeignKey("scope.OrgUnit", models.PROTECT, related_name="+", verbose_name="所属组织")
    path = PathField("路径")

    class Meta:
        abstract = True


class Placement(ScopedModel):
    """Where a unit stood in the tree, and from when until when (组织沿革)."""

    parent_id = models.BigIntegerField("上级组织编号", null=True)
    valid_from = models.DateField("起")
    valid_until = models.DateField("止", null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "组织沿革"
        constraints = [
            models.UniqueConstraint(
                name="scope_one_placement_in_force",
                fields=["org_unit"],
                condition=Q(valid_until__isnull=True),
            ),
            models.CheckConstraint(
                name="scope_placement_days_in_order",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} unit {self.org_unit_id}"
