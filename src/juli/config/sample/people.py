"""The members of a sample, in slices for posting."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from juli.config.sample.district import District
from juli.config.sample.employers import Employers
from juli.config.sample.inventing import Numbers, Random, identity_numbers, mobiles, person_names
from juli.config.sample.unions import BaseUnions

EDUCATION = ("junior", "high_school", "vocational", "college", "bachelor", "master", "unstated")
EDUCATION_SHARES = (0.31, 0.17, 0.16, 0.17, 0.13, 0.01, 0.05)
VERIFIED_SHARE = 0.979
SKILL = ("none", "junior", "intermediate", "senior", "technician", "unstated")
SKILL_SHARES = (0.55, 0.16, 0.13, 0.05, 0.01, 0.10)


@dataclass(frozen=True, slots=True)
class Members:
    """Who joins where and when: one entry a member, in random order, so that any slice is a sample."""

    employer: Numbers
    joined: np.ndarray[tuple[int], np.dtype[np.datetime64]]
    is_migrant: np.ndarray[tuple[int], np.dtype[np.bool_]]
    left: np.ndarray[tuple[int], np.dtype[np.datetime64]]

    def __len__(self) -> int:
        return len(self.employer)


def members(district: District, random: Random, bases: BaseUnions, employers: Employers) -> Members:
    """Return the members in force on the last day, and some who had left before."""
    totals = district.totals
    former = totals.former_members
    employer = np.repeat(np.arange(len(employers.members)), employers.members)
    random.shuffle(employer)
    year = np.datetime64(f"{district.year}-01-01")
    founded = bases.approved[employers.union_of[employer]]
    is_now = founded >= year
    missing = max(0, min(len(employer), int(totals.new_migrant_members * 1.3)) - int(is_now.sum()))
    older = np.flatnonzero(~is_now)
    is_now[random.choice(older, min(missing, len(older)), replace=False)] = True
    is_migrant = random.random(len(employer)) < 0.55
    is_migrant[is_now] = False
    is_migrant[random.choice(np.flatnonzero(is_now), totals.new_migrant_members, replace=False)] = True
    begin = np.where(is_now, np.maximum(founded, year), founded)
    end = np.where(is_now, np.datetime64(f"{district.year}-12-31"), year - np.timedelta64(1, "D"))
    joined = _between(random, begin, end)
    left = np.full(len(employer), np.datetime64("NaT"), dtype="datetime64[D]")
    if former:
        gone = _former(random, former, bases, employers, year)
        employer = np.concatenate([employer, gone.employer])
        joined = np.concatenate([joined, gone.joined])
        left = np.concatenate([left, gone.left])
        is_migrant = np.concatenate([is_migrant, gone.is_migrant])
    return Members(employer, joined, is_migrant, left)


def _former(
    random: Random, count: int, bases: BaseUnions, employers: Employers, year: np.datetime64
) -> Members:
    early = np.flatnonzero(bases.approved[employers.union_of] < year - np.timedelta64(800, "D"))
    employer = random.choice(early if len(early) else np.arange(len(employers.members)), count)
    founded = bases.approved[employers.union_of[employer]]
    joined = _between(random, founded, np.maximum(founded, year - np.timedelta64(500, "D")))
    left = _between(
        random, joined + np.timedelta64(1, "D"), np.maximum(joined + np.timedelta64(1, "D"), year)
    )
    return Members(employer, joined, random.random(count) < 0.5, left)


def _between(
    random: Random,
    first: np.ndarray[tuple[int], np.dtype[np.datetime64]],
    last: np.ndarray[tuple[int], np.dtype[np.datetime64]],
) -> np.ndarray[tuple[int], np.dtype[np.datetime64]]:
    span = (last - first).astype(np.int64)
    days: np.ndarray[tuple[int], np.dtype[np.datetime64]] = first + (
        random.random(len(first)) * (span + 1)
    ).astype(np.int64).astype("timedelta64[D]")
    return days


def slices(
    random: Random, who: Members, employers: Employers, *, first: int, size: int
) -> Iterator[pl.DataFrame]:
    """Yield frames for posting, from a position on, a slice at a time."""
    union_codes = employers.unions["code"].gather(employers.union_of)
    for start in range(first, len(who), size):
        yield _slice(random, who, employers, union_codes, start, min(size, len(who) - start))


def _slice(
    random: Random, who: Members, employers: Employers, union_codes: pl.Series, start: int, count: int
) -> pl.DataFrame:
    at = slice(start, start + count)
    employer, joined = who.employer[at], who.joined[at]
    is_gone = ~np.isnat(who.left[at])
    is_migrant = who.is_migrant[at]
    is_retained = ~is_gone & (random.random(count) < 0.012)
    return pl.DataFrame(
        {
            "union_code": union_codes.gather(employer),
            "uscc": employers.employers["uscc"].gather(employer),
            "name": person_names(random, count),
            "document": identity_numbers(random, start, count),
            "mobile": mobiles(start, count),
            "household": _chosen(np.where(is_migrant, 0, 1), ("rural", "urban")),
            "is_migrant_worker": pl.Series(is_migrant),
            "migrant_as_of": pl.Series(joined),
            "education": _chosen(random.choice(len(EDUCATION), count, p=EDUCATION_SHARES), EDUCATION),
            "skill": _chosen(random.choice(len(SKILL), count, p=SKILL_SHARES), SKILL),
            "employment": _chosen(is_retained.astype(np.int64), ("employed", "retired")),
            "is_party_member": pl.Series(random.random(count) < 0.07),
            "is_model_worker": pl.Series(random.random(count) < 0.0004),
            "joined_on": pl.Series(joined),
            "standing": _chosen(is_retained.astype(np.int64), ("active", "retained")),
            "opening": _chosen(is_retained.astype(np.int64), ("admitted", "admitted")),
            "valid_until": pl.Series(who.left[at]),
            "closing": _chosen(is_gone.astype(np.int64), ("", "left")),
            "verified_on": pl.Series(
                np.where(random.random(count) < VERIFIED_SHARE, joined, np.datetime64("NaT"))
            ),
        }
    ).with_columns(pl.col("closing").replace("", None))


def _chosen(which: Numbers, words: tuple[str, ...]) -> pl.Series:
    return pl.Series(list(words)).gather(which)
