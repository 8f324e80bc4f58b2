"""The first tables."""

import django.db.models.deletion
from django.db import migrations, models

import juli.engines.scope.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("scope", "0002_walls"),
    ]

    operations = [
        migrations.CreateModel(
            name="Rollup",
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
                ("indicator", models.CharField(max_length=64, verbose_name="指标编码")),
                ("version", models.PositiveSmallIntegerField(verbose_name="口径版本")),
                (
                    "period_kind",
                    models.CharField(
                        choices=[("day", "时点"), ("month", "月"), ("quarter", "季"), ("year", "年")],
                        max_length=8,
                        verbose_name="统计期",
                    ),
                ),
                ("period_start", models.DateField(verbose_name="期初")),
                ("dimension", models.CharField(blank=True, max_length=32, verbose_name="分组")),
                ("part", models.CharField(blank=True, max_length=48, verbose_name="分项")),
                (
                    "value",
                    models.DecimalField(decimal_places=2, max_digits=20, null=True, verbose_name="数值"),
                ),
                (
                    "numerator",
                    models.DecimalField(decimal_places=2, max_digits=20, null=True, verbose_name="分子"),
                ),
                (
                    "denominator",
                    models.DecimalField(decimal_places=2, max_digits=20, null=True, verbose_name="分母"),
                ),
                ("worked_out_at", models.DateTimeField(verbose_name="算出时间")),
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
                "verbose_name": "汇总数",
                "indexes": [
                    models.Index(
                        fields=["indicator", "period_kind", "period_start"], name="indicator_rollup_period"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=(
                            "org_unit",
                            "indicator",
                            "version",
                            "period_kind",
                            "period_start",
                            "dimension",
                            "part",
                        ),
                        name="indicator_rollup_once",
                    )
                ],
            },
        ),
    ]
