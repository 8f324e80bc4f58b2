"""Letting the database look at the register again, right after many rows have come."""

from django.db import migrations

# Until it has looked, it takes the register for empty and joins by nested loops; by itself it looks
# within a minute, which is late for whoever brings the same roster in again at once.
STATISTICS = """
CREATE FUNCTION registry_refresh_statistics(posted bigint) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ BEGIN
  IF posted < (SELECT reltuples / 10 FROM pg_class WHERE oid = 'party_person'::regclass) THEN
    RETURN false;
  END IF;
  ANALYZE party_person, registry_membership, facts_fact;
  RETURN true;
END $$;
REVOKE ALL ON FUNCTION registry_refresh_statistics(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION registry_refresh_statistics(bigint) TO juli_staff;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0006_unions_counted")]

    operations = [migrations.RunSQL(STATISTICS, "DROP FUNCTION registry_refresh_statistics(bigint)")]
