"""Every entry can be put right with a reason: the figures follow, and what stood there stays to be read."""

from datetime import UTC, date, datetime

import pytest

from juli.domains.registry import actions
from juli.domains.registry.models import Committee, Coverage, Membership, Post, Term
from juli.domains.registry.rules import careers, correcting, covering, employing, posts, terms
from juli.domains.registry.rules.days import ReasonMissing, TooEarly
from juli.domains.registry.timeline import timeline_of_employer, timeline_of_person, timeline_of_union
from juli.engines.facts.models import Fact
from juli.engines.indicator.catalogue import indicator
from juli.engines.indicator.working import work_out
from juli.engines.party.models import Employer, EmployerFlag, HazardousPost, Headcount
from juli.engines.scope import walls
from juli.kernel.actor import Actor
from juli.kernel.period import Day, Year
from juli.kernel.refusal import NotFound, NotPermitted
from tests import world as building
from tests.registry.traces import refused
from tests.world import MAY_9, World, machine

pytestmark = pytest.mark.django_db

BY = {"actor": machine(), "at": MAY_9}


def now() -> datetime:
    return datetime.now(UTC)


def by(actor: Actor) -> dict[str, object]:
    """The correction is made now, so that the database's clock and the act's agree."""
    return {"actor": actor, "at": now()}


def standing(kind: str, subject_id: int) -> list[tuple[date, str]]:
    """Return what is told of a subject and was not taken back."""
    told = Fact.objects.filter(kind=kind, subject_id=subject_id)
    undone = set(told.filter(reverses__isnull=False).values_list("reverses", flat=True))
    return [
        (fact.occurred_on, fact.category)
        for fact in told.filter(reverses__isnull=True)
        if fact.id not in undone
    ]


def changes_of(timeline: object) -> set[tuple[str, str, str]]:
    entry = next(each for each in timeline.entries if each.kind.endswith("_corrected"))
    return {(change.label, change.old, change.new) for change in entry.changes}


def a_post(world: World) -> Post:
    return actions.take_post(
        union_id=world.bearing_union.pk, person_id=world.zhou_person.pk, office=Post.Office.VICE_CHAIR,
        on=date(2017, 1, 1), **BY,
    )  # fmt: skip


def test_a_post_is_put_right(world: World):
    post = a_post(world)
    with walls.entered(world.he):
        actions.correct_post(
            post.pk, office=Post.Office.CHAIR, is_full_time=True, begins_on=date(2016, 12, 1), ends_on=None,
            reason="任职文件写错", **by(world.he),
        )  # fmt: skip
        told = timeline_of_union(world.bearing_union.pk, actor=world.he)
    assert standing("registry.post_taken", post.pk) == [(date(2016, 12, 1), "chair")]
    assert changes_of(told) == {
        ("职务", "副主席", "主席"), ("专职", "否", "是"), ("起", "2017-01-01", "2016-12-01"),
    }  # fmt: skip
    entry = next(each for each in told.entries if each.kind == "registry.entry_corrected")
    assert (entry.verb, entry.reason) == ("更正登记", "任职文件写错")
    assert "任职" in entry.subject


def test_a_post_left_by_mistake_is_held_again(world: World):
    post = a_post(world)
    actions.leave_post(post.pk, on=date(2018, 3, 1), reason="离任", **BY)
    with walls.entered(world.he):
        actions.correct_post(
            post.pk, office=post.office, is_full_time=False, begins_on=post.valid_from, ends_on=None,
            reason="没有离任，登记错人", **by(world.he),
        )  # fmt: skip
    assert Post.objects.get(pk=post.pk).valid_until is None
    assert standing("registry.post_left", post.pk) == []


