"""The unions of a sample: towns, villages, parks, sectors, and the base unions below them."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from juli.config.sample.district import District
from juli.config.sample.inventing import Numbers, Random, spread

FIRST_DAY = date(1998, 1, 1)
JOINT_SHARE = 0.17


@dataclass(frozen=True, slots=True)
class Structure:
    """Everything above the base, as one frame for posting, and where base unions may hang."""

    frame: pl.DataFrame
    hangers: pl.DataFrame
    """code, place (a name to build others from), territory_code, weight."""


def structure(district: District) -> Structure:
    """Return federation, towns, villages, parks and sectors."""
    since = district.federation_since
    rows = [{"code": district.code, "parent_code": None, "name": district.name, "level": "federation"}]
    hangers = []
    codes = {}
    for number, town in enumerate(district.towns, start=1):
        code = f"{district.code}-{number:02d}"
        codes[town.name] = code
        rows.append(
            {"code": code, "parent_code": district.code, "name": f"{town.name}总工会", "level": "town"}
        )
        hangers.append((code, town.name, code, town.weight * 0.15))
        for order, village in enumerate(town.villages, start=1):
            below = f"{code}-{order:02d}"
            rows.append(
                {"code": below, "parent_code": code, "name": f"{village}工会联合会", "level": "village"}
            )
            hangers.append((below, village, below, town.weight * 0.8 / len(town.villages)))
    for order, (name, town_name) in enumerate(district.parks, start=1):
        code = f"{codes[town_name]}-P{order}"
        rows.append(
            {"code": code, "parent_code": codes[town_name], "name": f"{name}工会联合会", "level": "park"}
        )
        hangers.append((code, name, codes[town_name], 0.5))
    for order, name in enumerate(district.sectors, start=1):
        code = f"{district.code}-S{order}"
        rows.append(
            {"code": code, "parent_code": district.code, "name": f"{name}工会联合会", "level": "sector"}
        )
    frame = pl.DataFrame(rows).with_columns(
        pl.lit("not_applicable").alias("form"),
        pl.lit("").alias("employer_class"),
        pl.lit(since).alias("approved_on"),
    )
    return Structure(
        frame, pl.DataFrame(hangers, schema=["code", "place", "territory_code", "weight"], orient="row")
    )


@dataclass(frozen=True, slots=True)
class BaseUnions:
    """The base unions in force, those that ended, and how many employers each covers."""

    frame: pl.DataFrame
    employers: Numbers
    hanger: Numbers
    approved: np.ndarray[tuple[int], np.dtype[np.datetime64]]


def base_unions(district: District, random: Random, hangers: pl.DataFrame) -> BaseUnions:
    """Return the base unions; as many as the totals say were approved within the year."""
    totals = district.totals
    count = totals.base_unions
    joint = min(round(count * JOINT_SHARE), totals.covered_units - count)
    is_joint = np.zeros(count, dtype=bool)
    is_joint[random.choice(count, joint, replace=False)] = True
    employers = np.ones(count, dtype=np.int64)
    if joint:
        employers[is_joint] = spread(
            totals.covered_units - (count - joint), random.lognormal(0, 0.7, joint), least=2
        )
    weights = hangers["weight"].to_numpy()
    hanger = random.choice(len(hangers), count, p=weights / weights.sum())
    approved = _days(random, FIRST_DAY, date(district.year, 1, 1), count)
    is_new = random.choice(count, totals.new_unions, replace=False)
    approved[is_new] = _days(
        random, date(district.year, 1, 2), date(district.year, 12, 30), totals.new_unions
    )
    approved.sort()
    frame = pl.DataFrame(
        {
            "code": [f"{district.code}-B{number:05d}" for number in range(1, count + 1)],
            "parent_code": hangers["code"].gather(hanger),
            "level": pl.repeat("base", count, eager=True),
            "form": pl.select(
                pl.when(pl.lit(pl.Series(is_joint))).then(pl.lit("joint")).otherwise(pl.lit("own"))
            ).to_series(),
            "approved_on": pl.Series(approved),
        }
    )
    return BaseUnions(frame, employers, hanger, approved)


def ended_unions(district: District, random: Random, hangers: pl.DataFrame) -> pl.DataFrame:
    """Return unions that were dissolved before the last day: they are kept, and not counted."""
    count = district.totals.ended_unions
    hanger = random.integers(0, len(hangers), count)
    approved = _days(random, FIRST_DAY, date(district.year - 5, 1, 1), count)
    ended = approved + random.integers(700, 1500, count).astype("timedelta64[D]")
    places = hangers["place"].gather(hanger)
    return pl.DataFrame(
        {
            "code": [f"{district.code}-E{number:05d}" for number in range(1, count + 1)],
            "parent_code": hangers["code"].gather(hanger),
            "name": places + "旧厂工会（" + pl.Series([str(n) for n in range(1, count + 1)]) + "）",
            "level": pl.repeat("base", count, eager=True),
            "form": pl.repeat("own", count, eager=True),
            "employer_class": pl.repeat("private", count, eager=True),
            "approved_on": pl.Series(approved),
            "ended_on": pl.Series(ended),
            "ending": pl.repeat("dissolved", count, eager=True),
        }
    )


def _days(
    random: Random, first: date, last: date, count: int
) -> np.ndarray[tuple[int], np.dtype[np.datetime64]]:
    span = (last - first).days
    return np.datetime64(first, "D") + random.integers(0, span, count).astype("timedelta64[D]")
