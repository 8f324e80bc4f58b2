"""The wall in the database: what stands on which table, and what comes through."""

from datetime import date

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from juli.engines.desk.models import Recent
from juli.engines.scope import actions, walls
from juli.engines.scope.masonry import ROLES
from juli.engines.scope.models import Account, OrgUnit
from juli.kernel.actor import Actor, Door, PathRange, Standing

pytestmark = pytest.mark.django_db

DAY = date(2018, 5, 9)
OPEN = {
    "django_session",
    "django_migrations",
    "procrastinate_jobs",
    "procrastinate_events",
    "procrastinate_periodic_defers",
    "procrastinate_workers",
}
"""Tables that hold nothing of any unit and are shared by right."""

CLOSED = {
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "django_content_type",
    "party_lookalikescan",
    "party_mergedinto",
    "pghistory_context",
    "registry_index_down",
}
"""Tables of libraries, and of functions that the owner lends: no role of the house may touch them."""

CACHES = {"indicator_rollup"}
"""Tables that can be dropped and rebuilt at any time: rows may be removed."""

STAGED = {"sheet_batchrow", "sheet_rowfault", "sheet_rowmend", "party_lookalike", "files_storedfile"}
"""What was found in a ledger or between two records, and files that expire: found or made anew at will."""

PRIVATE = {
    "desk_savedfilter", "desk_draft", "desk_recent", "desk_export", "desk_bulkrun", "desk_bulkitem",
    "desk_sentform",
}  # fmt: skip
"""What an account keeps for itself and clears away again; nothing of a register."""


