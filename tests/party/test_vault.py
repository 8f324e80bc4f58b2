"""What is sealed of a person, and what is shown instead."""

from datetime import date

import pytest
from django.conf import settings

from juli.engines.party import vault
from juli.engines.party.documents import checked_number, document_of, kind_of, told_by
from juli.engines.party.models import Person
from juli.engines.party.refusals import DocumentFaulty, MobileFaulty
from juli.engines.party.vault import Sealed
from juli.kernel.crypto import SealBroken
from juli.kernel.idcodes import DocumentKind
from tests.world import resident_number

TODAY = date(2018, 5, 9)


def test_a_document_is_sealed_indexed_and_masked():
    number = resident_number(serial=1)
    columns = vault.sealed_document(f" {number[:6]} {number[6:]}".lower())

    assert vault.vault().open(columns.sealed, context="person.document") == number
    assert columns.digest == vault.document_digest(number)
    assert columns.shown == f"7101**********{number[-4:]}"
    assert number not in repr(columns)


def test_equal_numbers_are_sealed_differently_and_found_alike():
    number = resident_number(serial=1)
    one, other = vault.sealed_document(number), vault.sealed_document(number)

    assert one.sealed != other.sealed
    assert one.digest == other.digest


def test_a_mobile_and_an_account_are_found_only_as_what_they_are():
    assert vault.sealed_mobile("13800001234").digest != vault.vault().digest(
        "13800001234", context=Sealed.BANK.context
    )


def test_a_value_moved_into_another_column_does_not_open():
    person = Person(mobile_sealed=vault.sealed_document(resident_number(serial=1)).sealed)

    with pytest.raises(SealBroken):
        vault.opened(person, Sealed.MOBILE)


def test_nothing_is_sealed_of_nothing():
    assert vault.sealed_mobile(" ") == vault.sealed_bank("") == vault.SealedValue()
    assert vault.opened(Person(), Sealed.BANK) == ""
    with pytest.raises(DocumentFaulty):
        vault.sealed_document(" ")


def test_what_is_no_mobile_is_refused_with_the_reason():
    with pytest.raises(MobileFaulty, match="固定电话"):
        vault.sealed_mobile("020-84812345")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("+86 138-0000-1234", "138****1234"), ("１３８００００１２３４", "138****1234")],
)
def test_mobiles_are_tidied_before_they_are_sealed(typed, shown):
    columns = vault.sealed_mobile(typed)

    assert columns.shown == shown
    assert columns.digest == vault.mobile_digest("13800001234")


def test_the_columns_of_every_sealed_value_stand_in_the_table():
    columns = {column.name for column in Person._meta.concrete_fields}

    for value in Sealed:
        assert {f"{value}_sealed", f"{value}_digest", f"{value}_shown"} <= columns
        assert value.label


def test_the_keys_come_from_the_settings():
    assert vault.vault().current == int(settings.VAULT_KEYS.crypto_key_id)
    assert vault.vault() is vault.vault()


def test_every_kind_of_document_has_its_check():
    assert {kind_of(document) for document in Person.Document} == set(DocumentKind)
    assert all(document_of(kind_of(document)) == document for document in Person.Document)


@pytest.mark.parametrize(
    ("document", "number", "sex", "born_on"),
    [
        (Person.Document.RESIDENT, "11010519491231002X", "female", date(1949, 12, 31)),
        (Person.Document.TAIWAN, "12345678", None, None),
        (Person.Document.PASSPORT, "E12345678", None, None),
    ],
)
def test_a_number_tells_sex_and_birth_and_nothing_else(document, number, sex, born_on):
    told = told_by(document, checked_number(document, number, on=TODAY))

    assert (told.sex, told.born_on) == (sex, born_on)


@pytest.mark.parametrize(
    ("document", "number", "reason"),
    [
        (Person.Document.RESIDENT, "110105194912310021", "逐位核对"),
        (Person.Document.RESIDENT, "1.10105E+17", "科学计数法"),
        (Person.Document.TAIWAN, "1234567", "8 位数字"),
        (Person.Document.RESIDENT, "", "没有填写"),
    ],
)
def test_a_faulty_number_is_refused_with_the_reason(document, number, reason):
    with pytest.raises(DocumentFaulty, match=reason) as caught:
        checked_number(document, number, on=TODAY)

    assert caught.value.sentence.endswith("。")
    assert not number or number not in caught.value.sentence
