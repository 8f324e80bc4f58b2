"""Pages of evidence by key: the way on begins where the page ended, however deep it lies."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Q

from juli.engines.indicator.declarations import Records
from juli.engines.indicator.evidence import EvidenceColumns, Line
from juli.engines.indicator.figures import Evidence

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class EvidencePage:
    """Some lines of evidence; ``before`` and ``after`` say where the neighbouring pages begin (一页记录)."""

    lines: tuple[Line, ...]
    before: str = ""
    after: str = ""


def page_of(
    evidence: Evidence, columns: EvidenceColumns, *, after: str = "", before: str = "", size: int = PAGE
) -> EvidencePage:
    """Return the page after or before a place, or the first; a place that cannot be read is the first."""
    if isinstance(evidence, Sequence):
        return EvidencePage(tuple(evidence[:size]))
    order = columns.order
    is_back = bool(before) and not after
    place = _place(before if is_back else after, order)
    rows = list(_from(evidence, order, place, is_back=is_back)[: size + 1])
    has_more, rows = len(rows) > size, rows[:size]
    if is_back:
        rows.reverse()
    has_before = has_more if is_back else place is not None
    has_after = place is not None if is_back else has_more
    return EvidencePage(
        tuple(columns.lines(rows)),
        before=_mark(rows[0], order) if rows and has_before else "",
        after=_mark(rows[-1], order) if rows and has_after else "",
    )


def _from(records: Records, order: tuple[str, ...], place: list[Any] | None, *, is_back: bool) -> Records:
    way = "lt" if is_back else "gt"
    if place is not None:
        # The first condition alone is what an index can use; the others cut off the rest of its rows.
        beyond = Q()
        for position, name in enumerate(order):
            same = Q(**dict(zip(order[:position], place[:position], strict=True)))
            beyond |= same & Q(**{f"{name}__{way}": place[position]})
        records = records.filter(Q(**{f"{order[0]}__{way}e": place[0]}) & beyond)
    return records.order_by(*(f"-{name}" for name in order) if is_back else order)


def _mark(row: Any, order: tuple[str, ...]) -> str:  # Any: a record of the owning domain
    values = [getattr(row, name) for name in order]
    said = [value.isoformat() if isinstance(value, date) else value for value in values]
    return urlsafe_b64encode(json.dumps(said).encode()).decode().rstrip("=")


def _place(mark: str, order: tuple[str, ...]) -> list[Any] | None:  # Any: keys of several types
    try:
        values = json.loads(urlsafe_b64decode(mark + "=" * (-len(mark) % 4)))
    except ValueError:
        return None
    if not isinstance(values, list) or len(values) != len(order):
        return None
    is_key = all(isinstance(value, int | str) and not isinstance(value, bool) for value in values)
    return values if is_key and _fits(values, order) else None


def _fits(values: list[Any], order: tuple[str, ...]) -> bool:
    """Say whether a mark from outside holds what these columns can be compared with."""
    for name, value in zip(order, values, strict=True):
        if name in ("pk", "id"):
            if not isinstance(value, int) or not 0 <= value < 2**63:
                return False
        elif name.endswith(("_on", "_from", "_until")):
            try:
                date.fromisoformat(str(value))
            except ValueError:
                return False
        elif not isinstance(value, str) or "\x00" in value:
            return False
    return True
