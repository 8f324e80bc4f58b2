"""The search box in one statement: its plans are kept, for planning them cost more than looking."""

from django.db import migrations

SPELT = """
CREATE OR REPLACE FUNCTION registry_{nouns}_spelt(wanted text, most_whole integer, most_begun integer)
RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan
AS $$ BEGIN
{queries}
END $$;
REVOKE ALL ON FUNCTION registry_{nouns}_spelt(text, integer, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION registry_{nouns}_spelt(text, integer, integer) TO juli_staff;
"""
QUERIES = """
  RETURN QUERY SELECT id FROM {table} WHERE {column} = wanted LIMIT most_whole;
  RETURN QUERY SELECT id FROM {table} WHERE {column} > wanted AND {column} < wanted || '~' LIMIT most_begun;
"""

# Whoever asks sees what their wall shows; rows must lie within the bounds as well, the first wall.
WITHIN = "mod(width_bucket({row}.path, bounds), 2) = 1"
IN_FORCE = "{row}.valid_from <= day AND ({row}.valid_until IS NULL OR {row}.valid_until > day)"
HITS = f"""
CREATE OR REPLACE FUNCTION registry_hits(
  persons bigint[], unions bigint[], employers bigint[], bounds text[], day date,
  OUT persons_found text, OUT unions_found text, OUT employers_found text)
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan
AS $$ BEGIN
  IF cardinality(persons) > 0 THEN
    SELECT json_agg(json_build_array(
      person.id, person.name, person.name_initials, person.name_pinyin, person.sex, person.born_on,
      person.document_shown, person.mobile_shown, held.number, held.standing, place.id, place.name,
      held.employer_id, employer.name))
    INTO persons_found
    FROM party_person AS person
    LEFT JOIN registry_membership AS held ON held.person_id = person.id AND {IN_FORCE.format(row="held")}
    LEFT JOIN registry_union AS place ON place.org_unit_id = held.org_unit_id
    LEFT JOIN party_employer AS employer ON employer.id = held.employer_id
    WHERE person.id = ANY (persons) AND {WITHIN.format(row="person")};
  END IF;
  IF cardinality(unions) > 0 THEN
    SELECT json_agg(json_build_array(
      own.id, own.name, own.name_initials, own.code, own.level, own.ended_on,
      (SELECT count(*) FROM registry_coverage AS cover
       WHERE cover.org_unit_id = own.org_unit_id AND {IN_FORCE.format(row="cover")})))
    INTO unions_found
    FROM registry_union AS own WHERE own.id = ANY (unions) AND {WITHIN.format(row="own")};
  END IF;
  IF cardinality(employers) > 0 THEN
    SELECT json_agg(json_build_array(
      own.id, own.name, own.name_initials, own.uscc, territory.name, place.id, place.name))
    INTO employers_found
    FROM party_employer AS own
    LEFT JOIN registry_union AS territory ON territory.org_unit_id = own.territory_id
    LEFT JOIN registry_union AS place
      ON place.org_unit_id = own.org_unit_id AND own.org_unit_id <> own.territory_id
    WHERE own.id = ANY (employers) AND {WITHIN.format(row="own")};
  END IF;
END $$;
REVOKE ALL ON FUNCTION registry_hits(bigint[], bigint[], bigint[], text[], date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION registry_hits(bigint[], bigint[], bigint[], text[], date) TO juli_staff;
"""


def spelt(nouns: str, table: str, *columns: str) -> migrations.RunSQL:
    """
    Make the function that finds rows spelt as a text or beginning so, by an index of each column.

    It looks with the rights and within the reach of whoever asks.
    """
    queries = "".join(QUERIES.format(table=table, column=column) for column in columns)
    return migrations.RunSQL(
        SPELT.format(nouns=nouns, queries=queries),
        f"DROP FUNCTION registry_{nouns}_spelt(text, integer, integer)",
    )


class Migration(migrations.Migration):
    dependencies = [("registry", "0007_members_grouped"), ("party", "0002_walls")]

    operations = [
        spelt("persons", "party_person", "name_initials", "name_pinyin"),
        spelt("unions", "registry_union", "name_initials"),
        spelt("employers", "party_employer", "name_initials"),
        migrations.RunSQL(HITS, "DROP FUNCTION registry_hits(bigint[], bigint[], bigint[], text[], date)"),
    ]
