"""The second wall around persons and employers, and the look-ups that reach over it without names."""

from django.db import migrations

from juli.engines.scope.masonry import APPEND, ME, MY_EMPLOYER, READ, Pass, RaiseWall, by_path, staff

# An index whose operator is not leakproof is not used behind a policy (0.7 ms becomes 240 ms), so
# names are looked up here, with the same range repeated. Array operators are such.
FUNCTIONS = f"""
CREATE INDEX party_person_bigrams ON party_person USING gin (name_bigrams) WITH (fastupdate = off);
CREATE INDEX party_employer_bigrams ON party_employer USING gin (name_bigrams) WITH (fastupdate = off);

CREATE FUNCTION party_persons_named(wanted integer[], most integer) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public SET plan_cache_mode = force_custom_plan
AS $$ BEGIN
  RETURN QUERY SELECT id FROM party_person
    WHERE name_bigrams @> wanted AND ({by_path()}) LIMIT most;
END $$;

CREATE FUNCTION party_employers_named(wanted integer[], most integer) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public SET plan_cache_mode = force_custom_plan
AS $$ BEGIN
  RETURN QUERY SELECT id FROM party_employer
    WHERE name_bigrams @> wanted AND ({by_path()}) LIMIT most;
END $$;

CREATE FUNCTION party_document_is_known(wanted bytea)
RETURNS TABLE (person_id bigint, is_within_reach boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  SELECT CASE WHEN ({by_path()}) THEN id END, coalesce(({by_path()}), false)
  FROM party_person WHERE document_digest = wanted
$$;

REVOKE ALL ON FUNCTION party_persons_named(integer[], integer), party_employers_named(integer[], integer),
  party_document_is_known(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION party_persons_named(integer[], integer), party_employers_named(integer[], integer),
  party_document_is_known(bytea) TO juli_staff;
"""

UNDO = """
DROP FUNCTION party_document_is_known(bytea);
DROP FUNCTION party_employers_named(integer[], integer);
DROP FUNCTION party_persons_named(integer[], integer);
DROP INDEX party_employer_bigrams;
DROP INDEX party_person_bigrams;
"""


class Migration(migrations.Migration):
    dependencies = [("party", "0001_first_tables"), ("scope", "0002_walls")]

    operations = [
        RaiseWall("party_person", staff() | {"juli_self": Pass(READ, f"id = {ME}")}),
        RaiseWall("party_personevent", staff(APPEND)),
        RaiseWall("party_employer", staff() | {"juli_employer": Pass(READ, f"id = {MY_EMPLOYER}")}),
        RaiseWall("party_employerevent", staff(APPEND)),
        RaiseWall("party_headcount", staff() | {"juli_employer": Pass(READ, f"employer_id = {MY_EMPLOYER}")}),
        RaiseWall(
            "party_employerflag", staff() | {"juli_employer": Pass(READ, f"employer_id = {MY_EMPLOYER}")}
        ),
        RaiseWall(
            "party_hazardouspost", staff() | {"juli_employer": Pass(READ, f"employer_id = {MY_EMPLOYER}")}
        ),
        migrations.RunSQL(FUNCTIONS, UNDO),
    ]
