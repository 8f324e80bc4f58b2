"""Find persons by letters read as syllables and by last digits, employers by letters inside their initials."""

from django.db import migrations, models

from juli.engines.scope.masonry import by_path

# What is looked for stands in the mask that every list shows: the index tells no more than it does.
ENDINGS = f"""
CREATE INDEX party_person_document_end ON party_person (right(document_shown, 4), path);
CREATE INDEX party_person_mobile_end ON party_person (right(mobile_shown, 4), path);

CREATE FUNCTION party_persons_ending(wanted text, most integer) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public SET plan_cache_mode = force_custom_plan
AS $$ BEGIN
  RETURN QUERY SELECT id FROM party_person
    WHERE right(document_shown, 4) = wanted AND ({by_path()}) LIMIT most;
  RETURN QUERY SELECT id FROM party_person
    WHERE right(mobile_shown, 4) = wanted AND ({by_path()}) LIMIT most;
END $$;

CREATE FUNCTION party_persons_read(initials text, begun text, pattern text, most integer) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public SET plan_cache_mode = force_custom_plan
AS $$ BEGIN
  RETURN QUERY SELECT id FROM party_person
    WHERE name_initials = initials AND name_pinyin >= begun AND name_pinyin < begun || '~'
      AND name_pinyin ~ ('^' || pattern || '$') AND ({by_path()}) LIMIT most;
END $$;
"""

# Letters inside the initials of a long name, by pairs of neighbours: as for characters, an index over an array.
LETTERS = f"""
CREATE FUNCTION party_letter_pairs(letters text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT array_agg(substr(letters, place, 2)) FROM generate_series(1, length(letters) - 1) AS place $$;
CREATE INDEX party_employer_letters ON party_employer USING gin (party_letter_pairs(name_initials))
  WITH (fastupdate = off);

CREATE FUNCTION party_employers_lettered(wanted text, most integer) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public SET plan_cache_mode = force_custom_plan
AS $$ BEGIN
  RETURN QUERY SELECT id FROM party_employer
    WHERE party_letter_pairs(name_initials) @> party_letter_pairs(wanted)
      AND position(wanted IN name_initials) > 0 AND ({by_path()}) LIMIT most;
END $$;
"""
RIGHTS = """
REVOKE ALL ON FUNCTION party_persons_ending(text, integer), party_persons_read(text, text, text, integer),
  party_employers_lettered(text, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION party_persons_ending(text, integer), party_persons_read(text, text, text, integer),
  party_employers_lettered(text, integer) TO juli_staff;
"""
UNDO = """
DROP FUNCTION party_employers_lettered(text, integer);
DROP INDEX party_employer_letters;
DROP FUNCTION party_letter_pairs(text);
DROP FUNCTION party_persons_read(text, text, text, integer);
DROP FUNCTION party_persons_ending(text, integer);
DROP INDEX party_person_mobile_end;
DROP INDEX party_person_document_end;
"""


class Migration(migrations.Migration):
    dependencies = [("party", "0006_likest_first")]

    operations = [
        migrations.RemoveIndex(model_name="person", name="party_person_initials"),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["name_initials", "name_pinyin", "path"], name="party_person_initials"),
        ),
        migrations.RunSQL(ENDINGS + LETTERS + RIGHTS, UNDO),
    ]
