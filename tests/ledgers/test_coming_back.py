"""The members' list as it is taken out comes back in, known by its record numbers."""

import pytest

from juli.engines.party.models import Person
from tests.ledgers.handing_in import counts, posted, previewed, rows_of, said_of
from tests.world import World, make_employer, resident_number

pytestmark = pytest.mark.django_db


def listed(world: World, **said: object) -> dict[str, object]:
    member = world.chen_membership
    return {
        "记录号": member.pk, "姓名": "陈秀兰", "会员号": member.number,
        "证件号码": world.chen_person.document_shown,
        "手机": world.chen_person.mobile_shown, "工会": world.bearing_union.name, "单位": world.bearing.name,
        "入会日期": member.joined_on.isoformat(), "会籍": "在籍", "实名": "待核验",
    } | said  # fmt: skip


def test_nothing_changes(world: World):
    make_employer(world.qinghe, name=world.bearing.name)

    batch = previewed("registry.members", [listed(world)])

    assert counts(batch) == (0, 0, 1, 0), said_of(batch)
    assert ["实名", None] in batch.noticed["columns"]


def test_what_was_written_over_the_stars_is_news(world: World):
    batch = posted("registry.members", [listed(world, 手机="13800138001")])

    assert counts(batch) == (0, 1, 0, 0), said_of(batch)
    assert rows_of(batch)[0].differences[0][0] == "mobile"
    assert Person.objects.get(pk=world.chen_person.pk).mobile_shown == "138****8001"


def test_a_number_of_nobody_is_a_fault(world: World):
    batch = previewed("registry.members", [listed(world, 记录号="99999999")])

    assert counts(batch) == (0, 0, 0, 1)
    assert "没有记录号为“99999999”的记录" in said_of(batch)[0]


def test_a_few_columns_beside_the_number_are_enough(world: World):
    batch = previewed("registry.members", [{"记录号": world.chen_membership.pk, "学历": "大专"}])

    assert counts(batch) == (0, 1, 0, 0), said_of(batch)


def test_a_new_row_beside_them_must_be_whole(world: World):
    new = listed(world, 记录号="", 姓名="何小明", 会员号="", 证件号码=resident_number(), 手机="")

    batch = previewed("registry.members", [listed(world), new])

    assert counts(batch) == (1, 0, 1, 0), said_of(batch)