def test_a_post_is_not_put_right_against_the_rules(world: World):
    post = a_post(world)
    chair = actions.take_post(
        union_id=world.bearing_union.pk, person_id=world.chen_person.pk, office=Post.Office.CHAIR,
        on=date(2017, 1, 1), **BY,
    )  # fmt: skip
    said = {"is_full_time": False, "begins_on": date(2017, 1, 1), "ends_on": None, "reason": "更正", **BY}
    with refused(posts.PostTaken):
        actions.correct_post(post.pk, office=Post.Office.CHAIR, **said)
    with refused(posts.PostForWomen):
        actions.correct_post(post.pk, office=Post.Office.WOMEN_CHAIR, **said)
    with refused(correcting.NotEndedYet):
        actions.correct_post(post.pk, office=post.office, **{**said, "ends_on": date(2018, 1, 1)})
    with refused(ReasonMissing):
        actions.correct_post(post.pk, office=post.office, **{**said, "reason": " "})
    with refused(TooEarly):
        actions.correct_post(post.pk, office=post.office, **{**said, "begins_on": date(2009, 1, 1)})
    actions.leave_post(chair.pk, on=date(2018, 3, 1), reason="离任", **BY)
    with refused(correcting.EndsTooEarly):
        actions.correct_post(
            chair.pk, office=chair.office, **{**said, "ends_on": date(2016, 1, 1)},
        )  # fmt: skip


def test_a_term_is_put_right(world: World):
    union = world.bearing_union
    first = actions.begin_term(union.pk, begins_on=date(2010, 5, 1), years=5, **BY)
    term = actions.begin_term(union.pk, begins_on=date(2016, 5, 1), years=5, **BY)
    with walls.entered(world.he):
        actions.correct_term(
            term.pk, number=3, elected_on=date(2015, 12, 20), begins_on=date(2016, 1, 1), years=3,
            reason="届次登记错", **by(world.he),
        )  # fmt: skip
        told = timeline_of_union(union.pk, actor=world.he)
    kept = Term.objects.get(pk=term.pk)
    assert (kept.number, kept.expires_on) == (3, date(2019, 1, 1))
    assert standing("registry.term_begun", term.pk) == [(date(2016, 1, 1), "")]
    assert ("届次", "2", "3") in changes_of(told)
    said = {"elected_on": None, "years": 5, "reason": "更正", **BY}
    with refused(terms.TermsOverlap):
        actions.correct_term(term.pk, number=3, begins_on=date(2014, 1, 1), **said)
    with refused(terms.TermNumberTaken):
        actions.correct_term(term.pk, number=first.number, begins_on=date(2016, 1, 1), **said)


def test_a_committee_is_put_right(world: World):
    union = world.bearing_union
    committee = actions.form_committee(
        union_id=union.pk, kind=Committee.Kind.AUDIT, on=date(2017, 1, 1), **BY
    )
    actions.correct_committee(
        committee.pk, kind=Committee.Kind.WOMEN, begins_on=date(2017, 2, 1), ends_on=None,
        reason="类别登记错", **BY,
    )  # fmt: skip
    assert standing("registry.committee_formed", committee.pk) == [(date(2017, 2, 1), "women")]
    other = actions.form_committee(union_id=union.pk, kind=Committee.Kind.AUDIT, on=date(2017, 1, 1), **BY)
    with refused(posts.CommitteeExists):
        actions.correct_committee(
            other.pk, kind=Committee.Kind.WOMEN, begins_on=date(2017, 2, 1), ends_on=None, reason="更正", **BY
        )


def covered_on(world: World, day: date) -> int:
    with walls.entered(world.lin):
        figure = work_out(
            indicator("registry.covered_employers"), unit=world.federation.org_unit, period=Day(day),
            actor=world.lin, at=MAY_9,
        )  # fmt: skip
        return int(figure.value)


