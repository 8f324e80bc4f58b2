"""Figures of the committee, its sessions and the report itself."""

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from juli.domains.reporting.facts import Happened
from juli.domains.reporting.models import AnnualReport, CommitteeTerm, Plenary
from juli.domains.reporting.permissions import Permission
from juli.engines.desk.navigation import MODULES
from juli.engines.indicator.declarations import AnyIndicator, Listed, Stock, Version
from juli.engines.indicator.evidence import EvidenceColumns, Heading, Line
from juli.engines.indicator.measures import Reading
from juli.engines.indicator.units import Unit

FIRST_USED = date(2018, 1, 1)
RULES_OF_PROCEDURE = "中国工会章程关于地方各级工会委员会的规定"
ON_REPORTS = (Happened.REPORT_DELIVERED, Happened.PLENARY_HELD, Happened.COMMITTEE_ELECTED)


def _reports(day: date) -> "QuerySet[AnnualReport]":
    return AnnualReport.objects.filter(year=day.year)


def _sessions(day: date) -> "QuerySet[Plenary]":
    return Plenary.objects.filter(reports__year=day.year)


def _terms(day: date) -> "QuerySet[CommitteeTerm]":
    return CommitteeTerm.objects.filter(plenaries__reports__year=day.year)


def _term_lines(rows: Sequence[CommitteeTerm]) -> list[Line]:
    return [Line((f"第{row.number}届", row.begins_on, row.expires_on)) for row in rows]


def _session_lines(rows: Sequence[Plenary]) -> list[Line]:
    return [Line((f"第{row.number}次", "扩大会议" if row.is_enlarged else "", row.held_on)) for row in rows]


def _report_lines(rows: Sequence[AnnualReport]) -> list[Line]:
    return [Line((row.title or f"{row.year}年工作报告", row.year, row.plan_year)) for row in rows]


def _module_lines(rows: Sequence[Line]) -> list[Line]:
    return list(rows)


def _modules() -> list[Line]:
    return [Line((str(module.label), module.code)) for module in MODULES]


TERMS = EvidenceColumns(
    noun="届次",
    headings=(Heading("届次"), Heading("产生日期"), Heading("届满日期")),
    order=("pk",),
    lines=_term_lines,
)
SESSIONS = EvidenceColumns(
    noun="全委会",
    headings=(Heading("次数"), Heading("形式"), Heading("召开日期")),
    order=("pk",),
    lines=_session_lines,
)
REPORTS = EvidenceColumns(
    noun="工作报告",
    headings=(Heading("标题"), Heading("回顾年度", is_number=True), Heading("计划年度", is_number=True)),
    order=("pk",),
    lines=_report_lines,
)
MODULE_LIST = EvidenceColumns(
    noun="模块", headings=(Heading("模块"), Heading("编码")), order=(), lines=_module_lines
)


def _first(definition: str) -> tuple[Version, ...]:
    return (Version(1, FIRST_USED, definition),)


COMMITTEE_TERM = Stock(
    code="reporting.committee_term",
    label="委员会届次",
    unit=Unit.TERM,
    formula="听取该年度工作报告的委员会的届次",
    source=RULES_OF_PROCEDURE,
    versions=_first(
        "听取报告年度工作报告的那一届委员会的届次。报告通常在次年初的全委会上作，故不按年末在任的届次。"
    ),
    permission=Permission.SEE,
    records=_terms,
    measure=Reading("number"),
    evidence=TERMS,
    is_of_unit_alone=True,
    moved_by=ON_REPORTS,
)
PLENARY_SESSION_NO = Stock(
    code="reporting.plenary_session_no",
    label="全委会次数",
    unit=Unit.SESSION,
    formula="听取该年度工作报告的全委会在本届内的次数",
    source=RULES_OF_PROCEDURE,
    versions=_first("听取报告年度工作报告的全委（扩大）会议在本届委员会内的次数。"),
    permission=Permission.SEE,
    records=_sessions,
    measure=Reading("number"),
    evidence=SESSIONS,
    is_of_unit_alone=True,
    moved_by=ON_REPORTS,
)
REPORT_YEAR = Stock(
    code="reporting.report_year",
    label="报告回顾年度",
    unit=Unit.YEAR,
    formula="工作报告回顾的年度",
    source="年度工作报告登记",
    versions=_first("已登记的工作报告所回顾的年度。"),
    permission=Permission.SEE,
    records=_reports,
    measure=Reading("year"),
    evidence=REPORTS,
    is_of_unit_alone=True,
    moved_by=ON_REPORTS,
)
PLAN_YEAR = Stock(
    code="reporting.plan_year",
    label="报告计划年度",
    unit=Unit.YEAR,
    formula="工作报告部署任务的年度",
    source="年度工作报告登记",
    versions=_first("已登记的工作报告所部署任务的年度，即回顾年度的下一年。"),
    permission=Permission.SEE,
    records=_reports,
    measure=Reading("plan_year"),
    evidence=REPORTS,
    is_of_unit_alone=True,
    moved_by=ON_REPORTS,
)
ORGAN_MODULES = Listed(
    code="reporting.organ_modules",
    label="机关业务模块数",
    unit=Unit.THING,
    formula="工作台导航中的业务模块逐个计数",
    source="机关职能设置：突出组建、维权、服务",
    versions=_first("工作台按机关职能设置的业务模块，即导航中组建、维权、服务等模块的个数。"),
    permission=Permission.SEE,
    entries=_modules,
    evidence=MODULE_LIST,
)

INDICATORS: tuple[AnyIndicator, ...] = (
    COMMITTEE_TERM, PLENARY_SESSION_NO, REPORT_YEAR, PLAN_YEAR, ORGAN_MODULES,
)  # fmt: skip
