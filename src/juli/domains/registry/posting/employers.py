"""Employers, who covers them, and how many work for them."""

from datetime import datetime

import polars as pl

from juli.domains.registry.facts import Happened
from juli.domains.registry.posting import facts, frames, places
from juli.domains.registry.posting.stamps import Posted, Stamp
from juli.engines.sheet import staging
from juli.kernel.actor import Actor
from juli.kernel.text import name_keys

_PLACE = {"org_unit_id": "bigint", "root_id": "bigint", "path": 'text COLLATE "C"'}
_EMPLOYER_COLUMNS = {
    "id": "bigint NOT NULL DEFAULT nextval('party_employer_id_seq')", **_PLACE, "territory_id": "bigint",
    "uscc": "text", "name": "text", "bigrams": "integer[]", "initials": "text", "ownership": "text",
    "industry": "text", "address": "text", "business": "text", "business_as_of": "date",
    "registered_on": "date",
    "day_path": 'text COLLATE "C"',
}  # fmt: skip
_EMPLOYER_OPTIONAL: frames.Optional = {
    "industry": (pl.String, ""), "address": (pl.String, ""), "business": (pl.String, "operating"),
    "business_as_of": (pl.Date, None),
}  # fmt: skip
_EMPLOYERS = """
INSERT INTO party_employer (id, org_unit_id, path, territory_id, uscc, name, name_bigrams, name_initials,
ownership,
  industry, address, business, business_as_of, source, registered_on, updated_at)
SELECT id, org_unit_id, path, territory_id, uscc, name, bigrams, left(initials, 120), ownership, industry,
address,
  business, business_as_of, %(source)s, registered_on, %(at)s
FROM stage_employer ORDER BY path
"""
_REGISTERED = facts.Telling(
    subject_kind="party.employer", subject="id", occurred_on="registered_on", path="day_path", employer="id",
    category="ownership",
)  # fmt: skip

_COVERAGE_COLUMNS = {
    "id": "bigint NOT NULL DEFAULT nextval('registry_coverage_id_seq')", **_PLACE, "employer_id": "bigint",
    "ownership": "text", "valid_from": "date", "valid_until": "date", "begun_at": 'text COLLATE "C"',
    "ended_at": 'text COLLATE "C"',
}  # fmt: skip
_COVERAGES = """
INSERT INTO registry_coverage (id, org_unit_id, path, union_id, employer_id, valid_from, valid_until)
SELECT stage.id, stage.org_unit_id, stage.path, own.id, stage.employer_id, stage.valid_from, stage.valid_until
FROM stage_coverage AS stage JOIN registry_union AS own ON own.org_unit_id = stage.org_unit_id ORDER BY
stage.path
"""
_BEGUN = facts.Telling(
    subject_kind="registry.coverage", subject="id", occurred_on="valid_from", path="begun_at",
    employer="employer_id", category="ownership",
)  # fmt: skip
_ENDED = facts.Telling(
    subject_kind="registry.coverage", subject="id", occurred_on="valid_until", path="ended_at",
    employer="employer_id", category="ownership", where="valid_until IS NOT NULL",
)  # fmt: skip

_HEADCOUNT_COLUMNS = {
    "id": "bigint NOT NULL DEFAULT nextval('party_headcount_id_seq')", **_PLACE, "employer_id": "bigint",
    "ownership": "text", "counted_on": "date", "employees": "integer", "migrant_workers": "integer",
    "women": "integer", "day_path": 'text COLLATE "C"',
}  # fmt: skip
_HEADCOUNTS = """
INSERT INTO party_headcount (id, org_unit_id, path, employer_id, counted_on, employees, migrant_workers,
women, source)
SELECT id, org_unit_id, path, employer_id, counted_on, employees, migrant_workers, women, %(source)s
FROM stage_headcount ORDER BY path
"""
_REPORTED = facts.Telling(
    subject_kind="party.headcount", subject="id", occurred_on="counted_on", path="day_path",
    employer="employer_id", quantity="employees", category="ownership",
    payload="jsonb_build_object('migrant_workers', migrant_workers, 'women', women)",
)  # fmt: skip


