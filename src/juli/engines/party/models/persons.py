"""A person under their real name."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from juli.engines.audit import history
from juli.engines.scope.models import ScopedModel
from juli.engines.scope.querysets import ScopedQuerySet


@history.kept(exclude=["name_bigrams"])
class Person(ScopedModel):
    """
    A natural person, kept once under their real name (自然人).

    The unit and path are those of the membership in force, else of the unit that registered them.
    Identity number, mobile and bank account are sealed; beside each stand a blind index for exact
    look-up and the masked form that lists show. Nothing is ever inferred from an identity number
    except sex and day of birth.
    """

    class Document(models.TextChoices):
        """The kind of identity document (证件类型)."""

        RESIDENT = "resident", "居民身份证"
        HMT_RESIDENCE = "hmt_residence", "港澳台居民居住证"
        HONGKONG_MACAU = "hongkong_macau", "港澳居民来往内地通行证"
        TAIWAN = "taiwan", "台湾居民来往大陆通行证"
        FOREIGN_RESIDENCE = "foreign_residence", "外国人永久居留身份证"
        PASSPORT = "passport", "护照"

    class Sex(models.TextChoices):
        """Sex as the document states it (性别)."""

        MALE = "male", "男"
        FEMALE = "female", "女"
        UNSTATED = "unstated", "未说明"

    class Verification(models.TextChoices):
        """Whether the real name was checked (实名状态)."""

        UNVERIFIED = "unverified", "待核验"
        VERIFIED = "verified", "已实名"
        MISMATCHED = "mismatched", "核验不一致"

    class Household(models.TextChoices):
        """Type of registered household (户籍性质)."""

        RURAL = "rural", "农村"
        URBAN = "urban", "城镇"
        UNSTATED = "unstated", "未说明"

    class Education(models.TextChoices):
        """Highest education (学历), after GB/T 4658."""

        DOCTOR = "doctor", "博士研究生"
        MASTER = "master", "硕士研究生"
        BACHELOR = "bachelor", "大学本科"
        COLLEGE = "college", "大学专科"
        VOCATIONAL = "vocational", "中专中技"
        HIGH_SCHOOL = "high_school", "高中"
        JUNIOR = "junior", "初中"
        PRIMARY = "primary", "小学及以下"
        UNSTATED = "unstated", "未说明"

    class Skill(models.TextChoices):
        """Vocational skill level (技能等级)."""

        NONE = "none", "无"
        JUNIOR = "junior", "初级工"
        INTERMEDIATE = "intermediate", "中级工"
        SENIOR = "senior", "高级工"
        TECHNICIAN = "technician", "技师"
        SENIOR_TECHNICIAN = "senior_technician", "高级技师"
        UNSTATED = "unstated", "未说明"

    class Employment(models.TextChoices):
        """State of employment (就业状态)."""

        EMPLOYED = "employed", "在职"
        FLEXIBLE = "flexible", "灵活就业"
        UNEMPLOYED = "unemployed", "失业"
        RETIRED = "retired", "退休"
        UNSTATED = "unstated", "未说明"

    name = models.CharField("姓名", max_length=64)
    name_bigrams = ArrayField(models.IntegerField(), verbose_name="姓名二元索引", default=list)
    name_initials = models.CharField("姓名拼音首字母", max_length=64, db_collation="C", blank=True)
    name_pinyin = models.CharField("姓名全拼", max_length=255, db_collation="C", blank=True)
    sex = models.CharField("性别", max_length=8, choices=Sex, default=Sex.UNSTATED)
    born_on = models.DateField("出生日期", null=True)

    document_kind = models.CharField("证件类型", max_length=20, choices=Document, default=Document.RESIDENT)
    document_sealed = models.BinaryField("证件号码（加密）")
    document_digest = models.BinaryField("证件号码（盲索引）")
    document_shown = models.CharField("证件号码（掩码）", max_length=24)
    mobile_sealed = models.BinaryField("手机号码（加密）", null=True)
    mobile_digest = models.BinaryField("手机号码（盲索引）", null=True)
    mobile_shown = models.CharField("手机号码（掩码）", max_length=16, blank=True)
    bank_sealed = models.BinaryField("银行账号（加密）", null=True)
    bank_digest = models.BinaryField("银行账号（盲索引）", null=True)
    bank_shown = models.CharField("银行账号（掩码）", max_length=32, blank=True)

    verification = models.CharField(
        "实名状态", max_length=12, choices=Verification, default=Verification.UNVERIFIED
    )
    verified_on = models.DateField("核验日期", null=True)
    verification_source = models.CharField("核验来源", max_length=32, blank=True)
    household = models.CharField("户籍性质", max_length=12, choices=Household, default=Household.UNSTATED)
    is_migrant_worker = models.BooleanField("农民工", null=True)
    migrant_source = models.CharField("农民工信息来源", max_length=32, blank=True)
    migrant_as_of = models.DateField("农民工信息日期", null=True)
    education = models.CharField("学历", max_length=16, choices=Education, default=Education.UNSTATED)
    skill = models.CharField("技能等级", max_length=20, choices=Skill, default=Skill.UNSTATED)
    employment = models.CharField("就业状态", max_length=12, choices=Employment, default=Employment.UNSTATED)
    is_party_member = models.BooleanField("中共党员", null=True)
    party_source = models.CharField("党员信息来源", max_length=32, blank=True)
    is_model_worker = models.BooleanField("劳模", null=True)
    model_source = models.CharField("劳模信息来源", max_length=32, blank=True)
    source = models.CharField("登记来源", max_length=32, blank=True)
    registered_on = models.DateField("登记日期")
    updated_at = models.DateTimeField("更新时间")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "自然人"
        constraints = [
            models.UniqueConstraint(name="party_person_one_per_document", fields=["document_digest"]),
            models.CheckConstraint(
                name="party_person_migrant_has_source",
                condition=Q(is_migrant_worker__isnull=True) | Q(migrant_as_of__isnull=False),
            ),
            models.CheckConstraint(
                name="party_person_verified_has_day",
                condition=~Q(verification="verified") | Q(verified_on__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="party_person_path", fields=["path", "id"]),
            models.Index(name="party_person_initials", fields=["name_initials", "name_pinyin", "path"]),
            models.Index(name="party_person_pinyin", fields=["name_pinyin", "path"]),
            models.Index(  # with the path: numbers shared within a union are found from the index alone
                name="party_person_mobile", fields=["mobile_digest", "path"], include=["id"]
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
