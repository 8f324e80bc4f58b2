"""Rows of a batch with what they do and undo, mended cells, and the lock on taking rows out of registers."""

import django.db.models.deletion
from django.db import migrations, models

import juli.engines.scope.fields
from juli.engines.scope.masonry import REMOVE, RaiseWall, staff

# Rows leave a register only where the batch that brought them is undone: nothing else says so beforehand.
LOCK = """
CREATE FUNCTION sheet_only_when_undone() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public
AS $$ BEGIN
  IF coalesce(current_setting('juli.undoing', true), '') = '' THEN
    RAISE EXCEPTION 'rows of % are taken out only where their batch is undone', TG_TABLE_NAME
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("scope", "0004_bounds"),
        ("sheet", "0001_first_tables"),
    ]

    operations = [
        migrations.AddField(
            model_name="importbatch",
            name="asks_first",
            field=models.BooleanField(default=False, verbose_name="写入前核对"),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="confirmed_as",
            field=models.CharField(blank=True, max_length=64, verbose_name="确认写入人"),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="confirmed_at",
            field=models.DateTimeField(null=True, verbose_name="确认写入时间"),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="duplicate_rows",
            field=models.PositiveIntegerField(null=True, verbose_name="重复行数"),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="marks",
            field=models.JSONField(default=dict, verbose_name="写入界标"),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="noticed",
            field=models.JSONField(default=dict, verbose_name="读入提示"),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="preset",
            field=models.CharField(blank=True, max_length=48, verbose_name="表样"),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="undone_as",
            field=models.CharField(blank=True, max_length=64, verbose_name="撤回人"),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="undone_at",
            field=models.DateTimeField(null=True, verbose_name="撤回时间"),
        ),
        migrations.AddField(
            model_name="importbatch",
            name="undone_rows",
            field=models.PositiveIntegerField(null=True, verbose_name="撤回行数"),
        ),
        migrations.AlterField(
            model_name="importbatch",
            name="state",
            field=models.CharField(
                choices=[
                    ("received", "等待导入"),
                    ("reading", "正在读取"),
                    ("judged", "已核对"),
                    ("posting", "正在写入"),
                    ("posted", "已完成"),
                    ("failed", "未能导入"),
                    ("interrupted", "中断待续"),
                    ("previewed", "等待确认"),
                    ("dropped", "已放弃"),
                    ("undoing", "正在撤回"),
                    ("undone", "已撤回"),
                ],
                default="received",
                max_length=12,
                verbose_name="批次状态",
            ),
        ),
        migrations.CreateModel(
            name="BatchRow",
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
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("added", "新增"),
                            ("changed", "更新"),
                            ("unchanged", "未变"),
                            ("duplicate", "重复"),
                            ("faulty", "错误"),
                        ],
                        max_length=10,
                        verbose_name="结论",
                    ),
                ),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("waiting", "待写入"),
                            ("posted", "已写入"),
                            ("refused", "未写入"),
                            ("left_out", "不导入"),
                            ("undone", "已撤回"),
                            ("held", "不能撤回"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="处理情况",
                    ),
                ),
                ("subject_id", models.BigIntegerField(null=True, verbose_name="对象编号")),
                ("shown", models.JSONField(default=dict, verbose_name="内容")),
                ("differences", models.JSONField(default=list, verbose_name="变动")),
                ("faults", models.JSONField(default=list, verbose_name="差错")),
                ("cells_sealed", models.BinaryField(null=True, verbose_name="原内容（加密）")),
                ("effects", models.JSONField(default=dict, verbose_name="写入痕迹")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="原因")),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
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
                "verbose_name": "批次行",
                "indexes": [
                    models.Index(fields=["batch", "verdict", "row_number"], name="sheet_row_verdict")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("batch", "row_number"), name="sheet_row_once_a_batch")
                ],
            },
        ),
        migrations.CreateModel(
            name="RowMend",
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
                ("cells_sealed", models.BinaryField(verbose_name="更正内容（加密）")),
                ("is_left_out", models.BooleanField(default=False, verbose_name="不导入")),
                ("mended_as", models.CharField(max_length=64, verbose_name="更正人")),
                ("mended_at", models.DateTimeField(verbose_name="更正时间")),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mends",
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
                "verbose_name": "行更正",
                "constraints": [
                    models.UniqueConstraint(fields=("batch", "row_number"), name="sheet_mend_one_a_row")
                ],
            },
        ),
        RaiseWall("sheet_rowmend", staff(REMOVE)),
        RaiseWall("sheet_batchrow", staff(REMOVE)),
        migrations.RunSQL(
            "GRANT DELETE ON sheet_rowfault TO juli_staff", "REVOKE DELETE ON sheet_rowfault FROM juli_staff"
        ),
        migrations.RunSQL(LOCK, "DROP FUNCTION sheet_only_when_undone()"),
    ]
