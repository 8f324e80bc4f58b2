"""Terms, posts and committees."""

from datetime import date

import pytest

from juli.domains.registry import actions
from juli.domains.registry.models import Committee, Post, Term, Union
from juli.domains.registry.rules import days, founding, posts, terms
from juli.engines.facts.models import Fact
from juli.engines.party.models import Person
from juli.engines.rulebook import NoRuleInForce
from juli.engines.scope import walls
from juli.kernel.refusal import NotFound
from tests import world as building
from tests.registry.traces import refused
from tests.world import MAY_9, World

pytestmark = pytest.mark.django_db

MAY_1, TOMORROW = date(2018, 5, 1), date(2018, 5, 10)
Office, Kind = Post.Office, Committee.Kind


def begin(world: World, union: Union, **said) -> Term:
    told = {"begins_on": MAY_1, "years": 5} | said
    with walls.entered(world.lin):
        return actions.begin_term(union.pk, **told, actor=world.lin, at=MAY_9)


def test_a_term_begins_and_says_when_it_is_over(world: World):
    term = begin(world, world.bearing_union, years=3, elected_on=date(2018, 4, 27))

    assert (term.number, term.expires_on, term.elected_on) == (1, date(2021, 5, 1), date(2018, 4, 27))
    fact = Fact.objects.get(kind="registry.term_begun")
    assert (fact.occurred_on, fact.payload) == (MAY_1, {"number": 1, "expires_on": "2021-05-01"})


def test_terms_are_counted_on_or_as_the_union_counts_them(world: World):
    assert begin(world, world.federation, begins_on=date(2011, 3, 1), number=13).number == 13
    assert begin(world, world.federation, begins_on=date(2016, 3, 1)).number == 14


@pytest.mark.parametrize(
    ("union", "said", "refusal"),
    [
        ("bearing_union", {"years": 4}, terms.TermLengthUnlawful),
        ("qinghe", {"years": 3}, terms.TermLengthUnlawful),
        ("bearing_union", {"begins_on": TOMORROW}, days.InTheFuture),
        ("bearing_union", {"begins_on": date(2009, 5, 1)}, days.TooEarly),
        ("bearing_union", {"elected_on": date(2018, 5, 2)}, days.TooEarly),
    ],
)
def test_a_term_is_refused(world: World, union, said, refusal):
    with refused(refusal):
        begin(world, getattr(world, union), **said)


def test_the_refusal_of_a_length_cites_the_law(world: World):
    with pytest.raises(
        terms.TermLengthUnlawful, match="3 或 5 年（《中华人民共和国工会法（2009年修正）》第十五条）"
    ):
        begin(world, world.bearing_union, years=4)


def test_terms_do_not_overlap_and_are_counted_once(world: World):
    begin(world, world.bearing_union, begins_on=date(2015, 5, 1), years=3)

    with refused(terms.TermsOverlap, number=1):
        begin(world, world.bearing_union, begins_on=date(2018, 4, 30))
    with refused(terms.TermsOverlap):
        begin(world, world.bearing_union, begins_on=date(2012, 5, 2), years=3)
    with refused(terms.TermNumberTaken, number=1):
        begin(world, world.bearing_union, begins_on=MAY_1, number=1)
    assert begin(world, world.bearing_union, begins_on=MAY_1).number == 2


def test_a_group_has_no_term_of_its_own(world: World):
    group = building.make_union(world.bearing_union, name="一车间工会小组", level=Union.Level.GROUP)

    with refused(terms.NoTermOfItsOwn):
        begin(world, group)


def test_before_the_oldest_wording_of_the_law_no_length_is_known(world: World):
    with refused(NoRuleInForce):
        begin(world, world.federation, begins_on=date(1999, 5, 1))


def take(world: World, person: Person, office: Post.Office, **said) -> Post:
    told = {"union_id": world.bearing_union.pk, "on": date(2017, 1, 1)} | said
    with walls.entered(world.he):
        return actions.take_post(person_id=person.pk, office=office, **told, actor=world.he, at=MAY_9)


def test_a_person_takes_a_post(world: World):
    post = take(world, world.zhou_person, Office.CHAIR, is_full_time=True)

    assert (post.office, post.is_full_time, post.valid_from) == ("chair", True, date(2017, 1, 1))
    fact = Fact.objects.get(kind="registry.post_taken")
    assert (fact.person_id, fact.category, fact.path) == (
        world.zhou_person.pk,
        "chair",
        world.bearing_union.path,
    )


def test_a_person_holds_posts_that_go_together(world: World):
    take(world, world.chen_person, Office.VICE_CHAIR)
    take(world, world.chen_person, Office.WOMEN_CHAIR)

    assert Post.objects.filter(person=world.chen_person).count() == 2


@pytest.mark.parametrize(
    ("held", "wanted"), [(Office.COMMITTEE_MEMBER, Office.AUDIT_MEMBER), (Office.AUDIT_CHAIR, Office.CHAIR)]
)
def test_nobody_audits_a_committee_they_sit_on(world: World, held, wanted):
    take(world, world.zhou_person, held)

    with refused(posts.PostsIncompatible):
        take(world, world.zhou_person, wanted)


def test_an_auditor_of_one_union_may_chair_another(world: World):
    take(world, world.zhou_person, Office.AUDIT_MEMBER)

    take(world, world.zhou_person, Office.CHAIR, union_id=world.qinghe.pk)


