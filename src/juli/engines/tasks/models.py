"""What waits, where and for whom."""

from datetime import date, datetime

from django.db import models
from django.db.models import Q

from juli.engines.audit import history
from juli.engines.scope.models import ScopedModel
from juli.engines.scope.querysets import ScopedQuerySet
from juli.engines.tasks import catalogue
from juli.engines.tasks.catalogue import Kind
from juli.kernel.actor import Actor


@history.kept(exclude=["number", "counted_at"])
class Task(ScopedModel):
    """
    Something that waits for somebody (待办).

    It waits at its unit for whoever holds ``permission`` there, or for ``account`` alone. ``key``
    says what it is about within its kind: of one kind and key only one task is open. It names its
    subject by kind and number and holds no name of a person.
    """

    class State(models.TextChoices):
        """How it stands (待办状态)."""

        OPEN = "open", "待办"
        DONE = "done", "已办结"
        WITHDRAWN = "withdrawn", "已撤回"

    class Severity(models.TextChoices):
        """How grave an alarm is (预警等级)."""

        LOW = "low", "低"
        MIDDLE = "middle", "中"
        HIGH = "high", "高"

    LONGEST_REMARK = 200

    kind = models.CharField("待办类别", max_length=48)
    key = models.CharField("事项", max_length=64)
    permission = models.CharField("权限", max_length=64, blank=True)
    account = models.ForeignKey(
        "scope.Account", models.PROTECT, null=True, related_name="+", verbose_name="指定账号"
    )
    number = models.PositiveIntegerField("数量", null=True)
    severity = models.CharField("预警等级", max_length=8, choices=Severity, blank=True)
    subject_kind = models.CharField("对象类别", max_length=48, blank=True)
    subject_id = models.BigIntegerField("对象编号", null=True)
    due_on = models.DateField("到期日", null=True)
    state = models.CharField("待办状态", max_length=12, choices=State, default=State.OPEN)
    is_returned = models.BooleanField("退回", default=False)
    remark = models.CharField("附言", max_length=LONGEST_REMARK, blank=True)
    source = models.CharField("来源", max_length=16)
    sent_by = models.BigIntegerField("交办账号编号", null=True)
    sent_as = models.CharField("交办人", max_length=64)
    opened_at = models.DateTimeField("列出时间")
    counted_at = models.DateTimeField("计数时间")
    closed_at = models.DateTimeField("办结时间", null=True)
    closed_by = models.BigIntegerField("办结账号编号", null=True)
    closed_as = models.CharField("办结人", max_length=64, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "待办"
        constraints = [
            models.UniqueConstraint(
                name="tasks_one_open_each", fields=["kind", "key"], condition=Q(state="open")
            ),
            models.CheckConstraint(
                name="tasks_waits_for_somebody", condition=Q(account__isnull=False) | ~Q(permission="")
            ),
            models.CheckConstraint(
                name="tasks_open_or_closed",
                condition=Q(state="open", closed_at__isnull=True)
                | (~Q(state="open") & Q(closed_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(name="tasks_open_path", fields=["path", "permission"], condition=Q(state="open")),
            models.Index(name="tasks_open_account", fields=["account"], condition=Q(state="open")),
            models.Index(name="tasks_kind_key", fields=["kind", "key"]),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind}"

    @property
    def declared(self) -> Kind:
        """The kind as its app has declared it."""
        return catalogue.kind(self.kind)

    @property
    def title(self) -> str:
        """What it is called."""
        return self.declared.title_of(self)

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    def is_overdue(self, today: date) -> bool:
        """Say whether its day has passed."""
        return self.is_open and self.due_on is not None and self.due_on < today

    def close(self, state: "Task.State", *, remark: str, actor: Actor, at: datetime) -> None:
        self.state, self.remark, self.closed_at = state, remark, at
        self.closed_by, self.closed_as = actor.account_id, actor.name[:64]
        self.save(update_fields=["state", "remark", "closed_at", "closed_by", "closed_as"])

    def hand(
        self, account_id: int | None, *, remark: str, is_returned: bool, actor: Actor, at: datetime
    ) -> None:
        self.account_id, self.remark, self.is_returned = account_id, remark, is_returned
        self.sent_by, self.sent_as, self.counted_at = actor.account_id, actor.name[:64], at
        self.save(update_fields=["account", "remark", "is_returned", "sent_by", "sent_as", "counted_at"])
