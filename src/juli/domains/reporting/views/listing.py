"""Records behind a figure as a table of the desk."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from juli.engines.desk.cells import Cell, Day, Name, Number, Text
from juli.engines.desk.pages import Column, Row, Table
from juli.engines.indicator.evidence import EvidenceColumns, Line
from juli.engines.indicator.figures import Figure


def evidence_table(figure: Figure, *, first: int) -> Table | None:
    """Return the first records behind a figure, each leading to itself; None where there are none."""
    columns = columns_of(figure)
    if columns is None or not figure.evidence_count:
        return None
    records = list(figure.evidence[:first])
    lines = records if isinstance(figure.evidence, (list, tuple)) else list(columns.lines(records))
    return table_of(columns, lines)


def columns_of(figure: Figure) -> EvidenceColumns | None:
    """Return how the records of a figure are listed; a figure made of others has none of its own."""
    return getattr(figure.indicator, "evidence", None)


def table_of(columns: EvidenceColumns, lines: Sequence[Line]) -> Table:
    """Return lines as a table whose first column opens the record."""
    return Table(
        caption=columns.noun,
        columns=tuple(Column(each.label, is_numeric=each.is_number) for each in columns.headings),
        rows=tuple(
            Row(tuple(_cell(value, line, at) for at, value in enumerate(line.cells))) for line in lines
        ),
    )


def _cell(value: object, line: Line, at: int) -> Cell:
    match value:
        case _ if at == 0 and line.href:
            return Name(str(value), line.href)
        case date():
            return Day(value)
        case int() | Decimal():
            return Number(value)
        case _:
            return Text("" if value is None else str(value))