def post_employers(
    frame: pl.DataFrame, *, actor: Actor, at: datetime, source: str, batch_id: int | None = None
) -> Posted:
    """
    Register employers and write down that they were registered.

    Columns: uscc, name, ownership, unit_code (of the covering union, else of the territory),
    territory_code, registered_on; may be left out: industry, address, business, business_as_of.

    :raises UnknownCode: a unit is not within reach.
    """
    stamp = Stamp(actor, at, source, batch_id)
    found = places.Places.within_reach()
    complete = frames.completed(frame, _EMPLOYER_OPTIONAL)
    territories = found.located(complete.select("territory_code"), code="territory_code")
    keys = name_keys(complete["name"]).select("name", "bigrams", "initials")
    named = pl.concat([complete.drop("name"), keys], how="horizontal")
    located = found.located(named, code="unit_code").with_columns(territory_id=territories["org_unit_id"])
    _stage("stage_employer", _EMPLOYER_COLUMNS, found.stood(located, on="registered_on", column="day_path"))
    staging.run(_EMPLOYERS, facts.signed(stamp))
    facts.record_all(Happened.EMPLOYER_REGISTERED, _REGISTERED, stage="stage_employer", stamp=stamp)
    return Posted(rows=frame.height)


def post_coverages(
    frame: pl.DataFrame, *, actor: Actor, at: datetime, source: str, batch_id: int | None = None
) -> Posted:
    """
    Write down which union covers which employer from when until when.

    Columns: union_code, uscc, valid_from; may be left out: valid_until.

    :raises UnknownCode: a union or an employer is not within reach.
    """
    stamp = Stamp(actor, at, source, batch_id)
    found = places.Places.within_reach()
    complete = frames.completed(frame, {"valid_until": (pl.Date, None)})
    employed = places.employed(complete, places.employers(found.units))
    located = found.located(employed, code="union_code")
    begun = found.stood(located, on="valid_from", column="begun_at")
    _stage("stage_coverage", _COVERAGE_COLUMNS, found.stood(begun, on="valid_until", column="ended_at"))
    staging.run(_COVERAGES, {})
    facts.record_all(Happened.COVERAGE_BEGUN, _BEGUN, stage="stage_coverage", stamp=stamp)
    facts.record_all(Happened.COVERAGE_ENDED, _ENDED, stage="stage_coverage", stamp=stamp)
    return Posted(rows=frame.height)


def post_headcounts(
    frame: pl.DataFrame, *, actor: Actor, at: datetime, source: str, batch_id: int | None = None
) -> Posted:
    """
    Write down how many people employers employ.

    Columns: uscc, counted_on, employees; may be left out: migrant_workers, women.

    :raises UnknownCode: an employer is not within reach.
    """
    stamp = Stamp(actor, at, source, batch_id)
    found = places.Places.within_reach()
    complete = frames.completed(frame, {"migrant_workers": (pl.Int32, None), "women": (pl.Int32, None)})
    located = places.employed(complete, places.employers(found.units)).rename(
        {"employer_unit_id": "org_unit_id", "employer_root_id": "root_id", "employer_path": "path"}
    )
    _stage("stage_headcount", _HEADCOUNT_COLUMNS, found.stood(located, on="counted_on", column="day_path"))
    staging.run(_HEADCOUNTS, facts.signed(stamp))
    facts.record_all(Happened.HEADCOUNT_REPORTED, _REPORTED, stage="stage_headcount", stamp=stamp)
    return Posted(rows=frame.height)


def _stage(name: str, columns: staging.Definition, frame: pl.DataFrame) -> None:
    staging.create(name, columns)
    staging.fill(name, staging.Load.of(frame.select(column for column in columns if column != "id")))
