"""The employers of a sample, which unions cover them, and how many people work there."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from juli.config.sample.district import District
from juli.config.sample.inventing import Numbers, Random, credit_codes, enterprises, spread
from juli.config.sample.unions import BaseUnions

OWNERSHIPS = ("private", "hmt", "foreign", "state", "collective", "institution", "social", "self_employed")
SHARES = (0.66, 0.11, 0.05, 0.04, 0.03, 0.05, 0.02, 0.04)


@dataclass(frozen=True, slots=True)
class Employers:
    """Frames for posting, and for each covered employer its union and its number of members."""

    unions: pl.DataFrame
    employers: pl.DataFrame
    coverages: pl.DataFrame
    headcounts: pl.DataFrame
    union_of: Numbers
    members: Numbers


def employers(district: District, random: Random, bases: BaseUnions, hangers: pl.DataFrame) -> Employers:
    """Return covered and uncovered employers; the members spread over the covered ones."""
    totals = district.totals
    covered, count = totals.covered_units, totals.covered_units + totals.uncovered_employers
    union_of = np.repeat(np.arange(len(bases.frame)), bases.employers)
    hanger = np.concatenate([bases.hanger[union_of], random.integers(0, len(hangers), count - covered)])
    ownership = pl.Series(list(OWNERSHIPS)).gather(random.choice(len(OWNERSHIPS), count, p=SHARES))
    frame = enterprises(random, hangers["place"].gather(hanger)).with_columns(
        uscc=credit_codes(1, count, code=district.code),
        ownership=ownership,
        territory_code=hangers["territory_code"].gather(hanger),
        registered_on=pl.lit(district.federation_since),
    )
    union_codes = bases.frame["code"].gather(union_of)
    frame = frame.with_columns(unit_code=pl.concat([union_codes, frame["territory_code"][covered:]]))
    is_joint = bases.employers[union_of] > 1
    weights = random.lognormal(0, 1.15, covered) * np.where(is_joint, 0.22, 1.0)
    members = spread(totals.members, weights, least=1)
    coverages = pl.DataFrame(
        {
            "union_code": union_codes,
            "uscc": frame["uscc"][:covered],
            "valid_from": pl.Series(bases.approved[union_of]),
        }
    )
    return Employers(
        unions=_named(bases, frame, union_of, hangers),
        employers=frame,
        coverages=coverages,
        headcounts=_headcounts(district, random, frame, members),
        union_of=union_of,
        members=members,
    )


def _named(bases: BaseUnions, frame: pl.DataFrame, union_of: Numbers, hangers: pl.DataFrame) -> pl.DataFrame:
    """Give each base union its name: that of its one employer, or of its place and number."""
    first = np.searchsorted(union_of, np.arange(len(bases.frame)))
    of_employer = frame.select("name", "ownership")[first]
    places = hangers["place"].gather(bases.hanger)
    joint_name = places + "第" + (pl.int_range(1, len(places) + 1, eager=True)).cast(pl.String) + "联合工会"
    return bases.frame.with_columns(
        name=pl.when(pl.col("form") == "own")
        .then(pl.lit(of_employer["name"] + "工会"))
        .otherwise(pl.lit(joint_name)),
        employer_class=pl.when(pl.col("form") == "own")
        .then(pl.lit(of_employer["ownership"]))
        .otherwise(pl.lit("joint")),
    )


def _headcounts(district: District, random: Random, frame: pl.DataFrame, members: Numbers) -> pl.DataFrame:
    uncovered = random.integers(3, 180, len(frame) - len(members))
    employees = np.concatenate(
        [np.ceil(members / random.uniform(0.72, 1.0, len(members))), uncovered]
    ).astype(np.int64)
    return pl.DataFrame(
        {
            "uscc": frame["uscc"],
            "counted_on": pl.repeat(date(district.year, 12, 31), len(frame), eager=True),
            "employees": employees,
            "migrant_workers": (employees * random.uniform(0.2, 0.8, len(employees))).astype(np.int64),
            "women": (employees * random.uniform(0.25, 0.65, len(employees))).astype(np.int64),
        }
    )
