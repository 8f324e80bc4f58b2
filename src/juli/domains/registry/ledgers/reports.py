"""The ledgers of what is reported of employers: headcounts and hazardous posts (职工人数、有害岗位)."""

from typing import Any, Final

import polars as pl

from juli.domains.registry import actions
from juli.domains.registry.ledgers import columns, places
from juli.domains.registry.ledgers.employers import PARTS_EXCEED
from juli.domains.registry.roster.judging import EMPLOYER
from juli.domains.registry.roster.known import Known
from juli.engines.party.models import HazardousPost, Headcount
from juli.engines.sheet import staging
from juli.engines.sheet.columns import Choice, Column, Kind, LedgerForm
from juli.engines.sheet.judging import Judgement
from juli.engines.sheet.ledgers import Ledger
from juli.engines.sheet.saying import RECORD_COLUMN, SOURCE, Occasion, Posted, Said

_FIXED: Final = dict.fromkeys(("uscc", "employer_name"), columns.ENDED_BY_DETAIL)

HEADCOUNT_FORM: Final = LedgerForm(
    code="registry.headcounts",
    label="职工人数台账",
    columns=(
        RECORD_COLUMN, columns.USCC, columns.EMPLOYER_NAME,
        Column(code="counted_on", label="统计日期", kind=Kind.DAY, required=True,
               aliases=("截止日期", "上报日期", "日期"), example="2018-12-31"),
        Column(code="employees", label="职工人数", kind=Kind.INTEGER, required=True, least=0, most=2_000_000,
               aliases=("职工数", "在岗职工", "员工人数", "职工总数"), example="120"),
        Column(code="migrant_workers", label="农民工人数", kind=Kind.INTEGER, least=0, most=2_000_000,
               aliases=("农民工数", "农民工")),
        Column(code="women", label="女职工人数", kind=Kind.INTEGER, least=0, most=2_000_000,
               aliases=("女职工数", "女职工")),
        columns.REMARK,
    ),
    key=("uscc", "counted_on"),
    record="record",
)  # fmt: skip
_HEADCOUNTS: Final = """
SELECT held.id, held.path, employer.uscc, employer.name, held.counted_on, held.employees,
  held.migrant_workers, held.women
FROM party_headcount AS held JOIN party_employer AS employer ON employer.id = held.employer_id
ORDER BY held.id
"""
_HEADCOUNT_SCHEMA: Final = {
    "@record": pl.Int64, "@path": pl.String, "uscc": pl.String, "employer_name": pl.String,
    "counted_on": pl.Date, "employees": pl.Int64, "migrant_workers": pl.Int64, "women": pl.Int64,
}  # fmt: skip

HAZARD_FORM: Final = LedgerForm(
    code="registry.hazards",
    label="有害岗位台账",
    columns=(
        RECORD_COLUMN, columns.USCC, columns.EMPLOYER_NAME,
        Column(code="title", label="岗位名称", required=True, max_length=60, aliases=("岗位", "工种"),
               example="打磨"),
        Column(code="hazard", label="危害类别", kind=Kind.CHOICE, required=True,
               choices=tuple(Choice(each, each.label) for each in HazardousPost.Hazard),
               aliases=("危害因素", "职业病危害因素", "类别")),
        Column(code="workers", label="接触人数", kind=Kind.INTEGER, required=True, least=0, most=2_000_000,
               aliases=("接害人数", "人数"), example="8"),
        Column(code="is_checked", label="单位已安排职业健康检查", kind=Kind.YES_NO,
               aliases=("已安排体检", "是否体检", "职业健康检查")),
        columns.BEGINS_ON, columns.ENDS_ON, columns.REMARK,
    ),
    key=("uscc", "title", "hazard", "begins_on"),
    record="record",
)  # fmt: skip
_HAZARDS: Final = """
SELECT held.id, held.path, employer.uscc, employer.name, held.title, held.hazard, held.workers,
  held.is_checked_by_employer, held.valid_from, held.valid_until
FROM party_hazardouspost AS held JOIN party_employer AS employer ON employer.id = held.employer_id
ORDER BY held.id
"""
_HAZARD_SCHEMA: Final = {
    "@record": pl.Int64, "@path": pl.String, "uscc": pl.String, "employer_name": pl.String,
    "title": pl.String, "hazard": pl.String, "workers": pl.Int64, "is_checked": pl.Boolean,
    "begins_on": pl.Date, "ends_on": pl.Date,
}  # fmt: skip


