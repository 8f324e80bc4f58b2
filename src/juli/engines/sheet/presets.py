"""Sheets of other offices and systems: which of their columns is which of a ledger's (表样)."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from juli.engines.sheet import reading
from juli.engines.sheet.columns import LedgerForm
from juli.engines.sheet.models import ImportBatch
from juli.engines.sheet.reading_ledger import Ledger, Progress, no_progress

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
