"""Columns that several ledgers share: which union, which employer, from when until when."""

from typing import Final

from juli.domains.registry.ledgers.employers import NAME_ALIASES, USCC_ALIASES
from juli.engines.sheet.columns import Column, Kind
from juli.engines.sheet.faults import Fault

UNION_CODE: Final = Column(
    code="union_code", label="工会编码", max_length=32, aliases=("组织编码", "工会组织编码", "工会代码"),
    note="工会编码和工会名称填一项",
)  # fmt: skip
UNION_NAME: Final = Column(
    code="union_name", label="工会名称", max_length=120, aliases=("基层工会名称", "所在工会", "工会"),
    note="工会编码和工会名称填一项", example="某某制造有限公司工会",
)  # fmt: skip
USCC: Final = Column(
    code="uscc", label="统一社会信用代码", kind=Kind.USCC, aliases=USCC_ALIASES,
    note="信用代码和单位名称填一项", example="执照上的 18 位代码",
)  # fmt: skip
EMPLOYER_NAME: Final = Column(
    code="employer_name", label="单位名称", max_length=120, aliases=NAME_ALIASES,
    note="信用代码和单位名称填一项", example="某某制造有限公司",
)  # fmt: skip
BEGINS_ON: Final = Column(
    code="begins_on", label="开始日期", kind=Kind.DAY, required=True, aliases=("起", "起始日期", "开始时间"),
    example="2018-12-05",
)  # fmt: skip
ENDS_ON: Final = Column(
    code="ends_on", label="结束日期", kind=Kind.DAY, aliases=("止", "终止日期", "结束时间"),
    note="还在继续的不填",
)  # fmt: skip
REMARK: Final = Column(code="remark", label="备注", max_length=500, aliases=("说明",))

EMPLOYER_MISSING = Fault("registry.employer_missing", "信用代码和单位名称至少填写一项。")
ENDED_BY_DETAIL = Fault(
    "registry.reference_fixed", "已登记的是“{value}”，要换成另一家的，请先结束这一条，再另起一行登记。"
)