def test_a_coverage_is_put_right_and_the_figure_follows(world: World):
    coverage = Coverage.objects.get(employer=world.teahouse)
    before = covered_on(world, date(2012, 1, 1))
    with walls.entered(world.he):
        actions.correct_coverage(
            coverage.pk, begins_on=date(2014, 6, 1), ends_on=None, reason="实际从二〇一四年起", **by(world.he)
        )
        told = timeline_of_employer(world.teahouse.pk, actor=world.he)
    assert covered_on(world, date(2012, 1, 1)) == before - 1
    assert covered_on(world, date(2015, 1, 1)) == before
    assert standing("registry.coverage_begun", coverage.pk) == [(date(2014, 6, 1), "private")]
    assert changes_of(told) == {("起", "2010-03-01", "2014-06-01")}


def test_a_coverage_ended_by_mistake_lasts_on(world: World):
    coverage = Coverage.objects.get(employer=world.teahouse)
    actions.uncover_employer(coverage.pk, on=date(2018, 5, 1), reason="误操作", **BY)
    actions.correct_coverage(
        coverage.pk, begins_on=coverage.valid_from, ends_on=None, reason="误操作，恢复", **BY
    )
    employer = Employer.objects.get(pk=world.teahouse.pk)
    assert employer.org_unit_id == world.traders_union.org_unit_id
    assert standing("registry.coverage_ended", coverage.pk) == []


def test_coverages_of_one_employer_do_not_overlap(world: World):
    first = Coverage.objects.get(employer=world.teahouse)
    actions.uncover_employer(first.pk, on=date(2016, 1, 1), reason="另行建会", **BY)
    own = building.make_union(world.qinghe, name="青荷茶楼工会")
    actions.cover_employer(union_id=own.pk, employer_id=world.teahouse.pk, on=date(2016, 1, 1), **BY)
    for ends_on in (None, date(2017, 1, 1)):
        with refused(covering.AlreadyCovered, union=own.name):
            actions.correct_coverage(
                first.pk, begins_on=first.valid_from, ends_on=ends_on, reason="更正", **BY
            )


def test_a_headcount_is_put_right(world: World):
    counted = actions.report_headcount(world.bearing.pk, counted_on=date(2018, 3, 31), employees=1200, **BY)
    with walls.entered(world.he):
        actions.correct_headcount(
            counted.pk, counted_on=date(2018, 3, 30), employees=120, migrant_workers=None, women=48,
            source="年报", reason="多写一个零", **by(world.he),
        )  # fmt: skip
        told = timeline_of_employer(world.bearing.pk, actor=world.he)
    facts = Fact.objects.filter(kind="registry.headcount_reported", subject_id=counted.pk).order_by("id")
    assert [int(each.quantity) for each in facts] == [1200, -1200, 120]
    assert {("职工人数", "1200", "120"), ("统计日期", "2018-03-31", "2018-03-30")} <= changes_of(told)
    other = actions.report_headcount(world.bearing.pk, counted_on=date(2018, 4, 30), employees=121, **BY)
    said = {"migrant_workers": None, "women": None, "source": "", "reason": "更正", **BY}
    with refused(employing.CountedThatDay):
        actions.correct_headcount(other.pk, counted_on=date(2018, 3, 30), employees=121, **said)
    with refused(employing.PartsExceedWhole):
        actions.correct_headcount(
            other.pk, counted_on=date(2018, 4, 30), employees=10, **{**said, "women": 11}
        )


def test_a_hazard_is_put_right_and_ended(world: World):
    post = actions.report_hazard(
        world.bearing.pk, title="打磨", hazard="dust", workers=9, on=date(2018, 2, 1), **BY
    )
    said = {
        "title": "打磨与抛光", "hazard": HazardousPost.Hazard.PHYSICAL, "workers": 12,
        "is_checked_by_employer": True, "reason": "核对后更正", **BY,
    }  # fmt: skip
    actions.correct_hazard(post.pk, begins_on=date(2018, 1, 15), ends_on=None, **said)
    assert standing("registry.hazard_reported", post.pk) == [(date(2018, 1, 15), "physical")]
    actions.end_hazard(post.pk, on=date(2018, 4, 1), reason="工艺改造", **BY)
    with refused(employing.HazardEnded):
        actions.end_hazard(post.pk, on=date(2018, 4, 2), reason="工艺改造", **BY)
    actions.correct_hazard(post.pk, begins_on=date(2018, 1, 15), ends_on=date(2018, 4, 20), **said)
    assert standing("registry.hazard_ended", post.pk) == [(date(2018, 4, 20), "physical")]


