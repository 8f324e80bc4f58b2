"""Finding the header among titles and merged cells, and naming the columns after it."""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from juli.engines.sheet.columns import ROW, Column, LedgerForm, is_error_heading
from juli.engines.sheet.reading_ledger import Heading, MergedRange, Note, RawSheet
from juli.engines.sheet.reading_refusals import (
    DuplicateHeaders,
    EmptySheet,
    MissingColumns,
    NoHeader,
    NoRows,
    OneCell,
)
from juli.engines.sheet.reading_slicing import column_letters
from juli.kernel.characters import visible

ROWS_LOOKED_AT = 20
_TALLEST_HEADER = 6
_NAMED_AT_MOST = 12


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header stands and what it says, by column position."""

    first_row: int
    last_row: int
    texts: dict[int, str]
    columns: dict[int, Column]


def find_header(raw: RawSheet, form: LedgerForm) -> Header | None:
    """Return the row among the first twenty that names the most columns of the form, if it names enough."""
    head = raw.frame.head(ROWS_LOOKED_AT)
    cells = {
        row[0]: {place: text for place, text in enumerate(row[1:]) if text is not None}
        for row in head.iter_rows()
    }
    best: Header | None = None
    for row in cells:
        header = _header_at(row, cells, raw.merged, form)
        if best is None or len(_codes(header)) > len(_codes(best)):
            best = header
    enough = min(2, len(form.columns))
    return best if best is not None and len(_codes(best)) >= enough else None


def _codes(header: Header) -> set[str]:
    return {column.code for column in header.columns.values()}


def _header_at(
    row: int, cells: dict[int, dict[int, str]], merged: tuple[MergedRange, ...], form: LedgerForm
) -> Header:
    """Read one row as a header: merged cells reach down into it, a group above may complete a name."""
    texts = dict(cells[row])
    groups = {}
    last_row = row
    for area in merged:
        text = cells.get(area.first_row, {}).get(area.first_column)
        places = range(area.first_column, area.last_column + 1)
        reaches_down = area.first_row <= row <= area.last_row and len(places) == 1
        if reaches_down and area.last_row - area.first_row < _TALLEST_HEADER:
            last_row = max(last_row, area.last_row)
            if text is not None:
                texts.setdefault(area.first_column, text)
        elif area.last_row == row - 1 and text is not None:
            groups.update(dict.fromkeys(places, text))
    texts = {place: tidied for place, text in sorted(texts.items()) if (tidied := visible(text))}
    columns = {}
    for place, text in texts.items():
        column = form.find_column(text)
        if column is None and place in groups:
            column = form.find_column(groups[place] + text)
        if column is not None:
            columns[place] = column
    return Header(row, last_row, texts, columns)


def named_columns(
    raw: RawSheet, form: LedgerForm, *, sheet: str
) -> tuple[Header, tuple[Heading, ...], pl.DataFrame, tuple[Note, ...]]:
    """
    Return the header, the headings, the rows under it by column code, and what was noticed.

    :raises EmptySheet: nothing is in the sheet.
    :raises OneCell: one single cell is.
    :raises NoHeader: no row names the columns of the form.
    :raises DuplicateHeaders: two columns go by the same name.
    :raises MissingColumns: a required column is not there.
    :raises NoRows: there is a header and nothing under it.
    """
    _check_content(raw.frame, form, sheet=sheet)
    header = find_header(raw, form)
    if header is None:
        expected = "、".join(column.label for column in (form.required or form.columns)[:4])
        raise NoHeader(sheet=sheet, looked=ROWS_LOOKED_AT, form=form.label, expected=expected)
    _check_duplicates(header, sheet=sheet)
    _check_missing(header, form, sheet=sheet)
    headings = tuple(_headings(header, raw.frame))
    body = raw.frame.filter(pl.col(ROW) > header.last_row).select(
        ROW, *(pl.col(f"c{heading.position}").alias(heading.frame_column) for heading in headings)
    )
    body, notes = _without_repeated_headers(body, header)
    body = _without_example(body, form)
    if body.is_empty():
        raise NoRows(sheet=sheet, row=header.first_row)
    return header, headings, body, (*_unknown(headings), *notes)


def _check_content(frame: pl.DataFrame, form: LedgerForm, *, sheet: str) -> None:
    if frame.is_empty():
        raise EmptySheet(sheet=sheet)
    if frame.height == 1:
        filled = sum(text is not None for text in frame.row(0)[1:])
        if filled == 1:
            raise OneCell(sheet=sheet, row=frame.item(0, 0), form=form.label)


def _check_duplicates(header: Header, *, sheet: str) -> None:
    places: dict[str, list[int]] = {}
    for place, column in header.columns.items():
        places.setdefault(column.code, []).append(place)
    repeated = [
        "、".join(f"{column_letters(place)} 列“{header.texts[place]}”" for place in same)
        for same in places.values()
        if len(same) > 1
    ]
    if repeated:
        raise DuplicateHeaders(sheet=sheet, row=header.first_row, repeated="；".join(repeated))


def _check_missing(header: Header, form: LedgerForm, *, sheet: str) -> None:
    present = _codes(header)
    if form.record is not None and form.record in present:
        return  # rows that are known by their number need say no more than what is news
    missing = []
    for column in form.required:
        if column.code not in present:
            others = "、".join(f"“{alias}”" for alias in column.aliases[:4])
            missing.append(f"“{column.label}”" + (f"（也可写作{others}）" if others else ""))
    if missing:
        raise MissingColumns(sheet=sheet, row=header.first_row, missing="、".join(missing))


def _headings(header: Header, frame: pl.DataFrame) -> Iterator[Heading]:
    """Yield every column that has a name or any content, but those an error workbook added."""
    for place, name in enumerate(frame.columns[1:]):
        text = header.texts.get(place, "")
        column = header.columns.get(place)
        if column is not None:
            yield Heading(place, text, column.code, column.code)
        elif text and not is_error_heading(text):
            yield Heading(place, text, None, f"#{place}")
        elif not text and frame.filter(pl.col(ROW) > header.last_row)[name].is_not_null().any():
            yield Heading(place, "", None, f"#{place}")


def _without_repeated_headers(body: pl.DataFrame, header: Header) -> tuple[pl.DataFrame, tuple[Note, ...]]:
    """Leave out rows that say the header again, as sheets pasted together do."""
    said = [pl.col(column.code) == header.texts[place] for place, column in header.columns.items()]
    repeated = body.lazy().filter(pl.all_horizontal(said)).select(ROW).collect()[ROW]
    if repeated.is_empty():
        return body, ()
    named = "、".join(str(row) for row in repeated.head(_NAMED_AT_MOST))
    more = f"等 {repeated.len()} 行" if repeated.len() > _NAMED_AT_MOST else "行"
    note = Note("sheet.repeated_headers", f"第 {named} {more}又写了一遍表头，已跳过。")
    return body.filter(~pl.col(ROW).is_in(repeated.implode())), (note,)


def _without_example(body: pl.DataFrame, form: LedgerForm) -> pl.DataFrame:
    """Leave out the example row of a template that nobody deleted."""
    said = [
        pl.col(column.code) == column.example
        for column in form.columns
        if column.example and column.code in body.columns
    ]
    return body.filter(~pl.all_horizontal(said).fill_null(False)) if len(said) > 1 else body


def _unknown(headings: tuple[Heading, ...]) -> Iterator[Note]:
    unknown = [
        f"“{heading.text}”" if heading.text else f"{column_letters(heading.position)} 列（没有列名）"
        for heading in headings
        if heading.code is None
    ]
    if unknown:
        shown = "、".join(unknown[:_NAMED_AT_MOST])
        more = f"等 {len(unknown)} 列" if len(unknown) > _NAMED_AT_MOST else ""
        yield Note("sheet.unknown_columns", f"不认识的列没有读入：{shown}{more}。")