def _headcounts(rows: pl.DataFrame, occasion: Occasion) -> pl.DataFrame:
    del rows
    return staging.query(_HEADCOUNTS, _HEADCOUNT_SCHEMA).filter(places.within(occasion.ranges, "@path"))


def _hazards(rows: pl.DataFrame, occasion: Occasion) -> pl.DataFrame:
    del rows
    return staging.query(_HAZARDS, _HAZARD_SCHEMA).filter(places.within(occasion.ranges, "@path"))


def _employed(rows: pl.DataFrame, judgement: Judgement, occasion: Occasion) -> pl.DataFrame:
    known = Known.within(occasion.ranges)
    places.require_one(judgement, rows, of=("uscc", "employer_name"), fault=columns.EMPLOYER_MISSING)
    return places.placed(judgement, rows, EMPLOYER, known.employers, to="@employer_id")


def _counted(rows: pl.DataFrame, judgement: Judgement, occasion: Occasion) -> pl.DataFrame:
    for part in ("migrant_workers", "women"):
        exceeds = rows[part] > rows["employees"]
        judgement.add_faults(exceeds, column=part, fault=PARTS_EXCEED, value=rows[part])
    numbers = [pl.col(code).cast(pl.Int64) for code in ("employees", "migrant_workers", "women")]
    return _employed(rows.with_columns(numbers), judgement, occasion)


def _exposed(rows: pl.DataFrame, judgement: Judgement, occasion: Occasion) -> pl.DataFrame:
    return _employed(rows.with_columns(pl.col("workers").cast(pl.Int64)), judgement, occasion)


def _post_headcount(said: Said, occasion: Occasion) -> Posted:
    counted: dict[str, Any] = {
        "counted_on": said["counted_on"], "employees": said["employees"],
        "migrant_workers": said["migrant_workers"], "women": said["women"], "source": SOURCE,
        "actor": occasion.actor, "at": occasion.at,
    }  # fmt: skip
    if said.record is None:
        made = actions.report_headcount(said["@employer_id"], **counted)
        return Posted(made.pk, made=(made,))
    actions.correct_headcount(said.record, reason=occasion.reason, **counted)
    return Posted(said.record)


def _post_hazard(said: Said, occasion: Occasion) -> Posted:
    hazard = HazardousPost.Hazard(said["hazard"])
    told: dict[str, Any] = {
        "title": said["title"], "hazard": hazard, "workers": said["workers"],
        "is_checked_by_employer": said["is_checked"], "actor": occasion.actor, "at": occasion.at,
    }  # fmt: skip
    if said.record is None:
        made = actions.report_hazard(said["@employer_id"], on=said["begins_on"], **told)
        if said["ends_on"] is not None:
            _end(made.pk, said, occasion)
        return Posted(made.pk, made=(made,))
    held = HazardousPost.objects.get(pk=said.record)
    if held.valid_until is None and "ends_on" in said.told:
        _end(said.record, said, occasion)
    if said.told - {"ends_on"} or held.valid_until is not None:
        told |= {"begins_on": said["begins_on"], "ends_on": said["ends_on"], "reason": occasion.reason}
        actions.correct_hazard(said.record, **told)
    return Posted(said.record)


def _end(number: int, said: Said, occasion: Occasion) -> None:
    actions.end_hazard(
        number, on=said["ends_on"], reason=occasion.reason, actor=occasion.actor, at=occasion.at
    )


HEADCOUNTS: Final = Ledger(
    form=HEADCOUNT_FORM, model=Headcount, register=_headcounts, judged=_counted, post=_post_headcount,
    fixed=_FIXED, unread=frozenset({"remark"}),
)  # fmt: skip
HAZARDS: Final = Ledger(
    form=HAZARD_FORM, model=HazardousPost, register=_hazards, judged=_exposed, post=_post_hazard,
    fixed=_FIXED, unread=frozenset({"remark"}),
)  # fmt: skip
