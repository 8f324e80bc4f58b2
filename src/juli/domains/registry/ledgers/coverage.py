"""The ledger of coverage: which union stands for which employer (覆盖台账)."""

from typing import Any, Final

import polars as pl

from juli.domains.registry import actions
from juli.domains.registry.ledgers import columns, places
from juli.domains.registry.models import Coverage, Union
from juli.domains.registry.roster import faults
from juli.domains.registry.roster.judging import EMPLOYER, UNION
from juli.domains.registry.roster.known import Known
from juli.engines.party.models import Employer, EmployerFlag, HazardousPost, Headcount
from juli.engines.sheet import staging
from juli.engines.sheet.columns import LedgerForm
from juli.engines.sheet.judging import Judgement
from juli.engines.sheet.ledgers import Ledger, Touched
from juli.engines.sheet.saying import RECORD_COLUMN, Occasion, Posted, Said

FORM: Final = LedgerForm(
    code="registry.coverage",
    label="覆盖台账",
    columns=(
        RECORD_COLUMN, columns.UNION_CODE, columns.UNION_NAME, columns.USCC, columns.EMPLOYER_NAME,
        columns.BEGINS_ON, columns.ENDS_ON, columns.REMARK,
    ),
    key=("union_code", "uscc", "begins_on"),
    record="record",
)  # fmt: skip
_HELD: Final = """
SELECT coverage.id, coverage.path, own.code, own.name, employer.uscc, employer.name, coverage.valid_from,
  coverage.valid_until
FROM registry_coverage AS coverage
JOIN registry_union AS own ON own.id = coverage.union_id
JOIN party_employer AS employer ON employer.id = coverage.employer_id
ORDER BY coverage.id
"""
_SCHEMA: Final = {
    "@record": pl.Int64, "@path": pl.String, "union_code": pl.String, "union_name": pl.String,
    "uscc": pl.String, "employer_name": pl.String, "begins_on": pl.Date, "ends_on": pl.Date,
}  # fmt: skip


def _register(rows: pl.DataFrame, occasion: Occasion) -> pl.DataFrame:
    del rows
    return staging.query(_HELD, _SCHEMA).filter(places.within(occasion.ranges, "@path"))


def _judged(rows: pl.DataFrame, judgement: Judgement, occasion: Occasion) -> pl.DataFrame:
    known = Known.within(occasion.ranges)
    placed = places.placed(judgement, rows, UNION, known.unions, to="@unit_id")
    placed = places.placed(judgement, placed, EMPLOYER, known.employers, to="@employer_id")
    places.require_one(judgement, rows, of=("union_code", "union_name"), fault=faults.UNION_MISSING)
    places.require_one(judgement, rows, of=("uscc", "employer_name"), fault=columns.EMPLOYER_MISSING)
    return placed


def _post(said: Said, occasion: Occasion) -> Posted:
    by: dict[str, Any] = {"reason": occasion.reason, "actor": occasion.actor, "at": occasion.at}
    if said.record is None:
        coverage = actions.cover_employer(
            union_id=Union.objects.get(org_unit_id=said["@unit_id"]).pk, employer_id=said["@employer_id"],
            on=said["begins_on"], actor=occasion.actor, at=occasion.at,
        )  # fmt: skip
        if said["ends_on"] is not None:
            actions.uncover_employer(coverage.pk, on=said["ends_on"], **by)
        return Posted(coverage.pk, made=(coverage,))
    held = Coverage.objects.get(pk=said.record)
    if said.told == {"ends_on"} and held.valid_until is None:
        actions.uncover_employer(said.record, on=said["ends_on"], **by)
    else:
        actions.correct_coverage(said.record, begins_on=said["begins_on"], ends_on=said["ends_on"], **by)
    return Posted(said.record)


def _touched(said: Said, occasion: Occasion) -> Touched:
    """The employer moves with what is reported of it."""
    del occasion
    number = said["@employer_id"]
    if number is None and said.record is not None:
        number = Coverage.objects.filter(pk=said.record).values_list("employer_id", flat=True).first()
    yield Employer, [number]
    for model in (Headcount, EmployerFlag, HazardousPost):
        yield model, list(model.objects.filter(employer_id=number).values_list("pk", flat=True))


COVERAGE: Final = Ledger(
    form=FORM, model=Coverage, register=_register, judged=_judged, post=_post, touched=_touched,
    fixed=dict.fromkeys(("union_code", "union_name", "uscc", "employer_name"), columns.ENDED_BY_DETAIL),
    unread=frozenset({"remark"}),
)  # fmt: skip
