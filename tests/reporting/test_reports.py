"""The work report: every number in it is counted, quoted in words that hold, and explained."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from docx import Document

from juli.domains.reporting import actions, papers, reports
from juli.engines.indicator import asking
from juli.engines.scope import walls
from juli.engines.scope.models import OrgUnit
from tests import world as worlds

pytestmark = pytest.mark.django_db

HEARD_ON = date(2019, 1, 18)
AT = datetime(2019, 2, 1, 2, tzinfo=UTC)
DIGIT = re.compile(r"[0-9０-９]")


@pytest.fixture
def world() -> worlds.World:
    return worlds.build()


def composed(world: worlds.World) -> reports.Report:
    unit = OrgUnit.objects.get(pk=world.federation.org_unit_id)
    period = asking.period_of(2018, as_of=None, today=AT.date())
    return reports.compose("annual-work", unit=unit, period=period, actor=walls.system("测试"), at=AT)


def test_not_one_digit_is_typed_into_a_report_text() -> None:
    for path in reports.FOLDER.glob("*.toml"):
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
        words = re.sub(r"\{[a-z_0-9]+\}", "", "\n".join(lines))
        assert not DIGIT.search(words), path.name


def test_every_place_of_a_text_is_a_wired_slot_of_its_set() -> None:
    for name in reports.every_report():
        text = reports._text(name)
        keys = {slot.key for slot in reports.sets.figure_set(text["figure_set"]).wired}
        assert set(reports._places(text)) <= keys | {"as_of", "unit"}


def test_the_report_quotes_what_the_records_count(world: worlds.World) -> None:
    report = composed(world)

    quoted = {each.slot.key: each for each in report.quotations}
    assert quoted["base_unions"].figure.value == 3
    assert quoted["base_unions"].spoken == "3"
    assert quoted["covered_units"].figure.value == quoted["covered_units"].figure.evidence_count
    assert "共有基层工会3家" in "".join(reports.plain(each.runs) for each in report.chapters[0].paragraphs)


def test_what_nobody_registered_is_said_and_not_invented(world: worlds.World) -> None:
    report = composed(world)

    assert reports.NOT_REGISTERED in reports.plain(report.subtitle)


def test_a_registered_session_stands_in_the_subtitle(world: worlds.World) -> None:
    machine = walls.system("测试")
    term = actions.elect_committee(
        world.federation.org_unit_id,
        number=5,
        begins_on=date(2016, 6, 1),
        expires_on=date(2021, 6, 1),
        actor=machine,
        at=AT,
    )
    session = actions.hold_plenary(
        term.pk,
        number=3,
        held_on=datetime(2019, 1, 18, tzinfo=UTC).date(),
        is_enlarged=True,
        actor=machine,
        at=AT,
    )
    actions.deliver_report(session.pk, year=2018, title="2018年工作报告", actor=machine, at=AT)

    assert reports.plain(composed(world).subtitle) == "——在第5届委员会第3次全体（扩大）会议上"


def test_the_paper_explains_every_number_in_its_index(world: worlds.World, folder: Path) -> None:
    report = composed(world)

    papers.write(report, folder / "report.docx")

    (table,) = Document(str(folder / "report.docx")).tables
    assert [row.cells[0].text for row in table.rows[1:]] == [each.slot.label for each in report.quotations]
    assert "3 家" in [row.cells[1].text for row in table.rows]


def test_a_name_that_no_report_bears_is_refused(world: worlds.World) -> None:
    unit = OrgUnit.objects.get(pk=world.federation.org_unit_id)
    period = asking.period_of(2018, as_of=None, today=AT.date())

    with pytest.raises(reports.UnknownReport, match="annual-work"):
        reports.compose("weekly", unit=unit, period=period, actor=walls.system("测试"), at=AT)
