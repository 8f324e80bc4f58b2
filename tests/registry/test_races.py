"""Two threads reach for the same once-only thing; one of them gets it, and the other a sentence."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from juli.domains.registry import actions
from juli.domains.registry.models import Coverage, Membership, Post
from juli.engines.facts.models import Fact
from juli.engines.party.models import Employer, Person
from juli.engines.party.particulars import Business, Identity
from juli.engines.scope import walls
from juli.engines.scope.models import OrgUnit
from juli.kernel.actor import Actor
from juli.kernel.refusal import Refusal
from tests import world as building
from tests.world import MAY_9, World

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race, pytest.mark.xdist_group("race")]

MAY_1 = date(2018, 5, 1)
Act = Callable[[Actor], object]


@pytest.fixture
def world(transactional_db) -> World:
    with walls.entered(building.machine()):
        return building.build()


def race(*starters: tuple[Actor, Act]) -> Counter[str]:
    """Let everybody start at once; return how many got what they wanted and what the others were told."""
    start = Barrier(len(starters))

    def run(actor: Actor, act: Act) -> str:
        try:
            with walls.entered(actor):
                start.wait(timeout=10)
                act(actor)
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(starters)) as pool:
        return Counter(pool.map(lambda starter: run(*starter), starters))


def seen(model) -> int:
    with walls.entered(building.machine()):
        return model.objects.count()


def test_two_unions_admit_one_person_and_one_of_them_does(world: World):
    number = building.resident_number(serial=411)

    def admit(union, employer):
        return lambda actor: actions.admit_member(
            union_id=union.pk,
            employer_id=employer.pk,
            identity=Identity(name="赵小满", document_number=number),
            joined_on=MAY_1,
            actor=actor,
            at=MAY_9,
        )

    outcome = race(
        (world.bai, admit(world.bearing_union, world.bearing)),
        (world.wu, admit(world.electronics_union, world.electronics)),
    )

    assert outcome == {"done": 1, "registry.person_known_elsewhere": 1}
    assert (seen(Person), seen(Membership)) == (3, 3)


def test_one_form_sent_twice_admits_once(world: World):
    number = building.resident_number(serial=412)

    def admit(actor: Actor) -> object:
        return actions.admit_member(
            union_id=world.bearing_union.pk,
            identity=Identity(name="赵小满", document_number=number),
            joined_on=MAY_1,
            actor=actor,
            at=MAY_9,
        )

    assert race((world.bai, admit), (world.bai, admit), (world.he, admit)) == {
        "done": 1,
        "registry.already_member": 2,
    }
    with walls.entered(building.machine()):
        assert Fact.objects.filter(kind="registry.member_admitted").count() == 3


def test_one_membership_is_transferred_once(world: World):
    def transfer(employer: Employer) -> Act:
        return lambda actor: actions.transfer_member(
            world.zhou_membership.pk,
            to_union_id=world.traders_union.pk,
            employer_id=employer.pk,
            on=MAY_1,
            actor=actor,
            at=MAY_9,
        )

    outcome = race((world.he, transfer(world.tailor)), (world.lin, transfer(world.teahouse)))

    assert outcome == {"done": 1, "registry.membership_ended": 1}
    assert seen(Membership) == 3


def test_one_union_has_one_chair(world: World):
    def take(person: Person) -> Act:
        return lambda actor: actions.take_post(
            union_id=world.bearing_union.pk,
            person_id=person.pk,
            office=Post.Office.CHAIR,
            on=MAY_1,
            actor=actor,
            at=MAY_9,
        )

    outcome = race((world.he, take(world.zhou_person)), (world.lin, take(world.chen_person)))

    assert outcome == {"done": 1, "registry.post_taken": 1}
    assert seen(Post) == 1


def test_one_employer_is_registered_once(world: World):
    code = building.credit_code()

    def register(actor: Actor) -> object:
        return actions.register_employer(
            uscc=code,
            business=Business(name="面馆", ownership=Employer.Ownership.PRIVATE),
            territory_id=(world.qinghe if actor is world.he else world.baishi).org_unit_id,
            actor=actor,
            at=MAY_9,
        )

    assert race((world.he, register), (world.wu, register)) == {"done": 1, "registry.employer_known": 1}
    assert seen(Employer) == 6


def test_one_employer_is_covered_by_one_union(world: World):
    with walls.entered(building.machine()):
        loose = building.make_employer(world.qinghe, name="面馆")
        other = building.make_union(world.qinghe, name="青荷餐饮工会")

    def cover(union) -> Act:
        return lambda actor: actions.cover_employer(
            union_id=union.pk, employer_id=loose.pk, on=MAY_1, actor=actor, at=MAY_9
        )

    outcome = race((world.he, cover(world.traders_union)), (world.lin, cover(other)))

    assert outcome == {"done": 1, "registry.already_covered": 1}
    with walls.entered(building.machine()):
        assert Coverage.objects.filter(employer=loose).count() == 1


def test_a_union_ends_once_and_its_members_are_carried_once(world: World):
    def dissolve(actor: Actor) -> object:
        return actions.dissolve_union(world.bearing_union.pk, on=MAY_1, reason="停产", actor=actor, at=MAY_9)

    def merge(actor: Actor) -> object:
        return actions.merge_union(
            world.bearing_union.pk,
            into_id=world.traders_union.pk,
            on=MAY_1,
            reason="合并",
            actor=actor,
            at=MAY_9,
        )

    assert race((world.he, dissolve), (world.lin, merge)) == {"done": 1, "registry.union_ended": 1}
    with walls.entered(building.machine()):
        assert Membership.objects.filter(valid_until__isnull=True).count() == 2


def test_branches_move_one_after_the_other(world: World):
    with walls.entered(building.machine()):
        park = building.make_union(world.federation, name="产业园工会联合会", level="park")

    def move(union, to) -> Act:
        return lambda actor: actions.move_union(
            union.pk, to_parent_id=to.pk, on=MAY_1, reason="区划调整", actor=actor, at=MAY_9
        )

    outcome = race(
        (world.lin, move(world.bearing_union, world.baishi)),
        (world.lin, move(world.traders_union, world.baishi)),
        (world.lin, move(world.electronics_union, park)),
    )

    assert outcome == {"done": 3}
    with walls.entered(building.machine()):
        for unit in OrgUnit.objects.filter(parent__isnull=False).select_related("parent"):
            assert unit.path == f"{unit.parent.path}{unit.pk}/"


def test_who_is_admitted_while_a_branch_moves_lands_where_it_moved(world: World):
    def admit(actor: Actor) -> object:
        return actions.admit_member(
            union_id=world.bearing_union.pk,
            identity=building.identity("赵小满"),
            joined_on=MAY_1,
            actor=actor,
            at=MAY_9,
        )

    def move(actor: Actor) -> object:
        return actions.move_union(
            world.bearing_union.pk,
            to_parent_id=world.baishi.pk,
            on=MAY_1,
            reason="区划调整",
            actor=actor,
            at=MAY_9,
        )

    outcome = race((world.lin, move), *[(world.lin, admit)] * 3)

    assert outcome == {"done": 4}
    with walls.entered(building.machine()):
        place = OrgUnit.objects.get(pk=world.bearing_union.org_unit_id).path
        assert place.startswith(world.baishi.path)
        for model in (Membership, Person, Employer):
            rows = model.objects.filter(org_unit_id=world.bearing_union.org_unit_id)
            assert set(rows.values_list("path", flat=True)) == {place}


def test_unions_are_founded_side_by_side(world: World):
    def found(actor: Actor) -> object:
        return building.make_union(world.qinghe, name="新工会")

    assert race(*[(building.machine(), found)] * 3) == {"done": 3}