def rows(sql: str, *parameters: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def tables() -> set[str]:
    found = rows(
        "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition"
    )
    return {str(name) for (name,) in found}


def walled() -> set[str]:
    found = rows(
        "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = 'public' AND c.relrowsecurity"
    )
    return {str(name) for (name,) in found}


def reader(*ranges: PathRange) -> Actor:
    return Actor(
        name="何干事",
        standing=Standing.STAFF,
        door=Door.PAGE,
        account_id=1,
        reaches=(("registry.see", ranges),) if ranges else (),
    )


def plant(parents: list[int]) -> list[OrgUnit]:
    """Plant a tree; each unit hangs on an earlier one, the first being the root."""
    machine, at = walls.system("测试"), timezone.now()
    units: list[OrgUnit] = []
    for position, parent in enumerate([None, *parents]):
        if parent is None:
            unit = actions.plant_tree(name="根", code="root", kind="any", opened_on=DAY, actor=machine, at=at)
        else:
            unit = actions.open_unit(
                parent_id=units[parent % position].pk,
                name=f"第{position}",
                code=f"u{position}",
                kind="any",
                opened_on=DAY,
                actor=machine,
                at=at,
            )
        units.append(unit)
    return units


def test_every_table_is_walled_or_open_or_closed_by_name() -> None:
    assert tables() - walled() == (OPEN | CLOSED) & tables()
    assert tables() >= OPEN


def test_every_scoped_model_is_walled() -> None:
    scoped = {
        model._meta.db_table
        for model in apps.get_models()
        if any(field.column == "path" for field in model._meta.fields)
    }

    assert scoped <= walled()


def test_one_permissive_policy_for_each_table_and_role() -> None:
    policies = rows(
        "SELECT tablename, roles::text[], permissive FROM pg_policies WHERE schemaname = 'public'"
    )

    seen = [(table, role) for table, roles, _ in policies for role in roles]  # type: ignore[attr-defined]
    assert len(seen) == len(set(seen))
    assert {role for _, role in seen} <= set(ROLES)
    assert {permissive for _, _, permissive in policies} == {"PERMISSIVE"}


def test_nothing_is_granted_to_everybody_nor_on_a_partition() -> None:
    granted = rows(
        "SELECT table_name, grantee FROM information_schema.role_table_grants"
        " WHERE table_schema = 'public' AND privilege_type <> 'TRUNCATE' AND grantee <> 'juli_owner'"
    )
    partitions = {
        name for (name,) in rows("SELECT relname FROM pg_class WHERE relispartition AND relkind = 'r'")
    }

    assert "PUBLIC" not in {grantee for _, grantee in granted}
    assert not partitions & {table for table, _ in granted}


def test_nobody_may_change_or_remove_what_is_append_only() -> None:
    allowed = rows(
        "SELECT table_name, privilege_type FROM information_schema.role_table_grants"
        " WHERE table_schema = 'public' AND grantee = 'juli_staff'"
    )
    append_only = {"facts_fact", "audit_access"} | {name for name in tables() if name.endswith("event")}

    rights = {right for table, right in allowed if table in append_only and table in walled()}
    assert rights == {"SELECT", "INSERT"}
    removable = {table for table, right in allowed if right == "DELETE" and table in walled()}
    assert removable - guarded() == CACHES | PRIVATE | STAGED


def guarded() -> set[str]:
    """Return the registers from which rows go only where the batch that brought them is undone."""
    found = rows("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'sheet_only_when_undone'")
    return {str(name) for (name,) in found}


def test_what_a_batch_brought_goes_only_when_the_batch_is_undone() -> None:
    (unit,) = plant([])
    assert "registry_membership" in guarded()
    with pytest.raises(ProgrammingError), walls.entered(walls.system("测试")):
        rows("DELETE FROM scope_placement WHERE org_unit_id = %s RETURNING id", unit.pk)


@pytest.mark.parametrize("standing", [each for each in Standing if each is not Standing.DOOR])
def test_without_reach_every_table_answers_nothing(standing: Standing) -> None:
    plant([0, 0, 1])
    actor = Actor(name="无", standing=standing, door=Door.PAGE)

    seen = {name: rows_seen_by(actor, name) for name in sorted(walled())}

    assert {name: count for name, count in seen.items() if count} == {}


def rows_seen_by(actor: Actor, table: str) -> int:
    """Count the rows that come through; a table that the role may not touch at all shows none."""
    try:
        with walls.entered(actor):
            (count,) = rows(f"SELECT count(*) FROM {table}")[0]
    except ProgrammingError as refused:
        if "permission denied" in str(refused):
            return 0
        raise
    return int(str(count))


def test_the_door_sees_accounts_and_grants_and_nothing_of_the_registers() -> None:
    open_to_door = {
        str(table) for (table,) in rows("SELECT tablename FROM pg_policies WHERE 'juli_door' = ANY (roles)")
    }

    assert open_to_door == {"scope_orgunit", "scope_account", "scope_grant", "audit_access"}


def test_a_partition_reached_directly_is_refused() -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), walls.entered(walls.system("测试")):
        rows("SELECT count(*) FROM facts_fact_2018")


def test_copy_into_a_walled_table_is_refused() -> None:
    with (
        pytest.raises(Exception, match="COPY FROM not supported with row-level security"),
        walls.entered(walls.system("测试")),
        connection.cursor() as cursor,
        cursor.copy("COPY scope_placement (org_unit_id, path, valid_from) FROM STDIN") as copy,
    ):
        copy.write_row((1, "/1/", "2018-01-01"))


def test_one_path_that_begins_like_another_is_not_reached() -> None:
    units = plant([0] * 12)
    first = units[1]
    twin = next(
        (each for each in units if each.path.startswith(first.path.rstrip("/")) and each != first), None
    )

    with walls.entered(reader(PathRange.under(first.path))):
        assert list(OrgUnit.objects.values_list("pk", flat=True)) == [first.pk]
    assert twin is None or not twin.path.startswith(first.path)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    parents=st.lists(st.integers(0, 30), min_size=1, max_size=14),
    chosen=st.lists(st.tuples(st.integers(0, 30), st.booleans()), max_size=7),
)
def test_both_walls_agree_on_any_tree_and_any_grants(
    parents: list[int], chosen: list[tuple[int, bool]], django_db_blocker: object
) -> None:
    from django.db import transaction

    with transaction.atomic():
        units = plant(parents)
        ranges = tuple(
            PathRange.under(units[which % len(units)].path)
            if is_deep
            else PathRange.exactly(units[which % len(units)].path)
            for which, is_deep in chosen
        )
        actor = reader(*ranges)
        by_query = set(OrgUnit.objects.within_reach_of(actor, "registry.see").values_list("pk", flat=True))
        by_hand = {unit.pk for unit in units if any(unit.path in each for each in ranges)}
        with walls.entered(actor):
            by_database = set(OrgUnit.objects.values_list("pk", flat=True))
        transaction.set_rollback(True)

    assert by_query == by_hand == by_database


