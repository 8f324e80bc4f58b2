"""The district, built anew for each test, and a keyring that is not the house's."""

import pytest

from tests import world as building
from tests.world import World


@pytest.fixture
def world() -> World:
    return building.build()
