"""Import batches: what was handed in, how far it has come, what was wrong with which row."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from juli.engines.scope.models import ScopedModel


class ImportBatch(ScopedModel):
    """
    One ledger on its way into a register (导入批次).

    The row says truly what the register holds of it: ``posted`` is written in the transaction that
    posts the last rows. A ledger that is posted whole holds nothing in the register before that; of one
    that is posted in chunks, ``BatchRow.standing`` says of every row whether it stands there.
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
        PREVIEWED = "previewed", "等待确认"
        DROPPED = "dropped", "已放弃"
        UNDOING = "undoing", "正在撤回"
        UNDONE = "undone", "已撤回"

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
    duplicate_rows = models.PositiveIntegerField("重复行数", null=True)
    undone_rows = models.PositiveIntegerField("撤回行数", null=True)
    preset = models.CharField("表样", max_length=48, blank=True)
    noticed = models.JSONField("读入提示", default=dict)
    marks = models.JSONField("写入界标", default=dict)
    asks_first = models.BooleanField("写入前核对", default=False)
    confirmed_at = models.DateTimeField("确认写入时间", null=True)
    confirmed_as = models.CharField("确认写入人", max_length=64, blank=True)
    undone_at = models.DateTimeField("撤回时间", null=True)
    undone_as = models.CharField("撤回人", max_length=64, blank=True)
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
        return self.state in {
            self.State.POSTED, self.State.FAILED, self.State.DROPPED, self.State.UNDOING, self.State.UNDONE
        }  # fmt: skip

    @property
    def may_be_undone(self) -> bool:
        """Whether anything of it may stand in the register that could be taken back."""
        if self.state in {self.State.POSTED, self.State.FAILED}:
            return bool(self.added_rows or self.changed_rows) or self.state == self.State.FAILED
        return self.state == self.State.UNDONE and self.undone_rows != (self.added_rows or 0) + (
            self.changed_rows or 0
        )

    @property
    def waits_for_word(self) -> bool:
        """Whether somebody is to look at it before anything is posted."""
        return self.asks_first and self.confirmed_at is None

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

    def preview(
        self, *, rows: int, added: int, changed: int, unchanged: int, faulty: int, duplicate: int
    ) -> None:
        """Wait for somebody's word, with what would come of the batch."""
        self.state = self.State.PREVIEWED
        self.row_count, self.added_rows, self.changed_rows = rows, added, changed
        self.unchanged_rows, self.faulty_rows, self.duplicate_rows = unchanged, faulty, duplicate
        self.save()

    def confirm(self, *, who: str, at: datetime) -> None:
        self.state, self.confirmed_at, self.confirmed_as, self.attempts = self.State.RECEIVED, at, who, 0
        self.save(update_fields=["state", "confirmed_at", "confirmed_as", "attempts"])

    def drop(self, *, at: datetime) -> None:
        self.state, self.ended_at = self.State.DROPPED, at
        self.save(update_fields=["state", "ended_at"])

    def begin_undoing(self, *, who: str, at: datetime) -> None:
        self.state, self.undone_as, self.undone_at = self.State.UNDOING, who, at
        self.save(update_fields=["state", "undone_as", "undone_at"])

    def undo(self, *, rows: int, at: datetime) -> None:
        self.state, self.undone_rows, self.undone_at = self.State.UNDONE, rows, at
        self.save(update_fields=["state", "undone_rows", "undone_at"])

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


class RowMend(ScopedModel):
    """What somebody wrote into the cells of one row in place of what the file says (行更正)."""

    batch = models.ForeignKey("sheet.ImportBatch", models.PROTECT, related_name="mends", verbose_name="批次")
    row_number = models.PositiveIntegerField("行号")
    cells_sealed = models.BinaryField("更正内容（加密）")
    is_left_out = models.BooleanField("不导入", default=False)
    mended_as = models.CharField("更正人", max_length=64)
    mended_at = models.DateTimeField("更正时间")

    class Meta:
        verbose_name = "行更正"
        constraints = [
            models.UniqueConstraint(name="sheet_mend_one_a_row", fields=["batch", "row_number"]),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} row {self.row_number}"


class BatchRow(ScopedModel):
    """
    One row of a batch: what it would do to the register, what it did, and how to take that back (批次行).

    ``shown`` and ``differences`` hold what people may see, personal values masked; the cells as they came
    are sealed. ``effects`` names the facts that were written down, the rows that were made, and what the
    rows that were altered said before and afterwards.
    """

    class Verdict(models.TextChoices):
        """What the row means for the register (结论)."""

        ADDED = "added", "新增"
        CHANGED = "changed", "更新"
        UNCHANGED = "unchanged", "未变"
        DUPLICATE = "duplicate", "重复"
        FAULTY = "faulty", "错误"

    class Standing(models.TextChoices):
        """What has become of the row (处理情况)."""

        WAITING = "waiting", "待写入"
        POSTED = "posted", "已写入"
        REFUSED = "refused", "未写入"
        LEFT_OUT = "left_out", "不导入"
        UNDONE = "undone", "已撤回"
        HELD = "held", "不能撤回"

    batch = models.ForeignKey("sheet.ImportBatch", models.PROTECT, related_name="rows", verbose_name="批次")
    row_number = models.PositiveIntegerField("行号")
    verdict = models.CharField("结论", max_length=10, choices=Verdict)
    standing = models.CharField("处理情况", max_length=10, choices=Standing, default=Standing.WAITING)
    subject_id = models.BigIntegerField("对象编号", null=True)
    shown = models.JSONField("内容", default=dict)
    differences = models.JSONField("变动", default=list)
    faults = models.JSONField("差错", default=list)
    cells_sealed = models.BinaryField("原内容（加密）", null=True)
    effects = models.JSONField("写入痕迹", default=dict)
    reason = models.CharField("原因", max_length=300, blank=True)

    class Meta:
        verbose_name = "批次行"
        constraints = [
            models.UniqueConstraint(name="sheet_row_once_a_batch", fields=["batch", "row_number"]),
        ]
        indexes = [models.Index(name="sheet_row_verdict", fields=["batch", "verdict", "row_number"])]

    def __str__(self) -> str:
        return f"#{self.pk} row {self.row_number}"
