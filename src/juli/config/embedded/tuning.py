"""What postgresql.conf says on a machine of this size (数据库参数)."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

MEBIBYTE = 1024 * 1024
GIBIBYTE = 1024 * MEBIBYTE
MAX_CONNECTIONS = 60
MAX_CONNECTIONS_IN_TESTS = 120
CONTROL_GROUP_LIMITS = (
    Path("/sys/fs/cgroup/memory.max"),
    Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
)


@dataclass(frozen=True, slots=True)
class Machine:
    """What the database may count on."""

    memory: int
    cores: int
    free_space: int


def this_machine(data: Path) -> Machine:
    """Measure the machine, or the container that we are in."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    for limit in CONTROL_GROUP_LIMITS:
        if limit.exists() and (found := limit.read_text(encoding="ascii").strip()).isdigit():
            memory = min(memory, int(found))
    return Machine(memory, os.cpu_count() or 1, shutil.disk_usage(data).free)


def settings_for(machine: Machine, *, socket: Path) -> dict[str, str]:
    """Return the settings of a house in service."""
    write_ahead = _between(256 * MEBIBYTE, machine.free_space // 10, 4 * GIBIBYTE)
    return {
        **_doors(socket),
        **_memory(machine),
        **_quiet_log(),
        "max_connections": str(MAX_CONNECTIONS),
        "wal_level": "replica",  # a base backup and the log behind it
        "max_wal_senders": "4",
        "wal_compression": "on",
        "max_wal_size": _megabytes(write_ahead),
        "min_wal_size": _megabytes(min(write_ahead // 4, 512 * MEBIBYTE)),
        "checkpoint_timeout": "'15min'",
        "checkpoint_completion_target": "0.9",
    }


def settings_for_tests(machine: Machine, *, socket: Path) -> dict[str, str]:
    """Return settings for a database that may be lost with the power: several times faster."""
    return {
        **_doors(socket),
        **_memory(machine),
        **_quiet_log(),
        "max_connections": str(MAX_CONNECTIONS_IN_TESTS),
        "shared_buffers": "'128MB'",
        "maintenance_work_mem": "'64MB'",
        "wal_level": "minimal",
        "max_wal_senders": "0",
        "max_wal_size": "'2GB'",
        "checkpoint_timeout": "'1h'",
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
    }


def as_configuration(settings: dict[str, str]) -> str:
    """Write the settings out as a configuration file."""
    head = "# 由 juli 在每次启动时生成，请勿修改；需要另行设置时，请写在 postgresql.conf 的末尾。\n"
    return head + "".join(f"{name} = {value}\n" for name, value in settings.items())


def _doors(socket: Path) -> dict[str, str]:
    return {
        "listen_addresses": "''",
        "port": "5432",
        "unix_socket_directories": _quoted(str(socket)),
        "unix_socket_permissions": "0700",
        "password_encryption": "'scram-sha-256'",
        "cluster_name": "'juli'",
    }


def _memory(machine: Machine) -> dict[str, str]:
    memory, cores = machine.memory, machine.cores
    return {
        "shared_buffers": _megabytes(_between(64 * MEBIBYTE, memory // 4, 4 * GIBIBYTE)),
        "effective_cache_size": _megabytes(memory * 6 // 10),
        "work_mem": _megabytes(_between(4 * MEBIBYTE, memory // 500, 48 * MEBIBYTE)),
        "maintenance_work_mem": _megabytes(_between(64 * MEBIBYTE, memory // 24, 1 * GIBIBYTE)),
        "autovacuum_work_mem": _megabytes(_between(32 * MEBIBYTE, memory // 64, 256 * MEBIBYTE)),
        "max_worker_processes": str(max(8, cores + 4)),
        "max_parallel_workers": str(cores),
        "max_parallel_workers_per_gather": str(min(2, cores // 2)),
        "max_parallel_maintenance_workers": str(min(2, cores)),
        "random_page_cost": "1.1",
        # Behind the wall a table read whole asks for the reach row by row, an index once. The planner
        # does not know what that costs, and shared among processes it would look cheap (docs/adr/0016).
        "min_parallel_table_scan_size": "'256MB'",
        "jit": "off",  # its start costs more than our longest page
        "autovacuum_naptime": "'30s'",
        "autovacuum_analyze_scale_factor": "0.02",
        "autovacuum_vacuum_insert_scale_factor": "0.05",
        "track_io_timing": "on",
        "default_text_search_config": "'pg_catalog.simple'",
    }


def _quiet_log() -> dict[str, str]:
    """A week of logs that hold no statement, no parameter and no row: they may be personal."""
    return {
        "logging_collector": "on",
        "log_directory": "'log'",
        "log_filename": "'postgresql-%a.log'",
        "log_file_mode": "0600",
        "log_rotation_age": "'1d'",
        "log_rotation_size": "0",
        "log_truncate_on_rotation": "on",
        "log_timezone": "'Asia/Shanghai'",
        "log_line_prefix": "'%m [%p] %q%u@%d '",
        "log_min_messages": "warning",
        "log_min_error_statement": "panic",
        "log_min_duration_statement": "-1",
        "log_statement": "none",
        "log_parameter_max_length": "0",
        "log_parameter_max_length_on_error": "0",
        # Not even the detail "Key (…)=(…) already exists".
        "log_error_verbosity": "terse",
    }


def _between(least: int, wanted: int, most: int) -> int:
    return max(least, min(wanted, most))


def _megabytes(size: int) -> str:
    return f"'{size // MEBIBYTE}MB'"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
