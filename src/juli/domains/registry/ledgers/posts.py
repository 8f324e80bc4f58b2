"""The ledger of offices held in unions (任职台账)."""

from typing import Any, Final

import polars as pl

from juli.domains.registry import actions
from juli.domains.registry.ledgers import columns, people, places
from juli.domains.registry.models import Post, Union
from juli.domains.registry.roster import faults
from juli.domains.registry.roster.judging import UNION
from juli.domains.registry.roster.known import Known
from juli.engines.sheet import staging
from juli.engines.sheet.columns import Choice, Column, Kind, LedgerForm
from juli.engines.sheet.judging import Judgement
from juli.engines.sheet.ledgers import Ledger
from juli.engines.sheet.saying import RECORD_COLUMN, Occasion, Posted, Said

_OFFICE_WORDS: Final = {
    Post.Office.CHAIR: ("工会主席",),
    Post.Office.VICE_CHAIR: ("工会副主席",),
    Post.Office.COMMITTEE_MEMBER: ("工会委员", "组织委员", "宣传委员", "文体委员"),
    Post.Office.AUDIT_CHAIR: ("经审主任", "经费审查委员会主任"),
    Post.Office.AUDIT_MEMBER: ("经费审查委员",),
    Post.Office.WOMEN_CHAIR: ("女工主任", "女职工主任"),
    Post.Office.WOMEN_MEMBER: ("女工委员",),
    Post.Office.STAFF: ("专职干部", "工会干事"),
    Post.Office.SOCIALISED: ("社会化工作者",),
}

FORM: Final = LedgerForm(
    code="registry.posts",
    label="任职台账",
    columns=(
        RECORD_COLUMN, columns.UNION_CODE, columns.UNION_NAME,
        Column(code="name", label="姓名", kind=Kind.NAME, max_length=64, aliases=("任职人", "干部姓名"),
               example="张三"),
        Column(code="document", label="证件号码", kind=Kind.DOCUMENT, is_personal=True, max_length=32,
               aliases=("身份证号", "身份证号码", "身份证"), example="身份证上的 18 位号码"),
        Column(code="number", label="会员号", max_length=20, aliases=("会员编号",),
               note="证件号码和会员号填一项"),
        Column(code="office", label="职务", kind=Kind.CHOICE, required=True, aliases=("工会职务", "岗位"),
               choices=tuple(Choice(each, each.label, _OFFICE_WORDS.get(each, ())) for each in Post.Office)),
        Column(code="is_full_time", label="专职", kind=Kind.YES_NO, aliases=("是否专职",)),
        columns.BEGINS_ON, columns.ENDS_ON, columns.REMARK,
    ),
    key=("union_code", "document", "office", "begins_on"),
    record="record",
)  # fmt: skip
_HELD: Final = """
SELECT held.id, held.path, own.code, own.name, person.id, person.name, person.document_shown, member.number,
  held.office, held.is_full_time, held.valid_from, held.valid_until
FROM registry_post AS held
JOIN registry_union AS own ON own.id = held.union_id
JOIN party_person AS person ON person.id = held.person_id
LEFT JOIN registry_membership AS member ON member.person_id = person.id AND member.valid_until IS NULL
ORDER BY held.id
"""
_SCHEMA: Final = {
    "@record": pl.Int64, "@path": pl.String, "union_code": pl.String, "union_name": pl.String,
    "@person_id": pl.Int64, "name": pl.String, "document": pl.String, "number": pl.String,
    "office": pl.String, "is_full_time": pl.Boolean, "begins_on": pl.Date, "ends_on": pl.Date,
}  # fmt: skip


def _register(rows: pl.DataFrame, occasion: Occasion) -> pl.DataFrame:
    del rows
    return staging.query(_HELD, _SCHEMA).filter(places.within(occasion.ranges, "@path"))


def _judged(rows: pl.DataFrame, judgement: Judgement, occasion: Occasion) -> pl.DataFrame:
    placed = places.placed(judgement, rows, UNION, Known.within(occasion.ranges).unions, to="@unit_id")
    places.require_one(judgement, rows, of=("union_code", "union_name"), fault=faults.UNION_MISSING)
    return people.found(placed, judgement)


def _post(said: Said, occasion: Occasion) -> Posted:
    by: dict[str, Any] = {"actor": occasion.actor, "at": occasion.at}
    office = Post.Office(said["office"])
    if said.record is None:
        made = actions.take_post(
            union_id=Union.objects.get(org_unit_id=said["@unit_id"]).pk, person_id=said["@person_id"],
            office=office, on=said["begins_on"], is_full_time=bool(said["is_full_time"]), **by,
        )  # fmt: skip
        if said["ends_on"] is not None:
            actions.leave_post(made.pk, on=said["ends_on"], reason=occasion.reason, **by)
        return Posted(made.pk, made=(made,))
    held = Post.objects.get(pk=said.record)
    if said.told == {"ends_on"} and held.valid_until is None:
        actions.leave_post(said.record, on=said["ends_on"], reason=occasion.reason, **by)
        return Posted(said.record)
    actions.correct_post(
        said.record, office=office, is_full_time=bool(said["is_full_time"]), begins_on=said["begins_on"],
        ends_on=said["ends_on"], reason=occasion.reason, **by,
    )  # fmt: skip
    return Posted(said.record)


POSTS: Final = Ledger(
    form=FORM, model=Post, register=_register, judged=_judged, post=_post,
    match=("union_code", "@person_id", "office", "begins_on"),
    fixed=dict.fromkeys(("union_code", "union_name"), columns.ENDED_BY_DETAIL),
    unread=frozenset({"name", "document", "number", "remark"}),
)  # fmt: skip
