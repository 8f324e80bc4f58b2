"""The table of facts, partitioned by year, append-only by grant."""

from django.db import migrations, models

import juli.engines.facts.models
import juli.engines.scope.fields
from juli.engines.scope.masonry import APPEND, ME, READ, Pass, RaiseWall, staff

FIRST_YEAR, LAST_YEAR = 1995, 2045

# No foreign key points here, and the key holds root_id and the partition key: the table can be
# distributed later without a change in code. Years beyond the named ones land in the default.
TABLE = """
CREATE SEQUENCE facts_fact_id_seq AS bigint CACHE 1;
CREATE TABLE facts_fact (
  root_id bigint NOT NULL,
  occurred_on date NOT NULL,
  id bigint NOT NULL DEFAULT nextval('facts_fact_id_seq'),
  kind varchar(48) NOT NULL,
  org_unit_id bigint NOT NULL,
  path varchar(255) COLLATE "C" NOT NULL,
  subject_kind varchar(48) NOT NULL,
  subject_id bigint NOT NULL,
  person_id bigint,
  employer_id bigint,
  quantity numeric(14, 2) NOT NULL DEFAULT 1,
  amount numeric(14, 2),
  category varchar(32) NOT NULL DEFAULT '',
  payload jsonb NOT NULL DEFAULT '{}',
  reason varchar(200) NOT NULL DEFAULT '',
  batch_id bigint,
  reverses bigint,
  recorded_at timestamptz NOT NULL,
  recorded_by bigint,
  recorded_as varchar(64) NOT NULL DEFAULT '',
  door varchar(16) NOT NULL,
  PRIMARY KEY (root_id, occurred_on, id)
) PARTITION BY RANGE (occurred_on);
CREATE INDEX facts_fact_kind ON facts_fact (kind, path, occurred_on);
CREATE INDEX facts_fact_person ON facts_fact (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX facts_fact_subject ON facts_fact (subject_id, subject_kind);
CREATE TABLE facts_fact_before PARTITION OF facts_fact FOR VALUES FROM (MINVALUE) TO ('1995-01-01');
CREATE TABLE facts_fact_after PARTITION OF facts_fact DEFAULT;
GRANT USAGE ON SEQUENCE facts_fact_id_seq TO juli_staff;
""" + "".join(
    f"CREATE TABLE facts_fact_{year} PARTITION OF facts_fact FOR VALUES FROM ('{year}-01-01') TO ('{year + 1}-01-01');\n"
    for year in range(FIRST_YEAR, LAST_YEAR + 1)
)


class Migration(migrations.Migration):
    initial = True
    dependencies = [("scope", "0002_walls")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(TABLE, "DROP TABLE facts_fact; DROP SEQUENCE facts_fact_id_seq;"),
            ],
            state_operations=[
                migrations.CreateModel(
                    name="Fact",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "root_id",
                                "occurred_on",
                                "id",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("root_id", models.BigIntegerField(verbose_name="根组织编号")),
                        ("occurred_on", models.DateField(verbose_name="发生日期")),
                        (
                            "id",
                            models.BigIntegerField(
                                db_default=juli.engines.facts.models.NextFactNumber(), verbose_name="编号"
                            ),
                        ),
                        ("kind", models.CharField(max_length=48, verbose_name="事实类别")),
                        ("org_unit_id", models.BigIntegerField(verbose_name="所属组织编号")),
                        (
                            "path",
                            juli.engines.scope.fields.PathField(
                                db_collation="C", editable=False, max_length=255, verbose_name="路径"
                            ),
                        ),
                        ("subject_kind", models.CharField(max_length=48, verbose_name="对象类别")),
                        ("subject_id", models.BigIntegerField(verbose_name="对象编号")),
                        ("person_id", models.BigIntegerField(null=True, verbose_name="自然人编号")),
                        ("employer_id", models.BigIntegerField(null=True, verbose_name="单位编号")),
                        (
                            "quantity",
                            models.DecimalField(
                                decimal_places=2, default=1, max_digits=14, verbose_name="数量"
                            ),
                        ),
                        (
                            "amount",
                            models.DecimalField(
                                decimal_places=2, max_digits=14, null=True, verbose_name="金额（元）"
                            ),
                        ),
                        ("category", models.CharField(blank=True, max_length=32, verbose_name="当日分类")),
                        ("payload", models.JSONField(default=dict, verbose_name="附记")),
                        ("reason", models.CharField(blank=True, max_length=200, verbose_name="理由")),
                        ("batch_id", models.BigIntegerField(null=True, verbose_name="批次编号")),
                        ("reverses", models.BigIntegerField(null=True, verbose_name="冲销的事实编号")),
                        ("recorded_at", models.DateTimeField(verbose_name="记录时间")),
                        ("recorded_by", models.BigIntegerField(null=True, verbose_name="记录账号编号")),
                        ("recorded_as", models.CharField(blank=True, max_length=64, verbose_name="记录程序")),
                        ("door", models.CharField(max_length=16, verbose_name="入口")),
                    ],
                    options={
                        "verbose_name": "事实",
                    },
                ),
            ],
        ),
        RaiseWall("facts_fact", staff(APPEND) | {"juli_self": Pass(READ, f"person_id = {ME}")}),
    ]
