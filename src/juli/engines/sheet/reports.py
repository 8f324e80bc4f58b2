"""What a batch gives back to whoever handed it in: the rows at fault, as a workbook and as a list."""

import tempfile
from datetime import datetime
from pathlib import Path
from typing import Final

from juli.engines.files import storing
from juli.engines.files.models import StoredFile
from juli.engines.sheet.columns import ROW
from juli.engines.sheet.judging import Judgement
from juli.engines.sheet.models import ImportBatch, RowFault
from juli.engines.sheet.reading_ledger import Ledger
from juli.engines.sheet.writing_errors import write_error_workbook
from juli.kernel.actor import Actor

LISTED_AT_MOST: Final = 2_000
"""So many faults are kept for the page; the workbook has them all."""


def put_down(
    batch: ImportBatch, ledger: Ledger, judgement: Judgement, *, actor: Actor, at: datetime
) -> StoredFile | None:
    """
    Keep the error workbook and the list of faults of a batch; return the workbook,
    none where nothing is wrong.

    The list says row, column and reason; what stood in the cell is in the sealed workbook only.
    """
    faults = judgement.faults
    if faults.is_empty():
        return None
    list_faults(batch, judgement)
    with tempfile.TemporaryDirectory(prefix="juli-") as folder:
        path = Path(folder) / "errors.xlsx"
        write_error_workbook(path, ledger=ledger, faults=faults)
        with path.open("rb") as content:
            return storing.keep(
                content, name=_name(batch.file.name), org_unit=batch.org_unit, actor=actor, at=at
            )


def list_faults(batch: ImportBatch, judgement: Judgement) -> None:
    """Keep the first faults of a batch as a list: row, column and reason, never the value."""
    RowFault.objects.bulk_create(
        RowFault(
            batch=batch, org_unit_id=batch.org_unit_id, path=batch.path, row_number=row, column=column[:60],
            reason=reason[:300],
        )
        for row, column, reason in judgement.faults.select(ROW, "column", "reason")
        .head(LISTED_AT_MOST)
        .iter_rows()
    )  # fmt: skip


def _name(name: str) -> str:
    """Return what the error workbook of a file is called."""
    return f"{Path(name).stem}－错误清单.xlsx"
