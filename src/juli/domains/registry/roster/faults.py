"""What can be wrong with a row of the roster beyond its cells: against the tree, against the register."""

from juli.engines.sheet.faults import Fault

UNION_MISSING = Fault("registry.union_missing", "工会编码和工会名称至少填写一项。")
UNION_CODE_UNKNOWN = Fault(
    "registry.union_code_unknown",
    "没有编码为“{value}”的工会，或者它不在这次导入的范围内，请核对编码，或交由该工会的上级导入。",
)
UNION_NAME_UNKNOWN = Fault(
    "registry.union_name_unknown",
    "没有名称为“{value}”的工会，或者它不在这次导入的范围内，请按批复上的全称填写，或改填工会编码。",
)
UNION_NAME_SHARED = Fault("registry.union_name_shared", "有 {count} 个工会都叫“{value}”，请填写工会编码。")
UNION_CONTRADICTS = Fault(
    "registry.union_contradicts",
    "工会编码与工会名称指的不是同一个工会（这个编码是“{value}”），请核对后填写一致。",
)
UNION_ENDED = Fault("registry.union_has_ended", "“{value}”已于 {day} 终止，请填写会员现在的工会。")

EMPLOYER_UNKNOWN = Fault(
    "registry.employer_unknown", "没有登记统一社会信用代码为“{value}”的单位，请核对代码，或先登记这个单位。"
)
EMPLOYER_NAME_UNKNOWN = Fault(
    "registry.employer_name_unknown",
    "没有登记名称为“{value}”的单位，请按执照上的全称填写，或改填统一社会信用代码。",
)
EMPLOYER_NAME_SHARED = Fault(
    "registry.employer_name_shared", "有 {count} 个单位都叫“{value}”，请填写统一社会信用代码。"
)
EMPLOYER_CONTRADICTS = Fault(
    "registry.employer_contradicts",
    "统一社会信用代码与单位名称指的不是同一个单位（这个代码是“{value}”），请核对后填写一致。",
)
EMPLOYER_NOT_COVERED = Fault(
    "registry.employer_is_not_covered",
    "“{value}”不在“{union}”的覆盖范围内，请核对工会和单位，或先办理覆盖登记。",
)

SEX_CONTRADICTS = Fault(
    "registry.sex_contradicts",
    "性别与证件号码不一致，按号码应为“{value}”，请对照证件核对。",
)
BORN_CONTRADICTS = Fault(
    "registry.born_contradicts", "出生日期与证件号码不一致，按号码应为 {value}，请对照证件核对。"
)
JOINED_BEFORE_BIRTH = Fault("registry.joined_before_birth", "入会日期不晚于出生日期 {value}，请核对。")
NUMBER_TWICE = Fault(
    "registry.number_twice",
    "会员号与本表另一行相同，请核对后分别填写，没有会员号的可以不填。",
)

KNOWN_ELSEWHERE = Fault(
    "registry.known_elsewhere",
    "这个证件号码已由这次导入范围之外的工会登记，请由双方共同的上级工会办理会籍转接。",
)
MEMBER_ELSEWHERE = Fault(
    "registry.member_elsewhere", "这位职工的会籍现在{value}，请先办理会籍转接，再导入其他资料。"
)
NAME_DIFFERS = Fault(
    "registry.name_is_another",
    "这个证件号码登记的是另一个姓名，请对照证件核对姓名和号码；确已更名的，请在会员详情中更正。",
)
HAS_DIED = Fault("registry.has_died", "这位会员已登记去世，请核对证件号码。")
JOINED_BEFORE_LEAVING = Fault(
    "registry.joined_before_leaving", "入会日期早于上一段会籍结束的日期 {value}，请核对。"
)
STANDING_DIFFERS = Fault(
    "registry.standing_differs",
    "会籍现在是“{value}”，转为保留会籍或恢复在籍要写明日期和理由，请在会员详情中办理。",
)
JOINED_AFTER_SEGMENT = Fault(
    "registry.joined_after_segment",
    "入会日期晚于这段会籍开始的日期 {value}，请核对；更正会籍请在会员详情中办理。",
)
NUMBER_TAKEN = Fault("registry.number_taken", "会员号“{value}”已由另一位会员使用，请核对，不清楚的可以不填。")
ADMITTED_ELSEWHERE = Fault(
    "registry.admitted_elsewhere",
    "入会那天（{value}）这个工会还隶属于您管理范围之外的组织，请由区总工会导入这一行。",
)
