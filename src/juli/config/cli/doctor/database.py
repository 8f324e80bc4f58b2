"""The database: reached, of the right version, with its roles, its walls and its settings."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import connection

from juli.config.cli.doctor.findings import Finding, bad, ok, warn
from juli.config.embedded import provision, tuning
from juli.config.supervisor import vitals

OLDEST_SERVER = 150000
CLOCK_TOLERANCE_SECONDS = 5
LATE_JOB_SECONDS = 600
SILENT_WORKER_SECONDS = 60

# A table with a path, on which no policy stands: everybody with a right on it sees all of it. Stage
# tables are unlogged, have no policy by design, and are emptied by whoever fills them.
UNGUARDED = """
SELECT relation.relname
FROM pg_class AS relation
JOIN pg_attribute AS attribute ON attribute.attrelid = relation.oid AND attribute.attname = 'path'
WHERE relation.relnamespace = 'public'::regnamespace AND relation.relkind IN ('r', 'p')
  AND NOT relation.relispartition AND relation.relpersistence = 'p' AND NOT relation.relrowsecurity
ORDER BY 1
"""
# A partition reached directly is not covered by the policy of its parent.
OPEN_PARTITIONS = """
SELECT relation.relname
FROM pg_class AS relation, unnest(%s::text[]) AS role
WHERE relation.relnamespace = 'public'::regnamespace AND relation.relispartition
  AND relation.relkind IN ('r', 'p') AND NOT relation.relrowsecurity
  AND has_table_privilege(role, relation.oid, 'SELECT, INSERT, UPDATE, DELETE')
GROUP BY 1 ORDER BY 1
"""


def examine() -> Iterator[Finding]:
    """Examine the database. Call it inside the walls, while the database runs."""
    for look in _LOOKS:
        yield look()


def _version() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version'), current_setting('server_version_num')::int")
        version, number = cursor.fetchone()
    if number < OLDEST_SERVER:
        return bad("数据库", f"PostgreSQL {version} 过旧。", mend="请升级到 PostgreSQL 15 或更新的版本。")
    return ok("数据库", f"可以连接，PostgreSQL {version}。")


def _clock() -> Finding:
    (now,) = _one("SELECT clock_timestamp()")
    apart = abs((now - datetime.now(UTC)).total_seconds())
    if apart > CLOCK_TOLERANCE_SECONDS:
        return bad("数据库时钟", f"与本机相差 {apart:.0f} 秒。", mend="请在两台机器上启用网络对时。")
    if settings.TIME_ZONE != "Asia/Shanghai":
        return warn("数据库时钟", f"时区设为 {settings.TIME_ZONE}。", mend="请把时区设为 Asia/Shanghai。")
    return ok("数据库时钟", "与本机一致。")


def _roles() -> Finding:
    wanted = ["juli_owner", "juli_app", *provision.STANDINGS]
    (found,) = _one("SELECT array_agg(rolname::text) FROM pg_roles WHERE rolname = ANY (%s)", [wanted])
    missing = [role for role in wanted if role not in (found or [])]
    if missing:
        return bad("数据库角色", f"缺少 {'、'.join(missing)}。", mend="请以数据库管理员身份运行 juli init。")
    (is_above_walls,) = _one("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = session_user")
    if is_above_walls:
        return bad(
            "数据库角色",
            "网站使用的数据库用户不受行级权限约束。",
            mend="请让 JULI_DATABASE_URL 使用普通用户 juli_app。",
        )
    return ok("数据库角色", "齐全，网站以普通用户连接。")


def _migrations() -> Finding:
    pending = vitals.pending_migrations()
    if pending:
        return bad("数据库结构", f"有 {len(pending)} 步升级未执行。", mend="请运行 juli migrate。")
    return ok("数据库结构", "已是最新。")


def _walls() -> Finding:
    unguarded = [name for (name,) in _all(UNGUARDED)]
    if unguarded:
        return bad(
            "行级权限",
            f"{'、'.join(unguarded)} 没有启用。",
            mend="请运行 juli migrate；若仍未启用，请停止服务并联系维护人员。",
        )
    roles = ["juli_app", *provision.STANDINGS]
    open_partitions = [name for (name,) in _all(OPEN_PARTITIONS, [roles])]
    if open_partitions:
        return bad(
            "行级权限",
            f"分区 {'、'.join(open_partitions)} 可以绕过权限直接读取。",
            mend="请收回这些分区上的授权（REVOKE ALL）。",
        )
    return ok("行级权限", "所有按组织划分的表都已启用。")


def _plans() -> Finding:
    """A cached generic plan behind a policy is two hundred times slower."""
    connection.ensure_connection()
    prepared = connection.connection.prepare_threshold is not None
    bound_on_server = connection.settings_dict["OPTIONS"].get("server_side_binding", False)
    (mode,) = _one("SELECT current_setting('plan_cache_mode')")
    if prepared or bound_on_server or mode == "force_generic_plan":
        return bad(
            "语句预备",
            "连接启用了预备语句或通用计划，列表会变得很慢。",
            mend="请在数据库连接设置里关闭 prepare_threshold、server_side_binding 和 plan_cache_mode。",
        )
    return ok("语句预备", "已关闭。")


def _safety() -> Finding:
    names = ("fsync", "full_page_writes", "synchronous_commit")
    off = [name for name in names if _one("SELECT current_setting(%s)", [name]) == ("off",)]
    if off:
        return bad(
            "数据安全设置", f"{'、'.join(off)} 已关闭，断电会丢失数据。", mend="请在数据库配置里把它们打开。"
        )
    (checksums,) = _one("SELECT current_setting('data_checksums')")
    if checksums != "on":
        return warn("数据安全设置", "没有启用数据校验。", mend="停机后可用 pg_checksums --enable 启用。")
    return ok("数据安全设置", "写盘和校验都已启用。")


def _connections() -> Finding:
    (most,) = _one("SELECT current_setting('max_connections')::int")
    if most < tuning.MAX_CONNECTIONS:
        return warn(
            "数据库连接数",
            f"上限是 {most}，偏少。",
            mend=f"请把 max_connections 调到 {tuning.MAX_CONNECTIONS} 以上。",
        )
    return ok("数据库连接数", f"上限是 {most}。")


def _worker() -> Finding:
    pulse = vitals.last_pulse()
    if pulse is None or pulse.total_seconds() > SILENT_WORKER_SECONDS:
        return warn("后台任务", "没有在运行。", mend="请用 juli serve 启动整站，或单独运行 juli worker。")
    return ok("后台任务", f"正在运行，{pulse.total_seconds():.0f} 秒前有响应。")


def _jobs() -> Finding:
    waiting = vitals.oldest_job().total_seconds()
    if waiting > LATE_JOB_SECONDS:
        return warn(
            "排队任务",
            f"最早的一项已等待 {waiting / 60:.0f} 分钟。",
            mend="请确认后台任务正在运行；若有大批导入，请等它完成。",
        )
    return ok("排队任务", "没有积压。" if waiting < 1 else f"最早的一项等待了 {waiting:.0f} 秒。")


_LOOKS: tuple[Callable[[], Finding], ...] = (
    _version,
    _clock,
    _roles,
    _migrations,
    _walls,
    _plans,
    _safety,
    _connections,
    _worker,
    _jobs,
)


Values = Sequence[str | list[str]] | None


def _one(query: str, values: Values = None) -> tuple[Any, ...]:  # Any: what the database holds
    return _all(query, values)[0]


def _all(query: str, values: Values = None) -> list[tuple[Any, ...]]:  # Any: as above
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())
