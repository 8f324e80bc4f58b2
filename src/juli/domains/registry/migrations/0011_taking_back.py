"""Rows that a batch has brought into the registers may leave them again, where that batch is undone."""

from django.db import migrations

TABLES = (
    "party_person", "party_employer", "party_headcount", "party_employerflag", "party_hazardouspost",
    "registry_union", "registry_coverage", "registry_post", "registry_membership", "scope_orgunit",
    "scope_placement", "scope_grant",
)  # fmt: skip

OPENED = [
    (
        f"GRANT DELETE ON {table} TO juli_staff;"
        f" CREATE TRIGGER sheet_only_when_undone BEFORE DELETE ON {table}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION sheet_only_when_undone()",
        f"DROP TRIGGER sheet_only_when_undone ON {table}; REVOKE DELETE ON {table} FROM juli_staff",
    )
    for table in TABLES
]


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0010_merging"),
        ("sheet", "0002_ledgers"),
        ("party", "0002_walls"),
        ("scope", "0002_walls"),
    ]

    operations = [migrations.RunSQL(forwards, backwards) for forwards, backwards in OPENED]
