"""The district with some members more, and who works in it."""

import pytest

from tests import world as building
from tests.pages.visiting import Visitor, visitor_of
from tests.world import World


@pytest.fixture
def world() -> World:
    built = building.build()
    for number in range(6):
        building.make_member(built.bearing_union, name=f"工友{number}", employer=built.bearing)
    building.make_member(built.electronics_union, name="=1+1", employer=built.electronics)
    return built


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
