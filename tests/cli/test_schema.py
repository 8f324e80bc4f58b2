"""The stamp that spares a start the question whether the tables are up to date."""

from pathlib import Path

import pytest

from juli.config.embedded.folders import data_folder, make_data_folder
from juli.config.supervisor import schema

pytestmark = pytest.mark.usefixtures("stamped")


@pytest.fixture
def stamped(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A house whose tables were just brought up to date."""
    make_data_folder(data_folder())
    monkeypatch.setattr(schema, "_database", lambda: "all applied")
    monkeypatch.setattr(schema, "_program", lambda: "today's program")
    schema.stamp()


def test_nothing_changed() -> None:
    assert schema.is_as_stamped()


@pytest.mark.parametrize("part", ["_database", "_program"])
def test_a_change_on_either_side_is_noticed(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, part, lambda: "something else")

    assert not schema.is_as_stamped()


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"program": "today\'s program"}'])
def test_a_stamp_that_cannot_be_read_is_none(text: str) -> None:
    (data_folder() / schema.STAMP).write_text(text, encoding="utf-8")

    assert not schema.is_as_stamped()


def test_without_a_stamp_the_program_is_asked() -> None:
    (data_folder() / schema.STAMP).unlink()

    assert not schema.is_as_stamped()


def test_a_database_that_does_not_answer_never_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.setenv("JULI_DATABASE_OWNER_URL", "postgresql://owner@127.0.0.1:1/juli")
    monkeypatch.setenv("JULI_DATABASE_URL", "postgresql://app@127.0.0.1:1/juli")

    schema.stamp()

    assert not schema.is_as_stamped()


def test_a_new_migration_is_a_change_of_the_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.undo()
    folder = tmp_path / "app" / "migrations"
    folder.mkdir(parents=True)
    monkeypatch.setattr(schema, "PACKAGE", tmp_path)
    (folder / "0001_first.py").write_text("one")
    first = schema._program()
    assert schema._program() == first

    (folder / "0001_first.py").write_text("one, mended")
    mended = schema._program()
    (folder / "0002_second.py").write_text("two")

    assert len({first, mended, schema._program()}) == 3
