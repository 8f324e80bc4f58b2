"""Sheets of other offices and systems: which of their columns is which of a ledger's (表样)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from juli.engines.sheet import reading
from juli.engines.sheet.columns import Choice, LedgerForm
from juli.engines.sheet.models import ImportBatch
from juli.engines.sheet.reading_ledger import Ledger, Progress, no_progress
from juli.engines.sheet.saying import Occasion
from juli.kernel.actor import Actor, PathRange

if TYPE_CHECKING:
    from juli.engines.sheet.ledgers import AnyLedger


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """
    A foreign sheet that goes in as a ledger and comes out of it again (对照表样).

    ``form`` has the foreign sheet's columns, in its order and under its headings, each with the code and
    the kind of the ledger's column it stands for; its choices are the words that the sheet uses.
    """

    code: str
    label: str
    form: LedgerForm
    source: str = ""


def foreign_form(
    own: LedgerForm,
    *,
    label: str,
    headings: Mapping[str, str],
    words: Mapping[str, Mapping[str, str]] | None = None,
) -> LedgerForm:
    """
    Return the form of a foreign sheet: some of a ledger's columns, in the sheet's order.

    ``headings`` gives the sheet's heading of each column by its code, ``words`` its words for choices.
    The ledger's own headings and words are understood beside them.
    """
    columns = []
    for code, heading in headings.items():
        column = own.column(code)
        others = dict.fromkeys((column.label, *column.aliases))
        others.pop(heading, None)
        told = (words or {}).get(code, {})
        choices = tuple(_renamed(each, told.get(each.code, each.label)) for each in column.choices)
        columns.append(replace(column, label=heading, aliases=tuple(others), choices=choices))
    key = tuple(code for code in own.key if code in headings)
    return LedgerForm(code=own.code, label=label, columns=tuple(columns), key=key)


def _renamed(choice: Choice, word: str) -> Choice:
    """Return a choice under the sheet's word, its own words being understood beside it."""
    others = dict.fromkeys((choice.label, *choice.aliases))
    others.pop(word, None)
    return replace(choice, label=word, aliases=tuple(others))


def opened(
    ledger: "AnyLedger", batch: ImportBatch, path: Path, *, progress: Progress = no_progress
) -> Ledger:
    """
    Read a batch's file as its ledger, or as the foreign sheet that it was said to be.

    :raises LedgerRefused: it cannot be read as that.
    """
    form = form_of(ledger, batch)
    return reading.open_ledger(path, filename=batch.file.name, form=form, progress=progress)


def form_of(ledger: "AnyLedger", batch: ImportBatch) -> LedgerForm:
    """Return the form by which a batch is read."""
    preset = next((each for each in ledger.presets if each.code == batch.preset), None)
    return merged_form(ledger.form, preset.form) if preset else ledger.form


def merged_form(own: LedgerForm, foreign: LedgerForm) -> LedgerForm:
    """Return the ledger's form with the foreign sheet's columns in place of its own of the same code."""
    theirs = {column.code: column for column in foreign.columns}
    return LedgerForm(
        code=own.code,
        label=foreign.label,
        columns=tuple(theirs.get(column.code, column) for column in own.columns),
        key=own.key,
        record=own.record,
    )


def write_out(
    path: Path,
    ledger: "AnyLedger",
    preset: Preset,
    *,
    actor: Actor,
    ranges: tuple[PathRange, ...],
    at: datetime,
) -> int:
    """Write what the register holds within the ranges as the foreign sheet; return how many rows."""
    from juli.engines.sheet import writing

    occasion = Occasion(actor, at, ImportBatch(), ranges)
    held = ledger.held(occasion)
    missing = [column.code for column in preset.form.columns if column.code not in held.columns]
    rows = held.with_columns(pl.lit(None).alias(code) for code in missing)
    return writing.write_workbook(
        path, columns=preset.form.columns, rows=rows, sheet_name=preset.form.label, total=rows.height
    )
