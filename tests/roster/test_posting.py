"""Whole frames of unions, employers and members, posted at once: the same rows and facts as one by one."""

from datetime import date

import polars as pl
import pytest
from django.db import DatabaseError, IntegrityError, connection

from juli.domains.registry import posting
from juli.domains.registry.facts import Happened
from juli.domains.registry.models import Coverage, Membership, Union
from juli.domains.registry.posting.firstload import indexes_last
from juli.domains.registry.posting.places import UnknownCode
from juli.domains.registry.posting.unions import ParentMissing
from juli.domains.registry.rules.numbers import member_number
from juli.engines.facts.models import Fact
from juli.engines.party.models import Employer, Headcount, Person
from juli.engines.scope import actions as scope
from juli.engines.scope import walls
from juli.engines.scope.models import OrgUnit, Placement
from tests.world import MAY_9, World, credit_code, machine, resident_number

pytestmark = pytest.mark.django_db

STAMP = {"actor": machine(), "at": MAY_9, "source": "样例"}


def members(union: Union, *names: str, **said: object) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "union_code": union.code, "name": name, "document": resident_number(),
                "joined_on": date(2016, 3, 1),
            } | said
            for name in names
        ]
    )  # fmt: skip


def test_unions_take_their_places_in_the_tree(world: World):
    frame = pl.DataFrame(
        [
            {"code": "N2", "parent_code": "N1", "name": "新村第一工会", "level": "base", "form": "own",
             "employer_class": "private", "approved_on": date(2018, 2, 1)},
            {"code": "N1", "parent_code": world.qinghe.code, "name": "新村工会联合会", "level": "village",
             "form": "not_applicable", "employer_class": "", "approved_on": date(2018, 1, 1)},
        ]
    )  # fmt: skip

    posted = posting.post_unions(frame, **STAMP)

    village, base = OrgUnit.objects.get(code="N1"), OrgUnit.objects.get(code="N2")
    assert posted.rows == 2
    assert (village.parent.code, base.parent) == (world.qinghe.code, village)
    assert (base.path, base.depth, base.root_id) == (f"{village.path}{base.pk}/", 4, village.root_id)
    assert Union.objects.get(code="N2").path == Placement.objects.get(org_unit=base).path == base.path
    fact = Fact.objects.get(kind=Happened.UNION_FOUNDED, org_unit_id=base.pk)
    assert (fact.occurred_on, fact.category, fact.payload) == (
        date(2018, 2, 1), "private", {"level": "base", "form": "own"},
    )  # fmt: skip


def test_a_union_whose_parent_stands_nowhere_is_not_posted(world: World):
    frame = pl.DataFrame(
        [{"code": "N2", "parent_code": "N1", "name": "无", "level": "base", "approved_on": date(2018, 2, 1)}]
    )

    with pytest.raises(ParentMissing):
        posting.post_unions(frame, **STAMP)


def test_employers_coverages_and_headcounts_come_with_their_facts(world: World):
    uscc = credit_code()
    posting.post_employers(
        pl.DataFrame(
            [{"uscc": uscc, "name": "新厂有限公司", "ownership": "foreign",
              "unit_code": world.bearing_union.code, "territory_code": world.qinghe.code,
              "registered_on": date(2017, 1, 1)}]
        ),
        **STAMP,
    )  # fmt: skip
    posting.post_coverages(
        pl.DataFrame(
            [{"union_code": world.bearing_union.code, "uscc": uscc, "valid_from": date(2017, 2, 1),
              "valid_until": date(2018, 3, 1)}]
        ),
        **STAMP,
    )  # fmt: skip
    posting.post_headcounts(
        pl.DataFrame([{"uscc": uscc, "counted_on": date(2017, 12, 31), "employees": 120, "women": 40}]),
        **STAMP,
    )

    employer = Employer.objects.get(uscc=uscc)
    assert (employer.path, employer.territory_id) == (world.bearing_union.path, world.qinghe.org_unit_id)
    assert Coverage.objects.get(employer=employer).union == world.bearing_union
    assert Headcount.objects.get(employer=employer).employees == 120
    told = Fact.objects.filter(employer_id=employer.pk).order_by("occurred_on")
    assert [(fact.kind, fact.category, fact.quantity) for fact in told] == [
        (Happened.EMPLOYER_REGISTERED, "foreign", 1),
        (Happened.COVERAGE_BEGUN, "foreign", 1),
        (Happened.HEADCOUNT_REPORTED, "foreign", 120),
        (Happened.COVERAGE_ENDED, "foreign", 1),
    ]


