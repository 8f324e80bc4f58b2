"""Let the application bring the planner's statistics up to date after it has written in bulk."""

from django.db import migrations

# Only the owner may ANALYZE. Without it a table that was empty a minute ago is planned for as if it
# still were, and a figure that takes milliseconds runs into its time limit.
FUNCTION = """
CREATE FUNCTION scope_learn_statistics() RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
DECLARE
  each record;
BEGIN
  FOR each IN
    SELECT c.oid::regclass AS bearer
    FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attname = 'path'
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
    ORDER BY c.relname
  LOOP
    EXECUTE format('ANALYZE %s', each.bearer);
  END LOOP;
END $$;
REVOKE ALL ON FUNCTION scope_learn_statistics() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION scope_learn_statistics() TO juli_staff;
"""


class Migration(migrations.Migration):
    dependencies = [("scope", "0002_walls")]

    operations = [migrations.RunSQL(FUNCTION, "DROP FUNCTION scope_learn_statistics()")]
