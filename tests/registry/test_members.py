"""Admitting members under their real names."""

from dataclasses import replace
from datetime import date

import pytest

from juli.domains.registry import actions
from juli.domains.registry.models import Membership
from juli.domains.registry.rules import careers, days, founding
from juli.domains.registry.rules.numbers import is_member_number
from juli.engines.facts.models import Fact
from juli.engines.party.models import Person
from juli.engines.party.particulars import Contact, Identity, Particulars
from juli.engines.party.refusals import (
    BornContradictsDocument,
    DocumentFaulty,
    MigrantWithoutSource,
    MobileFaulty,
    NameMissing,
    SexContradictsDocument,
)
from juli.engines.scope import walls
from juli.kernel.actor import Actor
from juli.kernel.refusal import NotFound
from tests import world as building
from tests.registry.traces import refused
from tests.world import MAY_9, World

pytestmark = pytest.mark.django_db

MAY_1, TOMORROW = date(2018, 5, 1), date(2018, 5, 10)
NUMBER = building.resident_number(born_on=date(1990, 2, 3), serial=401)


def admit(world: World, *, by: Actor | None = None, **said) -> Membership:
    actor = by or world.bai
    told = {
        "union_id": world.bearing_union.pk,
        "employer_id": world.bearing.pk,
        "identity": Identity(name="赵小满", document_number=NUMBER),
        "joined_on": MAY_1,
    } | said
    with walls.entered(actor):
        return actions.admit_member(**told, actor=actor, at=MAY_9)


def test_a_person_is_admitted_under_their_real_name(world: World):
    membership = admit(
        world,
        contact=Contact(mobile="138 0000 1234"),
        particulars=building.particulars(is_migrant_worker=True, on=MAY_1),
        source="入会申请书",
    )

    assert is_member_number(membership.number)
    assert (membership.standing, membership.opening, membership.employer_class) == (
        "active",
        "admitted",
        "private",
    )
    assert membership.joined_on == membership.valid_from == MAY_1
    person = Person.objects.get(pk=membership.person_id)
    assert (person.name, person.sex, person.born_on) == ("赵小满", "male", date(1990, 2, 3))
    assert (person.name_initials, person.name_pinyin) == ("zxm", "zhaoxiaoman")
    assert person.path == membership.path == world.bearing_union.path
    assert (person.document_shown, person.mobile_shown) == (f"7101**********{NUMBER[-4:]}", "138****1234")
    assert person.verification == "unverified"
    assert NUMBER.encode() not in bytes(person.document_sealed)
    fact = Fact.objects.get(kind="registry.member_admitted", subject_id=membership.pk)
    assert (fact.person_id, fact.employer_id, fact.category) == (person.pk, world.bearing.pk, "private")
    assert (fact.payload, fact.occurred_on, fact.recorded_by) == (
        {"migrant": True},
        MAY_1,
        world.bai.account_id,
    )


def test_numbers_are_drawn_one_after_the_other(world: World):
    one = admit(world)
    other = admit(world, identity=building.identity("钱多多"))

    assert int(other.number[:-1]) == int(one.number[:-1]) + 1


def test_somebody_without_an_employer_joins_the_union_of_the_place(world: World):
    membership = admit(world, by=world.he, union_id=world.qinghe.pk, employer_id=None)

    assert (membership.employer_id, membership.employer_class, membership.path) == (
        None,
        "",
        world.qinghe.path,
    )


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"joined_on": TOMORROW}, days.InTheFuture),
        ({"joined_on": date(2009, 1, 1)}, days.TooEarly),
        ({"identity": Identity(name=" ", document_number=NUMBER)}, NameMissing),
        ({"identity": Identity(name="赵小满", document_number="")}, DocumentFaulty),
        ({"identity": Identity(name="赵小满", document_number=NUMBER[:-1] + "0")}, DocumentFaulty),
        ({"identity": Identity(name="赵小满", document_number="1.1E+17")}, DocumentFaulty),
        (
            {
                "identity": Identity(
                    name="Tom Smith", document_number="12", document_kind=Person.Document.PASSPORT
                )
            },
            DocumentFaulty,
        ),
        (
            {"identity": Identity(name="赵小满", document_number=NUMBER, sex=Person.Sex.FEMALE)},
            SexContradictsDocument,
        ),
        (
            {"identity": Identity(name="赵小满", document_number=NUMBER, born_on=date(1990, 2, 4))},
            BornContradictsDocument,
        ),
        ({"contact": Contact(mobile="1380000123")}, MobileFaulty),
        ({"particulars": Particulars(is_migrant_worker=True)}, MigrantWithoutSource),
        ({"particulars": Particulars(is_migrant_worker=False, migrant_source="本人")}, MigrantWithoutSource),
    ],
)
def test_an_admission_is_refused(world: World, said, refusal):
    assert NUMBER[-1] != "0"
    with refused(refusal):
        admit(world, **said)


