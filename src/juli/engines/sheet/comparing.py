"""Comparing a ledger with its register, column by column: what is new, what has changed, what is the same."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from juli.engines.sheet import faults
from juli.engines.sheet.columns import ROW, Column, Kind
from juli.engines.sheet.judging import Judgement
from juli.engines.sheet.previewing import VERDICTS_SCHEMA, Verdict
from juli.engines.sheet.saying import RECORD, Occasion, Said
from juli.engines.sheet.writing_cells import shown
from juli.kernel.text import mask_account, mask_document, mask_mobile

if TYPE_CHECKING:
    from juli.engines.sheet.ledgers import Ledger

AT: Final = "@record"
_OLD: Final = "@was:"


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """The good rows with what the register holds of each (比对结果)."""

    rows: pl.DataFrame = field(repr=False)
    verdicts: pl.DataFrame = field(repr=False)
    told: tuple[str, ...]

    def to_post(self) -> Iterator[Said]:
        """Yield every row that is new or has news, in the order in which they are to be posted."""
        fitting = self.verdicts.filter(pl.col("verdict") != Verdict.UNCHANGED)
        kept = self.rows.join(fitting.select(ROW), on=ROW, how="semi", maintain_order="left")
        for row in kept.iter_rows(named=True):
            yield self._said(row)

    def _said(self, row: dict[str, Any]) -> Said:
        record = row[AT]
        values, told, given = {}, set(), set()
        for code, value in row.items():
            if code.startswith(_OLD):
                continue
            was = row.get(_OLD + code)
            is_news = code in self.told and value is not None and value != was
            values[code] = value if value is not None or record is None else was
            if is_news:
                told.add(code)
            if value is not None:
                given.add(code)
        return Said(row[ROW], record, values, frozenset(told), frozenset(given))


def compare(ledger: "Ledger", judgement: Judgement, *, occasion: Occasion) -> Compared:
    """
    Compare the rows with the register; what cannot be taken in is added to the judgement.

    A row is found again by its record number, else by its key. An empty cell, or one that came back with
    stars, is no news.
    """
    rows = ledger.judged(judgement.rows, judgement, occasion)
    register = ledger.register(rows, occasion)
    matched = _matched(ledger, judgement, rows, register)
    told = tuple(
        column.code for column in ledger.form.columns
        if column.code in judgement.given and column.code in register.columns
        and column.code not in ledger.unread and column.code != RECORD
    )  # fmt: skip
    is_known = matched[AT].is_not_null()
    for code, fault in ledger.fixed.items():
        if code in told:
            news = matched.select(_is_news(code)).to_series() & is_known
            judgement.add_faults(news, column=code, fault=fault, value=matched[_OLD + code].cast(pl.String))
    good = matched.filter(~judgement.is_bad)
    if ledger.first is not None:
        good = ledger.first(good)
    return Compared(good, _verdicts(ledger, good, told), told)


def _matched(
    ledger: "Ledger", judgement: Judgement, rows: pl.DataFrame, register: pl.DataFrame
) -> pl.DataFrame:
    """Return the rows with the register's values beside their own, ``@record`` where there is one."""
    key = list(ledger.match or ledger.form.key)
    held = register.rename({name: _OLD + name for name in register.columns if name != AT})
    by_key = held.filter(pl.all_horizontal(pl.col(_OLD + code).is_not_null() for code in key)).unique(
        [_OLD + code for code in key], keep="last", maintain_order=True
    )
    numbered = rows[RECORD].cast(pl.Int64, strict=False) if RECORD in rows.columns else None
    has_number = rows[RECORD].is_not_null() if numbered is not None else None
    found = rows.select(ROW, *key).join(
        by_key.select(AT, *(pl.col(_OLD + code).alias(code) for code in key)), on=key, how="left",
        maintain_order="left",
    )[AT]  # fmt: skip
    if numbered is not None and has_number is not None:
        is_held = numbered.is_in(held[AT].implode()).fill_null(False)
        judgement.add_faults(
            has_number & ~is_held, column=RECORD, fault=faults.RECORD_UNKNOWN, value=rows[RECORD]
        )
        other = has_number & is_held & found.is_not_null() & (found != numbered)
        judgement.add_faults(other, column=RECORD, fault=faults.RECORD_OF_ANOTHER)
        found = numbered.zip_with(has_number, found)
    twice = found.is_duplicated() & found.is_not_null() & ~judgement.is_bad
    judgement.add_faults(twice, column=ledger.form.key[-1], fault=faults.SAME_RECORD)
    return rows.with_columns(found.alias(AT)).join(held, on=AT, how="left", maintain_order="left")


def _is_news(code: str) -> pl.Expr:
    return pl.col(code).is_not_null() & pl.col(code).ne_missing(pl.col(_OLD + code))


def _verdicts(ledger: "Ledger", rows: pl.DataFrame, told: tuple[str, ...]) -> pl.DataFrame:
    is_changed = pl.any_horizontal(pl.lit(False), *(_is_news(code) for code in told))
    verdict = (
        pl.when(pl.col(AT).is_null()).then(pl.lit(Verdict.ADDED))
        .when(is_changed).then(pl.lit(Verdict.CHANGED)).otherwise(pl.lit(Verdict.UNCHANGED))
    )  # fmt: skip
    verdicts = rows.select(ROW, verdict=verdict, subject_id=pl.col(AT))
    changed = rows.join(verdicts.filter(pl.col("verdict") == Verdict.CHANGED).select(ROW), on=ROW, how="semi")
    columns = [ledger.form.column(code) for code in told]
    found = [
        (row[ROW], json.dumps(list(_differences(columns, row)), ensure_ascii=False))
        for row in changed.iter_rows(named=True)
    ]
    said = pl.DataFrame(found, schema={ROW: rows[ROW].dtype, "differences": pl.String}, orient="row")
    joined = verdicts.join(said, on=ROW, how="left", maintain_order="left")
    return joined.select(list(VERDICTS_SCHEMA))


def _differences(columns: list[Column], row: dict[str, Any]) -> Iterator[list[str]]:
    """Yield column, old value and new value of everything that is news in a row."""
    for column in columns:
        new, old = row[column.code], row[_OLD + column.code]
        if new is not None and new != old:
            yield [column.code, seen(column, old), seen(column, new)]


def seen(column: Column, value: Any) -> str:  # Any: cells of many types
    """Return a value as people may see it: labels for codes, personal numbers with stars."""
    text = shown(column, value) or ""
    if "*" in text or not (column.is_personal or column.kind is Kind.MOBILE):
        return text
    match column.kind:
        case Kind.DOCUMENT:
            return mask_document(text)
        case Kind.MOBILE:
            return mask_mobile(text)
    return mask_account(text)
