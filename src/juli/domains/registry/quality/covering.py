"""How far unions reach the people who work here: employers and employees with a union and without."""

from datetime import date
from typing import Final

from django.db.models import Q

from juli.domains.registry.permissions import Permission
from juli.domains.registry.quality.fields import MEMBER_FIELDS
from juli.domains.registry.quality.wholes import EMPLOYERS, first, is_covered
from juli.engines.indicator.declarations import Ratio, Stock
from juli.engines.indicator.measures import Count, Sum
from juli.engines.indicator.surveying import Among
from juli.engines.indicator.units import Unit

PRECISION: Final = "工会组织和工作覆盖精准化；工会统计调查制度关于职工人数和工会会员人数的规定"
WORKING_MEMBERS: Final = next(
    each.having for each in MEMBER_FIELDS if each.having.code == "registry.members_with_employer"
)
"""Members who work for a registered employer: those who can be set against its employees."""


def _everyone(_day: date) -> Q:
    return Q()


def _covered(day: date) -> Q:
    return Q(is_covered(day))


def _uncovered(day: date) -> Q:
    return ~Q(is_covered(day))


UNCOVERED_EMPLOYERS: Final = Stock(
    code="registry.uncovered_employers",
    label="没有工会的单位数",
    unit=Unit.ESTABLISHMENT,
    formula="截止日登记单位中没有存续工会覆盖的，逐家计数",
    source=PRECISION,
    versions=first("截止日登记、未关闭注销也未迁出的单位中，没有任何存续工会覆盖的。不论规模大小。"),
    permission=Permission.SEE,
    dimensions=EMPLOYERS.dimensions,
    records=Among(EMPLOYERS, _uncovered),
    measure=Count(),
    evidence=EMPLOYERS.evidence,
)
EMPLOYEES: Final = Stock(
    code="registry.employees",
    label="登记单位职工人数",
    unit=Unit.PERSON,
    formula="截止日登记单位最近一次上报的职工人数之和",
    source=PRECISION,
    versions=first(
        "截止日登记、未关闭注销也未迁出的单位，各取截止日前最近一次上报的职工人数相加；从未上报的按零计。"
    ),
    permission=Permission.SEE,
    dimensions=EMPLOYERS.dimensions,
    records=Among(EMPLOYERS, _everyone),
    measure=Sum("employees"),
    evidence=EMPLOYERS.evidence,
)
COVERED_EMPLOYEES: Final = Stock(
    code="registry.covered_employees",
    label="有工会的单位职工人数",
    unit=Unit.PERSON,
    formula="截止日有工会覆盖的登记单位最近一次上报的职工人数之和",
    source=PRECISION,
    versions=first(
        "截止日登记单位中由存续工会覆盖的，各取截止日前最近一次上报的职工人数相加；从未上报的按零计。"
    ),
    permission=Permission.SEE,
    dimensions=EMPLOYERS.dimensions,
    records=Among(EMPLOYERS, _covered),
    measure=Sum("employees"),
    evidence=EMPLOYERS.evidence,
)
EMPLOYEE_COVERAGE: Final = Ratio(
    code="registry.employee_coverage",
    label="职工覆盖率",
    unit=Unit.PERCENT,
    formula="有工会的单位职工人数 ÷ 登记单位职工人数",
    source=PRECISION,
    versions=first(
        "截止日登记单位的职工中，在有存续工会覆盖的单位工作的所占的比例。人数取各单位最近一次上报的。"
    ),
    permission=Permission.SEE,
    dimensions=EMPLOYERS.dimensions,
    beside=(UNCOVERED_EMPLOYERS.code,),
    numerator=COVERED_EMPLOYEES,
    denominator=EMPLOYEES,
)
MEMBERSHIP_RATE: Final = Ratio(
    code="registry.membership_rate",
    label="职工入会率",
    unit=Unit.PERCENT,
    formula="有工作单位的会员 ÷ 登记单位职工人数",
    source=PRECISION,
    versions=first(
        "截止日登记了工作单位的会员与登记单位职工人数之比。会员按会籍所在工会归属，职工按单位归属；"
        "职工人数不是同日上报时，比率可能超过100%，应核对职工人数。"
    ),
    permission=Permission.SEE,
    numerator=WORKING_MEMBERS,
    denominator=EMPLOYEES,
)
COVERAGE: Final = (
    EMPLOYERS,
    UNCOVERED_EMPLOYERS,
    EMPLOYEES,
    COVERED_EMPLOYEES,
    EMPLOYEE_COVERAGE,
    MEMBERSHIP_RATE,
)
