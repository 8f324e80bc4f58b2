"""``juli migrate``: bring the tables up to date, as their owner."""

from juli.config.cli import session
from juli.config.supervisor import schema


def migrate() -> None:
    """把数据库结构升级到当前版本；已是最新时什么也不做。"""
    with session.in_new_house(as_owner=True):
        applied = apply()
    session.tell(f"数据库结构已升级（{applied} 步）。" if applied else "数据库结构已是最新。")


def apply() -> int:
    """Apply the pending migrations and return how many there were."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if pending:
        session.tell(f"正在升级数据库结构，共 {len(pending)} 步……")
        call_command("migrate", interactive=False, verbosity=0)
    schema.stamp()
    return len(pending)
