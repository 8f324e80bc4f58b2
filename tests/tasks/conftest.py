"""The district, and two kinds of task that only tests know."""

import pytest

from juli.engines.tasks import catalogue
from juli.engines.tasks.catalogue import Kind
from tests import world as building
from tests.world import World

COUNTED = Kind(
    "tests.counted", "清点", "%(number)s 件样品待清点", icon="flag",
    leads_to=lambda task: f"/{task.org_unit_id}/", permission="registry.arrange_unions",
    is_counted=True,
)  # fmt: skip
EVENT = Kind(
    "tests.event", "样品", "一件样品待查看", icon="flag", leads_to=lambda _task: "/",
    permission="registry.import", is_alarm=True,
)  # fmt: skip


@pytest.fixture(autouse=True)
def kinds(monkeypatch) -> None:
    """Declare the kinds for the length of a test."""
    monkeypatch.setattr(catalogue, "_DECLARED", {**catalogue._DECLARED})
    catalogue.declare((COUNTED, EVENT))


@pytest.fixture
def world() -> World:
    return building.build()
