"""The second wall around the tree, accounts, grants and the log of looking."""

from django.db import migrations

from juli.engines.scope.masonry import (
    APPEND,
    EVERY_ROW,
    LEAVE,
    ME,
    READ,
    REMOVE,
    ROLES,
    WRITE,
    OpenTable,
    Pass,
    RaiseWall,
    by_path,
    everyone,
    staff,
)

# The three functions answer without opening a row: whether a code is in use anywhere, what the
# units above a reachable unit are called, and what colleagues who acted are called.
FUNCTIONS = f"""
CREATE FUNCTION scope_unit_code_is_taken(wanted text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$ SELECT EXISTS (SELECT 1 FROM scope_orgunit WHERE code = wanted) $$;

CREATE FUNCTION scope_lineage(wanted bigint)
RETURNS TABLE (id bigint, name varchar, kind varchar, code varchar, depth smallint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  SELECT above.id, above.name, above.kind, above.code, above.depth
  FROM scope_orgunit AS own
  JOIN scope_orgunit AS above ON above.id = ANY (string_to_array(trim(both '/' from own.path), '/')::bigint[])
  WHERE own.id = wanted AND ({by_path("own.path")})
  ORDER BY above.depth
$$;

CREATE FUNCTION scope_account_labels(wanted bigint[])
RETURNS TABLE (id bigint, display_name varchar, unit_name varchar)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
AS $$
  SELECT account.id, account.display_name, unit.name
  FROM scope_account AS account JOIN scope_orgunit AS unit ON unit.id = account.org_unit_id
  WHERE account.id = ANY (wanted) AND account.person_id IS NULL
$$;

REVOKE ALL ON FUNCTION scope_unit_code_is_taken(text), scope_lineage(bigint), scope_account_labels(bigint[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION scope_unit_code_is_taken(text), scope_lineage(bigint), scope_account_labels(bigint[])
  TO juli_staff, juli_self;
"""

# A path holds the unit's own number, so the number is drawn before the row is written.
NUMBERS = "GRANT USAGE ON SEQUENCE scope_orgunit_id_seq TO juli_staff"

QUEUE = [
    "procrastinate_jobs",
    "procrastinate_events",
    "procrastinate_periodic_defers",
    "procrastinate_workers",
]


class Migration(migrations.Migration):
    dependencies = [
        ("scope", "0001_first_tables"),
        ("audit", "0001_first_tables"),
        ("sessions", "0001_initial"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]

    operations = [
        RaiseWall(
            "scope_orgunit",
            staff()
            | {
                "juli_self": Pass(
                    READ, f"id IN (SELECT org_unit_id FROM scope_account WHERE person_id = {ME})"
                ),
                "juli_door": Pass(READ, EVERY_ROW),
            },
        ),
        RaiseWall("scope_orgunitevent", staff(APPEND)),
        RaiseWall("scope_placement", staff()),
        RaiseWall(
            "scope_account",
            staff() | {"juli_self": Pass(READ, f"person_id = {ME}"), "juli_door": Pass(WRITE, EVERY_ROW)},
        ),
        RaiseWall("scope_grant", staff() | {"juli_door": Pass(READ, EVERY_ROW)}),
        RaiseWall("scope_grantevent", staff(APPEND)),
        RaiseWall(
            "audit_access",
            staff(APPEND)
            | {"juli_self": Pass(READ, f"person_id = {ME}"), "juli_door": Pass(LEAVE, EVERY_ROW)},
        ),
        OpenTable("django_session", {"juli_door": REMOVE}),
        OpenTable("django_migrations", everyone(READ) | {"juli_app": READ}),
        *[OpenTable(table, dict.fromkeys((*ROLES, "juli_app"), REMOVE)) for table in QUEUE],
        migrations.RunSQL(
            "".join(
                f"GRANT USAGE ON SEQUENCE {table}_id_seq TO {role};"
                for table in QUEUE[:3]
                for role in (*ROLES, "juli_app")
            ),
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(NUMBERS, migrations.RunSQL.noop),
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
    ]
