"""What was merged: the act, every row it changed, and which record stands for which."""

from django.db import models
from django.db.models import F, Q

from juli.engines.scope.models import ScopedModel
from juli.engines.scope.querysets import ScopedQuerySet


class Subject(models.TextChoices):
    """Of whom there may be two records (重复对象)."""

    PERSON = "person", "自然人"
    EMPLOYER = "employer", "单位"


class Merge(ScopedModel):
    """
    Two records of one person or employer made one (合并记录).

    ``known`` lists, for each table that speaks of them, the rows there were: whatever else speaks of
    the kept record later rests on the merge. ``taken`` names what was taken over from the other record.
    """

    subject = models.CharField("对象", max_length=12, choices=Subject)
    kept_id = models.BigIntegerField("保留的记录编号")
    gone_id = models.BigIntegerField("并入的记录编号")
    taken = models.JSONField("取自并入记录的内容", default=list)
    known = models.JSONField("合并时的关联记录", default=dict)
    reason = models.CharField("理由", max_length=200, blank=True)
    merged_at = models.DateTimeField("合并时间")
    merged_by = models.BigIntegerField("合并账号编号", null=True)
    undone_at = models.DateTimeField("撤销时间", null=True)
    undone_by = models.BigIntegerField("撤销账号编号", null=True)
    undo_reason = models.CharField("撤销理由", max_length=200, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "合并记录"
        constraints = [
            models.UniqueConstraint(
                name="party_merge_gone_once",
                fields=["subject", "gone_id"],
                condition=Q(undone_at__isnull=True),
            ),
            models.CheckConstraint(name="party_merge_of_two", condition=~Q(kept_id=F("gone_id"))),
        ]
        indexes = [models.Index(name="party_merge_kept", fields=["subject", "kept_id"])]

    def __str__(self) -> str:
        return f"#{self.pk} {self.subject}"

    @property
    def is_undone(self) -> bool:
        return self.undone_at is not None


class MergeChange(models.Model):
    """
    One row that a merge changed, as it stood before and after (合并变动).

    ``after`` is empty where nobody can change the row until the merge is undone.
    """

    merge = models.ForeignKey("party.Merge", models.PROTECT, related_name="changes", verbose_name="合并")
    bearer = models.CharField("数据表", max_length=63)
    row_id = models.BigIntegerField("记录编号")
    before = models.JSONField("合并前")
    after = models.JSONField("合并后", null=True)

    class Meta:
        verbose_name = "合并变动"
        constraints = [
            models.UniqueConstraint(name="party_merge_change_once", fields=["merge", "bearer", "row_id"]),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.bearer}"


class MergedInto(models.Model):
    """
    Which record stands for one that was merged away (合并去向).

    It holds two numbers and nothing of what they stand for, so everybody reads all of it: facts keep the
    number of the day, and a person is counted once whoever asks. Only the database's own functions write it.
    """

    subject = models.CharField("对象", max_length=12, choices=Subject)
    gone_id = models.BigIntegerField("并入的记录编号")
    kept_id = models.BigIntegerField("保留的记录编号")
    merge = models.ForeignKey("party.Merge", models.PROTECT, related_name="+", verbose_name="合并")

    class Meta:
        verbose_name = "合并去向"
        constraints = [
            models.UniqueConstraint(name="party_merged_into_one", fields=["subject", "gone_id"]),
            models.CheckConstraint(name="party_merged_into_another", condition=~Q(kept_id=F("gone_id"))),
        ]
        indexes = [models.Index(name="party_merged_into_kept", fields=["subject", "kept_id"])]

    def __str__(self) -> str:
        return f"#{self.pk} {self.gone_id} -> {self.kept_id}"
