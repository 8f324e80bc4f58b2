"""The tables of import batches and their walls."""

import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

import juli.engines.scope.fields
from juli.engines.scope.masonry import APPEND, RaiseWall, staff


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("files", "0001_first_tables"),
        ("scope", "0002_walls"),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportBatch",
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
                ("ledger", models.CharField(max_length=48, verbose_name="台账")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "等待导入"),
                            ("reading", "正在读取"),
                            ("judged", "已核对"),
                            ("posting", "正在写入"),
                            ("posted", "已完成"),
                            ("failed", "未能导入"),
                            ("interrupted", "中断待续"),
                        ],
                        default="received",
                        max_length=12,
                        verbose_name="批次状态",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="未能导入的原因")),
                ("row_count", models.PositiveIntegerField(null=True, verbose_name="总行数")),
                ("added_rows", models.PositiveIntegerField(null=True, verbose_name="新增行数")),
                ("changed_rows", models.PositiveIntegerField(null=True, verbose_name="更新行数")),
                ("unchanged_rows", models.PositiveIntegerField(null=True, verbose_name="未变行数")),
                ("faulty_rows", models.PositiveIntegerField(null=True, verbose_name="错误行数")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="开始次数")),
                ("received_by", models.BigIntegerField(null=True, verbose_name="导入账号编号")),
                ("received_as", models.CharField(max_length=64, verbose_name="导入人")),
                ("door", models.CharField(max_length=16, verbose_name="入口")),
                ("received_at", models.DateTimeField(verbose_name="收到时间")),
                ("started_at", models.DateTimeField(null=True, verbose_name="开始时间")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="结束时间")),
                (
                    "error_workbook",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                        verbose_name="错误清单",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                        verbose_name="文件",
                    ),
                ),
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
                "verbose_name": "导入批次",
            },
        ),
        migrations.CreateModel(
            name="BatchProgress",
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
                ("phase", models.CharField(blank=True, max_length=24, verbose_name="阶段")),
                ("done", models.PositiveBigIntegerField(default=0, verbose_name="已完成")),
                ("total", models.PositiveBigIntegerField(default=0, verbose_name="总量")),
                ("told_at", models.DateTimeField(verbose_name="时间")),
                (
                    "org_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="scope.orgunit",
                        verbose_name="所属组织",
                    ),
                ),
                (
                    "batch",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="progress",
                        to="sheet.importbatch",
                        verbose_name="批次",
                    ),
                ),
            ],
            options={
                "verbose_name": "导入进度",
            },
        ),
        migrations.CreateModel(
            name="RowFault",
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
                ("row_number", models.PositiveIntegerField(verbose_name="行号")),
                ("column", models.CharField(blank=True, max_length=60, verbose_name="列")),
                ("reason", models.CharField(max_length=300, verbose_name="原因")),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="faults",
                        to="sheet.importbatch",
                        verbose_name="批次",
                    ),
                ),
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
                "verbose_name": "行错误",
            },
        ),
        migrations.AddIndex(
            model_name="importbatch",
            index=models.Index(fields=["path", "-id"], name="sheet_batch_path"),
        ),
        migrations.AddIndex(
            model_name="importbatch",
            index=models.Index(
                condition=models.Q(("state__in", ["posted", "failed"]), _negated=True),
                fields=["state"],
                name="sheet_batch_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="importbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "posted"), _negated=True),
                    models.Q(
                        ("added_rows__isnull", False),
                        ("changed_rows__isnull", False),
                        ("faulty_rows__isnull", False),
                        (
                            "row_count",
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("added_rows"), "+", models.F("changed_rows")
                                    ),
                                    "+",
                                    models.F("unchanged_rows"),
                                ),
                                "+",
                                models.F("faulty_rows"),
                            ),
                        ),
                        ("row_count__isnull", False),
                        ("unchanged_rows__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="sheet_batch_posted_rows_sum",
            ),
        ),
        migrations.AddConstraint(
            model_name="importbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "failed"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="sheet_batch_failed_says_why",
            ),
        ),
        migrations.AddIndex(
            model_name="rowfault",
            index=models.Index(fields=["batch", "row_number"], name="sheet_fault_batch"),
        ),
        RaiseWall("sheet_importbatch", staff()),
        RaiseWall("sheet_batchprogress", staff()),
        RaiseWall("sheet_rowfault", staff(APPEND)),
    ]
