"""Two records of one person made one, and two again: what moves, what is refused, what can be undone."""

from datetime import date

import pytest

from juli.domains.registry import actions
from juli.domains.registry.actions.merging import undo_merge
from juli.domains.registry.actions.merging_persons import merge_persons
from juli.domains.registry.models import Membership, Post
from juli.domains.registry.rules import merging as rules
from juli.engines.facts.models import Fact
from juli.engines.indicator import catalogue
from juli.engines.indicator.working import work_out
from juli.engines.party import merged, vault
from juli.engines.party.models import MergedInto, Person, Subject
from juli.engines.party.selectors import document_standing
from juli.engines.scope import walls
from juli.engines.scope.models import Account, OrgUnit
from juli.kernel.period import Year
from juli.kernel.refusal import NotFound, NotPermitted
from tests import world as building
from tests.registry.merging import differences, everything, in_force, twins
from tests.world import MAY_9

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return building.build()


def merge(world, first, second, *, actor=None, **more):
    with walls.entered(actor or world.he) as who:
        return merge_persons(
            first.person_id, gone_id=second.person_id, reason="同一人登记了两次", actor=who, at=MAY_9, **more
        )


def undo(world, act, *, actor=None):
    with walls.entered(actor or world.he) as who:
        return undo_merge(act.pk, reason="合并错了", actor=who, at=MAY_9)


def members(world, unit) -> int:
    with walls.entered(world.lin) as who:
        figure = work_out(
            catalogue.indicator("registry.members"), unit=OrgUnit.objects.get(pk=unit.org_unit_id),
            period=Year(2018), actor=who, at=MAY_9,
        )  # fmt: skip
    return figure.value


def admitted(world, year: int) -> int:
    with walls.entered(world.lin) as who:
        unit = OrgUnit.objects.get(pk=world.federation.org_unit_id)
        figure = work_out(
            catalogue.indicator("registry.new_members"), unit=unit, period=Year(year), actor=who, at=MAY_9
        )
    return figure.value


def test_one_record_is_left_with_what_both_had(world):
    first, second = twins(world)
    post = actions.take_post(
        union_id=world.traders_union.pk, person_id=second.person_id, office=Post.Office.STAFF,
        on=date(2018, 1, 5), actor=building.machine(), at=MAY_9,
    )  # fmt: skip

    act = merge(world, first, second, membership_id=first.pk)

    assert [each.pk for each in in_force(first.person)] == [first.pk]
    second.refresh_from_db()
    assert (second.person_id, second.closing, second.valid_until) == (
        first.person_id,
        "merged",
        date(2018, 5, 9),
    )
    post.refresh_from_db()
    assert (post.person_id, post.valid_until) == (first.person_id, date(2018, 5, 9))
    assert not Person.objects.filter(pk=second.person_id).exists() or second.person_id == first.person_id
    assert merged.numbers_of(Subject.PERSON, first.person_id)[1:] == (act.gone_id,)


def test_two_unions_are_asked_about(world):
    first, second = twins(world)
    before = everything()

    with pytest.raises(rules.TwoMemberships) as refused:
        merge(world, first, second)

    assert "澜江轴承厂工会" in refused.value.sentence
    assert "青荷商贸联合工会" in refused.value.sentence
    assert differences(before, everything()) == {}
    assert not MergedInto.objects.exists()


def test_the_membership_that_stays_takes_the_person_along(world):
    first, second = twins(world)

    merge(world, first, second, membership_id=second.pk)

    person = Person.objects.get(pk=first.person_id)
    assert person.org_unit_id == world.traders_union.org_unit_id
    assert [each.pk for each in in_force(person)] == [second.pk]


def test_two_memberships_of_one_union_are_one_since_the_earlier_day(world):
    first = building.make_member(world.bearing_union, name="黄大川", joined_on=date(2017, 1, 1))
    second = building.make_member(world.bearing_union, name="黄大川", joined_on=date(2015, 1, 1))

    merge(world, first, second)

    (held,) = in_force(first.person)
    assert (held.pk, held.valid_from) == (second.pk, date(2015, 1, 1))
    first.refresh_from_db()
    assert first.valid_until == first.valid_from
    assert Membership.objects.in_force_on(date(2018, 5, 1)).filter(person_id=held.person_id).count() == 1


def test_figures_count_one_person_once_and_two_again_afterwards(world):
    first, second = twins(world, joined_on=date(2017, 3, 1))
    before = members(world, world.federation), admitted(world, 2017)

    act = merge(world, first, second, membership_id=first.pk)
    assert (members(world, world.federation), admitted(world, 2017)) == (before[0] - 1, before[1] - 1)

    undo(world, act)
    assert (members(world, world.federation), admitted(world, 2017)) == before


def test_undone_everything_is_as_it_was(world):
    first, second = twins(world)
    building.member_account(second, username="黄大川")
    taken = ["document", "mobile", "name", "education"]
    before = everything()

    act = merge(world, first, second, membership_id=second.pk, taken=taken)
    assert everything() != before
    undo(world, act)

    assert differences(before, everything()) == {}


