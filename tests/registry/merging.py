"""What tests of merging share: two records of one person or employer, and the register as it stands."""

from datetime import date

from django.db import connection

from juli.domains.registry.models import Membership
from juli.engines.party.models import Person
from tests import world as building
from tests.world import World

# What only grows: the book of what was done, and what was done by whom.
GROWS = {
    "audit_access", "facts_fact", "django_session", "party_merge", "party_mergechange", "procrastinate_jobs",
    "procrastinate_events", "party_lookalike",
}  # fmt: skip


def twins(
    world: World, *, name: str = "黄大川", joined_on: date = date(2016, 3, 1)
) -> tuple[Membership, Membership]:
    """Admit one person twice: with a slip in the number, to two unions of 青荷."""
    born = date(1979, 4, 12)
    first = building.make_member(
        world.bearing_union, name=name, employer=world.bearing, joined_on=joined_on,
        document_number=building.resident_number(born_on=born), mobile="13800001111",
    )  # fmt: skip
    second = building.make_member(
        world.traders_union, name=name, employer=world.teahouse, joined_on=date(2017, 8, 1),
        document_number=building.resident_number(born_on=born), mobile="13800002222",
    )  # fmt: skip
    return first, second


def everything() -> dict[str, dict[str, str]]:
    """Return every row of every table that may not change for good, by table and number."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " AND relkind IN ('r', 'p') AND NOT relispartition"
            " AND has_table_privilege(oid, 'SELECT') AND relname !~ 'event$' ORDER BY 1"
        )
        tables = [row[0] for row in cursor.fetchall() if row[0] not in GROWS]
        found = {}
        for table in tables:
            cursor.execute(f"SELECT to_jsonb(t)::text FROM {table} AS t")
            found[table] = sorted(row[0] for row in cursor.fetchall())
    return found


def in_force(person: Person) -> list[Membership]:
    return list(Membership.objects.filter(person_id=person.pk, valid_until__isnull=True))


def differences(before: dict, after: dict) -> dict[str, tuple[list[str], list[str]]]:
    """Return, for each table that differs, the rows that went and those that came."""
    return {
        table: (sorted(set(before[table]) - set(rows)), sorted(set(rows) - set(before[table])))
        for table, rows in after.items()
        if rows != before[table]
    }
