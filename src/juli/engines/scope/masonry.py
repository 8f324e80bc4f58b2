"""
Migration operations that raise the second wall on a table.

Exactly one permissive policy stands on each table for each database role; what the role may do
there at all is its grants. An append-only table is one on which nobody was granted more than
INSERT and SELECT. Rights are never given ON ALL TABLES: a partition reached directly would
bypass its parent's policy.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

ROLES = ("juli_staff", "juli_self", "juli_employer", "juli_public", "juli_door")
"""The database roles, one for each standing (``juli.kernel.actor.Standing``)."""

READ = "SELECT"
LEAVE = "INSERT"
APPEND = "SELECT, INSERT"
WRITE = "SELECT, INSERT, UPDATE"
REMOVE = "SELECT, INSERT, UPDATE, DELETE"

EVERY_ROW = "true"
ME = "NULLIF(current_setting('juli.person', true), '')::bigint"
MY_EMPLOYER = "NULLIF(current_setting('juli.employer', true), '')::bigint"
MINE = (
    "((SELECT current_setting('juli.account', true)) = '*'"
    " OR account_id = NULLIF(NULLIF(current_setting('juli.account', true), '*'), '')::bigint)"
)
"""The rows of one account alone, whatever anybody's reach; machines of the house tidy everybody's."""


def by_path(column: str = "path") -> str:
    """
    Return the condition that a path lies within the transaction's reach.

    The bounding range stands in plain sight, so that the planner can use the index and estimate. One
    range is told by no bounds at all, and then nothing more is asked of a row. Of several, the bounds
    are one sorted list of where each begins and ends: a path behind an odd number of them lies within.
    The one sub-select is evaluated once a statement, not once a row; each more would be planned anew
    for every table of every statement, which is what a short statement mostly costs.
    """
    bounds = "(SELECT string_to_array(nullif(current_setting('juli.bounds', true), 'one'), ','))"
    return (
        f"{column} >= current_setting('juli.lo', true) AND {column} < current_setting('juli.hi', true)"
        f" AND mod(width_bucket({column}, {bounds}), 2) IS DISTINCT FROM 0"
    )


@dataclass(frozen=True, slots=True)
class Pass:
    """What one role may do on a table, and on which rows."""

    rights: str
    rows: str = field(default_factory=by_path)


def staff(rights: str = WRITE) -> dict[str, Pass]:
    """Return the passes of a table that only staff work on, each within their reach."""
    return {"juli_staff": Pass(rights)}


def private(rights: str = REMOVE) -> dict[str, Pass]:
    """Return the passes of a table whose rows belong to one account each, by their ``account_id``."""
    return {role: Pass(rights, MINE) for role in ("juli_staff", "juli_self")}


def _clauses(role: str, allowed: Pass) -> str:
    match allowed.rights:
        case "SELECT":
            return f"FOR SELECT TO {role} USING ({allowed.rows})"
        case "INSERT":
            return f"FOR INSERT TO {role} WITH CHECK ({allowed.rows})"
        case _:
            return f"FOR ALL TO {role} USING ({allowed.rows}) WITH CHECK ({allowed.rows})"


class RaiseWall(Operation):
    """Enable row-level security on a table and let each named role through to its rows."""

    reversible = True

    def __init__(self, table: str, passes: Mapping[str, Pass]) -> None:
        self.table, self.passes = table, dict(passes)

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        return (type(self).__name__, [self.table, self.passes], {})

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Leave the models as they are: the wall lives in the database alone."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        schema_editor.execute(f"ALTER TABLE {self.table} ENABLE ROW LEVEL SECURITY")
        for role, allowed in self.passes.items():
            schema_editor.execute(f"GRANT {allowed.rights} ON {self.table} TO {role}")
            schema_editor.execute(f"CREATE POLICY {role} ON {self.table} {_clauses(role, allowed)}")

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for role in self.passes:
            schema_editor.execute(f"DROP POLICY {role} ON {self.table}")
            schema_editor.execute(f"REVOKE ALL ON {self.table} FROM {role}")
        schema_editor.execute(f"ALTER TABLE {self.table} DISABLE ROW LEVEL SECURITY")

    def describe(self) -> str:
        return f"Raise the wall on {self.table}"


class OpenTable(Operation):
    """Give roles rights on a table that holds nothing of any unit, such as sessions or code lists."""

    reversible = True

    def __init__(self, table: str, rights: Mapping[str, str]) -> None:
        self.table, self.rights = table, dict(rights)

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        return (type(self).__name__, [self.table, self.rights], {})

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Leave the models as they are: rights live in the database alone."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for role, rights in self.rights.items():
            schema_editor.execute(f"GRANT {rights} ON {self.table} TO {role}")

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for role in self.rights:
            schema_editor.execute(f"REVOKE ALL ON {self.table} FROM {role}")

    def describe(self) -> str:
        return f"Open {self.table}"


def everyone(rights: str) -> dict[str, str]:
    """Return the same rights for every role."""
    return dict.fromkeys(ROLES, rights)
