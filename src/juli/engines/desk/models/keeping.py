"""What somebody keeps at hand: filters, half-filled forms, records opened lately."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from juli.engines.scope.models import ScopedModel
from juli.engines.scope.querysets import ScopedQuerySet


class SavedFilter(ScopedModel):
    """
    A list as somebody set it up: its conditions, order and columns (常用筛选).

    It belongs to one account; a shared one is seen by the colleagues of the unit it lies at. ``query``
    is the query string of the list's address.
    """

    LONGEST_NAME = 40
    LONGEST_QUERY = 1000

    account = models.ForeignKey("scope.Account", models.PROTECT, related_name="+", verbose_name="账号")
    register = models.CharField("列表", max_length=48)
    name = models.CharField("名称", max_length=LONGEST_NAME)
    query = models.CharField("条件", max_length=LONGEST_QUERY, blank=True)
    is_shared = models.BooleanField("与本级同事共用", default=False)
    saved_at = models.DateTimeField("保存时间")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "常用筛选"
        constraints = [
            models.UniqueConstraint(name="desk_one_filter_of_a_name", fields=["account", "register", "name"]),
        ]
        indexes = [
            models.Index(name="desk_filter_shared", fields=["register", "path"], condition=Q(is_shared=True)),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.register}"


class Draft(models.Model):
    """
    A form that was begun and not sent yet (草稿).

    What was filled in lies sealed, as it may name persons and numbers; nobody but its owner sees it.
    ``form`` names the form and ``subject`` what it is about, empty where it makes something new.
    """

    account = models.ForeignKey("scope.Account", models.PROTECT, related_name="+", verbose_name="账号")
    form = models.CharField("表单", max_length=96)
    subject = models.CharField("对象", max_length=48, blank=True)
    title = models.CharField("标题", max_length=80, blank=True)
    address = models.CharField("网址", max_length=300)
    filled = models.BinaryField("已填内容")
    saved_at = models.DateTimeField("保存时间")
    expires_at = models.DateTimeField("失效时间")

    class Meta:
        verbose_name = "草稿"
        constraints = [
            models.UniqueConstraint(name="desk_one_draft_each", fields=["account", "form", "subject"]),
        ]
        indexes = [models.Index(name="desk_draft_expiry", fields=["expires_at"])]

    def __str__(self) -> str:
        return f"#{self.pk} {self.form}"


class Recent(models.Model):
    """
    A record that somebody opened lately, or pinned to come back to (最近与固定).

    It holds the kind and the number alone; the name is looked up behind the walls when it is shown.
    """

    account = models.ForeignKey("scope.Account", models.PROTECT, related_name="+", verbose_name="账号")
    subject_kind = models.CharField("对象类别", max_length=48)
    subject_id = models.BigIntegerField("对象编号")
    opened_at = models.DateTimeField("打开时间")
    pinned_at = models.DateTimeField("固定时间", null=True)

    class Meta:
        verbose_name = "最近打开的记录"
        constraints = [
            models.UniqueConstraint(
                name="desk_one_recent_each", fields=["account", "subject_kind", "subject_id"]
            ),
        ]
        indexes = [models.Index(name="desk_recent_latest", fields=["account", "-opened_at"])]

    def __str__(self) -> str:
        return f"#{self.pk} {self.subject_kind}"

    @property
    def is_pinned(self) -> bool:
        return self.pinned_at is not None

    def pin(self, *, at: datetime) -> None:
        self.pinned_at = at
        self.save(update_fields=["pinned_at"])

    def unpin(self) -> None:
        self.pinned_at = None
        self.save(update_fields=["pinned_at"])
