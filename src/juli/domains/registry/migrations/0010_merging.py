"""A membership can end by being one with another; and how much of two records lies out of reach."""

from django.db import migrations, models

from juli.engines.scope.masonry import by_path

CLOSINGS = [
    ("transferred_out", "转出"),
    ("retained", "转为保留会籍"),
    ("resumed", "恢复在籍"),
    ("left", "退会"),
    ("expelled", "除名"),
    ("died", "去世"),
    ("merged", "并入重复记录"),
]
# Who merges must reach everything that speaks of both; how much they do not, is told as a number.
BEYOND = f"""
CREATE FUNCTION registry_rows_beyond(subject text, numbers bigint[]) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  SELECT CASE subject WHEN 'person' THEN
    (SELECT count(*) FROM registry_membership AS t
     WHERE t.person_id = ANY (numbers) AND NOT coalesce(({by_path("t.path")}), false))
    + (SELECT count(*) FROM registry_post AS t
       WHERE t.person_id = ANY (numbers) AND NOT coalesce(({by_path("t.path")}), false))
  ELSE
    (SELECT count(*) FROM registry_membership AS t
     WHERE t.employer_id = ANY (numbers) AND NOT coalesce(({by_path("t.path")}), false))
    + (SELECT count(*) FROM registry_coverage AS t
       WHERE t.employer_id = ANY (numbers) AND NOT coalesce(({by_path("t.path")}), false))
  END
$$;
REVOKE ALL ON FUNCTION registry_rows_beyond(text, bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION registry_rows_beyond(text, bigint[]) TO juli_staff;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0009_treasurer"), ("party", "0004_merging")]

    operations = [
        *[
            migrations.AlterField(
                model_name=model,
                name="closing",
                field=models.CharField(
                    blank=True, choices=CLOSINGS, max_length=16, verbose_name="终因", **extra
                ),
            )
            for model, extra in (("membership", {}), ("membershipevent", {"null": True}))
        ],
        migrations.RunSQL(BEYOND, "DROP FUNCTION registry_rows_beyond(text, bigint[])"),
    ]
