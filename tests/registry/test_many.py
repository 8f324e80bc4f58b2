"""Many at once leave the very same records as one by one, and refuse with the very same words."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date

import pytest
from django.db import transaction

from juli.domains.registry import actions
from juli.domains.registry.actions import many_careers, many_employers, many_members
from juli.domains.registry.models import Membership, Post, Union
from juli.domains.registry.rules import careers, days, employing, ending, identifying
from juli.engines.facts.models import Fact
from juli.engines.party.models import EmployerFlag, Person
from juli.engines.scope import walls
from juli.kernel.actor import Actor
from juli.kernel.refusal import NotFound, NotPermitted, Refusal
from tests import world as building
from tests.world import MAY_9, World

pytestmark = pytest.mark.django_db

MAY_1 = date(2018, 5, 1)
Left = dict[str, list[tuple]]


class Undone(Exception):
    """Everything that was tried is taken back."""


@pytest.fixture
def people(world: World) -> dict[str, int]:
    """Some whom the town's officer reaches, one of each kind, and one whom they do not."""
    by = {"actor": building.machine(), "at": MAY_9}
    made = {
        "plain": building.make_member(world.bearing_union, employer=world.bearing),
        "alone": building.make_member(world.traders_union),
        "resting": building.make_member(world.bearing_union, employer=world.bearing),
        "gone": building.make_member(world.bearing_union),
        "late": building.make_member(world.bearing_union, joined_on=date(2018, 5, 5)),
        "chair": building.make_member(world.bearing_union, employer=world.bearing),
        "stranger": building.make_member(world.electronics_union),
    }
    actions.retain_membership(made["resting"].pk, on=date(2018, 4, 1), reason="停工", **by)
    actions.leave_membership(made["gone"].pk, on=date(2018, 4, 1), reason="辞职", **by)
    actions.take_post(
        union_id=world.bearing_union.pk, person_id=made["chair"].person_id, office=Post.Office.CHAIR,
        on=date(2018, 1, 5), **by,
    )  # fmt: skip
    return {name: each.person_id for name, each in made.items()} | {"nobody": 10**15}


def traces() -> Left:
    """Return what stands in the registers, without numbers that are drawn."""
    return {
        "memberships": sorted(
            Membership.objects.values_list(
                "person_id", "employer_id", "number", "standing", "opening", "closing", "joined_on",
                "valid_from", "valid_until", "employer_class", "org_unit_id", "path", "source",
            ), key=str,
        ),
        "persons": sorted(
            Person.objects.values_list(
                "pk", "org_unit_id", "path", "verification", "verified_on", "verification_source",
                "updated_at",
            )
        ),
        "posts": sorted(Post.objects.values_list("pk", "valid_until"), key=str),
        "flags": sorted(
            EmployerFlag.objects.values_list(
                "employer_id", "flag", "valid_from", "valid_until", "source", "org_unit_id", "path"
            ), key=str,
        ),
        "facts": sorted(
            Fact.objects.values_list(
                "kind", "occurred_on", "org_unit_id", "path", "subject_kind", "person_id", "employer_id",
                "quantity", "category", "reason", "recorded_at", "recorded_by", "recorded_as", "door",
                "root_id",
            ), key=str,
        ),
        "histories": sorted(
            (label, count) for label, count in (
                (model._meta.label, model.objects.count())
                for model in (Membership.pgh_event_model, Person.pgh_event_model, Post.pgh_event_model)
            )
        ),
    }  # fmt: skip


def tried(act: Callable[[], Mapping[int, str]], *, by: Actor) -> tuple[Left, Mapping[int, str]]:
    """Return what an act leaves behind and whom it refuses, and take everything back."""
    with suppress(Undone), transaction.atomic():
        with walls.entered(by):
            refused = act()
        left = traces()
        raise Undone
    return left, refused


def one_by_one(act: Callable[[int], object], numbers: Iterable[int]) -> Mapping[int, str]:
    refused = {}
    for number in numbers:
        try:
            act(number)
        except Refusal as refusal:
            refused[number] = refusal.sentence
    return refused


def current(person_id: int) -> int:
    """Return the membership on which a page would act for a person."""
    found = Membership.objects.filter(person_id=person_id, valid_until__isnull=True).first()
    if found is not None:
        return found.pk
    if Person.objects.filter(pk=person_id).exists():
        raise careers.MembershipEnded
    raise NotFound


def test_many_are_verified_as_one_is(world: World, people: dict[str, int]):
    said = {"source": "公安比对", "on": MAY_1, "actor": world.he, "at": MAY_9}
    numbers = sorted(people.values())

    many = tried(lambda: many_members.verify_persons(numbers, **said), by=world.he)
    single = tried(
        lambda: one_by_one(
            lambda number: actions.verify_person(number, outcome=Person.Verification.VERIFIED, **said),
            numbers,
        ),
        by=world.he,
    )

    assert many == single
    assert set(many[1]) == {people["stranger"], people["nobody"]}


def test_many_are_transferred_as_one_is(world: World, people: dict[str, int]):
    said = {"to_union_id": world.traders_union.pk, "employer_id": world.teahouse.pk, "on": MAY_1,
            "reason": "车间划转", "actor": world.he, "at": MAY_9}  # fmt: skip
    numbers = sorted(people.values())

    many = tried(lambda: many_careers.transfer_members(numbers, **said), by=world.he)
    single = tried(
        lambda: one_by_one(lambda number: actions.transfer_member(current(number), **said), numbers),
        by=world.he,
    )

    assert many == single
    assert set(many[1]) == {people["stranger"], people["nobody"], people["gone"], people["late"]}
    assert "日期不能早于 2018-05-05" in many[1][people["late"]]


