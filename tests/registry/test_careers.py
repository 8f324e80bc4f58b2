"""Transferred, rested, resumed, left, expelled, died: the stations of a membership."""

from datetime import date

import pytest

from juli.domains.registry import actions, selectors
from juli.domains.registry.models import Membership, Post
from juli.domains.registry.rules import careers, days, ending, founding
from juli.engines.facts.models import Fact
from juli.engines.party.models import Person
from juli.engines.scope import walls
from juli.kernel.actor import Actor
from juli.kernel.refusal import NotFound
from tests import world as building
from tests.registry.traces import refused
from tests.world import MAY_9, World

pytestmark = pytest.mark.django_db

MAY_1, TOMORROW = date(2018, 5, 1), date(2018, 5, 10)


def in_force(world: World) -> Membership:
    return Membership.objects.get(person=world.zhou_person, valid_until__isnull=True)


def transfer(world: World, *, by: Actor | None = None, **said) -> Membership:
    actor = by or world.lin
    told = {
        "to_union_id": world.electronics_union.pk,
        "employer_id": world.electronics.pk,
        "on": MAY_1,
    } | said
    with walls.entered(actor):
        return actions.transfer_member(world.zhou_membership.pk, **told, actor=actor, at=MAY_9)


def test_a_transferred_member_keeps_number_and_day_of_joining(world: World):
    new = transfer(world, reason="换工作")

    old = Membership.objects.get(pk=world.zhou_membership.pk)
    assert (old.valid_until, old.closing) == (MAY_1, "transferred_out")
    assert (new.valid_from, new.opening, new.standing) == (MAY_1, "transferred_in", "active")
    assert (new.number, new.joined_on) == (old.number, old.joined_on)
    assert new.employer_class == "hmt"
    assert Person.objects.get(pk=new.person_id).path == new.path == world.electronics_union.path
    facts = Fact.objects.filter(occurred_on=MAY_1).order_by("id").values_list("kind", "path", "category")
    assert list(facts) == [
        ("registry.member_transferred_out", world.bearing_union.path, "private"),
        ("registry.member_transferred_in", world.electronics_union.path, "hmt"),
    ]


def test_the_old_unions_officers_see_the_career_no_more(world: World):
    transfer(world)

    with walls.entered(world.wu):
        career = selectors.career_of(world.zhou_person.pk)
    assert [(each.union_name, each.is_within_reach) for each in career] == [
        ("澜江轴承厂工会", False),
        ("白石电子厂工会", True),
    ]
    with walls.entered(world.he):
        assert selectors.career_of(world.zhou_person.pk) == ()


def test_a_member_changes_employers_within_a_joint_union(world: World):
    member = building.make_member(world.traders_union, employer=world.tailor)

    with walls.entered(world.he):
        new = actions.transfer_member(
            member.pk,
            to_union_id=world.traders_union.pk,
            employer_id=world.teahouse.pk,
            on=MAY_1,
            actor=world.he,
            at=MAY_9,
        )

    assert (new.employer_id, new.employer_class) == (world.teahouse.pk, "private")


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"on": TOMORROW}, days.InTheFuture),
        ({"on": date(2015, 6, 30)}, days.TooEarly),
    ],
)
def test_a_transfer_is_refused_on_that_day(world: World, said, refusal):
    with refused(refusal):
        transfer(world, **said)


def test_a_transfer_is_refused(world: World):
    with refused(careers.SameUnion):
        transfer(world, to_union_id=world.bearing_union.pk, employer_id=world.bearing.pk)
    with refused(careers.EmployerNotCovered):
        transfer(world, employer_id=world.tailor.pk)
    with refused(ending.NeedsCommonSuperior):
        transfer(world, by=world.he)
    with refused(ending.NeedsCommonSuperior):
        transfer(world, by=world.bai, to_union_id=world.traders_union.pk, employer_id=None)
    with refused(NotFound):
        transfer(world, by=world.wu)
    actions.dissolve_union(
        world.electronics_union.pk, on=date(2018, 4, 1), reason="停产", actor=world.lin, at=MAY_9
    )
    with refused(founding.UnionEnded):
        transfer(world)


def test_who_is_transferred_leaves_their_posts(world: World):
    post = take_chair(world)

    transfer(world)

    post.refresh_from_db()
    assert post.valid_until == MAY_1
    assert Fact.objects.get(kind="registry.post_left").reason == "会籍转出"


def take_chair(world: World) -> Post:
    return actions.take_post(
        union_id=world.bearing_union.pk,
        person_id=world.zhou_person.pk,
        office=Post.Office.CHAIR,
        on=date(2017, 1, 1),
        actor=world.he,
        at=MAY_9,
    )


