"""What runs behind somebody's back: exports and actions on many records."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q


class Run(models.Model):
    """
    Work in the background that one account asked for (后台任务).

    It runs as that account, behind the walls, with the reach of the moment it runs at. ``is_stopping``
    asks it to end at the next chance.
    """

    class State(models.TextChoices):
        """How far it has come (任务状态)."""

        WAITING = "waiting", "等待中"
        RUNNING = "running", "进行中"
        DONE = "done", "已完成"
        STOPPED = "stopped", "已取消"
        FAILED = "failed", "未能完成"

    account = models.ForeignKey("scope.Account", models.PROTECT, related_name="+", verbose_name="账号")
    register = models.CharField("列表", max_length=48)
    query = models.CharField("条件", max_length=1000, blank=True)
    reason = models.CharField("理由", max_length=200, blank=True)
    state = models.CharField("任务状态", max_length=12, choices=State, default=State.WAITING)
    is_stopping = models.BooleanField("正在取消", default=False)
    sentence = models.CharField("未能完成的原因", max_length=300, blank=True)
    done = models.PositiveIntegerField("已完成", default=0)
    total = models.PositiveIntegerField("总量", null=True)
    attempts = models.PositiveSmallIntegerField("开始次数", default=0)
    asked_at = models.DateTimeField("提出时间")
    started_at = models.DateTimeField("开始时间", null=True)
    ended_at = models.DateTimeField("结束时间", null=True)

    class Meta:
        abstract = True

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in {self.State.DONE, self.State.STOPPED, self.State.FAILED}

    def begin(self, *, at: datetime) -> None:
        self.state, self.sentence = self.State.RUNNING, ""
        self.started_at = self.started_at or at
        self.attempts += 1
        self.save(update_fields=["state", "sentence", "started_at", "attempts"])

    def end(self, state: "Run.State", *, at: datetime, sentence: str = "") -> None:
        self.state, self.sentence, self.ended_at = state, sentence[:300], at
        self.save(update_fields=["state", "sentence", "ended_at", "done", "total"])

    def wait_again(self) -> None:
        self.state, self.sentence, self.ended_at, self.attempts = self.State.WAITING, "", None, 0
        self.is_stopping = False
        self.save(update_fields=["state", "sentence", "ended_at", "attempts", "is_stopping"])


class Export(Run):
    """
    A list taken out as a file, with the conditions and columns it was shown with (导出).

    The link leads to the file for its owner alone, until it expires. ``reach`` are the ranges that the
    rows were read in: whoever has lost one of them since does not get the file any more.
    """

    class Form(models.TextChoices):
        """What kind of file is made (文件格式)."""

        WORKBOOK = "xlsx", "xlsx 工作簿"
        TEXT = "csv", "csv 文本"

    form = models.CharField("文件格式", max_length=8, choices=Form)
    columns = models.CharField("列", max_length=1000, blank=True)
    is_plain = models.BooleanField("含明文", default=False)
    file = models.ForeignKey(
        "files.StoredFile", models.SET_NULL, null=True, related_name="+", verbose_name="文件"
    )
    reach = models.JSONField("管理范围", default=list)
    expires_at = models.DateTimeField("失效时间", null=True)

    class Meta:
        verbose_name = "导出"
        indexes = [
            models.Index(name="desk_export_latest", fields=["account", "-id"]),
            models.Index(
                name="desk_export_open", fields=["state"], condition=Q(state__in=["waiting", "running"])
            ),
            models.Index(name="desk_export_expiry", fields=["expires_at"], condition=Q(file__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.register} {self.state}"

    def hold(self, file_id: int, *, rows: int, expires_at: datetime, at: datetime) -> None:
        self.file_id, self.expires_at, self.done, self.total = file_id, expires_at, rows, rows
        self.save(update_fields=["file", "expires_at"])
        self.end(self.State.DONE, at=at)

    def let_go(self) -> None:
        self.file = None
        self.save(update_fields=["file"])


class BulkRun(Run):
    """
    One action on many records (批量操作).

    The records are written down when it is asked for (``BulkItem``), so that nothing that changes
    meanwhile comes under it unseen. ``arguments`` lie sealed, as they may name persons.
    """

    verb = models.CharField("操作", max_length=48)
    arguments = models.BinaryField("参数")
    refused = models.PositiveIntegerField("未能办理", default=0)
    inverse_of = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="undone_by", verbose_name="撤销的批次"
    )

    class Meta:
        verbose_name = "批量操作"
        constraints = [
            models.CheckConstraint(name="desk_bulk_refused_are_done", condition=Q(refused__lte=F("done"))),
        ]
        indexes = [
            models.Index(name="desk_bulk_latest", fields=["account", "-id"]),
            models.Index(
                name="desk_bulk_open", fields=["state"], condition=Q(state__in=["waiting", "running"])
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.register}.{self.verb} {self.state}"


class BulkItem(models.Model):
    """One record of a bulk run and what came of it (批量操作明细)."""

    class Outcome(models.TextChoices):
        """What came of it (办理结果)."""

        WAITING = "waiting", "待办理"
        DONE = "done", "已办理"
        REFUSED = "refused", "未能办理"
        SKIPPED = "skipped", "已取消"

    run = models.ForeignKey("desk.BulkRun", models.PROTECT, related_name="items", verbose_name="批量操作")
    account_id = models.BigIntegerField("账号编号")
    subject_id = models.BigIntegerField("对象编号")
    outcome = models.CharField("办理结果", max_length=8, choices=Outcome, default=Outcome.WAITING)
    sentence = models.CharField("未能办理的原因", max_length=300, blank=True)

    class Meta:
        verbose_name = "批量操作明细"
        constraints = [
            models.UniqueConstraint(name="desk_one_item_each", fields=["run", "subject_id"]),
        ]
        indexes = [models.Index(name="desk_item_outcome", fields=["run", "outcome", "subject_id"])]

    def __str__(self) -> str:
        return f"#{self.pk} {self.outcome}"
