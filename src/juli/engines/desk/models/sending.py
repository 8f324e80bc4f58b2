"""Which forms were sent already, so that sending one twice does it once."""

from django.db import models


class SentForm(models.Model):
    """
    A form that was sent and carried out (已提交的表单).

    ``nonce`` is that of the page the form stood on; sent a second time, it only leads to where it led.
    """

    account = models.ForeignKey("scope.Account", models.PROTECT, related_name="+", verbose_name="账号")
    nonce = models.CharField("随机码", max_length=32, db_collation="C", unique=True)
    led_to = models.CharField("去向", max_length=300, blank=True)
    sent_at = models.DateTimeField("提交时间")

    class Meta:
        verbose_name = "已提交的表单"
        indexes = [models.Index(name="desk_sent_latest", fields=["account", "sent_at"])]

    def __str__(self) -> str:
        return f"#{self.pk}"