def test_no_refusal_repeats_the_number(world: World):
    wrong = NUMBER[:-1] + "0"
    with pytest.raises(DocumentFaulty) as caught:
        admit(world, identity=Identity(name="赵小满", document_number=wrong))

    assert wrong not in str(caught.value)
    assert wrong not in repr(caught.value.fields)
    assert wrong not in repr(Identity(name="赵小满", document_number=wrong))


def test_the_employer_is_one_that_the_union_covers(world: World):
    with refused(careers.EmployerNotCovered, employer="青荷茶楼有限公司"):
        admit(world, by=world.he, employer_id=world.teahouse.pk)
    with refused(NotFound):
        admit(world, employer_id=world.teahouse.pk)


def test_other_documents_are_taken(world: World):
    told = Identity(
        name="欧阳·安娜",
        document_number="h12345678",
        document_kind=Person.Document.HONGKONG_MACAU,
        sex=Person.Sex.FEMALE,
        born_on=date(1988, 8, 8),
    )

    person = admit(world, identity=told).person

    assert (person.document_kind, person.sex, person.born_on) == (
        "hongkong_macau",
        "female",
        date(1988, 8, 8),
    )
    assert person.document_shown == "H1*****78"


def test_a_member_is_not_admitted_twice(world: World):
    admit(world)

    with refused(careers.AlreadyMember, union="澜江轴承厂工会"):
        admit(world)
    with refused(careers.AlreadyMember, union="澜江轴承厂工会"):
        admit(world, by=world.he, union_id=world.traders_union.pk, employer_id=world.tailor.pk)


def test_a_document_is_not_registered_under_two_names(world: World):
    admit(world)

    with refused(careers.NameDiffers):
        admit(world, identity=Identity(name="赵大满", document_number=NUMBER))


def test_a_person_known_elsewhere_is_refused_without_a_word_about_them(world: World):
    admit(world)

    with refused(careers.PersonKnownElsewhere):
        admit(world, by=world.wu, union_id=world.electronics_union.pk, employer_id=world.electronics.pk)
    with pytest.raises(careers.PersonKnownElsewhere) as caught:
        admit(world, by=world.wu, union_id=world.electronics_union.pk, employer_id=None)
    assert caught.value.code == "registry.person_known_elsewhere"
    assert caught.value.fields == {}


def test_a_colleague_next_door_does_not_reach_over_either(world: World):
    """The base officers of two unions of one town: what one registered the other does not see."""
    admit(world)
    neighbour = building.officer(world.traders_union, name="茶楼专干", duty="base_officer")

    with refused(careers.PersonKnownElsewhere):
        admit(world, by=neighbour, union_id=world.traders_union.pk, employer_id=world.tailor.pk)


def test_somebody_who_left_comes_back_as_the_same_person_with_the_same_number(world: World):
    first = admit(world, contact=Contact(mobile="13800001234"))
    actions.leave_membership(first.pk, on=date(2018, 5, 3), reason="本人申请", actor=world.bai, at=MAY_9)

    again = admit(
        world,
        by=world.he,
        union_id=world.traders_union.pk,
        employer_id=world.tailor.pk,
        joined_on=date(2018, 5, 4),
        particulars=replace(building.particulars(is_migrant_worker=True), education=Person.Education.COLLEGE),
    )

    assert (again.person_id, again.number) == (first.person_id, first.number)
    person = Person.objects.get(pk=first.person_id)
    assert (person.path, person.education) == (world.traders_union.path, "college")
    assert person.mobile_shown == "138****1234"
    assert Fact.objects.filter(kind="registry.member_admitted", person_id=person.pk).count() == 2


def test_nobody_comes_back_before_they_left_nor_after_death(world: World):
    first = admit(world)
    ended = actions.leave_membership(
        first.pk, on=date(2018, 5, 3), reason="本人申请", actor=world.bai, at=MAY_9
    )

    with refused(days.TooEarly):
        admit(world, joined_on=date(2018, 5, 2))

    again = admit(world, joined_on=ended.valid_until)
    actions.record_death(again.pk, on=date(2018, 5, 5), source="家属告知", actor=world.bai, at=MAY_9)
    with refused(careers.PersonHasDied):
        admit(world, joined_on=date(2018, 5, 6))


def test_nobody_is_admitted_to_a_union_that_has_ended(world: World):
    actions.dissolve_union(world.electronics_union.pk, on=MAY_1, reason="停产", actor=world.lin, at=MAY_9)

    with refused(founding.UnionEnded):
        admit(world, by=world.wu, union_id=world.electronics_union.pk, employer_id=None)
