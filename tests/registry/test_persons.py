"""What is registered of a person: corrected, verified, and looked at in plain with a reason."""

import logging
from datetime import date

import pytest

from juli.domains.registry import actions
from juli.domains.registry.rules import days, identifying
from juli.engines.audit.models import Access
from juli.engines.facts.models import Fact
from juli.engines.party.models import Person
from juli.engines.party.particulars import Contact, Identity, Particulars
from juli.engines.party.refusals import DocumentFaulty, MigrantWithoutSource, MobileFaulty
from juli.engines.party.vault import Sealed
from juli.engines.scope import walls
from juli.kernel.actor import Actor
from juli.kernel.refusal import NotFound, NotPermitted
from tests import world as building
from tests.registry.traces import refused
from tests.world import MAY_9, World

pytestmark = pytest.mark.django_db

TODAY, TOMORROW = date(2018, 5, 9), date(2018, 5, 10)


def correct(world: World, **said) -> Person:
    told = {"particulars": Particulars(education=Person.Education.BACHELOR), "reason": "补录"} | said
    with walls.entered(world.bai):
        return actions.correct_person(world.zhou_person.pk, **told, actor=world.bai, at=MAY_9)


def test_particulars_are_replaced_with_a_reason(world: World):
    correct(world)

    person = Person.objects.get(pk=world.zhou_person.pk)
    assert person.education == "bachelor"
    assert person.events.latest("pgh_id").education == "unstated"
    fact = Fact.objects.get(kind="registry.person_corrected")
    assert (fact.category, fact.reason, fact.person_id) == ("particulars", "补录", person.pk)
    assert fact.payload == {}


def test_a_correction_is_refused(world: World):
    with refused(days.ReasonMissing):
        correct(world, reason="")
    with refused(MigrantWithoutSource):
        correct(world, particulars=Particulars(is_migrant_worker=True, migrant_as_of=TODAY))


def identify(world: World, **said) -> Person:
    told = {
        "identity": Identity(name="周国萍", document_number=building.resident_number(serial=402)),
        "reason": "录入有误",
    } | said
    with walls.entered(world.bai):
        return actions.correct_identity(world.zhou_person.pk, **told, actor=world.bai, at=MAY_9)


def test_a_new_document_is_verified_anew(world: World):
    actions.verify_person(
        world.zhou_person.pk,
        outcome=Person.Verification.VERIFIED,
        source="公安比对",
        on=TODAY,
        actor=world.bai,
        at=MAY_9,
    )

    identify(world)

    person = Person.objects.get(pk=world.zhou_person.pk)
    assert (person.name, person.name_pinyin) == ("周国萍", "zhouguoping")
    assert (person.verification, person.verified_on, person.verification_source) == ("unverified", None, "")
    assert Fact.objects.get(kind="registry.person_corrected").category == "identity"


def test_an_identity_is_refused(world: World):
    number = building.resident_number(serial=403)
    building.make_member(world.bearing_union, document_number=number)
    far = building.resident_number(serial=404)
    building.make_member(world.electronics_union, document_number=far)

    with refused(days.ReasonMissing):
        identify(world, reason=" ")
    with refused(DocumentFaulty):
        identify(world, identity=Identity(name="周国平", document_number=number[:-2]))
    for taken in (number, far):
        with refused(identifying.DocumentBelongsToAnother):
            identify(world, identity=Identity(name="周国平", document_number=taken))


def change(world: World, **said) -> Person:
    told = {
        "contact": Contact(mobile="13912345678", bank_account="6222 0212 3456 7890"),
        "reason": "换号",
    } | said
    with walls.entered(world.bai):
        return actions.change_contact(world.zhou_person.pk, **told, actor=world.bai, at=MAY_9)


def test_contact_is_replaced_and_can_be_taken_off(world: World):
    change(world)
    person = Person.objects.get(pk=world.zhou_person.pk)
    assert (person.mobile_shown, person.bank_shown) == ("139****5678", "****7890")

    change(world, contact=Contact())
    person = Person.objects.get(pk=world.zhou_person.pk)
    assert (person.mobile_shown, person.mobile_sealed, person.mobile_digest) == ("", None, None)


def test_what_is_not_said_of_a_contact_stays(world: World):
    change(world)
    change(world, contact=Contact(mobile="13787654321", bank_account=None))
    person = Person.objects.get(pk=world.zhou_person.pk)
    assert (person.mobile_shown, person.bank_shown) == ("137****4321", "****7890")


def test_contact_is_refused(world: World):
    with refused(days.ReasonMissing):
        change(world, reason="")
    with refused(MobileFaulty):
        change(world, contact=Contact(mobile="020-84812345"))


def verify(world: World, **said) -> Person:
    told = {"outcome": Person.Verification.VERIFIED, "source": "公安比对", "on": TODAY} | said
    with walls.entered(world.bai):
        return actions.verify_person(world.zhou_person.pk, **told, actor=world.bai, at=MAY_9)


def test_a_real_name_is_verified(world: World):
    verify(world)

    person = Person.objects.get(pk=world.zhou_person.pk)
    assert (person.verification, person.verified_on, person.verification_source) == (
        "verified",
        TODAY,
        "公安比对",
    )
    fact = Fact.objects.get(kind="registry.person_verified")
    assert (fact.category, fact.reason, fact.occurred_on) == ("verified", "公安比对", TODAY)


def test_a_verification_is_refused(world: World):
    with refused(identifying.VerificationWithoutSource):
        verify(world, source=" ")
    with refused(days.InTheFuture):
        verify(world, on=TOMORROW)


def reveal(world: World, *, by: Actor | None = None, **said) -> str:
    actor = by or world.he
    told = {"value": Sealed.DOCUMENT, "reason": "核对社保名册"} | said
    with walls.entered(actor):
        return actions.reveal(world.zhou_person.pk, **told, actor=actor, at=MAY_9)


def test_a_sealed_value_is_shown_with_a_reason_that_stays(world: World):
    number = building.resident_number(serial=405)
    member = building.make_member(world.bearing_union, document_number=number, mobile="13800005555")
    with walls.entered(world.he):
        shown = [
            actions.reveal(member.person_id, value=value, reason="核对名册", actor=world.he, at=MAY_9)
            for value in (Sealed.DOCUMENT, Sealed.MOBILE)
        ]

    assert shown == [number, "13800005555"]
    looks = Access.objects.filter(person_id=member.person_id).order_by("pk")
    assert [(look.act, look.field, look.reason, look.account_id) for look in looks] == [
        ("revealed", "document", "核对名册", world.he.account_id),
        ("revealed", "mobile", "核对名册", world.he.account_id),
    ]
    assert {(look.path, look.subject_kind) for look in looks} == {(world.bearing_union.path, "party.person")}


def test_a_revelation_is_refused(world: World):
    with refused(days.ReasonMissing):
        reveal(world, reason=" ")
    with refused(identifying.NothingSealed, field="银行账号"):
        reveal(world, value=Sealed.BANK)
    with refused(NotPermitted):
        reveal(world, by=world.bai)
    with refused(NotPermitted):
        reveal(world, by=world.xu)
    with refused(NotFound):
        reveal(world, by=world.wu)
    with refused(NotFound):
        reveal(world, by=world.auditor)


def test_what_is_shown_in_plain_is_not_logged(world: World, caplog):
    caplog.set_level(logging.DEBUG)

    number = reveal(world)

    logged = "\n".join(
        record.getMessage() for record in caplog.records if record.name != "django.db.backends"
    )
    assert number not in logged
