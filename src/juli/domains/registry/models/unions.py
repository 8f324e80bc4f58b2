"""Unions, their terms, posts and committees, and the employers they cover."""

from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from juli.engines.audit import history
from juli.engines.scope.models import ScopedModel
from juli.engines.scope.querysets import Row, ScopedQuerySet


class DatedQuerySet(ScopedQuerySet[Row]):
    """Rows with ``valid_from`` and ``valid_until``, half-open."""

    def in_force_on(self, day: date) -> Self:
        """Return the rows that hold on a day."""
        return self.filter(valid_from__lte=day).filter(Q(valid_until__isnull=True) | Q(valid_until__gt=day))


class UnionQuerySet(ScopedQuerySet["Union"]):
    """Unions by day and level."""

    def in_force_on(self, day: date) -> Self:
        """Return the unions that existed on a day."""
        return self.filter(approved_on__lte=day).filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day))

    def base(self) -> Self:
        """Return base unions only: a joint union is one, however many employers it covers."""
        return self.filter(level="base")


@history.kept(exclude=["name_bigrams"])
class Union(ScopedModel):
    """
    A trade union at any level of the tree (工会).

    Every union is one unit of the tree. Its founding is approved by the next higher union
    (工会法(2021)第十二条); when it ends, its members keep their membership (第十三条).
    """

    class Level(models.TextChoices):
        """Where a union stands (工会层级)."""

        FEDERATION = "federation", "区总工会"
        TOWN = "town", "镇街总工会"
        VILLAGE = "village", "村（社区）工会联合会"
        PARK = "park", "园区工会联合会"
        SECTOR = "sector", "行业工会联合会"
        BASE = "base", "基层工会"
        SUB = "sub", "分工会"
        GROUP = "group", "工会小组"

    class Form(models.TextChoices):
        """Whether a base union stands for one employer or several (建会形式)."""

        OWN = "own", "单独组建"
        JOINT = "joint", "联合组建"
        NOT_APPLICABLE = "not_applicable", "不适用"

    class Ending(models.TextChoices):
        """How a union ended (终止方式)."""

        MERGED = "merged", "并入"
        DISSOLVED = "dissolved", "撤销"

    name = models.CharField("工会名称", max_length=120)
    name_bigrams = ArrayField(models.IntegerField(), verbose_name="名称二元索引", default=list)
    name_initials = models.CharField("名称拼音首字母", max_length=120, db_collation="C", blank=True)
    code = models.CharField("组织编码", max_length=32, unique=True, db_collation="C")
    level = models.CharField("工会层级", max_length=12, choices=Level)
    form = models.CharField("建会形式", max_length=16, choices=Form, default=Form.NOT_APPLICABLE)
    employer_class = models.CharField("单位经济类型", max_length=16, blank=True)
    approved_on = models.DateField("批准成立日期")
    approval_number = models.CharField("批复文号", max_length=60, blank=True)
    legal_uscc = models.CharField("法人统一社会信用代码", max_length=18, blank=True)
    legal_certificate = models.CharField("法人资格证书号", max_length=40, blank=True)
    legal_since = models.DateField("法人登记日期", null=True)
    ended_on = models.DateField("终止日期", null=True)
    ending = models.CharField("终止方式", max_length=12, choices=Ending, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", verbose_name="并入工会"
    )
    source = models.CharField("登记来源", max_length=32, blank=True)
    updated_at = models.DateTimeField("更新时间")

    objects = UnionQuerySet.as_manager()

    class Meta:
        verbose_name = "工会"
        constraints = [
            models.UniqueConstraint(name="registry_union_one_per_unit", fields=["org_unit"]),
            models.UniqueConstraint(
                name="registry_union_one_per_legal_code", fields=["legal_uscc"], condition=~Q(legal_uscc="")
            ),
            models.CheckConstraint(
                name="registry_union_ends_with_a_way",
                condition=Q(ended_on__isnull=True, ending="")
                | (Q(ended_on__isnull=False, ended_on__gte=F("approved_on")) & ~Q(ending="")),
            ),
            models.CheckConstraint(
                name="registry_union_merged_names_heir",
                condition=Q(ending="merged", merged_into__isnull=False)
                | (~Q(ending="merged") & Q(merged_into__isnull=True)),
            ),
            models.CheckConstraint(
                name="registry_union_base_has_form",
                condition=(Q(level="base") & ~Q(form="not_applicable"))
                | (~Q(level="base") & Q(form="not_applicable")),
            ),
        ]
        indexes = [
            models.Index(
                name="registry_union_path",
                fields=["path", "id"],
                include=["approved_on", "ended_on", "level"],  # lists are counted from the index alone
            ),
            models.Index(name="registry_union_approved", fields=["level", "approved_on"]),
            models.Index(name="registry_union_initials", fields=["name_initials"]),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.code}"

    @property
    def is_in_force(self) -> bool:
        return self.ended_on is None

    @property
    def is_legal_person(self) -> bool:
        return self.legal_since is not None


