"""The world stands as its description says."""

import pytest

from juli.domains.registry.models import Coverage, Membership, Union
from juli.engines.facts.models import Fact
from juli.engines.party.models import Employer
from juli.engines.scope import walls
from tests.world import World

pytestmark = pytest.mark.django_db


def test_the_district_has_three_base_unions_and_five_employers(world: World):
    assert Union.objects.base().count() == 3
    assert Employer.objects.count() == 5
    assert Coverage.objects.count() == 5
    assert Membership.objects.count() == 2
    assert Fact.objects.filter(kind="registry.union_founded").count() == 6


def test_one_towns_path_is_a_prefix_trap_of_the_other(world: World):
    assert world.baishi.path.startswith(world.qinghe.path.rstrip("/"))
    assert not world.baishi.path.startswith(world.qinghe.path)


def test_each_of_the_cast_sees_their_part(world: World):
    seen = {}
    for actor in (world.lin, world.he, world.wu, world.bai):
        with walls.entered(actor):
            seen[actor.name] = (Union.objects.count(), Employer.objects.count(), Membership.objects.count())

    assert seen == {"林主席": (6, 5, 2), "何干事": (3, 4, 2), "吴干事": (2, 1, 0), "白专干": (1, 1, 2)}
