import django.db.models.deletion
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import juli.engines.scope.fields
from juli.engines.scope.masonry import APPEND, RaiseWall, staff


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("scope", "0003_statistics"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Task",
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
                ("kind", models.CharField(max_length=48, verbose_name="待办类别")),
                ("key", models.CharField(max_length=64, verbose_name="事项")),
                ("permission", models.CharField(blank=True, max_length=64, verbose_name="权限")),
                ("number", models.PositiveIntegerField(null=True, verbose_name="数量")),
                (
                    "severity",
                    models.CharField(
                        blank=True,
                        choices=[("low", "低"), ("middle", "中"), ("high", "高")],
                        max_length=8,
                        verbose_name="预警等级",
                    ),
                ),
                ("subject_kind", models.CharField(blank=True, max_length=48, verbose_name="对象类别")),
                ("subject_id", models.BigIntegerField(null=True, verbose_name="对象编号")),
                ("due_on", models.DateField(null=True, verbose_name="到期日")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "待办"), ("done", "已办结"), ("withdrawn", "已撤回")],
                        default="open",
                        max_length=12,
                        verbose_name="待办状态",
                    ),
                ),
                ("is_returned", models.BooleanField(default=False, verbose_name="退回")),
                ("remark", models.CharField(blank=True, max_length=200, verbose_name="附言")),
                ("source", models.CharField(max_length=16, verbose_name="来源")),
                ("sent_by", models.BigIntegerField(null=True, verbose_name="交办账号编号")),
                ("sent_as", models.CharField(max_length=64, verbose_name="交办人")),
                ("opened_at", models.DateTimeField(verbose_name="列出时间")),
                ("counted_at", models.DateTimeField(verbose_name="计数时间")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="办结时间")),
                ("closed_by", models.BigIntegerField(null=True, verbose_name="办结账号编号")),
                ("closed_as", models.CharField(blank=True, max_length=64, verbose_name="办结人")),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="指定账号",
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
                "verbose_name": "待办",
            },
        ),
        migrations.CreateModel(
            name="TaskEvent",
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
                ("kind", models.CharField(max_length=48, null=True, verbose_name="待办类别")),
                ("key", models.CharField(max_length=64, null=True, verbose_name="事项")),
                ("permission", models.CharField(blank=True, max_length=64, null=True, verbose_name="权限")),
                (
                    "severity",
                    models.CharField(
                        blank=True,
                        choices=[("low", "低"), ("middle", "中"), ("high", "高")],
                        max_length=8,
                        null=True,
                        verbose_name="预警等级",
                    ),
                ),
                (
                    "subject_kind",
                    models.CharField(blank=True, max_length=48, null=True, verbose_name="对象类别"),
                ),
                ("subject_id", models.BigIntegerField(null=True, verbose_name="对象编号")),
                ("due_on", models.DateField(null=True, verbose_name="到期日")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "待办"), ("done", "已办结"), ("withdrawn", "已撤回")],
                        default="open",
                        max_length=12,
                        null=True,
                        verbose_name="待办状态",
                    ),
                ),
                ("is_returned", models.BooleanField(default=False, null=True, verbose_name="退回")),
                ("remark", models.CharField(blank=True, max_length=200, null=True, verbose_name="附言")),
                ("source", models.CharField(max_length=16, null=True, verbose_name="来源")),
                ("sent_by", models.BigIntegerField(null=True, verbose_name="交办账号编号")),
                ("sent_as", models.CharField(max_length=64, null=True, verbose_name="交办人")),
                ("opened_at", models.DateTimeField(null=True, verbose_name="列出时间")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="办结时间")),
                ("closed_by", models.BigIntegerField(null=True, verbose_name="办结账号编号")),
                ("closed_as", models.CharField(blank=True, max_length=64, null=True, verbose_name="办结人")),
                (
                    "account",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="指定账号",
                    ),
                ),
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
                        to="tasks.task",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=models.Q(("state", "open")), fields=["path", "permission"], name="tasks_open_path"
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=models.Q(("state", "open")), fields=["account"], name="tasks_open_account"
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(fields=["kind", "key"], name="tasks_kind_key"),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")), fields=("kind", "key"), name="tasks_one_open_each"
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("account__isnull", False), models.Q(("permission", ""), _negated=True), _connector="OR"
                ),
                name="tasks_waits_for_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", True), ("state", "open")),
                    models.Q(models.Q(("state", "open"), _negated=True), ("closed_at__isnull", False)),
                    _connector="OR",
                ),
                name="tasks_open_or_closed",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="task",
            trigger=pgtrigger.compiler.Trigger(
                name="changed_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tasks_taskevent" ("account_id", "closed_as", "closed_at", "closed_by", "due_on", "id", "is_returned", "key", "kind", "opened_at", "org_unit_id", "path", "permission", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remark", "sent_as", "sent_by", "severity", "source", "state", "subject_id", "subject_kind") SELECT old_values."account_id", old_values."closed_as", old_values."closed_at", old_values."closed_by", old_values."due_on", old_values."id", old_values."is_returned", old_values."key", old_values."kind", old_values."opened_at", old_values."org_unit_id", old_values."path", old_values."permission", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'changed\', old_values."id", old_values."remark", old_values."sent_as", old_values."sent_by", old_values."severity", old_values."source", old_values."state", old_values."subject_id", old_values."subject_kind" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."account_id" IS DISTINCT FROM (new_values."account_id") OR old_values."closed_as" IS DISTINCT FROM (new_values."closed_as") OR old_values."closed_at" IS DISTINCT FROM (new_values."closed_at") OR old_values."closed_by" IS DISTINCT FROM (new_values."closed_by") OR old_values."due_on" IS DISTINCT FROM (new_values."due_on") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."is_returned" IS DISTINCT FROM (new_values."is_returned") OR old_values."key" IS DISTINCT FROM (new_values."key") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."opened_at" IS DISTINCT FROM (new_values."opened_at") OR old_values."org_unit_id" IS DISTINCT FROM (new_values."org_unit_id") OR old_values."path" IS DISTINCT FROM (new_values."path") OR old_values."permission" IS DISTINCT FROM (new_values."permission") OR old_values."remark" IS DISTINCT FROM (new_values."remark") OR old_values."sent_as" IS DISTINCT FROM (new_values."sent_as") OR old_values."sent_by" IS DISTINCT FROM (new_values."sent_by") OR old_values."severity" IS DISTINCT FROM (new_values."severity") OR old_values."source" IS DISTINCT FROM (new_values."source") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."subject_id" IS DISTINCT FROM (new_values."subject_id") OR old_values."subject_kind" IS DISTINCT FROM (new_values."subject_kind")) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="b284919c81f466fc386a3459544cfdd7175f81c6",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_changed_update_6cb1c",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="tasks_task",
                    when="AFTER",
                ),
            ),
        ),
        RaiseWall("tasks_task", staff()),
        RaiseWall("tasks_taskevent", staff(APPEND)),
    ]
