"""The ledger of employers (单位台账)."""

from typing import Final

import polars as pl

from juli.domains.registry import actions
from juli.domains.registry.ledgers import places
from juli.domains.registry.roster.judging import Reference
from juli.engines.party.models import Employer, Headcount
from juli.engines.party.particulars import Business
from juli.engines.sheet import staging
from juli.engines.sheet.columns import Choice, Column, Kind, LedgerForm
from juli.engines.sheet.faults import Fault
from juli.engines.sheet.judging import Judgement
from juli.engines.sheet.ledgers import Ledger, Touched
from juli.engines.sheet.presets import Preset, foreign_form
from juli.engines.sheet.saying import RECORD_COLUMN, SOURCE, Occasion, Posted, Said

USCC_ALIASES: Final = ("社会信用代码", "信用代码", "单位代码", "单位统一社会信用代码", "组织机构代码")
NAME_ALIASES: Final = ("单位全称", "企业名称", "用人单位", "公司名称", "单位")

TERRITORY_UNKNOWN = Fault(
    "registry.territory_code_unknown", "没有编码为“{value}”的组织，或者它不在这次导入的范围内，请核对编码。"
)
TERRITORY_NAME_UNKNOWN = Fault(
    "registry.territory_name_unknown",
    "没有名称为“{value}”的组织，或者它不在这次导入的范围内，请按全称填写，或改填编码。",
)
TERRITORY_SHARED = Fault("registry.territory_name_shared", "有 {count} 个组织都叫“{value}”，请填写编码。")
TERRITORY_CONTRADICTS = Fault(
    "registry.territory_contradicts", "编码与名称指的不是同一个组织（这个编码是“{value}”），请核对。"
)
TERRITORY_MISSING = Fault(
    "registry.territory_missing", "新登记的单位要写明在哪个镇街或村社区，填写编码或名称。"
)
PARTS_EXCEED = Fault("registry.part_exceeds_whole", "“{value}”多于职工人数，请核对。")
TERRITORY_FIXED = Fault(
    "registry.territory_fixed", "这个单位登记在“{value}”，所在地有变动的请在单位详情中办理。"
)

_OWNERSHIP_WORDS: Final = {
    Employer.Ownership.STATE: ("国有企业", "国企", "国有控股", "110"),
    Employer.Ownership.COLLECTIVE: ("集体企业", "120"),
    Employer.Ownership.PRIVATE: ("私营", "私营企业", "民营", "民营企业", "内资", "其他内资", "170", "190"),
    Employer.Ownership.HMT: ("港澳台", "港澳台商投资", "港澳台资", "200"),
    Employer.Ownership.FOREIGN: ("外资", "外商", "外资企业", "300"),
    Employer.Ownership.INSTITUTION: ("事业",),
    Employer.Ownership.ORGAN: ("机关单位", "党政机关", "机关团体"),
    Employer.Ownership.SOCIAL: ("社会团体", "民办非企业", "社团"),
    Employer.Ownership.SELF_EMPLOYED: ("个体", "个体户", "400"),
}
_BUSINESS_WORDS: Final = {
    Employer.Business.OPERATING: ("正常", "在营", "存续", "开业", "营业"),
    Employer.Business.SUSPENDED: ("歇业", "停产"),
    Employer.Business.CLOSED: ("关闭", "注销", "吊销", "倒闭"),
    Employer.Business.MOVED: ("已迁出", "搬迁"),
    Employer.Business.UNKNOWN: ("不详", "未知"),
}
OWNERSHIP: Final = tuple(Choice(each, each.label, _OWNERSHIP_WORDS[each]) for each in Employer.Ownership)
BUSINESS: Final = tuple(Choice(each, each.label, _BUSINESS_WORDS[each]) for each in Employer.Business)

