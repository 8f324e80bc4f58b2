"""The ledger of unions (工会台账)."""

from typing import Any, Final

import polars as pl

from juli.domains.registry import actions
from juli.domains.registry.actions import Approval, LegalPerson
from juli.domains.registry.ledgers import places
from juli.domains.registry.ledgers.employers import OWNERSHIP
from juli.domains.registry.models import Union
from juli.domains.registry.roster.judging import Reference, resolved
from juli.domains.registry.roster.known import Known
from juli.engines.party.models import Employer
from juli.engines.scope.models import OrgUnit, Placement
from juli.engines.sheet import staging
from juli.engines.sheet.columns import Choice, Column, Kind, LedgerForm
from juli.engines.sheet.faults import Fault
from juli.engines.sheet.judging import Judgement
from juli.engines.sheet.ledgers import Ledger, Touched
from juli.engines.sheet.saying import RECORD_COLUMN, SOURCE, Occasion, Posted, Said

PARENT_UNKNOWN = Fault(
    "registry.parent_code_unknown",
    "没有编码为“{value}”的上级工会，本表里也没有，或者它不在这次导入的范围内，请核对编码。",
)
PARENT_NAME_UNKNOWN = Fault(
    "registry.parent_name_unknown",
    "没有名称为“{value}”的上级工会，请按批复上的全称填写，或改填上级工会编码。",
)
PARENT_SHARED = Fault("registry.parent_name_shared", "有 {count} 个工会都叫“{value}”，请填写上级工会编码。")
PARENT_CONTRADICTS = Fault(
    "registry.parent_contradicts", "上级工会编码与名称指的不是同一个工会（这个编码是“{value}”），请核对。"
)
PARENT_MISSING = Fault("registry.parent_missing", "新成立的工会要写明上级工会，填写编码或名称。")
PLACE_FIXED = Fault("registry.union_place_fixed", "登记的是“{value}”，调整隶属关系或层级请在工会详情中办理。")

_LEVEL_WORDS: Final = {
    Union.Level.FEDERATION: ("总工会", "区县总工会"),
    Union.Level.TOWN: ("镇总工会", "街道总工会", "镇街工会"),
    Union.Level.VILLAGE: ("村工会联合会", "社区工会联合会"),
    Union.Level.PARK: ("园区工会", "园区总工会"),
    Union.Level.SECTOR: ("行业工会", "行业联合会"),
    Union.Level.BASE: ("基层", "企业工会", "单位工会"),
    Union.Level.SUB: (),
    Union.Level.GROUP: (),
}
_FORM_WORDS: Final = {
    Union.Form.OWN: ("单独", "单建", "独立", "独立组建"),
    Union.Form.JOINT: ("联合", "联建", "联合工会"),
    Union.Form.NOT_APPLICABLE: (),
}
_IN_ORDER: Final = {level.value: place for place, level in enumerate(Union.Level)}

FORM: Final = LedgerForm(
    code="registry.unions",
    label="工会台账",
    columns=(
        RECORD_COLUMN,
        Column(code="code", label="组织编码", required=True, max_length=32, aliases=("工会编码", "工会代码"),
               example="440113001001"),
        Column(code="name", label="工会名称", required=True, max_length=120,
               aliases=("基层工会名称", "工会全称"), example="某某制造有限公司工会"),
        Column(code="level", label="工会层级", kind=Kind.CHOICE, required=True, aliases=("层级", "级别"),
               choices=tuple(Choice(each, each.label, _LEVEL_WORDS[each]) for each in Union.Level)),
        Column(code="form", label="建会形式", kind=Kind.CHOICE, aliases=("组建形式", "建会方式"),
               choices=tuple(Choice(each, each.label, _FORM_WORDS[each]) for each in Union.Form),
               note="只有基层工会要填"),
        Column(code="parent_code", label="上级工会编码", max_length=32, aliases=("上级组织编码", "上级编码"),
               note="编码和名称填一项；上级可以在同一张表里"),
        Column(code="parent_name", label="上级工会", max_length=120, aliases=("上级工会名称", "主管工会")),
        Column(code="employer_class", label="单位经济类型", kind=Kind.CHOICE, choices=OWNERSHIP,
               aliases=("经济类型", "单位性质")),
        Column(code="approved_on", label="批准成立日期", kind=Kind.DAY, required=True,
               aliases=("成立日期", "建会日期", "建会时间", "成立时间"), example="2018-12-05"),
        Column(code="approval_number", label="批复文号", max_length=60, aliases=("文号",)),
        Column(code="legal_uscc", label="法人统一社会信用代码", kind=Kind.USCC, aliases=("工会法人代码",)),
        Column(code="legal_certificate", label="法人资格证书号", max_length=40, aliases=("法人证书号",)),
        Column(code="legal_since", label="法人登记日期", kind=Kind.DAY),
        Column(code="ended_on", label="终止日期", kind=Kind.DAY, note="只供查看，撤并在工会详情中办理"),
        Column(code="remark", label="备注", max_length=500, aliases=("说明",)),
    ),
    key=("code",),
    record="record",
)  # fmt: skip
_PARENT: Final = Reference(
    "parent_code", "parent_name", PARENT_UNKNOWN, PARENT_NAME_UNKNOWN, PARENT_SHARED, PARENT_CONTRADICTS
)
_HELD: Final = """
SELECT own.id, own.path, own.code, own.name, own.level, own.form, parent.code, parent.name,
  nullif(own.employer_class, ''), own.approved_on, own.approval_number, own.legal_uscc, own.legal_certificate,
  own.legal_since, own.ended_on
FROM registry_union AS own
JOIN scope_orgunit AS unit ON unit.id = own.org_unit_id
LEFT JOIN registry_union AS parent ON parent.org_unit_id = unit.parent_id
"""
_SCHEMA: Final = {
    "@record": pl.Int64, "@path": pl.String, "code": pl.String, "name": pl.String, "level": pl.String,
    "form": pl.String, "parent_code": pl.String, "parent_name": pl.String, "employer_class": pl.String,
    "approved_on": pl.Date, "approval_number": pl.String, "legal_uscc": pl.String,
    "legal_certificate": pl.String, "legal_since": pl.Date, "ended_on": pl.Date,
}  # fmt: skip