def test_a_mark_is_put_right(world: World):
    mark = actions.flag_employer(
        world.bearing.pk, mark=EmployerFlag.Flag.PARK, on=date(2018, 1, 1), source="摸查", **BY
    )
    actions.correct_mark(
        mark.pk, source="园区名录", begins_on=date(2017, 1, 1), ends_on=None, reason="以名录为准", **BY
    )
    assert standing("registry.employer_flagged", mark.pk) == [(date(2017, 1, 1), "park")]
    assert EmployerFlag.objects.get(pk=mark.pk).source == "园区名录"


def test_an_employer_moves_to_its_right_territory(world: World):
    employer = building.make_employer(world.qinghe, name="跨界小店")
    with walls.entered(world.lin):
        actions.correct_territory(
            employer.pk, territory_id=world.baishi.org_unit_id, reason="属地登记错", **by(world.lin)
        )
        told = timeline_of_employer(employer.pk, actor=world.lin)
    moved = Employer.objects.get(pk=employer.pk)
    assert (moved.territory_id, moved.org_unit_id) == (world.baishi.org_unit_id, world.baishi.org_unit_id)
    assert told.entries[0].verb == "更正单位资料"
    with refused(correcting.NothingToCorrect):
        actions.correct_territory(employer.pk, territory_id=world.baishi.org_unit_id, reason="再来一次", **BY)
    with refused(NotFound):
        actions.correct_territory(
            employer.pk, territory_id=world.qinghe.org_unit_id, reason="越界", actor=world.he, at=MAY_9
        )


def joined_in(world: World, year: int) -> int:
    with walls.entered(world.lin):
        figure = work_out(
            indicator("registry.new_members"), unit=world.federation.org_unit, period=Year(year),
            actor=world.lin, at=MAY_9,
        )  # fmt: skip
        return int(figure.value)


def test_a_day_of_joining_is_put_right_and_its_year_follows(world: World):
    first = world.zhou_membership
    second = actions.transfer_member(
        first.pk, to_union_id=world.traders_union.pk, employer_id=world.teahouse.pk, on=date(2017, 3, 1), **BY
    )
    before = joined_in(world, 2015)
    with walls.entered(world.he):
        actions.correct_membership(
            first.pk, begins_on=date(2014, 7, 1), ends_on=date(2017, 3, 1), reason="入会登记表为准",
            **by(world.he),
        )  # fmt: skip
        told = timeline_of_person(first.person_id, actor=world.he)
    assert (joined_in(world, 2015), joined_in(world, 2014)) == (before - 1, 1)
    for each in Membership.objects.filter(person_id=first.person_id):
        assert each.joined_on == date(2014, 7, 1)
    assert Membership.objects.get(pk=second.pk).valid_from == date(2017, 3, 1)
    assert ("入会日期", "2015-07-01", "2014-07-01") in changes_of(told)


def test_a_transfer_is_put_on_its_right_day(world: World):
    first = world.zhou_membership
    second = actions.transfer_member(
        first.pk, to_union_id=world.traders_union.pk, employer_id=world.teahouse.pk, on=date(2017, 3, 1), **BY
    )
    actions.correct_membership(second.pk, begins_on=date(2017, 2, 1), ends_on=None, reason="介绍信日期", **BY)
    assert Membership.objects.get(pk=first.pk).valid_until == date(2017, 2, 1)
    assert standing("registry.member_transferred_out", first.pk) == [(date(2017, 2, 1), "private")]
    assert standing("registry.member_transferred_in", second.pk) == [(date(2017, 2, 1), "private")]
    with refused(correcting.SegmentsCross):
        actions.correct_membership(second.pk, begins_on=date(2015, 7, 1), ends_on=None, reason="更正", **BY)
    with refused(correcting.EndedByTheNext):
        actions.correct_membership(
            first.pk, begins_on=first.valid_from, ends_on=date(2017, 1, 1), reason="更正", **BY
        )


