"""An admission is put right: what was known on the day, and whether it happened at all."""

from datetime import date

import pytest

from juli.domains.registry import actions, indicators
from juli.domains.registry.models import Membership, Post
from juli.domains.registry.rules import careers, days
from juli.engines.facts.models import Fact
from juli.engines.indicator.declarations import AnyIndicator
from juli.engines.indicator.working import work_out
from juli.engines.party.particulars import Particulars
from juli.kernel.period import Year
from juli.kernel.refusal import NotPermitted
from tests.world import MAY_9, World, machine, make_member, resident_number

pytestmark = pytest.mark.django_db
BY = {"actor": machine(), "at": MAY_9}
JOINED = date(2018, 4, 1)


def counted(declared: AnyIndicator, world: World) -> object:
    asked = {"unit": world.federation.org_unit, "period": Year(2018), **BY}
    return work_out(declared, **asked).value


def told(migrant: bool, *, as_of: date) -> Particulars:
    return Particulars(is_migrant_worker=migrant, migrant_source="劳动合同", migrant_as_of=as_of)


def test_what_was_wrong_on_the_day_of_joining_is_told_anew(world: World):
    member = make_member(world.bearing_union, joined_on=JOINED, is_migrant_worker=False)
    before = counted(indicators.NEW_MIGRANT_MEMBERS, world)

    actions.correct_person(
        member.person_id, particulars=told(True, as_of=JOINED), reason="核对劳动合同", **BY
    )

    assert counted(indicators.NEW_MIGRANT_MEMBERS, world) == before + 1
    assert counted(indicators.NEW_MEMBERS, world) == 1
    latest = Fact.objects.filter(subject_id=member.pk, kind="registry.member_admitted").latest("id")
    assert (latest.payload, latest.reason) == ({"migrant": True}, "核对劳动合同")


def test_who_became_a_migrant_worker_later_was_none_on_joining(world: World):
    member = make_member(world.bearing_union, joined_on=JOINED, is_migrant_worker=False)
    before = counted(indicators.NEW_MIGRANT_MEMBERS, world)

    later = told(True, as_of=date(2018, 4, 20))
    actions.correct_person(member.person_id, particulars=later, reason="户籍迁移", **BY)

    assert counted(indicators.NEW_MIGRANT_MEMBERS, world) == before


def test_a_mistaken_admission_counts_on_no_day_and_says_why(world: World):
    before = counted(indicators.MEMBERS, world)
    member = make_member(world.bearing_union, joined_on=JOINED)

    actions.withdraw_admission(member.pk, reason="重复录入", **BY)

    assert counted(indicators.MEMBERS, world) == before
    assert counted(indicators.NEW_MEMBERS, world) == 0
    member.refresh_from_db()
    assert member.closing == Membership.Closing.WITHDRAWN
    undone = Fact.objects.get(subject_id=member.pk, reverses__isnull=False)
    assert (undone.quantity, undone.reason) == (-1, "重复录入")


def test_whoever_was_admitted_by_mistake_may_be_admitted_rightly_before_that_day(world: World):
    who = {"name": "赵小满", "document_number": resident_number()}
    member = make_member(world.bearing_union, joined_on=JOINED, **who)
    actions.withdraw_admission(member.pk, reason="日期录错", **BY)

    again = make_member(world.bearing_union, joined_on=date(2018, 3, 1), **who)

    assert again.person_id == member.person_id
    assert counted(indicators.NEW_MEMBERS, world) == 1


def test_an_admission_on_which_something_rests_stays(world: World):
    member = make_member(world.bearing_union, joined_on=JOINED)
    with pytest.raises(days.ReasonMissing):
        actions.withdraw_admission(member.pk, reason=" ", **BY)
    actions.take_post(
        union_id=world.bearing_union.pk, person_id=member.person_id, office=Post.Office.COMMITTEE_MEMBER,
        on=date(2018, 4, 10), **BY,
    )  # fmt: skip

    with pytest.raises(careers.RestsOnAdmission):
        actions.withdraw_admission(member.pk, reason="重复录入", **BY)
    other = make_member(world.bearing_union, joined_on=JOINED)
    rested = actions.retain_membership(other.pk, on=date(2018, 4, 20), reason="退休", **BY)
    for each in (other, rested):
        with pytest.raises(careers.NotJustAdmitted):
            actions.withdraw_admission(each.pk, reason="重复录入", **BY)


def test_whoever_may_only_look_takes_nothing_back(world: World):
    member = make_member(world.bearing_union, joined_on=JOINED)

    with pytest.raises(NotPermitted):
        actions.withdraw_admission(member.pk, reason="重复录入", actor=world.xu, at=MAY_9)
    member.refresh_from_db()
    assert member.is_in_force
