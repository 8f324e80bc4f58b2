"""Figures of each week, kept for good: to be appended and read, and nothing else."""

import django.db.models.deletion
from django.db import migrations, models

import juli.engines.scope.fields
from juli.engines.scope.masonry import APPEND, RaiseWall, staff


class Migration(migrations.Migration):
    dependencies = [
        ("indicator", "0002_walls"),
        ("scope", "0004_bounds"),
    ]

    operations = [
        migrations.CreateModel(
            name="Snapshot",
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
                ("week_start", models.DateField(verbose_name="周一")),
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
                ("taken_at", models.DateTimeField(verbose_name="留存时间")),
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
                "verbose_name": "周留存数",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("org_unit", "indicator", "version", "week_start"),
                        name="indicator_snapshot_once",
                    )
                ],
            },
        ),
        RaiseWall("indicator_snapshot", staff(APPEND)),
    ]
