"""A reach of several ranges is told as one list of bounds: one sub-select for each table and not three."""

import re

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from juli.engines.scope.masonry import by_path

# What stood in every policy and function of a house that is older than this migration.
OLD = re.compile(
    r"(?P<column>[a-z.]*path) >= current_setting\('juli\.lo', true\)"
    r" AND (?P=column) < current_setting\('juli\.hi', true\)"
    r" AND \(\(SELECT current_setting\('juli\.one', true\) = 'on'\)"
    r" OR (?P=column) < \(SELECT string_to_array\(current_setting\('juli\.his', true\), ','\)\)"
    r"\[width_bucket\((?P=column), \(SELECT string_to_array\(current_setting\('juli\.los', true\), ','\)\)\)\]\)"
)
POLICIES = "SELECT tablename, policyname FROM pg_policies WHERE qual LIKE '%juli.his%'"
FUNCTIONS = "SELECT pg_get_functiondef(oid) FROM pg_proc WHERE prosrc LIKE '%juli.his%'"


def rebuild(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the present condition into the walls of a house that has older ones; a new house has none."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(POLICIES)
        for table, policy in cursor.fetchall():
            rows = by_path()
            cursor.execute(f'ALTER POLICY {policy} ON "{table}" USING ({rows}) WITH CHECK ({rows})')
        cursor.execute(FUNCTIONS)
        for (definition,) in cursor.fetchall():
            cursor.execute(OLD.sub(lambda found: by_path(found["column"]), definition))


class Migration(migrations.Migration):
    dependencies = [("scope", "0003_statistics")]

    operations = [migrations.RunPython(rebuild, migrations.RunPython.noop)]
