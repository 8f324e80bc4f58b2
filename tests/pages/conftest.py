"""The district, and visitors who are signed in."""

import pytest

from tests import world as building
from tests.pages.visiting import Visitor, visitor_of
from tests.world import World


@pytest.fixture
def world() -> World:
    return building.build()


@pytest.fixture
def lin(world: World) -> Visitor:
    """The district's officer."""
    return visitor_of(world.lin)


@pytest.fixture
def he(world: World) -> Visitor:
    """The officer of the town 青荷."""
    return visitor_of(world.he)


@pytest.fixture
def xu(world: World) -> Visitor:
    """A colleague in the same town who may only read."""
    return visitor_of(world.xu)


@pytest.fixture
def wu(world: World) -> Visitor:
    """The officer of the other town."""
    return visitor_of(world.wu)
