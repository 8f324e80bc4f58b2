"""The register of stored files."""

from django.db import models

from juli.engines.scope.models import ScopedModel


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
