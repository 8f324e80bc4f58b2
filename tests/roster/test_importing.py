"""A roster comes in: who is new, who has changed, and what is written down about it."""

from datetime import date

import pytest

from juli.domains.registry.actions.merging_persons import merge_persons
from juli.domains.registry.facts import Happened
from juli.domains.registry.models import Membership
from juli.domains.registry.rules.numbers import is_member_number
from juli.engines.facts.models import Fact
from juli.engines.party import vault
from juli.engines.party.models import Person
from juli.engines.sheet.models import ImportBatch
from tests.roster.importing import (
    HEADER,
    JOINED,
    as_csv,
    as_workbook,
    counts,
    faults,
    imported,
    member_named,
    person,
)
from tests.world import MAY_9, World, machine, resident_number

pytestmark = pytest.mark.django_db


def test_a_new_member_is_registered_admitted_and_found(world: World):
    number = resident_number(born_on=date(1990, 3, 7), sex=Person.Sex.FEMALE)
    row = person(
        world.bearing_union, "黎小燕", 证件号码=number, 手机号码="13800001234", 农民工="是", 学历="大专",
        单位统一社会信用代码=world.bearing.uscc,
    )  # fmt: skip

    batch = imported(as_csv([row]))

    assert counts(batch) == (1, 0, 0, 0)
    member = member_named("黎小燕")
    who = member.person
    assert vault.opened(who, vault.Sealed.DOCUMENT) == number
    assert who.document_digest == vault.document_digest(number)
    assert who.document_shown == f"{number[:4]}{'*' * 10}{number[-4:]}"
    assert vault.opened(who, vault.Sealed.MOBILE) == "13800001234"
    assert (who.sex, who.born_on, who.education) == ("female", date(1990, 3, 7), "college")
    assert (who.is_migrant_worker, who.migrant_source) == (True, "台账导入")
    assert (who.name_initials, who.name_pinyin) == ("lxy", "lixiaoyan")
    assert who.path == member.path == world.bearing_union.path
    assert (member.employer, member.employer_class) == (world.bearing, world.bearing.ownership)
    assert (member.joined_on, member.valid_from, member.batch_id) == (JOINED, JOINED, batch.pk)
    assert is_member_number(member.number)


def test_an_admission_is_a_fact_of_its_day_and_unit(world: World):
    row = person(world.bearing_union, 农民工="是", 单位统一社会信用代码=world.bearing.uscc)

    batch = imported(as_csv([row]))

    fact = Fact.objects.get(kind=Happened.MEMBER_ADMITTED, batch_id=batch.pk)
    member = member_named("何小明")
    assert (fact.subject_kind, fact.subject_id) == ("registry.membership", member.pk)
    assert (fact.occurred_on, fact.path, fact.person_id) == (JOINED, member.path, member.person_id)
    assert (fact.category, fact.payload) == (world.bearing.ownership, {"migrant": True})
    assert fact.recorded_at == MAY_9


def test_the_same_file_again_changes_nothing(world: World):
    content = as_workbook([person(world.bearing_union, name) for name in ("何小明", "黎小燕", "欧阳一")])
    imported(content, name="名册.xlsx")
    before = list(Person.objects.order_by("pk").values()), list(Membership.objects.order_by("pk").values())
    facts = Fact.objects.count()

    again = imported(content, name="名册.xlsx")

    assert counts(again) == (0, 0, 3, 0)
    assert (
        list(Person.objects.order_by("pk").values()),
        list(Membership.objects.order_by("pk").values()),
    ) == before
    assert Fact.objects.count() == facts


def test_what_changed_is_updated_and_its_past_is_kept(world: World):
    row = person(world.bearing_union, 手机号码="13800001234", 学历="高中")
    imported(as_csv([row]))

    batch = imported(as_csv([row | {"手机号码": "13900005678", "学历": "本科"}]))

    assert counts(batch) == (0, 1, 0, 0)
    who = member_named("何小明").person
    assert (vault.opened(who, vault.Sealed.MOBILE), who.mobile_shown) == ("13900005678", "139****5678")
    assert who.education == "bachelor"
    (earlier,) = who.events.all()
    assert (earlier.education, earlier.mobile_shown) == ("high_school", "138****1234")
    fact = Fact.objects.get(kind=Happened.PERSON_CORRECTED, batch_id=batch.pk)
    assert (fact.subject_id, fact.payload) == (who.pk, {"fields": ["mobile", "education"]})


def test_an_empty_cell_changes_nothing(world: World):
    row = person(world.bearing_union, 手机号码="13800001234", 学历="高中", 农民工="是")
    imported(as_csv([row]))

    batch = imported(as_csv([row | {"手机号码": "", "学历": "", "农民工": ""}]))

    assert counts(batch) == (0, 0, 1, 0)
    assert member_named("何小明").person.education == "high_school"


def test_an_admission_told_wrongly_is_reversed_and_told_again(world: World):
    row = person(world.bearing_union)
    imported(as_csv([row]))

    batch = imported(as_csv([row | {"入会日期": "2015-11-20", "农民工": "是"}]))

    assert counts(batch) == (0, 1, 0, 0)
    member = member_named("何小明")
    assert (member.joined_on, member.valid_from) == (date(2015, 11, 20), date(2015, 11, 20))
    admissions = Fact.objects.filter(kind=Happened.MEMBER_ADMITTED, subject_id=member.pk)
    told = admissions.order_by("id").values_list("occurred_on", "quantity", "payload")
    assert list(told) == [
        (JOINED, 1, {}),
        (JOINED, -1, {}),
        (date(2015, 11, 20), 1, {"migrant": True}),
    ]