def test_an_end_by_mistake_is_taken_back(world: World):
    member = world.zhou_membership
    actions.leave_membership(member.pk, on=date(2018, 1, 1), reason="本人申请", **BY)
    actions.correct_membership(
        member.pk, begins_on=member.valid_from, ends_on=date(2018, 2, 1), reason="日期有误", **BY
    )
    assert standing("registry.member_left", member.pk) == [(date(2018, 2, 1), "private")]
    actions.correct_membership(
        member.pk, begins_on=member.valid_from, ends_on=None, reason="登记错人，没有退会", **BY
    )
    kept = Membership.objects.get(pk=member.pk)
    assert (kept.valid_until, kept.closing) == (None, "")
    assert standing("registry.member_left", member.pk) == []


def test_an_end_is_not_taken_back_once_somebody_has_joined_again(world: World):
    member = world.zhou_membership
    actions.leave_membership(member.pk, on=date(2018, 1, 1), reason="本人申请", **BY)
    person = member.person
    Membership.objects.create(
        person=person, org_unit=world.traders_union.org_unit, path=world.traders_union.path,
        number=member.number, joined_on=date(2018, 2, 1), valid_from=date(2018, 2, 1),
    )  # fmt: skip
    with refused(careers.AlreadyMember):
        actions.correct_membership(member.pk, begins_on=member.valid_from, ends_on=None, reason="更正", **BY)


def test_a_career_that_went_on_elsewhere_is_put_right_by_who_reaches_both(world: World):
    first = world.zhou_membership
    actions.transfer_member(
        first.pk, to_union_id=world.electronics_union.pk, employer_id=world.electronics.pk,
        on=date(2018, 5, 1), **BY,
    )  # fmt: skip
    with refused(correcting.ToldElsewhere), walls.entered(world.he):
        actions.correct_membership(
            first.pk, begins_on=date(2014, 7, 1), ends_on=date(2018, 5, 1), reason="更正",
            actor=world.he, at=MAY_9,
        )  # fmt: skip


@pytest.mark.parametrize("who", ["xu", "wu"])
def test_who_has_no_right_changes_nothing(world: World, who: str):
    actor = getattr(world, who)
    post, counted = (
        a_post(world),
        actions.report_headcount(world.bearing.pk, counted_on=date(2018, 3, 31), employees=12, **BY),
    )
    coverage = Coverage.objects.get(employer=world.teahouse)
    refusal = NotPermitted if who == "xu" else NotFound
    end = {"begins_on": date(2017, 1, 1), "ends_on": None, "reason": "更正", "actor": actor, "at": MAY_9}
    attempts = (
        lambda: actions.correct_post(post.pk, office=post.office, is_full_time=False, **end),
        lambda: actions.correct_coverage(coverage.pk, **end),
        lambda: actions.correct_membership(world.zhou_membership.pk, **end),
        lambda: actions.correct_headcount(
            counted.pk, counted_on=date(2018, 3, 31), employees=13, migrant_workers=None, women=None,
            source="", reason="更正", actor=actor, at=MAY_9,
        ),
    )  # fmt: skip
    for attempt in attempts:
        with refused(refusal), walls.entered(actor):
            attempt()


def test_every_register_has_a_correction():
    """What staff enter by a verb can be put right by one."""
    entered = {Term, Post, Committee, Coverage, Membership, Headcount, HazardousPost, EmployerFlag}
    names = {name for name in vars(actions) if name.startswith("correct_")}
    assert {f"correct_{name}" for name in (
        "term", "post", "committee", "coverage", "membership", "headcount", "hazard", "mark", "union",
        "employer", "person", "identity", "territory",
    )} <= names  # fmt: skip
    assert len(entered) == 8