FORM: Final = LedgerForm(
    code="registry.employers",
    label="单位台账",
    columns=(
        RECORD_COLUMN,
        Column(code="uscc", label="统一社会信用代码", kind=Kind.USCC, required=True, aliases=USCC_ALIASES,
               example="执照上的 18 位代码"),
        Column(code="name", label="单位名称", required=True, max_length=120, aliases=NAME_ALIASES,
               example="某某制造有限公司"),
        Column(code="ownership", label="经济类型", kind=Kind.CHOICE, required=True, choices=OWNERSHIP,
               aliases=("单位性质", "企业类型", "登记注册类型", "所有制"), example="私营及其他内资"),
        Column(code="industry", label="国民经济行业", max_length=8, aliases=("行业", "行业代码", "所属行业"),
               note="填行业代码，如 C33"),
        Column(code="address", label="地址", aliases=("单位地址", "经营地址", "注册地址", "住所")),
        Column(code="territory_code", label="所在地编码", max_length=32,
               aliases=("镇街编码", "村社区编码", "属地编码"), note="所在镇街或村社区；编码和名称填一项"),
        Column(code="territory_name", label="所在镇街或村社区", max_length=120,
               aliases=("所在镇街", "镇街", "所属镇街", "属地", "村社区", "所在地")),
        Column(code="business", label="经营状态", kind=Kind.CHOICE, choices=BUSINESS,
               aliases=("单位状态", "营业状态"), note="不填为正常经营"),
        Column(code="business_as_of", label="经营状态日期", kind=Kind.DAY),
        Column(code="employees", label="职工人数", kind=Kind.INTEGER, least=0, most=2_000_000,
               aliases=("职工数", "职工总数", "员工人数", "在岗职工"), note="最近一次上报的人数"),
        Column(code="migrant_workers", label="农民工人数", kind=Kind.INTEGER, least=0, most=2_000_000,
               aliases=("农民工数", "农民工")),
        Column(code="women", label="女职工人数", kind=Kind.INTEGER, least=0, most=2_000_000,
               aliases=("女职工数", "女职工")),
        Column(code="counted_on", label="人数统计日期", kind=Kind.DAY, aliases=("统计日期", "截止日期"),
               note="不填为导入当天"),
        Column(code="union_name", label="覆盖工会", max_length=120, note="只供查看，覆盖关系另用覆盖台账"),
        Column(code="remark", label="备注", max_length=500, aliases=("说明",)),
    ),
    key=("uscc",),
    record="record",
)  # fmt: skip
_COUNTS: Final = ("employees", "migrant_workers", "women")
UNIT_TABLE: Final = Preset(
    code="national-units",
    label="全国实名制单位信息采集表",
    form=foreign_form(
        FORM,
        label="单位信息采集表",
        headings={
            "name": "单位名称", "uscc": "统一社会信用代码", "ownership": "经济类型", "industry": "所属行业",
            "address": "单位地址", "territory_name": "所在区域", "employees": "职工总数",
            "migrant_workers": "农民工数", "women": "女职工数",
        },
    ),
    source="总工办发〔2017〕14号",
)  # fmt: skip
"""The table of units of the national real-name scheme (基层工会组织和会员实名制)."""
_TERRITORY: Final = Reference(
    "territory_code", "territory_name", TERRITORY_UNKNOWN, TERRITORY_NAME_UNKNOWN, TERRITORY_SHARED,
    TERRITORY_CONTRADICTS,
)  # fmt: skip
_HELD: Final = """
SELECT employer.id, employer.path, employer.uscc, employer.name, employer.ownership, employer.industry,
  employer.address, territory.code, territory.name, employer.business, employer.business_as_of, own.name,
  counted.employees, counted.migrant_workers, counted.women, counted.counted_on
FROM party_employer AS employer
LEFT JOIN (SELECT DISTINCT ON (employer_id) * FROM party_headcount ORDER BY employer_id, counted_on DESC)
  AS counted ON counted.employer_id = employer.id
LEFT JOIN scope_orgunit AS territory ON territory.id = employer.territory_id
LEFT JOIN registry_coverage AS coverage ON coverage.employer_id = employer.id AND coverage.valid_until IS NULL
LEFT JOIN registry_union AS own ON own.id = coverage.union_id
"""
_SCHEMA: Final = {
    "@record": pl.Int64, "@path": pl.String, "uscc": pl.String, "name": pl.String, "ownership": pl.String,
    "industry": pl.String, "address": pl.String, "territory_code": pl.String, "territory_name": pl.String,
    "business": pl.String, "business_as_of": pl.Date, "union_name": pl.String,
    "employees": pl.Int64, "migrant_workers": pl.Int64, "women": pl.Int64, "counted_on": pl.Date,
}  # fmt: skip