def retain(world: World, **said) -> Membership:
    told = {"on": MAY_1, "reason": "退休"} | said
    with walls.entered(world.bai):
        return actions.retain_membership(in_force(world).pk, **told, actor=world.bai, at=MAY_9)


def resume(world: World, **said) -> Membership:
    told = {"on": date(2018, 5, 3), "employer_id": world.bearing.pk} | said
    with walls.entered(world.bai):
        return actions.resume_membership(in_force(world).pk, **told, actor=world.bai, at=MAY_9)


def test_a_membership_rests_and_is_resumed(world: World):
    post = take_chair(world)
    resting = retain(world)

    assert (resting.standing, resting.opening, resting.employer_id) == ("retained", "retained", None)
    assert resting.number == world.zhou_membership.number
    post.refresh_from_db()
    assert post.valid_until == MAY_1

    active = resume(world)
    assert (active.standing, active.opening, active.employer_id) == ("active", "resumed", world.bearing.pk)
    career = [
        (each.standing_label, each.opening_label, each.closing_label)
        for each in selectors.career_of(world.zhou_person.pk)
    ]
    assert career == [
        ("在籍", "入会", "转为保留会籍"),
        ("保留会籍", "转为保留会籍", "恢复在籍"),
        ("在籍", "恢复在籍", ""),
    ]
    kinds = Fact.objects.filter(person_id=world.zhou_person.pk).order_by("id").values_list("kind", flat=True)
    assert list(kinds)[-2:] == ["registry.membership_retained", "registry.membership_resumed"]


def test_a_rest_is_refused(world: World):
    with refused(days.ReasonMissing):
        retain(world, reason="")
    with refused(days.InTheFuture):
        retain(world, on=TOMORROW)
    with refused(days.TooEarly):
        retain(world, on=date(2015, 6, 30))
    with refused(careers.NotRetained):
        resume(world)
    retain(world)
    with refused(careers.NotActive):
        retain(world)


def test_a_resumption_is_refused(world: World):
    retain(world)

    with refused(days.InTheFuture):
        resume(world, on=TOMORROW)
    with refused(days.TooEarly):
        resume(world, on=date(2018, 4, 30))
    with refused(NotFound):
        resume(world, employer_id=world.electronics.pk)


def test_who_takes_up_work_elsewhere_is_active_again(world: World):
    resting = retain(world)

    with walls.entered(world.he):
        new = actions.transfer_member(
            resting.pk,
            to_union_id=world.traders_union.pk,
            employer_id=world.tailor.pk,
            on=date(2018, 5, 3),
            actor=world.he,
            at=MAY_9,
        )

    assert (new.standing, new.employer_class) == ("active", "self_employed")


@pytest.mark.parametrize(
    ("act", "word", "closing", "kind"),
    [
        (actions.leave_membership, "reason", "left", "registry.member_left"),
        (actions.expel_member, "reason", "expelled", "registry.member_expelled"),
        (actions.record_death, "source", "died", "registry.member_died"),
    ],
)
class TestEndings:
    def end(self, world: World, act, word: str, **said) -> Membership:
        told = {"on": MAY_1, word: "按规定办理"} | said
        with walls.entered(world.bai):
            return act(world.zhou_membership.pk, **told, actor=world.bai, at=MAY_9)

    def test_a_membership_ends_and_posts_with_it(self, world: World, act, word, closing, kind):
        post = take_chair(world)
        ended = self.end(world, act, word)

        assert (ended.valid_until, ended.closing) == (MAY_1, closing)
        assert not Membership.objects.filter(person=world.zhou_person, valid_until__isnull=True).exists()
        post.refresh_from_db()
        assert post.valid_until == MAY_1
        fact = Fact.objects.get(kind=kind)
        assert (fact.person_id, fact.reason, fact.occurred_on) == (
            world.zhou_person.pk,
            "按规定办理",
            MAY_1,
        )
        assert Person.objects.get(pk=world.zhou_person.pk).path == world.bearing_union.path

    def test_it_ends_with_a_reason_on_a_day_that_fits(self, world: World, act, word, closing, kind):
        for said, refusal in (
            ({word: " "}, days.ReasonMissing),
            ({"on": TOMORROW}, days.InTheFuture),
            ({"on": date(2015, 6, 30)}, days.TooEarly),
        ):
            with refused(refusal):
                self.end(world, act, word, **said)

    def test_it_ends_once(self, world: World, act, word, closing, kind):
        self.end(world, act, word)

        with refused(careers.MembershipEnded):
            self.end(world, act, word)
