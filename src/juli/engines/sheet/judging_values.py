"""Choices, yes and no, and numbers."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

import polars as pl

from juli.engines.sheet import faults
from juli.engines.sheet.columns import NO_WORDS, YES_WORDS, Column
from juli.engines.sheet.columns_text import fold_choice
from juli.engines.sheet.faults import Fault
from juli.engines.sheet.judging_cells import EMPTY_WORDS, distinct, mapped, narrowed
from juli.engines.sheet.judging_findings import Findings

_YES_OR_NO = {
    **{fold_choice(word): True for word in YES_WORDS},
    **{fold_choice(word): False for word in NO_WORDS},
}
_NUMBER = r"^[-+]?\d{1,15}(?:\.\d+)?$"
_CHOICES_NAMED = 12


def read_choices(column: Column, text: pl.Series, *, findings: Findings) -> pl.Series:
    """Return a column of codes, labels and other spellings as codes."""
    spellings = column.spellings()
    values = distinct(text)
    codes = [spellings.get(fold_choice(value)) for value in values]
    unknown = [
        value for value, code in zip(values, codes, strict=True) if code is None and value not in EMPTY_WORDS
    ]
    named = "、".join(choice.label for choice in column.choices[:_CHOICES_NAMED])
    if len(column.choices) > _CHOICES_NAMED:
        named += "等"
    found = {value: (faults.NOT_A_CHOICE, {"value": value, "choices": named}) for value in unknown}
    findings.add_by_value(text, column=column.code, found=found)
    return mapped(text, values, pl.Series(codes, dtype=pl.String))


def read_yes_no(column: Column, text: pl.Series, *, findings: Findings) -> pl.Series:
    """Return a column of yes and no in any words as booleans."""
    values = distinct(text)
    answers = [_YES_OR_NO.get(fold_choice(value)) for value in values]
    found = {
        value: (faults.NOT_YES_OR_NO, {"value": value})
        for value, answer in zip(values, answers, strict=True)
        if answer is None and value not in EMPTY_WORDS
    }
    findings.add_by_value(text, column=column.code, found=found)
    return mapped(text, values, pl.Series(answers, dtype=pl.Boolean))


def read_integers(column: Column, text: pl.Series, *, findings: Findings) -> pl.Series:
    """Return a column of whole numbers; 1,200 and 12.0 are whole."""
    values, numbers = _numbers(text)
    whole = [None if number is None or number != number.to_integral_value() else int(number)
             for number in numbers]  # fmt: skip
    found = {
        value: (faults.NOT_WHOLE, {"value": value})
        for value, number in zip(values, whole, strict=True)
        if number is None
    }
    findings.add_by_value(text, column=column.code, found=found)
    read = mapped(text, values, pl.Series(whole, dtype=pl.Int64))
    _check_bounds(column, text, read, findings)
    return read


def read_decimals(column: Column, text: pl.Series, *, findings: Findings) -> pl.Series:
    """Return a column of decimal numbers with the column's places; ¥ and 元 and commas are passed over."""
    values, numbers = _numbers(text)
    found: dict[str, tuple[Fault, Mapping[str, str | int]]] = {}
    kept: list[Decimal | None] = []
    step = Decimal(1).scaleb(-column.places)
    for value, number in zip(values, numbers, strict=True):
        rounded = None if number is None else number.quantize(step, ROUND_HALF_UP)
        if number is None or rounded is None:
            found[value] = (faults.NOT_A_NUMBER, {"value": value})
        # What is left of 0.1 + 0.2 in a cell is no third decimal.
        elif abs(number - rounded) > step / 1_000_000:
            found[value] = (faults.TOO_MANY_PLACES, {"value": value, "places": column.places})
            rounded = None
        kept.append(rounded)
    findings.add_by_value(text, column=column.code, found=found)
    dtype = pl.Decimal(20, column.places)
    read = mapped(text, values, pl.Series(kept, dtype=dtype))
    _check_bounds(column, text, read, findings)
    return read


def _numbers(text: pl.Series) -> tuple[pl.Series, list[Decimal | None]]:
    """Return the different texts of a column and the number each of them is, if it is one."""
    values = distinct(text)
    plain = narrowed(pl.lit(values)).str.replace_all(r"[ ,¥￥]|元$", "").str.replace_all("[—–−]", "-")
    cells = pl.select(plain).to_series()
    is_number = cells.str.contains(_NUMBER)
    return values, [Decimal(cell) if is_one else None for cell, is_one in zip(cells, is_number, strict=True)]


def _check_bounds(column: Column, text: pl.Series, read: pl.Series, findings: Findings) -> None:
    if column.least is not None:
        below = read < column.least
        findings.add(below, column=column.code, fault=faults.TOO_SMALL, value=text, least=column.least)
    if column.most is not None:
        above = read > column.most
        findings.add(above, column=column.code, fault=faults.TOO_LARGE, value=text, most=column.most)