def _register(rows: pl.DataFrame, occasion: Occasion) -> pl.DataFrame:
    del rows
    return staging.query(_HELD, _SCHEMA).filter(places.within(occasion.ranges, "@path"))


def _judged(rows: pl.DataFrame, judgement: Judgement, occasion: Occasion) -> pl.DataFrame:
    """Find the parents in the register; those that stand in the same file are found when it is posted."""
    here = rows["parent_code"].is_in(rows["code"].drop_nulls().implode()).fill_null(False)
    known = Known.within(occasion.ranges).unions
    asked = rows.with_columns(
        *(pl.Series(rows[each].set(here, None)).alias(each) for each in ("parent_code", "parent_name"))
    )
    held = pl.Series(_register(rows, occasion)["code"])
    is_new = ~rows["code"].is_in(held.implode()) & rows["record"].is_null()
    found = resolved(judgement, asked, known, _PARENT)
    nothing = asked.select(
        pl.all_horizontal(pl.col(each).is_null() for each in ("parent_code", "parent_name"))
    ).to_series()
    judgement.add_faults(is_new & nothing & ~here, column="parent_code", fault=PARENT_MISSING)
    code = found["found_code"].zip_with(found["found_code"].is_not_null(), rows["parent_code"])
    return rows.with_columns(code.alias("parent_code"))


def _first(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with those on top that others stand below."""
    order = pl.col("level").replace_strict(_IN_ORDER, default=len(_IN_ORDER), return_dtype=pl.Int32)
    return rows.sort(order, maintain_order=True)


def _post(said: Said, occasion: Occasion) -> Posted:
    by: dict[str, Any] = {"actor": occasion.actor, "at": occasion.at}
    approval = Approval(on=said["approved_on"], number=said.text("approval_number"))
    legal = LegalPerson(said.text("legal_uscc"), said.text("legal_certificate"), said["legal_since"])
    employer_class = Employer.Ownership(said["employer_class"]) if said["employer_class"] else None
    form = Union.Form(said.text("form") or Union.Form.NOT_APPLICABLE)
    if said.record is None:
        made = actions.found_union(
            parent_id=_parent(said), name=said["name"], code=said["code"], level=Union.Level(said["level"]),
            approval=approval, form=form, employer_class=employer_class, legal_person=legal, source=SOURCE,
            **by,
        )  # fmt: skip
        placement = Placement.objects.get(org_unit_id=made.org_unit_id)
        return Posted(made.pk, made=(made, placement, made.org_unit))
    if "name" in said.told:
        actions.rename_union(said.record, name=said["name"], on=occasion.day, reason=occasion.reason, **by)
    if said.told - {"name"}:
        actions.correct_union(
            said.record, form=form, employer_class=employer_class, approval=approval, legal_person=legal,
            reason=occasion.reason, **by,
        )  # fmt: skip
    return Posted(said.record)


def _parent(said: Said) -> int:
    found = Union.objects.filter(code=said.text("parent_code")).first()
    return found.pk if found else 0


def _touched(said: Said, occasion: Occasion) -> Touched:
    del occasion
    if said.record is not None and "name" in said.told:
        yield OrgUnit, list(Union.objects.filter(pk=said.record).values_list("org_unit_id", flat=True))


UNIONS: Final = Ledger(
    form=FORM, model=Union, register=_register, judged=_judged, post=_post, first=_first, touched=_touched,
    fixed=dict.fromkeys(("code", "level", "parent_code", "parent_name"), PLACE_FIXED),
    unread=frozenset({"ended_on", "remark"}),
)  # fmt: skip