@history.kept()
class Term(ScopedModel):
    """One term of a union's committee, three or five years (届期; 工会法(2021)第十六条)."""

    union = models.ForeignKey("registry.Union", models.PROTECT, related_name="terms", verbose_name="工会")
    number = models.PositiveSmallIntegerField("届次")
    elected_on = models.DateField("选举日期", null=True)
    begins_on = models.DateField("届期起")
    expires_on = models.DateField("届期止")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "届期"
        constraints = [
            models.UniqueConstraint(name="registry_term_number_once", fields=["union", "number"]),
            models.CheckConstraint(
                name="registry_term_days_in_order", condition=Q(expires_on__gt=F("begins_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.number}"


@history.kept()
class Post(ScopedModel):
    """A post that a person holds in a union (任职)."""

    class Office(models.TextChoices):
        """Which post it is (职务)."""

        CHAIR = "chair", "主席"
        VICE_CHAIR = "vice_chair", "副主席"
        COMMITTEE_MEMBER = "committee_member", "委员"
        ORGANISER = "organiser", "组织员"
        AUDIT_CHAIR = "audit_chair", "经审委员会主任"
        AUDIT_MEMBER = "audit_member", "经审委员"
        WOMEN_CHAIR = "women_chair", "女职工委员会主任"
        WOMEN_MEMBER = "women_member", "女职工委员"
        TREASURER = "treasurer", "财务负责人"
        STAFF = "staff", "工会专职工作人员"
        SOCIALISED = "socialised", "社会化工会工作者"

    union = models.ForeignKey("registry.Union", models.PROTECT, related_name="posts", verbose_name="工会")
    person = models.ForeignKey("party.Person", models.PROTECT, related_name="+", verbose_name="任职人")
    office = models.CharField("职务", max_length=20, choices=Office)
    is_full_time = models.BooleanField("专职", default=False)
    valid_from = models.DateField("起")
    valid_until = models.DateField("止", null=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "任职"
        constraints = [
            models.UniqueConstraint(
                name="registry_post_once_per_person",
                fields=["union", "person", "office"],
                condition=Q(valid_until__isnull=True),
            ),
            models.UniqueConstraint(
                name="registry_post_one_chair",
                fields=["union"],
                condition=Q(office="chair", valid_until__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.office}"


@history.kept()
class Committee(ScopedModel):
    """A standing committee or commissioner of a union: women's or audit (专门委员会)."""

    class Kind(models.TextChoices):
        """Which committee (类别)."""

        WOMEN = "women", "女职工委员会"
        WOMEN_COMMISSIONER = "women_commissioner", "女职工委员"
        AUDIT = "audit", "经费审查委员会"

    union = models.ForeignKey(
        "registry.Union", models.PROTECT, related_name="committees", verbose_name="工会"
    )
    kind = models.CharField("类别", max_length=20, choices=Kind)
    valid_from = models.DateField("起")
    valid_until = models.DateField("止", null=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "专门委员会"
        constraints = [
            models.UniqueConstraint(
                name="registry_committee_one_in_force",
                fields=["union", "kind"],
                condition=Q(valid_until__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind}"


@history.kept()
class Coverage(ScopedModel):
    """
    An employer whose staff a union stands for, from a day until a day (覆盖).

    A joint union is one union that covers many employers; employers are never counted as unions.
    """

    union = models.ForeignKey("registry.Union", models.PROTECT, related_name="coverages", verbose_name="工会")
    employer = models.ForeignKey("party.Employer", models.PROTECT, related_name="+", verbose_name="单位")
    valid_from = models.DateField("起")
    valid_until = models.DateField("止", null=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "覆盖"
        constraints = [
            models.UniqueConstraint(
                name="registry_coverage_one_in_force",
                fields=["union", "employer"],
                condition=Q(valid_until__isnull=True),
            ),
            models.CheckConstraint(
                name="registry_coverage_days_in_order",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
            ),
        ]
        indexes = [
            models.Index(name="registry_coverage_path", fields=["path", "valid_from"]),
            models.Index(name="registry_coverage_employer", fields=["employer", "valid_from"]),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