def _register(rows: pl.DataFrame, occasion: Occasion) -> pl.DataFrame:
    del rows
    return staging.query(_HELD, _SCHEMA).filter(places.within(occasion.ranges, "@path"))


def _judged(rows: pl.DataFrame, judgement: Judgement, occasion: Occasion) -> pl.DataFrame:
    rows = rows.with_columns(pl.col(code).cast(pl.Int64) for code in _COUNTS)
    found = places.placed(judgement, rows, _TERRITORY, places.units(occasion.ranges), to="@territory_id")
    for code in ("migrant_workers", "women"):
        exceeds = rows[code] > rows["employees"]
        judgement.add_faults(exceeds, column=code, fault=PARTS_EXCEED, value=rows[code])
    known = _register(rows, occasion)["uscc"]
    is_new = ~rows["uscc"].is_in(known.implode()) & rows["record"].is_null()
    judgement.add_faults(
        is_new & found["@territory_id"].is_null() & rows["territory_code"].is_null()
        & rows["territory_name"].is_null(),
        column="territory_code", fault=TERRITORY_MISSING,
    )  # fmt: skip
    return found


def _post(said: Said, occasion: Occasion) -> Posted:
    business = Business(
        name=said["name"],
        ownership=Employer.Ownership(said["ownership"]),
        industry=said.text("industry"),
        address=said.text("address"),
        business=Employer.Business(said.text("business") or Employer.Business.OPERATING),
        business_as_of=said["business_as_of"],
    )
    if said.record is None:
        employer = actions.register_employer(
            uscc=said["uscc"], business=business, territory_id=said["@territory_id"], source=SOURCE,
            actor=occasion.actor, at=occasion.at,
        )  # fmt: skip
        return Posted(employer.pk, made=(*_count(employer.pk, said, occasion), employer))
    if said.told - {*_COUNTS, "counted_on"}:
        actions.correct_employer(
            said.record, uscc=said["uscc"], business=business, reason=occasion.reason,
            actor=occasion.actor, at=occasion.at,
        )  # fmt: skip
    return Posted(said.record, made=_count(said.record, said, occasion))


def _count(employer_id: int, said: Said, occasion: Occasion) -> tuple[Headcount, ...]:
    """Write down how many work there, if the row says something new; return the count if it is a new one."""
    if not said.told & {*_COUNTS, "counted_on"} or said["employees"] is None:
        return ()
    is_dated = "counted_on" in said.given and said["counted_on"] is not None
    counted_on = said["counted_on"] if is_dated else occasion.day
    told = {
        "counted_on": counted_on, "employees": said["employees"], "migrant_workers": said["migrant_workers"],
        "women": said["women"], "source": SOURCE, "actor": occasion.actor, "at": occasion.at,
    }  # fmt: skip
    held = Headcount.objects.filter(employer_id=employer_id, counted_on=counted_on).first()
    if held is not None:
        actions.correct_headcount(held.pk, reason=occasion.reason, **told)
        return ()
    return (actions.report_headcount(employer_id, **told),)


def _touched(said: Said, occasion: Occasion) -> Touched:
    """A count of the same day is corrected, not doubled."""
    if said.record is not None:
        is_dated = "counted_on" in said.given and said["counted_on"] is not None
        day = said["counted_on"] if is_dated else occasion.day
        counts = Headcount.objects.filter(employer_id=said.record, counted_on=day)
        yield Headcount, list(counts.values_list("pk", flat=True))


EMPLOYERS: Final = Ledger(
    form=FORM,
    model=Employer,
    register=_register,
    judged=_judged,
    post=_post,
    touched=_touched,
    presets=(UNIT_TABLE,),
    fixed={"territory_code": TERRITORY_FIXED, "territory_name": TERRITORY_FIXED},
    unread=frozenset({"union_name", "remark"}),
)
