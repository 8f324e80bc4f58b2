"""Accounts and what they were granted."""

from datetime import date
from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from juli.engines.audit import history
from juli.engines.scope.models.units import ScopedModel
from juli.engines.scope.querysets import ScopedQuerySet


class AccountManager(BaseUserManager["Account"]):
    """Finds an account by the name it signs in with."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(username__iexact=username)


class Account(AbstractBaseUser, ScopedModel):
    """A way to sign in (账号). An account is not a person and not a member."""

    username = models.CharField("登录名", max_length=64, unique=True)
    display_name = models.CharField("姓名", max_length=64)
    is_active = models.BooleanField("启用", default=True)
    is_sample = models.BooleanField("样例账号", default=False)
    person_id = models.BigIntegerField("自然人编号", null=True, db_index=True)
    created_at = models.DateTimeField("建立时间")

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    objects = AccountManager()
    scoped = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "账号"

    def __str__(self) -> str:
        return f"#{self.pk}"

    def disable(self) -> None:
        self.is_active = False
        self.save(update_fields=["is_active"])


class GrantQuerySet(ScopedQuerySet["Grant"]):
    """Grants by day."""

    def in_force_on(self, day: date) -> Self:
        """Return the grants that hold on a day."""
        return self.filter(valid_from__lte=day).filter(Q(valid_until__isnull=True) | Q(valid_until__gt=day))


@history.kept()
class Grant(ScopedModel):
    """A permission given to an account at a unit, from a day until a day (授权)."""

    LONGEST_REASON = 200

    class Extent(models.TextChoices):
        """How far below the unit the grant goes (数据范围)."""

        EVERYTHING = "everything", "全部"
        CHOSEN = "chosen", "自定义"
        SUBTREE = "subtree", "本级及以下"
        UNIT = "unit", "本级"
        OWN = "own", "仅本人"

    account = models.ForeignKey("scope.Account", models.PROTECT, related_name="grants", verbose_name="账号")
    permission = models.CharField("权限", max_length=64)
    duty = models.CharField("岗位", max_length=32, blank=True)
    extent = models.CharField("数据范围", max_length=16, choices=Extent, default=Extent.SUBTREE)
    valid_from = models.DateField("起")
    valid_until = models.DateField("止", null=True)
    granted_by = models.ForeignKey(
        "scope.Account", models.PROTECT, null=True, related_name="+", verbose_name="授权人"
    )
    handed_over_from = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", verbose_name="交接自"
    )
    reason = models.CharField("理由", max_length=LONGEST_REASON, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = "授权"
        constraints = [
            models.UniqueConstraint(
                name="scope_one_open_grant_each",
                fields=["account", "permission", "org_unit", "extent"],
                condition=Q(valid_until__isnull=True),
            ),
            models.CheckConstraint(
                name="scope_grant_days_in_order",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.permission}"

    def end(self, *, on: date, reason: str = "") -> None:
        self.valid_until = max(on, self.valid_from)
        if reason:
            self.reason = f"{self.reason}；停止：{reason}".strip("；")[: self.LONGEST_REASON]
        self.save(update_fields=["valid_until", "reason"])
