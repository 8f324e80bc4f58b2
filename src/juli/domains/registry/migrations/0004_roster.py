"""What posting by hundreds of thousands needs: numbers drawn ahead, look-ups beyond the reach, indexes built last."""

from django.db import migrations

# Rows of one posting refer to each other, so their numbers are drawn before they are written.
NUMBERS = """
GRANT USAGE ON SEQUENCE party_person_id_seq, party_employer_id_seq, party_headcount_id_seq,
  registry_union_id_seq, registry_coverage_id_seq, registry_membership_id_seq TO juli_staff;
"""

# The same number as rules.numbers.member_number makes, for many rows at once (Luhn).
MEMBER_NUMBER = """
CREATE FUNCTION registry_member_number(serial bigint) RETURNS text
LANGUAGE sql IMMUTABLE
AS $$
  SELECT lpad(serial::text, 10, '0') || ((10 - (
    serial % 10 * 2 / 10 + serial % 10 * 2 % 10 + serial / 10 % 10
    + serial / 100 % 10 * 2 / 10 + serial / 100 % 10 * 2 % 10 + serial / 1000 % 10
    + serial / 10000 % 10 * 2 / 10 + serial / 10000 % 10 * 2 % 10 + serial / 100000 % 10
    + serial / 1000000 % 10 * 2 / 10 + serial / 1000000 % 10 * 2 % 10 + serial / 10000000 % 10
    + serial / 100000000 % 10 * 2 / 10 + serial / 100000000 % 10 * 2 % 10 + serial / 1000000000 % 10
  ) % 10) % 10)::text
$$;
"""

# Whether documents and member numbers are in use anywhere, said without a name, a unit or a row.
LOOK_UPS = """
CREATE FUNCTION registry_documents_known(wanted bytea[]) RETURNS SETOF bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT document_digest FROM party_person WHERE document_digest IN (SELECT unnest(wanted)) $$;

CREATE FUNCTION registry_holds_anybody() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT EXISTS (SELECT 1 FROM party_person) $$;

CREATE FUNCTION registry_numbers_in_force(wanted text[]) RETURNS SETOF varchar
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT number FROM registry_membership WHERE valid_until IS NULL AND number IN (SELECT unnest(wanted)) $$;
"""

# A first load writes rows into bare tables and builds indexes and foreign keys afterwards: half the time.
# The statements to put them up again stand in a table, and a deferred trigger refuses to commit while
# any is left: a load that dies or forgets undoes itself, and no constraint is ever missing afterwards.
# Every row is still written by the application's own role, behind the wall.
TAKING_DOWN = """
CREATE TABLE registry_index_down (
  position integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  statement text NOT NULL
);

CREATE FUNCTION registry_refuse_while_down() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ BEGIN
  IF EXISTS (SELECT 1 FROM registry_index_down) THEN
    RAISE EXCEPTION 'an index or foreign key was taken down and not put up again';
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER registry_nothing_left_down AFTER INSERT ON registry_index_down
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION registry_refuse_while_down();

CREATE FUNCTION registry_is_nearly_empty(expected bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public
AS $$
  SELECT (SELECT count(*) FROM (SELECT 1 FROM party_person LIMIT expected / 4 + 1) AS few) <= expected / 4
     AND (SELECT count(*) FROM (SELECT 1 FROM registry_membership LIMIT expected / 4 + 1) AS few) <= expected / 4
     AND (SELECT count(*) FROM (SELECT 1 FROM facts_fact LIMIT expected + 1) AS few) <= expected
$$;

CREATE FUNCTION registry_take_indexes_down(expected bigint) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public SET lock_timeout = '3s'
AS $$
DECLARE
  register constant regclass[] := ARRAY['party_person', 'registry_membership', 'facts_fact']::regclass[];
  each record;
BEGIN
  IF expected < 10000 OR NOT registry_is_nearly_empty(expected) THEN
    RETURN false;
  END IF;
  BEGIN
    LOCK TABLE party_person, registry_membership, facts_fact, party_employer, scope_orgunit
      IN ACCESS EXCLUSIVE MODE;
  EXCEPTION WHEN lock_not_available OR deadlock_detected THEN
    RETURN false;  -- somebody is at work: do without
  END;
  -- What is still to be checked of earlier statements is checked now: no table is altered under it.
  SET CONSTRAINTS ALL IMMEDIATE;
  SET CONSTRAINTS ALL DEFERRED;
  FOR each IN
    SELECT conrelid::regclass AS bearer, conname, pg_get_constraintdef(oid) AS definition
    FROM pg_constraint WHERE conrelid = ANY (register) AND contype IN ('f', 'u') AND conparentid = 0
    ORDER BY contype DESC, conrelid, conname
  LOOP
    INSERT INTO registry_index_down (statement)
      VALUES (format('ALTER TABLE %s ADD CONSTRAINT %I %s', each.bearer, each.conname, each.definition));
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', each.bearer, each.conname);
  END LOOP;
  FOR each IN
    SELECT indexrelid::regclass AS bearer, replace(pg_get_indexdef(indexrelid), ' ON ONLY ', ' ON ') AS definition
    FROM pg_index WHERE indrelid = ANY (register) AND NOT indisprimary
      AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)
    ORDER BY indrelid, indexrelid
  LOOP
    INSERT INTO registry_index_down (statement) VALUES (each.definition);
    EXECUTE format('DROP INDEX %s', each.bearer);
  END LOOP;
  RETURN true;
END $$;

CREATE FUNCTION registry_put_indexes_up() RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
SET maintenance_work_mem = '256MB' SET max_parallel_maintenance_workers = 2
AS $$
DECLARE
  each record;
BEGIN
  FOR each IN SELECT position, statement FROM registry_index_down ORDER BY position LOOP
    EXECUTE each.statement;
    DELETE FROM registry_index_down WHERE position = each.position;
  END LOOP;
  ANALYZE party_person, registry_membership, facts_fact;
  RETURN true;
END $$;
"""

RIGHTS = """
REVOKE ALL ON FUNCTION registry_member_number(bigint), registry_documents_known(bytea[]), registry_numbers_in_force(text[]), registry_holds_anybody(),
  registry_take_indexes_down(bigint), registry_put_indexes_up(), registry_refuse_while_down(),
  registry_is_nearly_empty(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION registry_member_number(bigint), registry_documents_known(bytea[]), registry_numbers_in_force(text[]), registry_holds_anybody(),
  registry_take_indexes_down(bigint), registry_put_indexes_up() TO juli_staff;
"""

UNDO = """
DROP FUNCTION registry_put_indexes_up();
DROP FUNCTION registry_take_indexes_down(bigint);
DROP FUNCTION registry_is_nearly_empty(bigint);
DROP TABLE registry_index_down;
DROP FUNCTION registry_refuse_while_down();
DROP FUNCTION registry_numbers_in_force(text[]);
DROP FUNCTION registry_holds_anybody();
DROP FUNCTION registry_documents_known(bytea[]);
DROP FUNCTION registry_member_number(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0003_numbers"), ("party", "0002_walls"), ("facts", "0001_first_tables")]

    operations = [
        migrations.RunSQL(NUMBERS, migrations.RunSQL.noop),
        migrations.RunSQL(MEMBER_NUMBER + LOOK_UPS + TAKING_DOWN + RIGHTS, UNDO),
    ]
