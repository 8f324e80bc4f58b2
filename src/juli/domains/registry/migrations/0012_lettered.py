"""Find unions by letters inside their initials, as employers are found."""

from django.db import migrations

from juli.engines.scope.masonry import by_path

LETTERS = f"""
CREATE INDEX registry_union_letters ON registry_union USING gin (party_letter_pairs(name_initials))
  WITH (fastupdate = off);

CREATE FUNCTION registry_unions_lettered(wanted text, most integer) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public SET plan_cache_mode = force_custom_plan
AS $$ BEGIN
  RETURN QUERY SELECT id FROM registry_union
    WHERE party_letter_pairs(name_initials) @> party_letter_pairs(wanted)
      AND position(wanted IN name_initials) > 0 AND ({by_path()}) LIMIT most;
END $$;
REVOKE ALL ON FUNCTION registry_unions_lettered(text, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION registry_unions_lettered(text, integer) TO juli_staff;
"""
UNDO = """
DROP FUNCTION registry_unions_lettered(text, integer);
DROP INDEX registry_union_letters;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0011_taking_back"), ("party", "0007_finding_by_parts")]

    operations = [migrations.RunSQL(LETTERS, UNDO)]
