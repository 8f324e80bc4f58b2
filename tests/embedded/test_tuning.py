"""The settings fit the machine."""

from pathlib import Path

import pytest

from juli.config.embedded.tuning import GIBIBYTE, Machine, as_configuration, settings_for, settings_for_tests

SOCKET = Path("/run/juli")


@pytest.mark.parametrize(
    ("memory", "shared_buffers", "work_mem"),
    [
        (1 * GIBIBYTE, "'256MB'", "'4MB'"),
        (4 * GIBIBYTE, "'1024MB'", "'8MB'"),
        (24 * GIBIBYTE, "'4096MB'", "'48MB'"),
        (256 * GIBIBYTE, "'4096MB'", "'48MB'"),
    ],
)
def test_memory_is_shared_out_by_what_there_is(memory: int, shared_buffers: str, work_mem: str) -> None:
    settings = settings_for(Machine(memory, 2, 100 * GIBIBYTE), socket=SOCKET)

    assert (settings["shared_buffers"], settings["work_mem"]) == (shared_buffers, work_mem)


def test_a_small_disk_keeps_a_small_log() -> None:
    assert settings_for(Machine(4 * GIBIBYTE, 2, 5 * GIBIBYTE), socket=SOCKET)["max_wal_size"] == "'512MB'"


def test_a_house_in_service_never_trades_safety_for_speed() -> None:
    settings = settings_for(Machine(4 * GIBIBYTE, 2, 50 * GIBIBYTE), socket=SOCKET)

    assert not {"fsync", "synchronous_commit", "full_page_writes"} & settings.keys()
    assert settings["wal_level"] == "replica"


def test_a_database_for_tests_does() -> None:
    settings = settings_for_tests(Machine(4 * GIBIBYTE, 2, 50 * GIBIBYTE), socket=SOCKET)

    assert {settings[each] for each in ("fsync", "synchronous_commit", "full_page_writes")} == {"off"}


def test_a_path_with_a_quote_is_written_safely() -> None:
    settings = settings_for(Machine(4 * GIBIBYTE, 2, 50 * GIBIBYTE), socket=Path("/srv/o'brien"))

    assert "unix_socket_directories = '/srv/o''brien'\n" in as_configuration(settings)
