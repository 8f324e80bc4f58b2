"""The ledger of grants: who may do what, where, from when until when (授权台账)."""

from typing import Any, Final

import polars as pl
from django.utils import translation

from juli.config.duties import DUTIES
from juli.domains.registry.ledgers import places
from juli.domains.registry.permissions import LABELS as REGISTRY
from juli.domains.registry.roster.judging import Reference
from juli.domains.reporting.permissions import LABELS as REPORTING
from juli.engines.scope import actions
from juli.engines.scope.models import Account, Grant
from juli.engines.scope.permissions import Permission
from juli.engines.sheet import staging
from juli.engines.sheet.columns import Choice, Column, Kind, LedgerForm
from juli.engines.sheet.faults import Fault
from juli.engines.sheet.judging import Judgement
from juli.engines.sheet.ledgers import Ledger
from juli.engines.sheet.saying import RECORD_COLUMN, Occasion, Posted, Said

ACCOUNT_UNKNOWN = Fault(
    "scope.account_unknown", "没有登录名为“{value}”的账号，或者它不在您的管理范围内，请先建立账号。"
)
UNIT_MISSING = Fault("scope.unit_missing", "新的授权要写明在哪个组织，填写编码或名称。")
UNIT_UNKNOWN = Fault(
    "scope.unit_unknown", "没有编码为“{value}”的组织，或者它不在您的管理范围内，请核对编码。"
)
UNIT_NAME_UNKNOWN = Fault("scope.unit_name_unknown", "没有名称为“{value}”的组织，请按全称填写，或改填编码。")
UNIT_SHARED = Fault("scope.unit_name_shared", "有 {count} 个组织都叫“{value}”，请填写编码。")
UNIT_CONTRADICTS = Fault(
    "scope.unit_contradicts", "编码与名称指的不是同一个组织（这个编码是“{value}”），请核对。"
)
GRANT_FIXED = Fault(
    "scope.grant_fixed", "已有的授权是“{value}”；授权只能停止，要另授请起一行新的，不填记录号。"
)

_RIGHTS: Final = {
    **{each.value: label for each, label in REGISTRY.items()},
    **{each.value: label for each, label in REPORTING.items()},
    Permission.SEE.value: "查看组织、账号和授权",
    Permission.ARRANGE.value: "调整组织",
    Permission.GRANT.value: "建立账号和授权",
    "audit.see": "查看查阅记录",
}
with translation.override("zh-hans"):  # a ledger speaks Chinese, whoever asks for it first
    _RIGHT_CHOICES: Final = tuple(Choice(code, str(label)) for code, label in _RIGHTS.items())
    _DUTY_CHOICES: Final = tuple(Choice(each.code, str(each.label)) for each in DUTIES)
    _EXTENTS: Final = tuple(
        Choice(each.value, str(each.label)) for each in (Grant.Extent.SUBTREE, Grant.Extent.UNIT)
    )

FORM: Final = LedgerForm(
    code="scope.grants",
    label="授权台账",
    columns=(
        RECORD_COLUMN,
        Column(code="username", label="登录名", required=True, max_length=64, aliases=("账号",),
               example="hehuiyi"),
        Column(code="display_name", label="姓名", max_length=64, note="只供查看"),
        Column(code="permission", label="权限", kind=Kind.CHOICE, required=True,
               choices=_RIGHT_CHOICES),
        Column(code="duty", label="岗位", kind=Kind.CHOICE, note="这项权限属于哪个岗位",
               choices=_DUTY_CHOICES),
        Column(code="unit_code", label="组织编码", max_length=32, note="组织编码和组织填一项"),
        Column(code="unit_name", label="组织", max_length=120, aliases=("组织名称", "所在组织")),
        Column(code="extent", label="数据范围", kind=Kind.CHOICE, required=True,
               choices=_EXTENTS),
        Column(code="begins_on", label="开始日期", kind=Kind.DAY, note="只供查看，新授权从当天开始"),
        Column(code="ends_on", label="结束日期", kind=Kind.DAY, future_allowed=True,
               note="到哪一天为止；长期有效的不填"),
        Column(code="reason", label="理由", max_length=200),
    ),
    key=("username", "permission", "unit_code", "extent"),
    record="record",
)  # fmt: skip
_UNIT: Final = Reference(
    "unit_code", "unit_name", UNIT_UNKNOWN, UNIT_NAME_UNKNOWN, UNIT_SHARED, UNIT_CONTRADICTS
)
_HELD: Final = """
SELECT held.id, held.path, account.username, account.display_name, held.permission, nullif(held.duty, ''),
  unit.code, unit.name, held.extent, held.valid_from, held.valid_until, held.reason
FROM scope_grant AS held
JOIN scope_account AS account ON account.id = held.account_id
JOIN scope_orgunit AS unit ON unit.id = held.org_unit_id
ORDER BY held.valid_until IS NULL, held.id
"""
_SCHEMA: Final = {
    "@record": pl.Int64, "@path": pl.String, "username": pl.String, "display_name": pl.String,
    "permission": pl.String, "duty": pl.String, "unit_code": pl.String, "unit_name": pl.String,
    "extent": pl.String, "begins_on": pl.Date, "ends_on": pl.Date, "reason": pl.String,
}  # fmt: skip


def _register(rows: pl.DataFrame, occasion: Occasion) -> pl.DataFrame:
    """Return what was granted; of grants that have ended only those that a row asks for by number."""
    held = staging.query(_HELD, _SCHEMA).filter(places.within(occasion.ranges, "@path"))
    asked = rows["record"].cast(pl.Int64, strict=False).implode()
    return held.filter(pl.col("ends_on").is_null() | pl.col("@record").is_in(asked))


def _judged(rows: pl.DataFrame, judgement: Judgement, occasion: Occasion) -> pl.DataFrame:
    found = places.placed(judgement, rows, _UNIT, places.units(occasion.ranges), to="@unit_id")
    places.require_one(judgement, rows, of=("unit_code", "unit_name"), fault=UNIT_MISSING)
    asked = {name.lower() for name in rows["username"].drop_nulls()}
    known = {
        name.lower(): number
        for name, number in Account.scoped.within_reach_of(occasion.actor, Permission.GRANT).values_list(
            "username", "pk"
        )
        if name.lower() in asked
    }
    numbers = [known.get((name or "").lower()) for name in rows["username"]]
    account = pl.Series("@account_id", numbers, dtype=pl.Int64)
    is_lost = rows["username"].is_not_null() & account.is_null()
    judgement.add_faults(is_lost, column="username", fault=ACCOUNT_UNKNOWN, value=rows["username"])
    return found.with_columns(account)


def _post(said: Said, occasion: Occasion) -> Posted:
    by: dict[str, Any] = {"actor": occasion.actor, "at": occasion.at}
    reason = said.text("reason") or occasion.reason
    if said.record is None:
        made = actions.grant(
            said["@account_id"], permissions=[said["permission"]], org_unit_id=said["@unit_id"],
            extent=Grant.Extent(said["extent"]), duty=said.text("duty"), until=said["ends_on"], reason=reason,
            **by,
        )  # fmt: skip
        return Posted(made[0].pk, made=tuple(made))
    actions.end_grant(said.record, on=said["ends_on"], reason=said.text("reason"), **by)
    return Posted(said.record)


GRANTS: Final = Ledger(
    form=FORM, model=Grant, register=_register, judged=_judged, post=_post,
    fixed=dict.fromkeys(("username", "permission", "unit_code", "unit_name", "extent"), GRANT_FIXED),
    unread=frozenset({"display_name", "duty", "begins_on", "reason"}),
)  # fmt: skip
