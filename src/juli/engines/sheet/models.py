"""Import batches: what was handed in, how far it has come, what was wrong with which row."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from juli.engines.scope.models import ScopedModel


class ImportBatch(ScopedModel):
    """
    One ledger on its way into a register (导入批次).

    The row says truly what the register holds of it: ``posted`` is written in the transaction that
    posts the rows, and in every other state nothing of the batch stands in the register.
    """

    class State(models.TextChoices):
        """How far a batch has come (批次状态)."""

        RECEIVED = "received", "等待导入"
        READING = "reading", "正在读取"
        JUDGED = "judged", "已核对"
        POSTING = "posting", "正在写入"
        POSTED = "posted", "已完成"
        FAILED = "failed", "未能导入"
        INTERRUPTED = "interrupted", "中断待续"

    ledger = models.CharField("台账", max_length=48)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+", verbose_name="文件")
    error_workbook = models.ForeignKey(
        "files.StoredFile", models.PROTECT, null=True, related_name="+", verbose_name="错误清单"
    )
    state = models.CharField("批次状态", max_length=12, choices=State, default=State.RECEIVED)
    reason = models.CharField("未能导入的原因", max_length=500, blank=True)
    row_count = models.PositiveIntegerField("总行数", null=True)
    added_rows = models.PositiveIntegerField("新增行数", null=True)
    changed_rows = models.PositiveIntegerField("更新行数", null=True)
    unchanged_rows = models.PositiveIntegerField("未变行数", null=True)
    faulty_rows = models.PositiveIntegerField("错误行数", null=True)
    attempts = models.PositiveSmallIntegerField("开始次数", default=0)
    received_by = models.BigIntegerField("导入账号编号", null=True)
    received_as = models.CharField("导入人", max_length=64)
    door = models.CharField("入口", max_length=16)
    received_at = models.DateTimeField("收到时间")
    started_at = models.DateTimeField("开始时间", null=True)
    ended_at = models.DateTimeField("结束时间", null=True)

    class Meta:
        verbose_name = "导入批次"
        constraints = [
            models.CheckConstraint(
                name="sheet_batch_posted_rows_sum",
                condition=~Q(state="posted")
                | Q(
                    row_count__isnull=False,
                    added_rows__isnull=False,
                    changed_rows__isnull=False,
                    unchanged_rows__isnull=False,
                    faulty_rows__isnull=False,
                    row_count=F("added_rows") + F("changed_rows") + F("unchanged_rows") + F("faulty_rows"),
                ),
            ),
            models.CheckConstraint(
                name="sheet_batch_failed_says_why", condition=~Q(state="failed") | ~Q(reason="")
            ),
        ]
        indexes = [
            models.Index(name="sheet_batch_path", fields=["path", "-id"]),
            models.Index(
                name="sheet_batch_open", fields=["state"], condition=~Q(state__in=["posted", "failed"])
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.state}"

    @property
    def is_under_way(self) -> bool:
        """Whether a process is, or was when it died, at work on it."""
        return self.state in {self.State.READING, self.State.JUDGED, self.State.POSTING}

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in {self.State.POSTED, self.State.FAILED}

    def begin(self, *, at: datetime) -> None:
        self.state, self.started_at, self.reason = self.State.READING, at, ""
        self.attempts += 1
        self.save(update_fields=["state", "started_at", "reason", "attempts"])

    def reach(self, state: "ImportBatch.State") -> None:
        self.state = state
        self.save(update_fields=["state"])

    def post(self, *, rows: int, added: int, changed: int, unchanged: int, faulty: int, at: datetime) -> None:
        self.state, self.ended_at = self.State.POSTED, at
        self.row_count, self.added_rows, self.changed_rows = rows, added, changed
        self.unchanged_rows, self.faulty_rows = unchanged, faulty
        self.save()

    def fail(self, *, reason: str, at: datetime) -> None:
        self.state, self.reason, self.ended_at = self.State.FAILED, reason[:500], at
        self.save(update_fields=["state", "reason", "ended_at"])


class BatchProgress(ScopedModel):
    """
    How far a batch has come at this moment (导入进度).

    A table of its own, because it is written beside the transaction that posts the rows.
    """

    batch = models.OneToOneField(
        "sheet.ImportBatch", models.PROTECT, related_name="progress", verbose_name="批次"
    )
    phase = models.CharField("阶段", max_length=24, blank=True)
    done = models.PositiveBigIntegerField("已完成", default=0)
    total = models.PositiveBigIntegerField("总量", default=0)
    told_at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "导入进度"

    def __str__(self) -> str:
        return f"#{self.pk} {self.phase}"


class RowFault(ScopedModel):
    """What is wrong with one cell of a batch: row, column and reason, never the value (行错误)."""

    batch = models.ForeignKey("sheet.ImportBatch", models.PROTECT, related_name="faults", verbose_name="批次")
    row_number = models.PositiveIntegerField("行号")
    column = models.CharField("列", max_length=60, blank=True)
    reason = models.CharField("原因", max_length=300)

    class Meta:
        verbose_name = "行错误"
        indexes = [models.Index(name="sheet_fault_batch", fields=["batch", "row_number"])]

    def __str__(self) -> str:
        return f"#{self.pk} row {self.row_number}"
