"""The table of stored files and its wall."""

import django.db.models.deletion
from django.db import migrations, models

import juli.engines.scope.fields
from juli.engines.scope.masonry import RaiseWall, staff


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("scope", "0002_walls"),
    ]

    operations = [
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "path",
                    juli.engines.scope.fields.PathField(
                        db_collation="C", editable=False, max_length=255, verbose_name="路径"
                    ),
                ),
                ("sha256", models.CharField(db_collation="C", max_length=64, verbose_name="内容摘要")),
                ("name", models.CharField(max_length=200, verbose_name="文件名")),
                ("size", models.BigIntegerField(verbose_name="字节数")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("xlsx", "xlsx 工作簿"),
                            ("xls", "xls 工作簿"),
                            ("html", "网页表格"),
                            ("text", "文本"),
                            ("docx", "docx 文档"),
                            ("pdf", "PDF 文档"),
                            ("zip", "压缩包"),
                            ("other", "其他"),
                        ],
                        max_length=8,
                        verbose_name="文件类型",
                    ),
                ),
                ("uploaded_by", models.BigIntegerField(null=True, verbose_name="上传账号编号")),
                ("uploaded_at", models.DateTimeField(verbose_name="上传时间")),
                (
                    "org_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="scope.orgunit",
                        verbose_name="所属组织",
                    ),
                ),
            ],
            options={
                "verbose_name": "文件",
                "indexes": [
                    models.Index(fields=["sha256"], name="files_by_content"),
                    models.Index(fields=["path", "-id"], name="files_path"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("size__gte", 0)), name="files_size_not_negative"
                    )
                ],
            },
        ),
        RaiseWall("files_storedfile", staff()),
    ]
