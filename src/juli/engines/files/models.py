"""The register of stored files."""

from django.db import models

from juli.engines.scope.models import ScopedModel
from juli.engines.scope.querysets import ScopedQuerySet


class StoredFile(ScopedModel):
    """
    One file as it was handed in or made (文件).

    The content lies sealed under its hash, once however often it comes; who may open it is told by
    the unit it belongs to. ``kind`` is what the content is, whatever the name says.
    """

    class Kind(models.TextChoices):
        """What the content is (文件类型)."""

        WORKBOOK = "xlsx", "xlsx 工作簿"
        OLD_WORKBOOK = "xls", "xls 工作簿"
        WEB_PAGE = "html", "网页表格"
        TEXT = "text", "文本"
        DOCUMENT = "docx", "docx 文档"
        PDF = "pdf", "PDF 文档"
        JPEG = "jpeg", "JPEG 图片"
        PNG = "png", "PNG 图片"
        ARCHIVE = "zip", "压缩包"
        OTHER = "other", "其他"

    sha256 = models.CharField("内容摘要", max_length=64, db_collation="C")
    name = models.CharField("文件名", max_length=200)
    size = models.BigIntegerField("字节数")
    kind = models.CharField("文件类型", max_length=8, choices=Kind)
    uploaded_by = models.BigIntegerField("上传账号编号", null=True)
    uploaded_at = models.DateTimeField("上传时间")

    class Meta:
        verbose_name = "文件"
        constraints = [
            models.CheckConstraint(name="files_size_not_negative", condition=models.Q(size__gte=0)),
        ]
        indexes = [
            models.Index(name="files_by_content", fields=["sha256"]),
            models.Index(name="files_path", fields=["path", "-id"]),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind}"


class Attachment(ScopedModel):
    """
    A file that somebody put with a record (附件).

    It stands where its record stands and moves along with it: whoever may open the record may open
    the file. One that was taken off keeps its row, with who did so and why.
    """

    subject_kind = models.CharField("对象类别", max_length=48)
    subject_id = models.BigIntegerField("对象编号")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+", verbose_name="文件")
    title = models.CharField("说明", max_length=80, blank=True)
    added_by = models.BigIntegerField("添加账号编号", null=True)
    added_at = models.DateTimeField("添加时间")
    removed_by = models.BigIntegerField("移除账号编号", null=True)
    removed_at = models.DateTimeField("移除时间", null=True)
    removal_reason = models.CharField("移除理由", max_length=200, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "附件"
        constraints = [
            models.CheckConstraint(
                name="files_attachment_removed_with_reason",
                condition=models.Q(removed_at__isnull=True, removal_reason="")
                | (models.Q(removed_at__isnull=False) & ~models.Q(removal_reason="")),
            ),
        ]
        indexes = [
            models.Index(name="files_attachment_subject", fields=["subject_kind", "subject_id", "-id"]),
            models.Index(name="files_attachment_path", fields=["path"]),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def is_removed(self) -> bool:
        return self.removed_at is not None
