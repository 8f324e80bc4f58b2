"""The ledger of employers: looked at, posted in chunks, taken back while nothing rests on it."""

from datetime import date

import pytest

from juli.domains.registry import actions
from juli.engines.facts.models import Fact
from juli.engines.party.models import Employer
from juli.engines.sheet.models import BatchRow, ImportBatch
from tests.ledgers.handing_in import counts, posted, previewed, rows_of, said_of, undone
from tests.world import MAY_9, World, credit_code, machine

pytestmark = pytest.mark.django_db


def shop(world: World, name: str = "青荷新店", **said: object) -> dict[str, object]:
    return {
        "统一社会信用代码": credit_code(), "单位名称": name, "经济类型": "私营", "行业": "F52",
        "所在镇街": world.qinghe.name,
    } | said  # fmt: skip


def known(employer: Employer, **said: object) -> dict[str, object]:
    return {
        "统一社会信用代码": employer.uscc, "单位名称": employer.name,
        "经济类型": employer.get_ownership_display(),
    } | said  # fmt: skip


def test_a_preview_says_what_would_come_and_changes_nothing(world: World):
    rows = [
        shop(world),
        known(world.teahouse, 地址="青荷大道 1 号"),
        known(world.tailor),
        shop(world, 经济类型="什么"),
    ]

    batch = previewed("registry.employers", rows)

    assert (batch.state, counts(batch)) == (ImportBatch.State.PREVIEWED, (1, 1, 1, 1))
    assert not Employer.objects.filter(name="青荷新店").exists()
    changed = rows_of(batch)[1]
    assert changed.differences == [["address", "", "青荷大道 1 号"]]
    assert "没有“什么”这个选项" in said_of(batch)[0]


def test_what_was_looked_at_is_posted(world: World):
    rows = [shop(world), known(world.teahouse, 地址="青荷大道 1 号"), known(world.tailor)]

    batch = posted("registry.employers", rows)

    assert (batch.state, counts(batch)) == (ImportBatch.State.POSTED, (1, 1, 1, 0))
    assert Employer.objects.get(name="青荷新店").territory_id == world.qinghe.org_unit_id
    world.teahouse.refresh_from_db()
    assert world.teahouse.address == "青荷大道 1 号"
    assert Fact.objects.filter(batch_id=batch.pk).count() == 2


def test_a_batch_is_taken_back(world: World):
    before = Fact.objects.count()
    batch = posted("registry.employers", [shop(world), known(world.teahouse, 地址="青荷大道 1 号")])

    back = undone(batch)

    assert (back.state, back.undone_rows) == (ImportBatch.State.UNDONE, 2)
    assert not Employer.objects.filter(name="青荷新店").exists()
    world.teahouse.refresh_from_db()
    assert world.teahouse.address == ""
    facts = Fact.objects.filter(batch_id=batch.pk)
    assert (facts.count(), sum(fact.quantity for fact in facts)) == (4, 0)
    assert Fact.objects.count() == before + 4


def test_what_something_rests_on_stays_and_says_so(world: World):
    batch = posted("registry.employers", [shop(world), known(world.teahouse, 地址="青荷大道 1 号")])
    made = Employer.objects.get(name="青荷新店")
    actions.report_headcount(made.pk, counted_on=date(2018, 5, 1), employees=5, actor=machine(), at=MAY_9)

    back = undone(batch)

    assert back.undone_rows == 1
    held = rows_of(batch)[0]
    assert held.standing == BatchRow.Standing.HELD
    assert "职工人数" in held.reason
    assert Employer.objects.filter(pk=made.pk).exists()


def test_a_later_correction_holds_a_row(world: World):
    batch = posted("registry.employers", [known(world.teahouse, 地址="青荷大道 1 号")])
    again = posted("registry.employers", [known(world.teahouse, 地址="青荷大道 2 号")])

    back = undone(batch)

    assert back.undone_rows == 0
    assert rows_of(batch)[0].standing == BatchRow.Standing.HELD
    assert undone(again).undone_rows == 1


def test_an_action_that_refuses_is_a_fault_before_anything_is_posted(world: World):
    batch = previewed(
        "registry.employers", [shop(world, 统一社会信用代码=world.electronics.uscc)], actor=world.he
    )

    assert counts(batch) == (0, 0, 0, 1)
    assert said_of(batch)


def test_the_same_file_again_changes_nothing(world: World):
    rows = [shop(world), known(world.teahouse, 地址="青荷大道 1 号")]
    posted("registry.employers", rows)

    again = posted("registry.employers", rows, at=MAY_9)

    assert counts(again) == (0, 0, 2, 0)


def test_a_place_is_known_by_its_plain_name(world: World):
    assert world.qinghe.name == "青荷镇总工会"

    batch = previewed("registry.employers", [shop(world, 所在镇街="青荷镇")])

    assert counts(batch) == (1, 0, 0, 0), said_of(batch)
