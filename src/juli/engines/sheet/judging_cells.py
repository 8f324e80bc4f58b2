"""Making the text of cells plain, whole columns at a time, touching only what is not plain already."""

from collections.abc import Callable

import polars as pl

from juli.kernel.characters import BLANK, HALF_WIDTH, INVISIBLE, visible_column

EMPTY_WORDS = (
    "/", "//", "\\", "-", "--", "—", "——", "－", "无", "暂无", "不详", "未知", "空",
    "N/A", "n/a", "NA", "NULL", "null", "None", "nan", "NaN",
)  # fmt: skip
"""What people write into a cell to say that there is nothing to write."""

ERROR_TEXT = r"^#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|FIELD!|BLOCKED!)$"
LONG_NUMBER_TEXT = r"^-?[0-9](?:\.[0-9]+)?[Ee]\+?[0-9]{2,3}$"

ODD = f"[{INVISIBLE}{BLANK}*]|^['=#]"
"""What a cell has in it that is not plain, or is a star or the beginning of an error."""

# Excel's ways of keeping a cell text: an apostrophe in front, or a formula around it.
_TEXT_FORMULA = r'^="(.*)"$'
_MIDNIGHT = r"^([0-9]{4}-[0-9]{2}-[0-9]{2}) 00:00:00$"


def tidied_text(text: pl.Series, is_odd: pl.Series) -> pl.Series:
    """Return the column without invisible characters and protective signs; nothing left is null."""
    return _mended(text, is_odd, _tidied)


def tidied_by_value(text: pl.Series) -> pl.Series:
    """Return the same for a column in which few texts occur many times."""
    values = distinct(text)
    return mapped(text, values, pl.select(_tidied(pl.lit(values))).to_series())


def _tidied(cells: pl.Expr) -> pl.Expr:
    shown = visible_column(cells.str.replace(_TEXT_FORMULA, "${1}"))
    shown = shown.str.replace(_TEXT_FORMULA, "${1}").str.strip_prefix("'").str.strip_chars(" ")
    shown = shown.str.replace(_MIDNIGHT, "${1}")
    return pl.when(shown != "").then(shown)


def mended(text: pl.Series, odd: str, mend: Callable[[pl.Expr], pl.Expr]) -> pl.Series:
    """Return the column with the expression applied to the cells that match ``odd``; others stay."""
    return _mended(text, text.str.contains(odd).fill_null(False), mend)


def _mended(text: pl.Series, is_odd: pl.Series, mend: Callable[[pl.Expr], pl.Expr]) -> pl.Series:
    if not is_odd.any():
        return text
    places = is_odd.arg_true()
    cells = pl.select(mend(pl.lit(text.gather(places)))).to_series()
    # ``scatter`` works in place.
    return text.clone().scatter(places, cells)


def distinct(text: pl.Series) -> pl.Series:
    """Return the different texts of a column, without null."""
    return text.drop_nulls().unique(maintain_order=True)


def mapped(text: pl.Series, values: pl.Series, results: pl.Series) -> pl.Series:
    """Return the column with every text replaced by what became of it; null where nothing did."""
    if values.is_empty():
        return pl.Series(text.name, [None], dtype=results.dtype).new_from_index(0, len(text))
    return text.replace_strict(values, results, default=None, return_dtype=results.dtype)


def without_empty_words(text: pl.Series) -> pl.Series:
    """Return the column with words that mean "nothing" made null."""
    is_short = text.str.len_bytes() <= 6
    is_empty = (is_short & text.is_in(list(EMPTY_WORDS))).fill_null(False)
    return text.set(is_empty, None) if is_empty.any() else text


def narrowed(cells: pl.Expr) -> pl.Expr:
    """Return the expression with full-width letters, digits and signs in half width."""
    return cells.str.replace_many(list(HALF_WIDTH), list(HALF_WIDTH.values()))
