"""Opening what an office calls a ledger: any file, judged by its content, read as rows of text."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import polars as pl

from juli.engines.sheet.columns import LedgerForm
from juli.engines.sheet.reading_apart import ApartSource
from juli.engines.sheet.reading_header import find_header, named_columns
from juli.engines.sheet.reading_ledger import (
    LIMITS,
    Ledger,
    Limits,
    Note,
    Progress,
    RawSheet,
    SheetName,
    no_progress,
)
from juli.engines.sheet.reading_package import Package
from juli.engines.sheet.reading_refusals import NoSheet, OnlyHiddenSheets, TooManyColumns, TooManyRows
from juli.engines.sheet.reading_sniffing import Format, sniff
from juli.engines.sheet.reading_text import TextSource
from juli.engines.sheet.reading_webpage import WebPageSource
from juli.engines.sheet.reading_workbook import WorkbookSource

_NAMED_AT_MOST = 12
_PEEKED_AT_MOST = 40


class Source(Protocol):
    """The sheets of one file, whatever kind of file it is."""

    @property
    def sheets(self) -> tuple[SheetName, ...]: ...

    @property
    def notes(self) -> tuple[Note, ...]: ...

    @property
    def is_from_1904(self) -> bool: ...

    def peek(self, index: int) -> pl.DataFrame: ...

    def read(self, index: int, *, progress: Progress = no_progress) -> RawSheet: ...


def open_ledger(
    path: Path, *, filename: str, form: LedgerForm, limits: Limits = LIMITS, progress: Progress = no_progress
) -> Ledger:
    """
    Read a file as a ledger of this form; ``filename`` is what its sender calls it.

    Of several sheets the first visible one with the form's header is read. What a person should know
    though the file is read stands in the ledger's notes.

    :raises LedgerRefused: the file cannot be read as this ledger; the sentence says why and what to do.
    """
    sniffed = sniff(path, filename=filename, limits=limits)
    with _opened(sniffed.format, path, filename=filename, form=form, limits=limits) as source:
        index, notes = _choose(source, form, filename=filename)
        sheet = source.sheets[index].name
        raw = source.read(index, progress=progress)
        if raw.frame.width - 1 > limits.columns:
            raise TooManyColumns(sheet=sheet, columns=raw.frame.width - 1, limit=limits.columns)
        header, headings, body, noticed = named_columns(raw, form, sheet=sheet)
        if body.height > limits.rows:
            raise TooManyRows(filename=filename, rows=f"{body.height:,}", limit=f"{limits.rows:,}")
        return Ledger(
            form=form,
            filename=filename,
            format=sniffed.format.value,
            sheet=sheet,
            header_row=header.first_row,
            headings=headings,
            frame=body,
            notes=(*sniffed.notes, *source.notes, *notes, *noticed, *_noticed_in(raw)),
            merged=tuple(area for area in raw.merged if area.last_row > header.last_row),
            overlong_rows=raw.overlong_rows,
            is_from_1904=source.is_from_1904,
        )


@contextmanager
def _opened(
    found: Format, path: Path, *, filename: str, form: LedgerForm, limits: Limits
) -> Iterator[Source]:
    match found:
        case Format.WORKBOOK:
            with Package.opened(path, filename=filename, limits=limits) as package:
                yield WorkbookSource(package, path)
        case Format.OLD_WORKBOOK:
            yield ApartSource.opened(path, filename=filename, limits=limits)
        case Format.TEXT:
            yield TextSource.opened(path, filename=filename, limits=limits, form=form)
        case Format.WEB_PAGE:
            yield WebPageSource.opened(path, filename=filename, limits=limits, form=form)


def _choose(source: Source, form: LedgerForm, *, filename: str) -> tuple[int, tuple[Note, ...]]:
    """Return the first visible sheet with the form's header, and what to say of the others."""
    sheets = source.sheets
    visible = [index for index, sheet in enumerate(sheets) if not sheet.is_hidden]
    hidden = [index for index, sheet in enumerate(sheets) if sheet.is_hidden]
    if not sheets:
        raise NoSheet(filename=filename)
    if len(sheets) == 1 and visible:
        return 0, ()
    fitting = [index for index in visible[:_PEEKED_AT_MOST] if _fits(source, index, form)]
    if not fitting:
        for index in hidden[:_PEEKED_AT_MOST]:
            if _fits(source, index, form):
                raise OnlyHiddenSheets(filename=filename, form=form.label, sheet=sheets[index].name)
        filled = (index for index in visible if not source.peek(index).is_empty())
        chosen = next(filled, (visible or hidden)[0])
    else:
        chosen = fitting[0]
    return chosen, tuple(_said_of_others(sheets, chosen, fitting, visible, hidden))


def _fits(source: Source, index: int, form: LedgerForm) -> bool:
    return find_header(RawSheet(frame=source.peek(index)), form) is not None


def _said_of_others(
    sheets: tuple[SheetName, ...], chosen: int, fitting: list[int], visible: list[int], hidden: list[int]
) -> Iterator[Note]:
    read = f"本次只读取了工作表“{sheets[chosen].name}”"
    if alike := [index for index in fitting if index != chosen]:
        named = _named(sheets, alike)
        sentence = f"{read}；工作表{named}也有同样的表头，没有读取，请另存为单独的文件分别导入。"
        yield Note("sheet.same_header_elsewhere", sentence)
    if others := [index for index in visible if index != chosen and index not in fitting]:
        yield Note("sheet.other_sheets", f"{read}；工作表{_named(sheets, others)}没有读取。")
    if hidden:
        yield Note("sheet.hidden_sheets", f"隐藏的工作表{_named(sheets, hidden)}没有读取。")


def _named(sheets: tuple[SheetName, ...], indexes: list[int]) -> str:
    named = "、".join(f"“{sheets[index].name}”" for index in indexes[:_NAMED_AT_MOST])
    return named + (f"等 {len(indexes)} 个" if len(indexes) > _NAMED_AT_MOST else "")


def _noticed_in(raw: RawSheet) -> Iterator[Note]:
    if raw.hidden_rows:
        sentence = f"有 {raw.hidden_rows} 行在 Excel 中被隐藏或筛选掉了，这些行也已读入，请确认是否需要。"
        yield Note("sheet.hidden_rows", sentence)
    if raw.formulas_without_result:
        sentence = (
            f"有 {raw.formulas_without_result} 个公式单元格没有保存计算结果，按空白读取；"
            "请在 Excel 或 WPS 中打开并保存一次后再上传。"
        )
        yield Note("sheet.formulas_without_result", sentence)
