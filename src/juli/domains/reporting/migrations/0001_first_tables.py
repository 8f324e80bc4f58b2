"""The first tables."""

import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import juli.engines.scope.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("scope", "0002_walls"),
    ]

    operations = [
        migrations.CreateModel(
            name="AnnualReport",
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
                ("year", models.PositiveSmallIntegerField(verbose_name="回顾年度")),
                ("plan_year", models.PositiveSmallIntegerField(verbose_name="计划年度")),
                ("title", models.CharField(blank=True, max_length=120, verbose_name="标题")),
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
                "verbose_name": "年度工作报告",
            },
        ),
        migrations.CreateModel(
            name="CommitteeTerm",
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
                ("number", models.PositiveSmallIntegerField(verbose_name="届次")),
                ("begins_on", models.DateField(verbose_name="产生日期")),
                ("expires_on", models.DateField(verbose_name="届满日期")),
                ("ended_on", models.DateField(null=True, verbose_name="卸任日期")),
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
                "verbose_name": "委员会届次",
            },
        ),
        migrations.CreateModel(
            name="CommitteeTermEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "path",
                    juli.engines.scope.fields.PathField(
                        db_collation="C", editable=False, max_length=255, null=True, verbose_name="路径"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(null=True, verbose_name="届次")),
                ("begins_on", models.DateField(null=True, verbose_name="产生日期")),
                ("expires_on", models.DateField(null=True, verbose_name="届满日期")),
                ("ended_on", models.DateField(null=True, verbose_name="卸任日期")),
                (
                    "org_unit",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="scope.orgunit",
                        verbose_name="所属组织",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="reporting.committeeterm",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Plenary",
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
                ("number", models.PositiveSmallIntegerField(verbose_name="次数")),
                ("held_on", models.DateField(verbose_name="召开日期")),
                ("is_enlarged", models.BooleanField(default=False, verbose_name="扩大会议")),
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
                    "term",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plenaries",
                        to="reporting.committeeterm",
                        verbose_name="届次",
                    ),
                ),
            ],
            options={
                "verbose_name": "全委会",
            },
        ),
        migrations.CreateModel(
            name="AnnualReportEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "path",
                    juli.engines.scope.fields.PathField(
                        db_collation="C", editable=False, max_length=255, null=True, verbose_name="路径"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(null=True, verbose_name="回顾年度")),
                ("plan_year", models.PositiveSmallIntegerField(null=True, verbose_name="计划年度")),
                ("title", models.CharField(blank=True, max_length=120, null=True, verbose_name="标题")),
                (
                    "org_unit",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="scope.orgunit",
                        verbose_name="所属组织",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="reporting.annualreport",
                    ),
                ),
                (
                    "plenary",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="reporting.plenary",
                        verbose_name="全委会",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="annualreport",
            name="plenary",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reports",
                to="reporting.plenary",
                verbose_name="全委会",
            ),
        ),
        migrations.CreateModel(
            name="PlenaryEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "path",
                    juli.engines.scope.fields.PathField(
                        db_collation="C", editable=False, max_length=255, null=True, verbose_name="路径"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(null=True, verbose_name="次数")),
                ("held_on", models.DateField(null=True, verbose_name="召开日期")),
                ("is_enlarged", models.BooleanField(default=False, null=True, verbose_name="扩大会议")),
                (
                    "org_unit",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="scope.orgunit",
                        verbose_name="所属组织",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="reporting.plenary",
                    ),
                ),
                (
                    "term",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="reporting.committeeterm",
                        verbose_name="届次",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="committeeterm",
            constraint=models.UniqueConstraint(
                fields=("org_unit", "number"), name="reporting_term_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="committeeterm",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_on__isnull", True)),
                fields=("org_unit",),
                name="reporting_term_one_in_office",
            ),
        ),
        migrations.AddConstraint(
            model_name="committeeterm",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("expires_on__gt", models.F("begins_on")),
                    models.Q(
                        ("ended_on__isnull", True), ("ended_on__gt", models.F("begins_on")), _connector="OR"
                    ),
                ),
                name="reporting_term_days_in_order",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="committeeterm",
            trigger=pgtrigger.compiler.Trigger(
                name="changed_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reporting_committeetermevent" ("begins_on", "ended_on", "expires_on", "id", "number", "org_unit_id", "path", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."begins_on", old_values."ended_on", old_values."expires_on", old_values."id", old_values."number", old_values."org_unit_id", old_values."path", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'changed\', old_values."id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="f068b60c9372f30f3069413ccf8fa9169556760d",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_changed_update_bcbe2",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="reporting_committeeterm",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="plenary",
            constraint=models.UniqueConstraint(
                fields=("term", "number"), name="reporting_plenary_number_once"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="plenary",
            trigger=pgtrigger.compiler.Trigger(
                name="changed_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reporting_plenaryevent" ("held_on", "id", "is_enlarged", "number", "org_unit_id", "path", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "term_id") SELECT old_values."held_on", old_values."id", old_values."is_enlarged", old_values."number", old_values."org_unit_id", old_values."path", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'changed\', old_values."id", old_values."term_id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="a83f026f05f1f5e6769923d45e4b9e69ab8df8e1",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_changed_update_b89c1",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="reporting_plenary",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="annualreport",
            constraint=models.UniqueConstraint(
                fields=("org_unit", "year"), name="reporting_report_one_a_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="annualreport",
            constraint=models.CheckConstraint(
                condition=models.Q(("plan_year__gt", models.F("year"))), name="reporting_report_plans_ahead"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="annualreport",
            trigger=pgtrigger.compiler.Trigger(
                name="changed_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reporting_annualreportevent" ("id", "org_unit_id", "path", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_year", "plenary_id", "title", "year") SELECT old_values."id", old_values."org_unit_id", old_values."path", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'changed\', old_values."id", old_values."plan_year", old_values."plenary_id", old_values."title", old_values."year" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="ec9bdbd88ab04de1c6b5e6c62a158ee5ad8412b4",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_changed_update_8f299",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="reporting_annualreport",
                    when="AFTER",
                ),
            ),
        ),
    ]
