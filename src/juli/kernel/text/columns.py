"""The keys by which names are found, for whole columns at once."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from juli.kernel.text.bigrams import BEYOND, END, START, SURROGATE_COUNT, SURROGATES
from juli.kernel.text.names import PLAIN_HAN, normalise_name, searched_form
from juli.kernel.text.pinyin import given_readings, spellings, surname_readings
from juli.kernel.text.readings import COMPOUND_SURNAMES

# What the overwhelming majority of names is made of, and nothing in it wants changing.
_PLAIN_NAME = r"^[\u{4e00}-\u{9fff}]+$"
_ALL_CODES = 0x110000

Codes = npt.NDArray[np.int64]


def _sixteen_bits(points: Codes) -> Codes:
    beyond = SURROGATES + points % SURROGATE_COUNT
    return np.where(points < BEYOND, points, beyond)


def packed(left: Codes, right: Codes) -> npt.NDArray[np.int32]:
    """Return the pairs of two rows of code points, as ``bigrams`` packs them one by one."""
    return (_sixteen_bits(left) << 16 | _sixteen_bits(right)).astype(np.uint32).view(np.int32)


_COMPOUNDS = packed(*(np.array([ord(name[place]) for name in COMPOUND_SURNAMES]) for place in (0, 1)))


@dataclass(frozen=True, slots=True, eq=False)
class _Readings:
    """The likeliest reading of every character that occurs, and whether there are others."""

    words: list[str]
    places: npt.NDArray[np.int64]
    are_many: npt.NDArray[np.bool_]


def normalised_names(names: pl.Series) -> pl.Series:
    """Return a column with ``normalise_name`` applied to every value; nulls stay null."""
    texts = names.cast(pl.String)
    is_odd = (~texts.str.contains(_PLAIN_NAME)).fill_null(False)
    return _mended(texts, is_odd, normalise_name)


def name_keys(names: pl.Series) -> pl.DataFrame:
    """
    Return what a register keeps of each name so that it can be found, ready for the database.

    Columns: ``name`` (normalised), ``initials`` and ``pinyin`` (the likeliest), ``bigrams`` (list
    of int4), ``other_initials`` and ``other_pinyin`` (lists of further spellings, else null).
    A null name has no keys.
    """
    normal = normalised_names(names).fill_null("")
    is_odd = ~normal.str.contains(f"^[{PLAIN_HAN}]*$")
    keys = _keys_by_character(_mended(normal, is_odd, searched_form))
    is_special = is_odd | keys["is_special"]
    found = [spellings(name) for name in normal.filter(is_special).to_list()]
    singly = pl.DataFrame(
        {
            "row": is_special.arg_true(),
            "all_initials": pl.Series([" ".join(each.initials) for each in found], dtype=pl.String),
            "all_pinyin": pl.Series([" ".join(each.full) for each in found], dtype=pl.String),
        }
    ).with_columns(pl.col("all_initials", "all_pinyin").str.split(" "))
    whole = keys.join(singly, on="row", how="left", maintain_order="left")
    is_named = pl.lit(names.is_not_null())
    return whole.select(
        name=pl.when(is_named).then(pl.lit(normal)),
        initials=pl.when(is_named).then(pl.coalesce(pl.col("all_initials").list.first(), "initials")),
        pinyin=pl.when(is_named).then(pl.coalesce(pl.col("all_pinyin").list.first(), "pinyin")),
        bigrams=pl.when(is_named).then("bigrams"),
        other_initials=_others("all_initials"),
        other_pinyin=_others("all_pinyin"),
    )


def as_array_literals(lists: pl.Series) -> pl.Series:
    """Return a column of lists of numbers or plain words as PostgreSQL arrays (``{1,2}``) for COPY."""
    words = pl.col("lists").cast(pl.List(pl.String)).list.join(",")
    return lists.alias("lists").to_frame().select("{" + words + "}").to_series().alias(lists.name)


def _keys_by_character(forms: pl.Series) -> pl.DataFrame:
    """Return a row a name: bigrams, likeliest readings, and whether it must be looked at singly."""
    text = "".join(f"{chr(START)}{form}{chr(END)}" for form in forms.to_list())
    points = np.frombuffer(text.encode("utf-32-le"), np.uint32).astype(np.int64)
    ends = np.flatnonzero(points != START)
    before, after = points[ends - 1], points[ends]
    is_surname, is_given = before == START, before != START
    surnames, given = _readings_of(after[is_surname], surname_readings), _readings_of(after, given_readings)
    words = np.where(is_surname, surnames.places[after], given.places[after] + len(surnames.words))
    pairs = packed(before, after)
    is_compound = (points[ends - 2] == START) & np.isin(pairs, _COMPOUNDS)
    is_special = is_compound | np.where(is_surname, surnames.are_many[after], given.are_many[after])
    characters = pl.DataFrame(
        {
            "row": pl.Series((np.cumsum(points == START) - 1)[ends]).cast(pl.UInt32).set_sorted(),
            "bigrams": pairs,
            "pinyin": pl.Series([*surnames.words, *given.words], dtype=pl.String).gather(words),
            "is_special": is_special,
            "is_inside": is_given | (after != END),
        }
    )
    characters = characters.with_columns(initials=pl.col("pinyin").str.head(1))
    # Lists are joined after grouping: to join within groups takes six times as long.
    grouped = characters.group_by("row", maintain_order=True).agg(
        pl.col("bigrams").filter("is_inside"), "initials", "pinyin", pl.col("is_special").any()
    )
    return grouped.with_columns(pl.col("initials", "pinyin").list.join(""))


def _others(spelled: str) -> pl.Expr:
    """Return all but the first of each list of spellings; null where there are no others."""
    others = pl.col(spelled).list.slice(1)
    return pl.when(others.list.len() > 0).then(others)


def _readings_of(points: Codes, readings: Callable[[str], tuple[str, ...]]) -> _Readings:
    occurs = np.zeros(_ALL_CODES, np.bool_)
    occurs[points] = True
    characters = np.flatnonzero(occurs)
    found = [readings(chr(point)) for point in characters]
    places, are_many = np.zeros(_ALL_CODES, np.int64), np.zeros(_ALL_CODES, np.bool_)
    places[characters] = np.arange(len(characters))
    are_many[characters] = [len(each) > 1 for each in found]
    return _Readings([each[0] if each else "" for each in found], places, are_many)


def _mended(texts: pl.Series, is_odd: pl.Series, mend: Callable[[str], str]) -> pl.Series:
    """Return the column with ``mend`` applied where it is odd; the column itself stays as it is."""
    if not is_odd.any():
        return texts
    mended = [mend(text) for text in texts.filter(is_odd).to_list()]
    # ``scatter`` works in place.
    return texts.clone().scatter(is_odd.arg_true(), pl.Series(mended, dtype=pl.String))
