"""Employers, their dated headcounts, flags and hazardous posts."""

from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from juli.engines.audit import history
from juli.engines.scope.models import ScopedModel
from juli.engines.scope.querysets import Row, ScopedQuerySet


@history.kept(exclude=["name_bigrams"])
class Employer(ScopedModel):
    """
    An employing unit, known by its unified social credit code (单位; GB 32100-2015).

    The unit and path are those of the union that covers it, else of the territory.
    """

    class Ownership(models.TextChoices):
        """Kind of ownership (经济类型)."""

        STATE = "state", "国有"
        COLLECTIVE = "collective", "集体"
        PRIVATE = "private", "私营及其他内资"
        HMT = "hmt", "港澳台投资"
        FOREIGN = "foreign", "外商投资"
        INSTITUTION = "institution", "事业单位"
        ORGAN = "organ", "机关"
        SOCIAL = "social", "社会组织"
        SELF_EMPLOYED = "self_employed", "个体工商户"

    class Business(models.TextChoices):
        """State of business (经营状态)."""

        OPERATING = "operating", "正常经营"
        SUSPENDED = "suspended", "停业"
        CLOSED = "closed", "关闭注销"
        MOVED = "moved", "迁出"
        UNKNOWN = "unknown", "待核实"

    territory = models.ForeignKey(
        "scope.OrgUnit", models.PROTECT, related_name="+", verbose_name="所在镇街或村社区"
    )
    uscc = models.CharField("统一社会信用代码", max_length=18, unique=True, db_collation="C")
    name = models.CharField("单位名称", max_length=120)
    name_bigrams = ArrayField(models.IntegerField(), verbose_name="名称二元索引", default=list)
    name_initials = models.CharField("名称拼音首字母", max_length=120, db_collation="C", blank=True)
    ownership = models.CharField("经济类型", max_length=16, choices=Ownership)
    industry = models.CharField("国民经济行业", max_length=8, blank=True)
    address = models.CharField("地址", max_length=200, blank=True)
    business = models.CharField("经营状态", max_length=12, choices=Business, default=Business.OPERATING)
    business_as_of = models.DateField("经营状态日期", null=True)
    source = models.CharField("登记来源", max_length=32, blank=True)
    registered_on = models.DateField("登记日期")
    updated_at = models.DateTimeField("更新时间")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "单位"
        indexes = [
            models.Index(name="party_employer_path", fields=["path", "id"]),
            models.Index(name="party_employer_initials", fields=["name_initials"]),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.uscc}"


@history.kept()
class Headcount(ScopedModel):
    """How many people worked for an employer on a day (职工人数)."""

    employer = models.ForeignKey(
        "party.Employer", models.PROTECT, related_name="headcounts", verbose_name="单位"
    )
    counted_on = models.DateField("统计日期")
    employees = models.PositiveIntegerField("职工人数")
    migrant_workers = models.PositiveIntegerField("农民工人数", null=True)
    women = models.PositiveIntegerField("女职工人数", null=True)
    source = models.CharField("来源", max_length=32, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "职工人数"
        constraints = [
            models.UniqueConstraint(name="party_headcount_one_a_day", fields=["employer", "counted_on"]),
            models.CheckConstraint(
                name="party_headcount_parts_within_whole",
                condition=(Q(migrant_workers__isnull=True) | Q(migrant_workers__lte=F("employees")))
                & (Q(women__isnull=True) | Q(women__lte=F("employees"))),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.counted_on}"


class DatedQuerySet(ScopedQuerySet[Row]):
    """Rows with ``valid_from`` and ``valid_until``, half-open."""

    def in_force_on(self, day: date) -> Self:
        """Return the rows that hold on a day."""
        return self.filter(valid_from__lte=day).filter(Q(valid_until__isnull=True) | Q(valid_until__gt=day))


@history.kept()
class EmployerFlag(ScopedModel):
    """A mark that an employer bears from a day until a day (单位标识)."""

    class Flag(models.TextChoices):
        """What the mark says (标识)."""

        FORTUNE_500 = "fortune_500", "世界500强"
        LABOUR_DISPATCH = "labour_dispatch", "劳务派遣"
        CATERING = "catering", "餐饮"
        PRIVATE_SCHOOL = "private_school", "民办学校"
        NEW_ORGANISATION = "new_organisation", "两新组织"
        PARK = "park", "园区企业"
        PLATFORM = "platform", "平台企业"

    employer = models.ForeignKey("party.Employer", models.PROTECT, related_name="flags", verbose_name="单位")
    flag = models.CharField("标识", max_length=20, choices=Flag)
    valid_from = models.DateField("起")
    valid_until = models.DateField("止", null=True)
    source = models.CharField("来源", max_length=32, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "单位标识"
        constraints = [
            models.UniqueConstraint(
                name="party_flag_one_in_force",
                fields=["employer", "flag"],
                condition=Q(valid_until__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.flag}"


@history.kept()
class HazardousPost(ScopedModel):
    """A post at an employer that exposes workers to a hazard (有害岗位)."""

    class Hazard(models.TextChoices):
        """Kind of hazard (危害类别), after the catalogue of occupational hazards."""

        DUST = "dust", "粉尘"
        CHEMICAL = "chemical", "化学因素"
        PHYSICAL = "physical", "物理因素"
        RADIATION = "radiation", "放射性因素"
        BIOLOGICAL = "biological", "生物因素"
        OTHER = "other", "其他因素"

    employer = models.ForeignKey(
        "party.Employer", models.PROTECT, related_name="hazardous_posts", verbose_name="单位"
    )
    title = models.CharField("岗位名称", max_length=60)
    hazard = models.CharField("危害类别", max_length=12, choices=Hazard)
    workers = models.PositiveIntegerField("接触人数")
    is_checked_by_employer = models.BooleanField("单位已安排职业健康检查", null=True)
    valid_from = models.DateField("起")
    valid_until = models.DateField("止", null=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "有害岗位"

    def __str__(self) -> str:
        return f"#{self.pk} {self.hazard}"