def test_members_come_in_frames_and_progress_is_told(world: World):
    told = []
    frames = [members(world.bearing_union, "何小明", "黎小燕"), members(world.traders_union, "欧阳一")]

    posted = posting.post_members(frames, **STAMP, tell=told.append)

    assert (posted.rows, told) == (3, [2, 3])
    one = Membership.objects.select_related("person").get(person__name="何小明")
    assert one.employer_class == world.bearing_union.employer_class
    assert (one.person.sex, one.person.born_on) == ("male", date(1985, 6, 15))
    assert Membership.objects.get(person__name="欧阳一").number != one.number


def test_a_career_that_has_ended_is_told_to_its_end(world: World):
    frame = members(world.bearing_union, "何小明", valid_until=date(2017, 5, 1), closing="left")

    posting.post_members([frame], **STAMP)

    member = Membership.objects.get(person__name="何小明")
    assert (member.closing, member.valid_until) == ("left", date(2017, 5, 1))
    kinds = Fact.objects.filter(subject_id=member.pk, subject_kind="registry.membership").values_list(
        "kind", "occurred_on"
    )
    assert set(kinds) == {
        (Happened.MEMBER_ADMITTED, date(2016, 3, 1)),
        (Happened.MEMBER_LEFT, date(2017, 5, 1)),
    }


def test_a_fact_keeps_the_place_of_its_day(world: World):
    old = world.bearing_union.path
    scope.move_unit(
        world.bearing_union.org_unit_id, to_parent_id=world.baishi.org_unit_id, on=date(2017, 1, 1),
        actor=machine(), at=MAY_9,
    )  # fmt: skip

    posting.post_members(
        [
            members(world.bearing_union, "何小明"),
            members(world.bearing_union, "黎小燕", joined_on=date(2018, 1, 5)),
        ],
        **STAMP,
    )

    paths = dict(Fact.objects.filter(kind=Happened.MEMBER_ADMITTED).values_list("person_id", "path"))
    new = OrgUnit.objects.get(pk=world.bearing_union.org_unit_id).path
    assert paths[Person.objects.get(name="何小明").pk] == old
    assert paths[Person.objects.get(name="黎小燕").pk] == new != old
    assert Membership.objects.get(person__name="何小明").path == new


def test_the_wall_stands_in_the_way_of_a_posting(world: World):
    with pytest.raises(UnknownCode), walls.entered(world.he):
        posting.post_members([members(world.electronics_union, "何小明")], **STAMP | {"actor": world.he})


def test_a_known_document_undoes_the_posting(world: World):
    frame = members(world.bearing_union, "何小明")
    posting.post_members([frame], **STAMP)

    with pytest.raises(IntegrityError), walls.entered(machine()):
        posting.post_members([members(world.bearing_union, "黎小燕"), frame], **STAMP)

    assert not Person.objects.filter(name="黎小燕").exists()


@pytest.mark.parametrize("serial", [0, 1, 79927398, 1234567890, 9999999999])
def test_the_database_makes_the_same_member_number(serial: int):
    with connection.cursor() as cursor:
        cursor.execute("SELECT registry_member_number(%s)", [serial])
        assert cursor.fetchone() == (member_number(serial),)


@pytest.mark.django_db(transaction=True)
@pytest.mark.race
def test_a_load_that_forgets_its_indexes_cannot_commit():
    def taken_down() -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT registry_take_indexes_down(50000)")
            return cursor.fetchone()[0]

    def forgetful_load() -> None:
        with walls.entered(machine()):
            assert taken_down()
            assert "registry_membership_path" not in _indexes()

    with pytest.raises(DatabaseError, match="taken down and not put up"):
        forgetful_load()
    with walls.entered(machine()):
        assert "registry_membership_path" in _indexes()


@pytest.mark.django_db(transaction=True)
@pytest.mark.race
def test_indexes_stand_again_after_a_first_load():
    with walls.entered(machine()):
        before = _indexes()
    with walls.entered(machine()), indexes_last(60_000) as is_down:
        assert is_down
        assert len(_indexes()) < len(before)
    with walls.entered(machine()):
        assert _indexes() == before


def test_few_rows_leave_the_indexes_alone(world: World):
    with indexes_last(100) as is_down:
        assert not is_down


def _indexes() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname FROM pg_indexes WHERE tablename IN"
            " ('party_person', 'registry_membership', 'facts_fact')"
        )
        return {name for (name,) in cursor.fetchall()}
