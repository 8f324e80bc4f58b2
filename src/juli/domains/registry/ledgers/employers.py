"""The ledger of employers (单位台账)."""

from typing import Final

import polars as pl

from juli.domains.registry import actions
from juli.domains.registry.ledgers import places
from juli.domains.registry.roster.judging import Reference
from juli.engines.party.models import Employer
from juli.engines.party.particulars import Business
from juli.engines.sheet import staging
from juli.engines.sheet.columns import Choice, Column, Kind, LedgerForm
from juli.engines.sheet.faults import Fault
from juli.engines.sheet.judging import Judgement
from juli.engines.sheet.ledgers import Ledger
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
        Column(code="union_name", label="覆盖工会", max_length=120, note="只供查看，覆盖关系另用覆盖台账"),
        Column(code="remark", label="备注", max_length=500, aliases=("说明",)),
    ),
    key=("uscc",),
    record="record",
)  # fmt: skip
_TERRITORY: Final = Reference(
    "territory_code", "territory_name", TERRITORY_UNKNOWN, TERRITORY_NAME_UNKNOWN, TERRITORY_SHARED,
    TERRITORY_CONTRADICTS,
)  # fmt: skip
_HELD: Final = """
SELECT employer.id, employer.path, employer.uscc, employer.name, employer.ownership, employer.industry,
  employer.address, territory.code, territory.name, employer.business, employer.business_as_of, own.name
FROM party_employer AS employer
LEFT JOIN scope_orgunit AS territory ON territory.id = employer.territory_id
LEFT JOIN registry_coverage AS coverage ON coverage.employer_id = employer.id AND coverage.valid_until IS NULL
LEFT JOIN registry_union AS own ON own.id = coverage.union_id
"""
_SCHEMA: Final = {
    "@record": pl.Int64, "@path": pl.String, "uscc": pl.String, "name": pl.String, "ownership": pl.String,
    "industry": pl.String, "address": pl.String, "territory_code": pl.String, "territory_name": pl.String,
    "business": pl.String, "business_as_of": pl.Date, "union_name": pl.String,
}  # fmt: skip


def _register(rows: pl.DataFrame, occasion: Occasion) -> pl.DataFrame:
    del rows
    return staging.query(_HELD, _SCHEMA).filter(places.within(occasion.ranges, "@path"))


def _judged(rows: pl.DataFrame, judgement: Judgement, occasion: Occasion) -> pl.DataFrame:
    found = places.placed(judgement, rows, _TERRITORY, places.units(occasion.ranges), to="@territory_id")
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
        return Posted(employer.pk, made=(employer,))
    actions.correct_employer(
        said.record, uscc=said["uscc"], business=business, reason=occasion.reason, actor=occasion.actor,
        at=occasion.at,
    )  # fmt: skip
    return Posted(said.record)


EMPLOYERS: Final = Ledger(
    form=FORM,
    model=Employer,
    register=_register,
    judged=_judged,
    post=_post,
    fixed={"territory_code": TERRITORY_FIXED, "territory_name": TERRITORY_FIXED},
    unread=frozenset({"union_name", "remark"}),
)
