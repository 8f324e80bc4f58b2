"""
Records that look alike, and records merged into one.

A record that was merged away keeps its row and its number, and its path becomes one that lies within no
reach: every list, count and look-up passes it over by the wall that stands there already. The functions
below, which reach over the wall, are the only way there and back.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import juli.engines.scope.fields
from juli.engines.scope.masonry import APPEND, READ, REMOVE, WRITE, OpenTable, Pass, RaiseWall, by_path, staff

BEYOND = "~"

SETTING_ASIDE = f"""
CREATE FUNCTION party_set_aside(wanted bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
DECLARE
  act party_merge;
BEGIN
  SELECT * INTO act FROM party_merge WHERE id = wanted AND undone_at IS NULL AND ({by_path()});
  IF act.subject = 'person' THEN
    UPDATE party_person SET path = '{BEYOND}' WHERE id = act.gone_id AND ({by_path()})
      AND EXISTS (SELECT 1 FROM party_person AS kept WHERE kept.id = act.kept_id AND ({by_path("kept.path")}));
  ELSIF act.subject = 'employer' THEN
    UPDATE party_employer SET path = '{BEYOND}' WHERE id = act.gone_id AND ({by_path()})
      AND EXISTS (SELECT 1 FROM party_employer AS kept WHERE kept.id = act.kept_id AND ({by_path("kept.path")}));
  END IF;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'a merge needs both records within reach';
  END IF;
  INSERT INTO party_mergechange (merge_id, bearer, row_id, before)
    SELECT wanted, 'party_mergedinto', id, jsonb_build_object('kept_id', kept_id)
    FROM party_mergedinto WHERE subject = act.subject AND kept_id = act.gone_id;
  UPDATE party_mergedinto SET kept_id = act.kept_id WHERE subject = act.subject AND kept_id = act.gone_id;
  INSERT INTO party_mergedinto (subject, gone_id, kept_id, merge_id)
    VALUES (act.subject, act.gone_id, act.kept_id, wanted);
  IF act.subject = 'person' THEN
    INSERT INTO party_mergechange (merge_id, bearer, row_id, before)
      SELECT wanted, 'scope_account', id, jsonb_build_object('person_id', person_id)
      FROM scope_account WHERE person_id = act.gone_id;
    UPDATE scope_account SET person_id = act.kept_id WHERE person_id = act.gone_id;
  ELSE
    -- Of two counts of one day the kept record's stands; the other would be counted by nobody's name.
    UPDATE party_headcount SET path = '{BEYOND}' WHERE employer_id = act.gone_id;
  END IF;
END $$;

CREATE FUNCTION party_bring_back(wanted bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
DECLARE
  act party_merge;
  bearer text;
  columns text;
  image jsonb;
BEGIN
  SELECT * INTO act FROM party_merge WHERE id = wanted AND undone_at IS NOT NULL AND ({by_path()});
  bearer := 'party_' || act.subject;
  SELECT before || jsonb_build_object('path', unit.path) INTO image
    FROM party_mergechange AS change JOIN scope_orgunit AS unit ON unit.id = (before ->> 'org_unit_id')::bigint
    WHERE change.merge_id = wanted AND change.bearer = 'party_' || act.subject AND row_id = act.gone_id
      AND ({by_path("unit.path")});
  DELETE FROM party_mergedinto WHERE merge_id = wanted AND gone_id = act.gone_id;
  IF image IS NULL OR NOT FOUND THEN
    RAISE EXCEPTION 'only a merge that was undone within reach gives its record back';
  END IF;
  SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) INTO columns
    FROM pg_attribute WHERE attrelid = bearer::regclass AND attnum > 0 AND NOT attisdropped
      AND attname <> 'id' AND attgenerated = '';
  EXECUTE format('UPDATE %I AS own SET (%s) = (SELECT %s FROM jsonb_populate_record(NULL::%I, $1)) WHERE own.id = $2',
    bearer, columns, columns, bearer) USING image, act.gone_id;
  UPDATE party_mergedinto AS alias SET kept_id = (change.before ->> 'kept_id')::bigint
    FROM party_mergechange AS change
    WHERE change.merge_id = wanted AND change.bearer = 'party_mergedinto' AND alias.id = change.row_id;
  UPDATE scope_account AS account SET person_id = (change.before ->> 'person_id')::bigint
    FROM party_mergechange AS change
    WHERE change.merge_id = wanted AND change.bearer = 'scope_account' AND account.id = change.row_id
      AND account.person_id = act.kept_id;
  IF act.subject = 'employer' THEN
    UPDATE party_headcount AS counted SET path = unit.path FROM scope_orgunit AS unit
      WHERE counted.employer_id = act.gone_id AND unit.id = counted.org_unit_id;
  END IF;
END $$;
"""

# Whether a document is known, by whichever of a person's records it came in; and, for ledgers, under which
# documents persons stood who are one today.
DOCUMENTS = f"""
CREATE OR REPLACE FUNCTION party_document_is_known(wanted bytea)
RETURNS TABLE (person_id bigint, is_within_reach boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  SELECT CASE WHEN ({by_path("kept.path")}) THEN kept.id END, coalesce(({by_path("kept.path")}), false)
  FROM party_person AS own
  LEFT JOIN party_mergedinto AS alias ON alias.subject = 'person' AND alias.gone_id = own.id
  JOIN party_person AS kept ON kept.id = coalesce(alias.kept_id, own.id)
  WHERE own.document_digest = wanted
$$;

CREATE FUNCTION party_documents_merged() RETURNS TABLE (document_digest bytea, kept_digest bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  SELECT gone.document_digest, kept.document_digest
  FROM party_mergedinto AS alias
  JOIN party_person AS gone ON gone.id = alias.gone_id JOIN party_person AS kept ON kept.id = alias.kept_id
  WHERE alias.subject = 'person' AND ({by_path("kept.path")})
$$;
"""

# Whom to ask about the half that is out of reach: the federation right below the root, and nothing else.
ELSEWHERE = f"""
CREATE FUNCTION party_lookalikes_elsewhere(wanted bigint[]) RETURNS TABLE (id bigint, federation varchar)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  SELECT pair.id, (
    SELECT above.name FROM scope_orgunit AS above
    WHERE above.id = ANY (string_to_array(trim(both '/' from
      CASE WHEN ({by_path("pair.first_path")}) THEN pair.second_path ELSE pair.first_path END), '/')::bigint[])
    ORDER BY above.depth > 2, above.depth DESC LIMIT 1)
  FROM party_lookalike AS pair
  WHERE pair.id = ANY (wanted) AND coalesce(({by_path("pair.first_path")}), false)
    <> coalesce(({by_path("pair.second_path")}), false)
    AND pair.first_path <> '{BEYOND}' AND pair.second_path <> '{BEYOND}'
$$;

CREATE FUNCTION party_lookalikes_follow() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ BEGIN
  UPDATE party_lookalike AS pair SET first_path = moved.path FROM moved
    WHERE pair.subject = TG_ARGV[0] AND pair.first_id = moved.id AND pair.first_path <> moved.path;
  UPDATE party_lookalike AS pair SET second_path = moved.path FROM moved
    WHERE pair.subject = TG_ARGV[0] AND pair.second_id = moved.id AND pair.second_path <> moved.path;
  RETURN NULL;
END $$;
CREATE TRIGGER lookalikes_follow AFTER UPDATE ON party_person REFERENCING NEW TABLE AS moved
  FOR EACH STATEMENT EXECUTE FUNCTION party_lookalikes_follow('person');
CREATE TRIGGER lookalikes_follow AFTER UPDATE ON party_employer REFERENCING NEW TABLE AS moved
  FOR EACH STATEMENT EXECUTE FUNCTION party_lookalikes_follow('employer');
"""

RIGHTS = """
REVOKE ALL ON FUNCTION party_set_aside(bigint), party_bring_back(bigint), party_documents_merged(),
  party_lookalikes_elsewhere(bigint[]), party_lookalikes_follow() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION party_set_aside(bigint), party_bring_back(bigint), party_documents_merged(),
  party_lookalikes_elsewhere(bigint[]) TO juli_staff;
"""
UNDO = """
DROP TRIGGER lookalikes_follow ON party_person;
DROP TRIGGER lookalikes_follow ON party_employer;
DROP FUNCTION party_lookalikes_follow();
DROP FUNCTION party_lookalikes_elsewhere(bigint[]);
DROP FUNCTION party_documents_merged();
DROP FUNCTION party_bring_back(bigint);
DROP FUNCTION party_set_aside(bigint);
"""
EITHER_HALF = f"({by_path('first_path')}) OR ({by_path('second_path')})"
OF_A_MERGE_IN_REACH = "EXISTS (SELECT 1 FROM party_merge AS act WHERE act.id = merge_id)"


class Migration(migrations.Migration):
    dependencies = [
        ("party", "0003_histories_of_reports"),
        ("scope", "0004_bounds"),
    ]

    operations = [
        migrations.CreateModel(
            name="Lookalike",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "subject",
                    models.CharField(
                        choices=[("person", "自然人"), ("employer", "单位")],
                        max_length=12,
                        verbose_name="对象",
                    ),
                ),
                ("first_id", models.BigIntegerField(verbose_name="甲记录编号")),
                ("second_id", models.BigIntegerField(verbose_name="乙记录编号")),
                ("first_path", models.CharField(db_collation="C", max_length=255, verbose_name="甲记录路径")),
                (
                    "second_path",
                    models.CharField(db_collation="C", max_length=255, verbose_name="乙记录路径"),
                ),
                (
                    "reasons",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("name_birth", "姓名和出生日期相同"),
                                ("mobile", "手机号码相同"),
                                ("near_document", "姓名相同、证件号码相近"),
                                ("name_employer", "姓名和单位相同"),
                                ("rare_name", "生僻字写法不同、出生日期相同"),
                                ("same_name", "单位名称相同"),
                                ("name_variant", "单位名称写法不同"),
                                ("near_code", "统一社会信用代码相近"),
                                ("reported", "经办人指出"),
                            ],
                            max_length=20,
                        ),
                        size=None,
                        verbose_name="疑似原因",
                    ),
                ),
                ("score", models.PositiveSmallIntegerField(verbose_name="相似程度")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "待处理"),
                            ("later", "以后再说"),
                            ("different", "不是同一个"),
                            ("merged", "已合并"),
                        ],
                        default="open",
                        max_length=12,
                        verbose_name="处理状态",
                    ),
                ),
                ("found_at", models.DateTimeField(verbose_name="发现时间")),
                ("seen_at", models.DateTimeField(verbose_name="最近一次仍相似的时间")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="处理时间")),
                ("decided_by", models.BigIntegerField(null=True, verbose_name="处理账号编号")),
                ("decision_reason", models.CharField(blank=True, max_length=200, verbose_name="处理理由")),
            ],
            options={
                "verbose_name": "疑似重复",
            },
        ),
        migrations.CreateModel(
            name="LookalikeScan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("begun_at", models.DateTimeField(verbose_name="开始时间")),
                (
                    "steps",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        default=list,
                        size=None,
                        verbose_name="已完成的步骤",
                    ),
                ),
                ("found", models.PositiveIntegerField(default=0, verbose_name="找到的对数")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="结束时间")),
            ],
            options={
                "verbose_name": "查重",
            },
        ),
        migrations.CreateModel(
            name="Merge",
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
                (
                    "subject",
                    models.CharField(
                        choices=[("person", "自然人"), ("employer", "单位")],
                        max_length=12,
                        verbose_name="对象",
                    ),
                ),
                ("kept_id", models.BigIntegerField(verbose_name="保留的记录编号")),
                ("gone_id", models.BigIntegerField(verbose_name="并入的记录编号")),
                ("taken", models.JSONField(default=list, verbose_name="取自并入记录的内容")),
                ("known", models.JSONField(default=dict, verbose_name="合并时的关联记录")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="理由")),
                ("merged_at", models.DateTimeField(verbose_name="合并时间")),
                ("merged_by", models.BigIntegerField(null=True, verbose_name="合并账号编号")),
                ("undone_at", models.DateTimeField(null=True, verbose_name="撤销时间")),
                ("undone_by", models.BigIntegerField(null=True, verbose_name="撤销账号编号")),
                ("undo_reason", models.CharField(blank=True, max_length=200, verbose_name="撤销理由")),
            ],
            options={
                "verbose_name": "合并记录",
            },
        ),
        migrations.CreateModel(
            name="MergeChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("bearer", models.CharField(max_length=63, verbose_name="数据表")),
                ("row_id", models.BigIntegerField(verbose_name="记录编号")),
                ("before", models.JSONField(verbose_name="合并前")),
                ("after", models.JSONField(null=True, verbose_name="合并后")),
            ],
            options={
                "verbose_name": "合并变动",
            },
        ),
        migrations.CreateModel(
            name="MergedInto",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "subject",
                    models.CharField(
                        choices=[("person", "自然人"), ("employer", "单位")],
                        max_length=12,
                        verbose_name="对象",
                    ),
                ),
                ("gone_id", models.BigIntegerField(verbose_name="并入的记录编号")),
                ("kept_id", models.BigIntegerField(verbose_name="保留的记录编号")),
            ],
            options={
                "verbose_name": "合并去向",
            },
        ),
        migrations.AddIndex(
            model_name="lookalike",
            index=models.Index(fields=["state", "-score", "id"], name="party_lookalike_queue"),
        ),
        migrations.AddIndex(
            model_name="lookalike",
            index=models.Index(fields=["subject", "second_id"], name="party_lookalike_second"),
        ),
        migrations.AddConstraint(
            model_name="lookalike",
            constraint=models.UniqueConstraint(
                fields=("subject", "first_id", "second_id"), name="party_lookalike_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="lookalike",
            constraint=models.CheckConstraint(
                condition=models.Q(("first_id__lt", models.F("second_id"))), name="party_lookalike_in_order"
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="org_unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="scope.orgunit",
                verbose_name="所属组织",
            ),
        ),
        migrations.AddField(
            model_name="mergechange",
            name="merge",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="changes",
                to="party.merge",
                verbose_name="合并",
            ),
        ),
        migrations.AddField(
            model_name="mergedinto",
            name="merge",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="party.merge",
                verbose_name="合并",
            ),
        ),
        migrations.AddIndex(
            model_name="merge",
            index=models.Index(fields=["subject", "kept_id"], name="party_merge_kept"),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("undone_at__isnull", True)),
                fields=("subject", "gone_id"),
                name="party_merge_gone_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.CheckConstraint(
                condition=models.Q(("kept_id", models.F("gone_id")), _negated=True), name="party_merge_of_two"
            ),
        ),
        migrations.AddConstraint(
            model_name="mergechange",
            constraint=models.UniqueConstraint(
                fields=("merge", "bearer", "row_id"), name="party_merge_change_once"
            ),
        ),
        migrations.AddIndex(
            model_name="mergedinto",
            index=models.Index(fields=["subject", "kept_id"], name="party_merged_into_kept"),
        ),
        migrations.AddConstraint(
            model_name="mergedinto",
            constraint=models.UniqueConstraint(fields=("subject", "gone_id"), name="party_merged_into_one"),
        ),
        migrations.AddConstraint(
            model_name="mergedinto",
            constraint=models.CheckConstraint(
                condition=models.Q(("kept_id", models.F("gone_id")), _negated=True),
                name="party_merged_into_another",
            ),
        ),
        RaiseWall("party_lookalike", {"juli_staff": Pass(REMOVE, EITHER_HALF)}),
        OpenTable("party_lookalikescan", {"juli_staff": WRITE}),
        RaiseWall("party_merge", staff()),
        RaiseWall("party_mergechange", {"juli_staff": Pass(APPEND, OF_A_MERGE_IN_REACH)}),
        OpenTable("party_mergedinto", {"juli_staff": READ, "juli_self": READ, "juli_employer": READ}),
        migrations.RunSQL(SETTING_ASIDE + DOCUMENTS + ELSEWHERE + RIGHTS, UNDO),
    ]
