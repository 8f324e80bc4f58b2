"""Membership as a dated career."""

from datetime import date
from typing import Self

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models import F, Q

from juli.engines.audit import history
from juli.engines.scope.models import ScopedModel
from juli.engines.scope.querysets import ScopedQuerySet


class MembershipQuerySet(ScopedQuerySet["Membership"]):
    """Segments of careers by day."""

    def in_force_on(self, day: date) -> Self:
        """Return the segments that hold on a day: one at most for each person."""
        return self.filter(valid_from__lte=day).filter(Q(valid_until__isnull=True) | Q(valid_until__gt=day))

    def counted_on(self, day: date) -> int:
        """Return how many of these segments hold on a day."""
        return self.tallied_on(day)[0]

    def tallied_on(self, day: date) -> tuple[int, int]:
        """
        Return how many of these segments hold on a day, and how many of them have ended since.

        They are counted in three parts, for each of which an index was made: those that have not
        ended, without those among them that begin later, and those that ended later. In one
        condition it would take twice as long over a district; for a day near today the
        second and third parts are hardly anything.
        """
        running = self.current()
        later = self.filter(valid_from__lte=day, valid_until__gt=day)
        started, not_yet, ended = _counts(running, running.filter(valid_from__gt=day), later)
        return started - not_yet + ended, ended

    def current(self) -> Self:
        """Return the segments that have not ended."""
        return self.filter(valid_until__isnull=True)


def _counts(*parts: MembershipQuerySet) -> list[int]:
    """Return how many rows each part has, asked in one statement."""
    try:
        asked = [part.order_by().values("pk").query.sql_with_params() for part in parts]
    except EmptyResultSet:  # a reach of nothing
        return [0] * len(parts)
    columns = ", ".join(f"(SELECT count(*) FROM ({sql}) AS part)" for sql, _ in asked)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns}", [each for _, params in asked for each in params])
        return list(cursor.fetchone())


@history.kept()
class Membership(ScopedModel):
    """
    One segment of a person's membership: at one union, in one standing, half-open in days (会籍).

    Joined once, carried along (会籍管理办法(2016)第三条): the number stays the same over all
    segments of a career. One segment at most is in force for a person, by constraint.
    """

    class Standing(models.TextChoices):
        """What the membership is while the segment lasts (会籍状态)."""

        ACTIVE = "active", "在籍"
        RETAINED = "retained", "保留会籍"

    class Opening(models.TextChoices):
        """How the segment began (起因)."""

        ADMITTED = "admitted", "入会"
        TRANSFERRED_IN = "transferred_in", "转入"
        RETAINED = "retained", "转为保留会籍"
        RESUMED = "resumed", "恢复在籍"

    class Closing(models.TextChoices):
        """How the segment ended (终因)."""

        TRANSFERRED_OUT = "transferred_out", "转出"
        RETAINED = "retained", "转为保留会籍"
        RESUMED = "resumed", "恢复在籍"
        LEFT = "left", "退会"
        EXPELLED = "expelled", "除名"
        DIED = "died", "去世"
        MERGED = "merged", "并入重复记录"
        WITHDRAWN = "withdrawn", "撤销入会登记"

    # Both are looked up by the indexes below, which begin with them.
    person = models.ForeignKey(
        "party.Person", models.PROTECT, related_name="+", verbose_name="会员", db_index=False
    )
    employer = models.ForeignKey(
        "party.Employer", models.PROTECT, null=True, related_name="+", verbose_name="单位", db_index=False
    )
    number = models.CharField("会员号", max_length=20, db_collation="C")
    standing = models.CharField("会籍状态", max_length=12, choices=Standing, default=Standing.ACTIVE)
    opening = models.CharField("起因", max_length=16, choices=Opening, default=Opening.ADMITTED)
    closing = models.CharField("终因", max_length=16, choices=Closing, blank=True)
    joined_on = models.DateField("入会日期")
    valid_from = models.DateField("起")
    valid_until = models.DateField("止", null=True)
    employer_class = models.CharField("单位经济类型", max_length=16, blank=True)
    source = models.CharField("来源", max_length=32, blank=True)
    batch_id = models.BigIntegerField("导入批次编号", null=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "会籍"
        constraints = [
            models.UniqueConstraint(
                name="registry_membership_one_in_force",
                fields=["person"],
                condition=Q(valid_until__isnull=True),
            ),
            models.UniqueConstraint(
                name="registry_membership_number_once",
                fields=["number"],
                condition=Q(valid_until__isnull=True),
            ),
            models.CheckConstraint(
                name="registry_membership_ends_with_a_way",
                condition=Q(valid_until__isnull=True, closing="")
                | (Q(valid_until__isnull=False, valid_until__gte=F("valid_from")) & ~Q(closing="")),
            ),
            models.CheckConstraint(
                name="registry_membership_joined_before",
                condition=Q(joined_on__lte=F("valid_from")),
            ),
        ]
        indexes = [
            models.Index(
                name="registry_membership_path",
                fields=["path", "valid_from", "valid_until", "standing", "employer_class"],
            ),
            models.Index(
                name="registry_membership_open", fields=["path"], condition=Q(valid_until__isnull=True)
            ),
            models.Index(
                name="registry_membership_begun", fields=["valid_from"], condition=Q(valid_until__isnull=True)
            ),
            models.Index(
                name="registry_membership_ended",
                fields=["valid_until"],
                condition=Q(valid_until__isnull=False),
            ),
            models.Index(name="registry_membership_joined", fields=["joined_on", "id"]),
            models.Index(name="registry_membership_person", fields=["person", "valid_from"]),
            models.Index(name="registry_membership_employer", fields=["employer", "valid_from"]),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def is_in_force(self) -> bool:
        return self.valid_until is None
