"""Records that may be of the same person or employer."""

from collections.abc import Iterable
from datetime import datetime
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from juli.engines.party.models.merging import MergedInto, Subject
from juli.engines.scope.querysets import in_ranges
from juli.kernel.actor import Actor, PathRange


class LookalikeQuerySet(models.QuerySet["Lookalike"]):
    """Pairs by reach: one half within it is enough to be told that there is another."""

    def within_reach_of(self, actor: Actor, permission: str) -> Self:
        """Return the pairs of which the actor holds the permission at one half at least."""
        return self.touching(actor.roots_for(permission))

    def touching(self, ranges: Iterable[PathRange]) -> Self:
        """Return the pairs of which one half lies in one of the ranges."""
        wanted = tuple(ranges)
        return self.filter(in_ranges(wanted, "first_path") | in_ranges(wanted, "second_path"))

    def between(self, subject: Subject, one: int, other: int) -> Self:
        """Return the pair of two records, whichever comes first."""
        first, second = sorted((one, other))
        return self.filter(subject=subject, first_id=first, second_id=second)

    def settle(self, state: str, *, at: datetime | None, by: int | None) -> int:
        """Write down what became of pairs, when and by whom; return how many."""
        return self.update(state=state, decided_at=at, decided_by=by)

    def standing(self) -> Self:
        """Return the pairs of records that are both still records of their own."""
        gone = MergedInto.objects.filter(subject=OuterRef("subject"))
        return self.filter(
            ~Exists(gone.filter(gone_id=OuterRef("first_id"))),
            ~Exists(gone.filter(gone_id=OuterRef("second_id"))),
        )


class Lookalike(models.Model):
    """
    Two records that look like one (疑似重复).

    Each half carries its own place; whoever reaches one of them sees the pair, and the other half only
    as far as they reach it. Nothing of what the records say is repeated here.
    """

    class State(models.TextChoices):
        """What was decided (处理状态)."""

        OPEN = "open", "待处理"
        LATER = "later", "以后再说"
        DIFFERENT = "different", "不是同一个"
        MERGED = "merged", "已合并"

    class Reason(models.TextChoices):
        """Why two records look like one (疑似原因)."""

        NAME_AND_BIRTH = "name_birth", "姓名和出生日期相同"
        MOBILE = "mobile", "手机号码相同"
        NEAR_DOCUMENT = "near_document", "姓名相同、证件号码相近"
        NAME_AND_EMPLOYER = "name_employer", "姓名和单位相同"
        RARE_NAME = "rare_name", "生僻字写法不同、出生日期相同"
        SAME_NAME = "same_name", "单位名称相同"
        NAME_VARIANT = "name_variant", "单位名称写法不同"
        NEAR_CODE = "near_code", "统一社会信用代码相近"
        REPORTED = "reported", "经办人指出"

    subject = models.CharField("对象", max_length=12, choices=Subject)
    first_id = models.BigIntegerField("甲记录编号")
    second_id = models.BigIntegerField("乙记录编号")
    first_path = models.CharField("甲记录路径", max_length=255, db_collation="C")
    second_path = models.CharField("乙记录路径", max_length=255, db_collation="C")
    reasons = ArrayField(models.CharField(max_length=20, choices=Reason), verbose_name="疑似原因")
    score = models.PositiveSmallIntegerField("相似程度")
    rank = models.GeneratedField(
        expression=100 - F("score"), output_field=models.SmallIntegerField("次序"), db_persist=True
    )
    state = models.CharField("处理状态", max_length=12, choices=State, default=State.OPEN)
    found_at = models.DateTimeField("发现时间")
    seen_at = models.DateTimeField("最近一次仍相似的时间")
    decided_at = models.DateTimeField("处理时间", null=True)
    decided_by = models.BigIntegerField("处理账号编号", null=True)
    decision_reason = models.CharField("处理理由", max_length=200, blank=True)

    objects = LookalikeQuerySet.as_manager()

    class Meta:
        verbose_name = "疑似重复"
        constraints = [
            models.UniqueConstraint(name="party_lookalike_once", fields=["subject", "first_id", "second_id"]),
            models.CheckConstraint(name="party_lookalike_in_order", condition=Q(first_id__lt=F("second_id"))),
        ]
        indexes = [
            models.Index(name="party_lookalike_queue", fields=["state", "rank", "id"]),
            models.Index(name="party_lookalike_second", fields=["subject", "second_id"]),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.subject}"

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.OPEN, self.State.LATER)


class LookalikeScanQuerySet(models.QuerySet["LookalikeScan"]):
    """Searches, begun and ended."""

    def unfinished(self, *, at: datetime) -> "LookalikeScan":
        """Return the search that was interrupted, or begin another."""
        left = self.filter(ended_at__isnull=True).order_by("pk").last()
        return left or self.create(begun_at=at)


class LookalikeScan(models.Model):
    """
    One search of the whole register for records that look alike (查重).

    ``steps`` are those that are done: a search that was interrupted goes on with the rest.
    """

    begun_at = models.DateTimeField("开始时间")
    steps = ArrayField(models.CharField(max_length=20), verbose_name="已完成的步骤", default=list)
    found = models.PositiveIntegerField("找到的对数", default=0)
    ended_at = models.DateTimeField("结束时间", null=True)

    objects = LookalikeScanQuerySet.as_manager()

    class Meta:
        verbose_name = "查重"

    def __str__(self) -> str:
        return f"#{self.pk}"

    def do(self, step: str, *, found: int, ended_at: datetime | None) -> None:
        """Write down that a step is done, and how many pairs it found."""
        self.steps, self.found, self.ended_at = [*self.steps, step], self.found + found, ended_at
        self.save(update_fields=["steps", "found", "ended_at"])