@pytest.mark.parametrize("office", [Office.CHAIR, Office.AUDIT_CHAIR])
def test_there_is_one_head_at_a_time(world: World, office):
    take(world, world.zhou_person, office)

    with refused(posts.PostTaken, office=Office(office).label):
        take(world, world.chen_person, office)
    with refused(posts.PostHeld):
        take(world, world.zhou_person, office)


def test_womens_posts_are_refused_to_men(world: World):
    with refused(posts.PostForWomen):
        take(world, world.zhou_person, Office.WOMEN_MEMBER)
    take(world, world.chen_person, Office.WOMEN_MEMBER)


def test_who_is_no_active_member_is_not_elected_but_may_work_for_the_union(world: World):
    actions.retain_membership(world.zhou_membership.pk, on=MAY_1, reason="退休", actor=world.he, at=MAY_9)

    with refused(posts.NotAMember):
        take(world, world.zhou_person, Office.COMMITTEE_MEMBER)
    take(world, world.zhou_person, Office.SOCIALISED)


@pytest.mark.parametrize(
    ("said", "refusal"), [({"on": TOMORROW}, days.InTheFuture), ({"on": date(2009, 1, 1)}, days.TooEarly)]
)
def test_a_post_is_not_taken_on_that_day(world: World, said, refusal):
    with refused(refusal):
        take(world, world.zhou_person, Office.CHAIR, **said)


def test_somebody_out_of_reach_takes_no_post(world: World):
    stranger = building.make_member(world.electronics_union, employer=world.electronics)

    with refused(NotFound):
        take(world, stranger.person, Office.CHAIR)


def leave(world: World, post: Post, **said) -> Post:
    told = {"on": MAY_1, "reason": "调离"} | said
    with walls.entered(world.he):
        return actions.leave_post(post.pk, **told, actor=world.he, at=MAY_9)


def test_a_post_that_was_left_can_be_taken_by_another(world: World):
    post = take(world, world.zhou_person, Office.CHAIR)

    leave(world, post)

    take(world, world.chen_person, Office.CHAIR, on=MAY_1)
    fact = Fact.objects.get(kind="registry.post_left")
    assert (fact.occurred_on, fact.reason, fact.person_id) == (MAY_1, "调离", world.zhou_person.pk)


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"reason": ""}, days.ReasonMissing),
        ({"on": TOMORROW}, days.InTheFuture),
        ({"on": date(2016, 12, 31)}, days.TooEarly),
    ],
)
def test_a_post_is_not_left_like_that(world: World, said, refusal):
    post = take(world, world.zhou_person, Office.CHAIR)

    with refused(refusal):
        leave(world, post, **said)


def test_a_post_is_left_once(world: World):
    post = take(world, world.zhou_person, Office.CHAIR)
    leave(world, post)

    with refused(posts.PostLeft):
        leave(world, post)


def form(world: World, kind: Committee.Kind, **said) -> Committee:
    told = {"union_id": world.bearing_union.pk, "on": date(2017, 1, 1)} | said
    with walls.entered(world.he):
        return actions.form_committee(kind=kind, **told, actor=world.he, at=MAY_9)


def test_a_committee_is_formed(world: World):
    form(world, Kind.AUDIT)

    fact = Fact.objects.get(kind="registry.committee_formed")
    assert (fact.category, fact.occurred_on) == ("audit", date(2017, 1, 1))


def test_a_womens_committee_takes_the_place_of_the_commissioner(world: World):
    commissioner = form(world, Kind.WOMEN_COMMISSIONER)

    form(world, Kind.WOMEN, on=MAY_1)

    commissioner.refresh_from_db()
    assert commissioner.valid_until == MAY_1
    assert Fact.objects.get(kind="registry.committee_ended").category == "women_commissioner"


@pytest.mark.parametrize(
    ("said", "refusal"), [({"on": TOMORROW}, days.InTheFuture), ({"on": date(2009, 1, 1)}, days.TooEarly)]
)
def test_a_committee_is_not_formed_on_that_day(world: World, said, refusal):
    with refused(refusal):
        form(world, Kind.AUDIT, **said)


def test_there_is_one_committee_of_a_kind(world: World):
    form(world, Kind.AUDIT)

    with refused(posts.CommitteeExists, committee="经费审查委员会"):
        form(world, Kind.AUDIT)


def end(world: World, committee: Committee, **said) -> Committee:
    told = {"on": MAY_1, "reason": "机构调整"} | said
    with walls.entered(world.he):
        return actions.end_committee(committee.pk, **told, actor=world.he, at=MAY_9)


def test_a_committee_ends_and_can_be_formed_anew(world: World):
    committee = form(world, Kind.AUDIT)

    end(world, committee)

    assert form(world, Kind.AUDIT, on=MAY_1).valid_until is None
    assert Fact.objects.get(kind="registry.committee_ended").reason == "机构调整"
    with refused(posts.CommitteeEnded):
        end(world, committee)


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"reason": ""}, days.ReasonMissing),
        ({"on": TOMORROW}, days.InTheFuture),
        ({"on": date(2016, 12, 31)}, days.TooEarly),
    ],
)
def test_a_committee_does_not_end_like_that(world: World, said, refusal):
    committee = form(world, Kind.AUDIT)

    with refused(refusal):
        end(world, committee, **said)


def test_a_union_that_has_ended_holds_no_offices(world: World):
    actions.dissolve_union(world.bearing_union.pk, on=MAY_1, reason="单位终止", actor=world.he, at=MAY_9)

    with refused(founding.UnionEnded):
        begin(world, world.bearing_union)
    with refused(founding.UnionEnded):
        form(world, Kind.AUDIT)
    with refused(founding.UnionEnded):
        take(world, world.zhou_person, Office.STAFF)
