"""The log of looking and taking out."""

from django.db import models


class Access(models.Model):
    """
    One act of looking at, revealing or exporting records (查阅记录).

    Append-only by grant. It names records by kind and number and holds nothing of their content;
    ``path`` is the place in the tree of what was looked at.
    """

    class Act(models.TextChoices):
        """What was done (行为)."""

        OPENED = "opened", "打开详情"
        REVEALED = "revealed", "查看明文"
        EXPORTED = "exported", "导出"
        SEARCHED = "searched", "检索"
        SIGNED_IN = "signed_in", "登录"
        SIGN_IN_FAILED = "sign_in_failed", "登录失败"
        SIGNED_OUT = "signed_out", "退出"

    act = models.CharField("行为", max_length=16, choices=Act)
    subject_kind = models.CharField("对象类别", max_length=48, blank=True)
    subject_id = models.BigIntegerField("对象编号", null=True)
    person_id = models.BigIntegerField("自然人编号", null=True)
    path = models.CharField("路径", max_length=255, db_collation="C")
    account_id = models.BigIntegerField("账号编号", null=True)
    door = models.CharField("入口", max_length=16)
    field = models.CharField("字段", max_length=32, blank=True)
    row_count = models.PositiveIntegerField("行数", default=1)
    reason = models.CharField("理由", max_length=200, blank=True)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "查阅记录"
        indexes = [
            models.Index(name="audit_access_subject", fields=["subject_kind", "subject_id", "-at"]),
            models.Index(name="audit_access_person", fields=["person_id", "-at"]),
            models.Index(name="audit_access_account", fields=["account_id", "-at"]),
            models.Index(name="audit_access_path", fields=["path", "-at"]),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.act}"