def test_reach_comes_back_when_an_inner_block_ends() -> None:
    units = plant([0, 0])

    with walls.entered(reader(PathRange.under(units[1].path))):
        with walls.entered(reader(PathRange.under(units[2].path))):
            assert OrgUnit.objects.get().pk == units[2].pk
        assert OrgUnit.objects.get().pk == units[1].pk
    assert OrgUnit.objects.count() == 3


def test_an_error_inside_gives_the_outer_reach_back() -> None:
    units = plant([0, 0])

    with walls.entered(reader(PathRange.under(units[1].path))):
        with pytest.raises(ProgrammingError), walls.entered(reader(PathRange.under(units[2].path))):
            rows("SELECT no_such_column FROM scope_orgunit")
        assert OrgUnit.objects.get().pk == units[1].pk


def test_nobody_writes_a_row_outside_their_reach() -> None:
    units = plant([0, 0])

    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        walls.entered(reader(PathRange.under(units[1].path))),
    ):
        rows(
            "INSERT INTO scope_placement (org_unit_id, path, valid_from)"
            " VALUES (%s, %s, '2018-01-01') RETURNING id",
            units[2].pk,
            units[2].path,
        )


def test_rows_follow_when_a_branch_moves_and_the_old_place_stays_written_down() -> None:
    units = plant([0, 0, 1])
    machine, at = walls.system("测试"), timezone.now()

    actions.move_unit(units[3].pk, to_parent_id=units[2].pk, on=date(2020, 1, 1), actor=machine, at=at)

    moved = OrgUnit.objects.get(pk=units[3].pk)
    assert moved.path == f"{units[2].path}{moved.pk}/"
    with walls.entered(reader(PathRange.under(units[1].path))):
        assert list(OrgUnit.objects.values_list("pk", flat=True)) == [units[1].pk]
    assert rows(
        "SELECT path, valid_until FROM scope_placement WHERE org_unit_id = %s ORDER BY id", moved.pk
    ) == [
        (units[3].path, date(2020, 1, 1)),
        (moved.path, None),
    ]


def test_a_unit_cannot_hang_below_itself() -> None:
    units = plant([0, 1])

    with pytest.raises(actions.WouldCloseACircle):
        actions.move_unit(
            units[1].pk, to_parent_id=units[2].pk, on=DAY, actor=walls.system("测试"), at=timezone.now()
        )

    assert OrgUnit.objects.get(pk=units[1].pk).path == units[1].path


def test_private_rows_are_seen_by_their_owner_alone_whatever_the_reach() -> None:
    (unit,) = plant([])
    everything = PathRange.everything()
    mine, other = (
        actions.open_account(
            username=name,
            display_name=name,
            password="juli-test-2018-fine",
            org_unit_id=unit.pk,
            actor=walls.system("测试"),
            at=timezone.now(),
        )
        for name in ("wo", "ta")
    )
    Recent.objects.create(account=mine, subject_kind="person", subject_id=1, opened_at=timezone.now())

    def as_account(account: Account) -> Actor:
        return Actor(
            name=account.display_name,
            standing=Standing.STAFF,
            door=Door.PAGE,
            account_id=account.pk,
            reaches=(("registry.see", (everything,)),),
        )

    def seen_by(account: Account) -> int:
        with walls.entered(as_account(account)):
            return Recent.objects.count()

    assert (seen_by(mine), seen_by(other)) == (1, 0)
    with pytest.raises(ProgrammingError, match="row-level security"), walls.entered(as_account(other)):
        Recent.objects.create(account=mine, subject_kind="person", subject_id=2, opened_at=timezone.now())
