"""One timeline per record: who did what, when and why, and what stood there before."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from juli.domains.registry import actions, selectors
from juli.domains.registry.models import Committee, Post
from juli.domains.registry.timeline import (
    Timeline,
    timeline_of_employer,
    timeline_of_person,
    timeline_of_union,
)
from juli.engines.party.models import Employer, EmployerFlag, HazardousPost, Person
from juli.engines.party.particulars import Business, Contact, Identity
from juli.engines.scope import walls
from juli.kernel.refusal import NotFound
from tests import world as building
from tests.world import MAY_9, World

pytestmark = pytest.mark.django_db

TODAY = date(2018, 5, 9)


def told(timeline: Timeline) -> list[tuple[str, str]]:
    return [(entry.verb, entry.subject) for entry in timeline.entries]


def now() -> datetime:
    """The clock of the acts that the database stamps as well."""
    return datetime.now(UTC)


def test_a_persons_timeline_tells_their_career(world: World):
    member = world.zhou_membership
    actions.take_post(
        union_id=world.bearing_union.pk,
        person_id=member.person_id,
        office=Post.Office.VICE_CHAIR,
        on=date(2017, 1, 1),
        actor=world.he,
        at=MAY_9,
    )
    actions.transfer_member(
        member.pk,
        to_union_id=world.electronics_union.pk,
        employer_id=world.electronics.pk,
        on=date(2018, 5, 1),
        actor=world.lin,
        at=MAY_9,
    )
    with walls.entered(world.lin):
        timeline = timeline_of_person(member.person_id, actor=world.lin)

    assert set(told(timeline)[:3]) == {
        ("会籍转入", "白石电子厂工会"),
        ("会籍转出", "澜江轴承厂工会"),
        ("离任", "副主席 澜江轴承厂工会"),
    }
    assert told(timeline)[3:] == [("任职", "副主席 澜江轴承厂工会"), ("入会", "澜江轴承厂工会")]
    transfer = timeline.entries[0]
    assert transfer.by == "林主席（澜江区总工会）"
    assert transfer.is_late


def test_a_correction_tells_old_and_new_and_why(world: World):
    person = world.zhou_person
    with walls.entered(world.he):
        page = selectors.member_page(person.pk, actor=world.he)
        told_now = replace(page.person.particulars, education=Person.Education.COLLEGE, is_party_member=True)
        actions.correct_person(person.pk, particulars=told_now, reason="补录登记表", actor=world.he, at=now())
        entry = timeline_of_person(person.pk, actor=world.he).entries[0]

    assert (entry.verb, entry.subject, entry.reason) == ("更正个人资料", "个人情况", "补录登记表")
    assert entry.by == "何干事（青荷镇总工会）"
    assert {(change.label, change.old, change.new) for change in entry.changes} == {
        ("学历", "未说明", "大学专科"),
        ("中共党员", "（空）", "是"),
    }


def test_a_change_without_a_fact_of_its_moment_stands_alone(world: World):
    person = world.zhou_person
    with walls.entered(world.he):
        told_now = replace(
            selectors.member_page(person.pk, actor=world.he).person.particulars, skill=Person.Skill.SENIOR
        )
        actions.correct_person(person.pk, particulars=told_now, reason="补录", actor=world.he, at=MAY_9)
        bare, *_ = timeline_of_person(person.pk, actor=world.he).entries

    assert (bare.kind, bare.verb) == ("", "更改登记内容")
    assert [(change.label, change.new) for change in bare.changes] == [("技能等级", "高级工")]


def test_sealed_numbers_are_told_masked(world: World):
    person = world.zhou_person
    with walls.entered(world.he):
        actions.change_contact(
            person.pk, contact=Contact(mobile="13912345678"), reason="本人换号", actor=world.he, at=now()
        )
        entry = timeline_of_person(person.pk, actor=world.he).entries[0]
        (change,) = entry.changes

    assert (change.label, change.new, change.is_masked) == ("手机号码", "139****5678", True)
    assert change.old.startswith("138****")


def test_a_number_that_changed_behind_its_mask_is_told(world: World):
    person = world.zhou_person
    serials = (7, 8)
    for serial in serials:
        number = building.resident_number(born_on=date(1990, 1, serial), serial=1)
        last = number[-4:]
        with walls.entered(world.he):
            actions.correct_identity(
                person.pk,
                identity=Identity(name="周国平", document_number=number),
                reason="证件录入有误",
                actor=world.he,
                at=now(),
            )
    assert last
    with walls.entered(world.he):
        entry = timeline_of_person(person.pk, actor=world.he).entries[0]

    labels = {change.label for change in entry.changes}
    assert {"证件号码", "出生日期"} <= labels
    assert all(change.is_masked == (change.label == "证件号码") for change in entry.changes)


def test_a_unions_timeline_tells_terms_posts_committees_and_coverage(world: World):
    union = world.bearing_union
    with walls.entered(world.he):
        actions.begin_term(union.pk, begins_on=date(2016, 5, 1), years=5, actor=world.he, at=MAY_9)
        actions.form_committee(
            union_id=union.pk, kind=Committee.Kind.AUDIT, on=date(2016, 5, 2), actor=world.he, at=MAY_9
        )
        actions.take_post(
            union_id=union.pk,
            person_id=world.zhou_person.pk,
            office=Post.Office.CHAIR,
            on=date(2016, 5, 3),
            actor=world.he,
            at=MAY_9,
        )
        actions.rename_union(
            union.pk,
            name="澜江轴承集团工会",
            on=date(2018, 5, 8),
            reason="企业更名",
            actor=world.he,
            at=MAY_9,
        )
        timeline = timeline_of_union(union.pk, actor=world.he)

    assert [entry for entry in told(timeline) if entry[0] != "更改登记内容"] == [
        ("工会更名", ""),
        ("任职", "主席 周国平"),
        ("成立专门委员会", "经费审查委员会"),
        ("换届", "第 1 届"),
        ("纳入覆盖", "澜江轴承集团工会 · 澜江轴承厂有限公司"),
        ("成立工会", ""),
    ]
    changes = [change for entry in timeline.entries for change in entry.changes]
    assert [(each.label, each.old, each.new) for each in changes] == [
        ("工会名称", "澜江轴承厂工会", "澜江轴承集团工会")
    ]
    assert "入会" not in {entry.verb for entry in timeline.entries}


def test_an_employers_timeline_tells_headcounts_marks_hazards_and_corrections(world: World):
    bearing = world.bearing
    with walls.entered(world.he):
        actions.report_headcount(
            bearing.pk, counted_on=date(2018, 3, 31), employees=95, actor=world.he, at=MAY_9
        )
        mark = actions.flag_employer(
            bearing.pk,
            mark=EmployerFlag.Flag.PARK,
            on=date(2018, 4, 1),
            source="摸查",
            actor=world.he,
            at=MAY_9,
        )
        actions.unflag_employer(mark.pk, on=date(2018, 4, 2), reason="迁出园区", actor=world.he, at=MAY_9)
        actions.report_hazard(
            bearing.pk,
            title="打磨",
            hazard=HazardousPost.Hazard.DUST,
            workers=12,
            on=date(2018, 4, 3),
            actor=world.he,
            at=MAY_9,
        )
        actions.correct_employer(
            bearing.pk,
            uscc=bearing.uscc,
            business=Business(
                name=bearing.name,
                ownership=Employer.Ownership.FOREIGN,
                industry="C33",
                business=Employer.Business.OPERATING,
            ),
            reason="股权变更",
            actor=world.he,
            at=now(),
        )
        timeline = timeline_of_employer(bearing.pk, actor=world.he)

    assert told(timeline)[2:6] == [
        ("登记有害岗位", "粉尘 12 人"),
        ("取消单位标记", "园区企业"),
        ("标记单位", "园区企业"),
        ("上报职工人数", "95 人"),
    ]
    (change,) = timeline.entries[0].changes
    assert (change.label, change.old, change.new) == ("经济类型", "私营及其他内资", "外商投资")


def test_a_machine_signs_with_its_name(world: World):
    with walls.entered(world.he):
        entry = timeline_of_person(world.chen_person.pk, actor=world.he).entries[-1]

    assert (entry.verb, entry.by) == ("入会", "测试")


def test_a_long_timeline_is_cut(world: World, monkeypatch):
    monkeypatch.setattr("juli.domains.registry.timeline.records.MOST_ENTRIES", 3)
    for day in range(1, 6):
        actions.report_headcount(
            world.bearing.pk, counted_on=TODAY - timedelta(days=day), employees=day, actor=world.he, at=MAY_9
        )
    with walls.entered(world.he):
        timeline = timeline_of_employer(world.bearing.pk, actor=world.he)

    assert timeline.is_cut
    assert [entry.subject for entry in timeline.entries] == ["", "1 人", "2 人"]


@pytest.mark.parametrize(
    ("ask", "record"),
    [
        (timeline_of_person, "zhou_person"),
        (timeline_of_union, "bearing_union"),
        (timeline_of_employer, "bearing"),
    ],
)
def test_the_timeline_of_a_record_out_of_reach_is_not_there(world: World, ask, record):
    number = getattr(world, record).pk

    with pytest.raises(NotFound), walls.entered(world.wu):
        ask(number, actor=world.wu)
    with pytest.raises(NotFound):
        ask(number, actor=world.wu)