def test_a_transfer_to_where_somebody_is_refuses_that_one(world: World, people: dict[str, int]):
    with walls.entered(world.he):
        refused = many_careers.transfer_members(
            [people["alone"], people["plain"]], to_union_id=world.traders_union.pk, on=MAY_1,
            actor=world.he, at=MAY_9,
        )  # fmt: skip

    assert refused == {people["alone"]: careers.SameUnion().sentence}


def test_many_memberships_rest_and_resume_as_one_does(world: World, people: dict[str, int]):
    numbers = sorted(people.values())
    rest = {"on": MAY_1, "reason": "停产", "actor": world.he, "at": MAY_9}
    resume = {"on": date(2018, 5, 8), "actor": world.he, "at": MAY_9}
    former = {people["plain"]: world.bearing.pk, people["chair"]: world.bearing.pk,
              people["resting"]: world.bearing.pk}  # fmt: skip

    rested = tried(lambda: many_careers.retain_members(numbers, **rest), by=world.he)
    rested_singly = tried(
        lambda: one_by_one(lambda number: actions.retain_membership(current(number), **rest), numbers),
        by=world.he,
    )
    assert rested == rested_singly
    assert rested[1][people["resting"]] == careers.NotActive().sentence

    with walls.entered(world.he):
        many_careers.retain_members(numbers, **rest)
    resumed = tried(lambda: many_careers.resume_members(numbers, **resume), by=world.he)
    resumed_singly = tried(
        lambda: one_by_one(
            lambda number: actions.resume_membership(
                current(number), employer_id=former.get(number), **resume
            ),
            numbers,
        ),
        by=world.he,
    )
    assert resumed == resumed_singly
    assert Membership.objects.get(person_id=people["plain"], valid_until__isnull=True).standing == "retained"


def test_many_employers_are_marked_and_unmarked_as_one_is(world: World):
    mark, by = EmployerFlag.Flag.PARK, {"actor": world.he, "at": MAY_9}
    borne = actions.flag_employer(world.tailor.pk, mark=mark, on=date(2018, 5, 5), source="摸查", **by)
    numbers = [world.bearing.pk, world.teahouse.pk, world.tailor.pk, world.electronics.pk, 10**15]

    said = {"mark": mark, "on": MAY_1, "source": "园区名单", **by}
    many = tried(lambda: many_employers.flag_employers(numbers, **said), by=world.he)
    single = tried(
        lambda: one_by_one(lambda number: actions.flag_employer(number, **said), numbers), by=world.he
    )
    assert many == single
    assert many[1][world.tailor.pk] == employing.AlreadyFlagged(mark=mark.label).sentence

    with walls.entered(world.he):
        many_employers.flag_employers(numbers, **said)
        refused = many_employers.unflag_employers(numbers, mark=mark, on=MAY_1, reason="退出园区", **by)
    assert refused[borne.employer_id].startswith("日期不能早于 2018-05-05")
    assert refused[world.electronics.pk] == NotFound().sentence
    assert EmployerFlag.objects.filter(flag=mark, valid_until__isnull=True).count() == 1


def test_who_may_only_read_is_refused_everybody(world: World, people: dict[str, int]):
    with walls.entered(world.xu):
        refused = many_members.verify_persons(
            [people["plain"], people["stranger"]], source="比对", on=MAY_1, actor=world.xu, at=MAY_9
        )

    assert refused == {
        people["plain"]: NotPermitted().sentence,
        people["stranger"]: NotFound().sentence,
    }


@pytest.mark.parametrize(
    ("act", "refusal"),
    [
        (lambda world, by: many_members.verify_persons([], source=" ", on=MAY_1, **by),
         identifying.VerificationWithoutSource),
        (lambda world, by: many_members.verify_persons([], source="比对", on=date(2018, 5, 10), **by),
         days.InTheFuture),
        (lambda world, by: many_careers.retain_members([], on=MAY_1, reason="", **by), days.ReasonMissing),
        (lambda world, by: many_careers.resume_members([], on=date(2018, 5, 10), **by), days.InTheFuture),
        (lambda world, by: many_careers.transfer_members(
            [], to_union_id=world.electronics_union.pk, on=MAY_1, **by), ending.NeedsCommonSuperior),
        (lambda world, by: many_careers.transfer_members(
            [], to_union_id=world.bearing_union.pk, employer_id=world.teahouse.pk, on=MAY_1, **by),
         careers.EmployerNotCovered),
        (lambda world, by: many_employers.unflag_employers(
            [], mark=EmployerFlag.Flag.PARK, on=MAY_1, reason=" ", **by), days.ReasonMissing),
    ],
)  # fmt: skip
def test_what_is_wrong_for_all_is_told_before_anybody_is_touched(world: World, act, refusal):
    with pytest.raises(refusal), walls.entered(world.he):
        act(world, {"actor": world.he, "at": MAY_9})


def test_two_hundred_are_transferred_in_a_few_statements(
    world: World, django_assert_max_num_queries: Callable
):
    numbers = [building.make_member(world.bearing_union).person_id for _ in range(40)]
    some_union = Union.objects.get(pk=world.traders_union.pk)
    with walls.entered(world.he), django_assert_max_num_queries(40):
        refused = many_careers.transfer_members(
            numbers, to_union_id=some_union.pk, on=MAY_1, actor=world.he, at=MAY_9
        )

    assert refused == {}
    assert Membership.objects.filter(org_unit_id=some_union.org_unit_id, valid_from=MAY_1).count() == 40
