"""The district, built anew for each test."""

import pytest

from tests import world as building
from tests.world import World


@pytest.fixture
def world() -> World:
    return building.build()
