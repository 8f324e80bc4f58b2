"""Rows spoilt by merged cells, or by a line that has more columns than the header."""

import numpy as np
import numpy.typing as npt
import polars as pl

from juli.engines.sheet import faults
from juli.engines.sheet.judging_findings import Findings
from juli.engines.sheet.reading_ledger import Ledger, MergedRange

Numbers = npt.NDArray[np.uint32]


def add_merged(ledger: Ledger, findings: Findings) -> pl.Series:
    """Add a fault to rows that merged cells reach into; return which rows those are."""
    rows = ledger.rows.to_numpy()
    covered = np.zeros(len(rows), np.bool_)
    codes = {heading.position: heading.code for heading in ledger.headings if heading.code is not None}
    across = np.zeros(len(rows), np.bool_)
    down: dict[str, tuple[Numbers, Numbers]] = {}
    for area in ledger.merged:
        touched = [codes[place] for place in _places(area, codes)]
        if not touched:
            continue
        is_across = area.last_column > area.first_column
        # Going down, the first row has the content; those under it only look as if they had.
        start, end = np.searchsorted(rows, (area.first_row + (not is_across), area.last_row + 1))
        covered[start:end] = True
        if is_across:
            across[start:end] = True
        else:
            nothing = np.zeros(len(rows), np.uint32)
            first, last = down.setdefault(touched[0], (nothing, nothing.copy()))
            first[start:end], last[start:end] = area.first_row, area.last_row
    for code, (first, last) in down.items():
        mask, spans = pl.Series(first > 0), (pl.Series(first), pl.Series(last))
        findings.add(mask, column=code, fault=faults.MERGED, first=spans[0], last=spans[1])
    first_code = codes[min(codes)] if codes else ""
    findings.add(pl.Series(across), column=first_code, fault=faults.MERGED_ACROSS)
    if ledger.overlong_rows:
        overlong = ledger.rows.is_in(list(ledger.overlong_rows))
        findings.add(overlong, column=first_code, fault=faults.OVERLONG_ROW)
    return pl.Series(covered)


def _places(area: MergedRange, codes: dict[int, str]) -> list[int]:
    return [place for place in sorted(codes) if area.first_column <= place <= area.last_column]