def test_values_are_taken_over_and_the_document_changes_hands(world):
    first, second = twins(world)
    number = vault.opened(Person.objects.get(pk=second.person_id), vault.Sealed.DOCUMENT)
    own = vault.opened(Person.objects.get(pk=first.person_id), vault.Sealed.DOCUMENT)

    merge(world, first, second, membership_id=first.pk, taken=["document", "mobile"])

    person = Person.objects.get(pk=first.person_id)
    assert vault.opened(person, vault.Sealed.DOCUMENT) == number
    assert vault.opened(person, vault.Sealed.MOBILE) == "13800002222"
    for each in (number, own):
        with walls.entered(world.he):
            assert document_standing(each).person_id == first.person_id


def test_the_account_of_a_member_follows_to_the_kept_record(world):
    first, second = twins(world)
    account = building.member_account(second, username="黄大川")

    act = merge(world, first, second, membership_id=first.pk)
    assert Account.objects.get(pk=account.account_id).person_id == first.person_id

    undo(world, act)
    assert Account.objects.get(pk=account.account_id).person_id == act.gone_id


def test_a_merge_is_told_on_both_records(world):
    first, second = twins(world)

    act = merge(world, first, second, membership_id=first.pk)

    told = Fact.objects.filter(kind="registry.person_merged").order_by("category")
    assert [(fact.category, fact.person_id, fact.org_unit_id) for fact in told] == [
        ("gone", act.gone_id, world.traders_union.org_unit_id),
        ("kept", act.kept_id, world.bearing_union.org_unit_id),
    ]


def test_nobody_reaches_a_record_that_was_merged_away(world):
    first, second = twins(world)
    gone = second.person_id
    merge(world, first, second, membership_id=first.pk)

    with walls.entered(world.he) as he:
        assert not Person.objects.filter(pk=gone).exists()
        with pytest.raises(rules.RecordMerged):
            actions.change_contact(
                gone, contact=building.Contact(mobile="13900000000"), reason="换号", actor=he, at=MAY_9
            )


def test_who_comes_with_the_other_number_is_known(world):
    first, second = twins(world)
    number = vault.opened(Person.objects.get(pk=second.person_id), vault.Sealed.DOCUMENT)
    merge(world, first, second, membership_id=first.pk)

    with walls.entered(world.he) as he, pytest.raises(Exception, match="会籍"):
        actions.admit_member(
            union_id=world.traders_union.pk, identity=building.identity("黄大川", document_number=number),
            joined_on=date(2018, 5, 2), actor=he, at=MAY_9,
        )  # fmt: skip


def test_what_rests_on_a_merge_is_named(world):
    first, second = twins(world)
    act = merge(world, first, second, membership_id=first.pk)
    with walls.entered(world.he) as he:
        actions.leave_membership(first.pk, on=date(2018, 5, 9), reason="离职", actor=he, at=MAY_9)
        actions.change_contact(first.person_id, contact=building.Contact(), reason="停机", actor=he, at=MAY_9)
    before = everything()

    with pytest.raises(rules.SomethingRests) as refused:
        undo(world, act)

    assert "会籍 1 条" in refused.value.sentence
    assert "更正了保留的记录" in refused.value.sentence
    assert differences(before, everything()) == {}


def test_the_last_merge_is_undone_first(world):
    first, second = twins(world)
    third = building.make_member(world.bearing_union, name="黄大川", joined_on=date(2015, 1, 1))
    one = merge(world, first, second, membership_id=first.pk)
    before = everything()
    two = merge(world, third, first)
    assert merged.numbers_of(Subject.PERSON, third.person_id) == (
        third.person_id, *sorted((one.gone_id, one.kept_id)),
    )  # fmt: skip

    with pytest.raises((rules.RecordMerged, rules.SomethingRests)):
        undo(world, one)
    undo(world, two)
    assert differences(before, everything()) == {}
    assert merged.kept_in_place_of(Subject.PERSON, one.gone_id) == one.kept_id
    undo(world, one)
    assert not MergedInto.objects.exists()


def test_a_merge_is_undone_once(world):
    first, second = twins(world)
    act = merge(world, first, second, membership_id=first.pk)
    undo(world, act)

    with pytest.raises(rules.MergeUndone):
        undo(world, act)


def test_who_does_not_reach_both_merges_nothing(world):
    first, _second = twins(world)
    away = building.make_member(world.electronics_union, name="黄大川")
    before = everything()

    for actor, refusal in ((world.he, NotFound), (world.wu, NotFound), (world.xu, (NotFound, NotPermitted))):
        with pytest.raises(refusal):
            merge(world, first, away, actor=actor, membership_id=first.pk)
    assert differences(before, everything()) == {}

    merge(world, first, away, actor=world.lin, membership_id=first.pk)


def test_what_speaks_of_them_beyond_reach_is_counted_and_not_touched(world):
    first, _second = twins(world)
    away = building.make_member(world.electronics_union, name="黄小川", joined_on=date(2014, 1, 1))
    actions.transfer_member(
        away.pk, to_union_id=world.bearing_union.pk, on=date(2018, 1, 2), actor=building.machine(), at=MAY_9
    )

    with pytest.raises(rules.PartlyBeyondReach) as refused:
        merge(world, first, away)

    assert "1 条" in refused.value.sentence


def test_a_colleague_who_may_only_read_merges_nothing(world):
    first, second = twins(world)

    with pytest.raises(NotPermitted):
        merge(world, first, second, actor=world.xu, membership_id=first.pk)


def test_one_record_is_not_two(world):
    first, _second = twins(world)

    with pytest.raises(rules.SameRecord):
        merge(world, first, first)
    with pytest.raises(rules.UnknownPart):
        merge(world, first, _second, taken=["path"])
