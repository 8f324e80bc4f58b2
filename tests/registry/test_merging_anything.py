"""Whatever two records hold: merged and parted again, the whole register is as it was."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from juli.domains.registry import actions
from juli.domains.registry.actions.merging import undo_merge
from juli.domains.registry.actions.merging_employers import merge_employers
from juli.domains.registry.actions.merging_persons import merge_persons
from juli.domains.registry.models import Coverage, Membership, Post
from juli.domains.registry.rules import merging as rules
from juli.engines.party.models import EmployerFlag
from juli.engines.scope import walls
from tests import world as building
from tests.registry.merging import differences, everything
from tests.world import MAY_9

pytestmark = pytest.mark.django_db
BY = {"actor": building.machine(), "at": MAY_9}
FIRST_DAY = date(2012, 1, 1)

days = st.integers(0, 2000).map(lambda number: FIRST_DAY + timedelta(days=number))
lives = st.fixed_dictionaries(
    {
        "union": st.sampled_from(["bearing_union", "traders_union"]),
        "joined": days,
        "left": st.none() | st.integers(1, 200),
        "post": st.none() | st.sampled_from([Post.Office.STAFF, Post.Office.ORGANISER]),
        "account": st.booleans(),
        "mobile": st.booleans(),
    }
)
firms = st.fixed_dictionaries(
    {
        "coverages": st.lists(st.tuples(days, st.integers(30, 900)), max_size=2),
        "is_covered": st.booleans(),
        "counted": st.sets(st.sampled_from([date(2018, 1, day) for day in (1, 2, 3)])),
        "marks": st.sets(st.sampled_from(list(EmployerFlag.Flag)[:3])),
        "member": st.booleans(),
    }
)
hurried = settings(
    max_examples=12, deadline=None, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip


@pytest.fixture
def world():
    return building.build()


def live(world, life) -> int:
    union = getattr(world, life["union"])
    membership = building.make_member(
        union, name="黄大川", joined_on=life["joined"], mobile="13800001111" if life["mobile"] else ""
    )
    if life["post"]:
        actions.take_post(
            union_id=union.pk, person_id=membership.person_id, office=life["post"], on=date(2018, 1, 5), **BY
        )
    if life["account"]:
        building.member_account(membership, username=membership.number)
    if life["left"]:
        on = min(life["joined"] + timedelta(days=life["left"]), date(2018, 5, 1))
        actions.leave_membership(membership.pk, on=on, reason="离职", **BY)
    return membership.person_id


def found(world, firm, number: int):
    employer = building.make_employer(world.qinghe, name=f"青荷面馆{number}")
    earliest = FIRST_DAY
    for day, length in sorted(firm["coverages"]):
        begin = max(day, earliest)
        if begin + timedelta(days=length) > date(2018, 1, 1):
            continue
        building.cover(world.traders_union, employer, on=begin)
        (coverage,) = Coverage.objects.filter(employer=employer, valid_until__isnull=True)
        earliest = begin + timedelta(days=length)
        actions.uncover_employer(coverage.pk, on=earliest, reason="停业", **BY)
    if firm["is_covered"]:
        building.cover(world.traders_union, employer, on=max(earliest, date(2018, 1, 2)))
        if firm["member"]:
            building.make_member(world.traders_union, employer=employer, joined_on=date(2018, 2, 1))
    for day in sorted(firm["counted"]):
        actions.report_headcount(employer.pk, counted_on=day, employees=number + 3, **BY)
    for mark in sorted(firm["marks"]):
        actions.flag_employer(employer.pk, mark=mark, on=date(2018, 1, number), source="摸查", **BY)
    return employer


@hurried
@given(
    one=lives, other=lives, taken=st.sets(st.sampled_from(sorted(rules.PERSON_PARTS))), second=st.booleans()
)
def test_two_persons_are_two_again(world, one, other, taken, second):
    with transaction.atomic():
        kept, gone = live(world, one), live(world, other)
        before = everything()
        current = list(
            Membership.objects.filter(person_id__in=(kept, gone), valid_until__isnull=True).order_by("pk")
        )
        chosen = current[-1 if second else 0].pk if current else None
        with walls.entered(world.he) as he:
            merge = merge_persons(
                kept, gone_id=gone, reason="同一人", taken=taken, membership_id=chosen, actor=he, at=MAY_9
            )
        assert Membership.objects.filter(person_id=kept, valid_until__isnull=True).count() <= 1
        with walls.entered(world.he) as he:
            undo_merge(merge.pk, reason="不是", actor=he, at=MAY_9)
        assert differences(before, everything()) == {}
        transaction.set_rollback(True)


@hurried
@given(one=firms, other=firms, taken=st.sets(st.sampled_from(sorted(rules.EMPLOYER_PARTS))))
def test_two_employers_are_two_again(world, one, other, taken):
    with transaction.atomic():
        kept, gone = found(world, one, 1), found(world, other, 2)
        before = everything()
        with walls.entered(world.he) as he:
            merge = merge_employers(
                kept.pk, gone_id=gone.pk, reason="同一家", taken=taken, actor=he, at=MAY_9
            )
            assert Coverage.objects.filter(employer=kept, valid_until__isnull=True).count() <= 1
            undo_merge(merge.pk, reason="不是", actor=he, at=MAY_9)
        assert differences(before, everything()) == {}
        transaction.set_rollback(True)