def test_headings_labels_codes_and_other_spellings_are_understood(world: World):
    header = (
        "会员姓名",
        "身份证号",
        "联系电话",
        "是否农民工",
        "文化程度",
        "所属工会",
        "入会时间",
        "政治面貌",
    )
    rows = [
        dict(zip(header, values, strict=True))
        for values in (
            ("何小明", resident_number(), "+86 138-0000-1234", "√", "本科", "澜江轴承厂工会",
             "2016年3月1日", "党员"),
            ("黎小燕", resident_number(), "１３９００００１２３４", "否", "60", "澜江轴承厂工会",
             "20160301", "群众"),
        )
    ]  # fmt: skip

    batch = imported(as_csv(rows, header))

    assert faults(batch) == []
    he, li = member_named("何小明").person, member_named("黎小燕").person
    assert (he.is_migrant_worker, he.education, he.is_party_member) == (True, "bachelor", True)
    assert (li.is_migrant_worker, li.education, li.is_party_member) == (False, "high_school", False)
    assert vault.opened(li, vault.Sealed.MOBILE) == "13900001234"


def test_a_csv_in_gbk_with_rare_characters_is_read(world: World):
    batch = imported(as_csv([person(world.bearing_union, "欧阳䶮")], encoding="gb18030"))

    assert counts(batch) == (1, 0, 0, 0)
    assert member_named("欧阳䶮").person.name_initials.startswith("oy")


def test_a_name_beyond_the_plane_comes_through(world: World):
    imported(as_workbook([person(world.bearing_union, "李𬍛")]), name="名册.xlsx")

    assert member_named("李𬍛").person.name == "李𬍛"


def test_a_passport_is_another_kind_of_document(world: World):
    header = (*HEADER, "证件类型", "性别", "出生日期")
    row = person(world.bearing_union, "John Smith", 证件号码="E1234567")

    batch = imported(as_csv([row | {"证件类型": "护照", "性别": "男", "出生日期": "1980-05-06"}], header))

    assert faults(batch) == []
    who = member_named("John Smith").person
    assert (who.document_kind, who.sex, who.born_on) == ("passport", "male", date(1980, 5, 6))


def test_a_given_member_number_is_kept_and_others_are_drawn(world: World):
    header = (*HEADER, "会员号")
    rows = [person(world.bearing_union, "何小明", 会员号="GZ-0001"), person(world.bearing_union, "黎小燕")]

    imported(as_csv(rows, header))

    assert member_named("何小明").number == "GZ-0001"
    assert is_member_number(member_named("黎小燕").number)


def test_who_joined_before_the_union_was_founded_brought_the_membership_along(world: World):
    batch = imported(as_csv([person(world.bearing_union, 入会日期="2001-05-01")]))

    member = member_named("何小明")
    assert (member.opening, member.joined_on) == ("transferred_in", date(2001, 5, 1))
    assert member.valid_from == world.bearing_union.approved_on
    fact = Fact.objects.get(batch_id=batch.pk)
    assert (fact.kind, fact.occurred_on) == (Happened.MEMBER_TRANSFERRED_IN, member.valid_from)


def test_who_left_and_comes_back_keeps_person_and_number(world: World):
    from juli.domains.registry import actions
    from tests.world import machine

    row = person(world.bearing_union, 学历="高中")
    imported(as_csv([row]))
    old = member_named("何小明")
    actions.leave_membership(old.pk, on=date(2017, 6, 1), reason="辞职", actor=machine(), at=MAY_9)

    batch = imported(
        as_csv([row | {"入会日期": "2018-01-10", "学历": "本科", "工会编码": world.traders_union.code}])
    )

    assert counts(batch) == (1, 0, 0, 0)
    member = member_named("何小明")
    assert (member.person_id, member.number) == (old.person_id, old.number)
    assert member.path == member.person.path == world.traders_union.path
    assert member.person.education == "bachelor"


def test_the_batch_says_who_when_and_from_which_file(world: World):
    batch = imported(as_csv([person(world.bearing_union)]), actor=world.he, name="C:\\台账\\名册 5月.csv")

    assert batch.state == ImportBatch.State.POSTED
    assert (batch.received_by, batch.received_as) == (world.he.account_id, "何干事")
    assert (batch.file.name, batch.file.kind) == ("名册 5月.csv", "text")
    assert (batch.attempts, batch.ended_at) == (1, MAY_9)


def test_a_row_with_the_number_of_a_record_that_was_merged_is_about_the_kept_one(world: World):
    rows = [person(world.bearing_union, "黄大川", 证件号码=resident_number()) for _ in range(2)]
    imported(as_csv(rows))
    kept, gone = Person.objects.filter(name="黄大川").order_by("pk")
    merge_persons(kept.pk, gone_id=gone.pk, reason="同一人登记了两次", actor=machine(), at=MAY_9)
    old = next(
        row for row in rows if vault.document_digest(str(row["证件号码"])) == bytes(gone.document_digest)
    )

    batch = imported(as_csv([old | {"学历": "大专"}]))

    assert counts(batch) == (0, 1, 0, 0)
    kept.refresh_from_db()
    assert kept.education == "college"
    assert Membership.objects.filter(person=kept, valid_until__isnull=True).count() == 1
