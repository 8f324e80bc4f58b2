"""The second wall around unions and memberships, and the constraints that ranges keep."""

from django.db import migrations

from juli.engines.scope.masonry import APPEND, ME, READ, Pass, RaiseWall, by_path, staff

# Terms of one union never overlap. Plain PostgreSQL has no operator class for equality of a number
# in GiST without an extension, so the number is written as a range of one.
CONSTRAINTS = """
ALTER TABLE registry_term ADD CONSTRAINT registry_term_no_overlap EXCLUDE USING gist (
  int8range(union_id, union_id, '[]') WITH &&, daterange(begins_on, expires_on) WITH &&);
ALTER TABLE registry_coverage ADD CONSTRAINT registry_coverage_no_overlap EXCLUDE USING gist (
  int8range(union_id, union_id, '[]') WITH &&, int8range(employer_id, employer_id, '[]') WITH &&,
  daterange(valid_from, valid_until) WITH &&);
"""

FUNCTIONS = f"""
CREATE INDEX registry_union_bigrams ON registry_union USING gin (name_bigrams) WITH (fastupdate = off);

CREATE FUNCTION registry_unions_named(wanted integer[], most integer) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public SET plan_cache_mode = force_custom_plan
AS $$ BEGIN
  RETURN QUERY SELECT id FROM registry_union
    WHERE name_bigrams @> wanted AND ({by_path()}) LIMIT most;
END $$;

CREATE FUNCTION registry_career(wanted bigint)
RETURNS TABLE (id bigint, union_name varchar, standing varchar, opening varchar, closing varchar,
               valid_from date, valid_until date, is_within_reach boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  SELECT segment.id, own.name, segment.standing, segment.opening, segment.closing,
         segment.valid_from, segment.valid_until, coalesce(({by_path("segment.path")}), false)
  FROM registry_membership AS segment
  JOIN registry_union AS own ON own.org_unit_id = segment.org_unit_id
  JOIN party_person AS person ON person.id = segment.person_id
  WHERE segment.person_id = wanted AND (({by_path("person.path")}) OR person.id = {ME})
  ORDER BY segment.valid_from, segment.id
$$;

REVOKE ALL ON FUNCTION registry_unions_named(integer[], integer), registry_career(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION registry_unions_named(integer[], integer), registry_career(bigint) TO juli_staff;
GRANT EXECUTE ON FUNCTION registry_career(bigint) TO juli_self;
"""

UNDO = """
DROP FUNCTION registry_career(bigint);
DROP FUNCTION registry_unions_named(integer[], integer);
DROP INDEX registry_union_bigrams;
"""
UNDO_CONSTRAINTS = """
ALTER TABLE registry_term DROP CONSTRAINT registry_term_no_overlap;
ALTER TABLE registry_coverage DROP CONSTRAINT registry_coverage_no_overlap;
"""
OF_STAFF = ["term", "post", "committee", "coverage"]


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_first_tables"), ("party", "0002_walls")]

    operations = [
        RaiseWall("registry_membership", staff() | {"juli_self": Pass(READ, f"person_id = {ME}")}),
        RaiseWall("registry_membershipevent", staff(APPEND)),
        RaiseWall(
            "registry_union",
            staff()
            | {
                "juli_self": Pass(
                    READ,
                    f"org_unit_id IN (SELECT org_unit_id FROM registry_membership WHERE person_id = {ME})",
                )
            },
        ),
        RaiseWall("registry_unionevent", staff(APPEND)),
        *[RaiseWall(f"registry_{name}", staff()) for name in OF_STAFF],
        *[RaiseWall(f"registry_{name}event", staff(APPEND)) for name in OF_STAFF],
        migrations.RunSQL(CONSTRAINTS, UNDO_CONSTRAINTS),
        migrations.RunSQL(FUNCTIONS, UNDO),
    ]
